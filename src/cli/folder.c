/* A folder as input. */
#include "cli/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/diagnose.h"
#include "base/strings.h"

static int is_list(const struct dirent *entry) {
    kdbib_str name = kdbib_str_of(entry->d_name);
    kdbib_str ending = kdb_slice(name, name.size > 3 ? name.size - 3 : 0, name.size);
    kdbib_str longer = kdb_slice(name, name.size > 9 ? name.size - 9 : 0, name.size);
    return entry->d_name[0] != '.' && (kdb_equal_nocase(ending, KDBIB_STR(".md")) ||
                                       kdb_equal_nocase(longer, KDBIB_STR(".markdown")));
}

/* By bytes, not by alphasort(), which asks the locale. */
static int compare_names(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bool is_file(const char *path) {
    struct stat status;
    return stat(path, &status) != 0 || !S_ISDIR(status.st_mode);
}

bool kdb_folder_each_list(kdbib *context, const char *folder,
                          bool (*each)(void *user, const char *path), void *user) {
    struct dirent **entries;
    int count = scandir(folder, &entries, is_list, compare_names);
    if (count < 0) {
        kdb_report(context, KDBIB_SEVERITY_ERROR, "unreadable", folder, 0, 0, "cannot read it: %s",
                   strerror(errno));
        return false;
    }
    kdb_arena arena = {0};
    bool fine = true, any = false;
    const char *between = folder[0] && folder[strlen(folder) - 1] == '/' ? "" : "/";
    for (int i = 0; i < count; i++) {
        const char *path =
            kdb_arena_format(&arena, "%s%s%s", folder, between, entries[i]->d_name).data;
        if (!kdb_arena_failed(&arena) && is_file(path)) {
            any = true;
            fine = each(user, path) && fine;
        }
        free(entries[i]);
    }
    free(entries);
    if (!any)
        kdb_report(context, KDBIB_SEVERITY_ERROR, "no-lists", folder, 0, 0,
                   "the folder holds no .md file");
    fine = fine && any && !kdb_arena_failed(&arena);
    kdb_arena_free(&arena);
    return fine;
}

/* `kdbib check --fix`: which lists change, and putting them in place. */
#include "cli/mend.h"

#include <sys/stat.h>

#include "base/strings.h"
#include "check/check.h"
#include "cli/input.h"
#include "cli/output_file.h"
#include "cli/say.h"

static bool is_stdin(const char *path) {
    return strcmp(path, "-") == 0;
}

static bool is_silenced(void *user, const kdbib_diagnostic *finding) {
    return kdb_diagnostics_silence(user, finding);
}

static kdb_mended_list *add(kdb_mending *m) {
    if (m->count == m->capacity) {
        size_t capacity = m->capacity ? 2 * m->capacity : 16;
        kdb_mended_list *lists = kdb_arena_array(&m->arena, capacity, sizeof *lists);
        if (!lists)
            return NULL;
        if (m->count)
            memcpy(lists, m->lists, m->count * sizeof *lists);
        m->lists = lists;
        m->capacity = capacity;
    }
    return &m->lists[m->count++];
}

/* Fixes change no entry. Should one do so in spite of all, the list stays as it is. */
static bool is_safe(const char *name, kdbib_str before, kdbib_str after) {
    bool safe;
    uint32_t line;
    if (!kdb_fix_is_safe(name, before, after, &safe, &line)) {
        kdb_say("memory is out");
        return false;
    }
    if (!safe && line)
        kdb_say("%s is not mended: the entry in line %u would become another", name, line);
    else if (!safe)
        kdb_say("%s is not mended: its entries would become others", name);
    return safe;
}

bool kdb_mend(kdb_mending *m, const char *path, const char *name, kdbib_str *bytes) {
    kdb_buffer mended = {0};
    size_t fixes;
    bool fine = kdb_fix_list(name, *bytes, is_silenced, m->program->diagnostics, &mended, &fixes);
    if (!fine)
        kdb_say("memory is out");
    fine = fine && (fixes == 0 || is_safe(name, *bytes, kdb_buffer_str(&mended)));
    if (fine && (fixes || is_stdin(path))) {
        kdb_mended_list *list = add(m);
        if (list) {
            *list = (kdb_mended_list){kdb_arena_copy(&m->arena, kdbib_str_of(path)).data,
                                      kdb_arena_copy(&m->arena, kdbib_str_of(name)).data,
                                      kdb_arena_copy(&m->arena, *bytes),
                                      kdb_arena_copy(&m->arena, kdb_buffer_str(&mended)), fixes};
            *bytes = list->after;
        }
        m->fixes += fixes;
    }
    kdb_buffer_free(&mended);
    if (fine && kdb_arena_failed(&m->arena))
        kdb_say("memory is out");
    return fine && !kdb_arena_failed(&m->arena);
}

/* ---- writing ---- */

static bool is_unchanged(const kdb_mending *m, const kdb_mended_list *list) {
    kdb_buffer now = {0};
    bool same = kdb_input_read(m->program->context, list->path, &now) &&
                kdbib_str_equal(kdb_buffer_str(&now), list->before);
    kdb_buffer_free(&now);
    if (!same)
        kdb_say("%s changed meanwhile: it is left as it is", list->name);
    return same;
}

static bool write_list(const kdb_mending *m, const kdb_mended_list *list) {
    struct stat status;
    bool through = is_stdin(list->path);
    if (!through && (stat(list->path, &status) != 0 || !S_ISREG(status.st_mode))) {
        kdb_say("%s is no regular file: it is not mended", list->name);
        return false;
    }
    kdb_output_file *file = kdb_output_file_open(list->path);
    if (!file)
        return false;
    kdbib_output_str(kdb_output_file_output(file), list->after);
    if (!through && (!kdb_output_file_sync(file) || !is_unchanged(m, list))) {
        kdb_output_file_abandon(file);
        return false;
    }
    return kdb_output_file_commit(file);
}

bool kdb_mending_write(kdb_mending *m) {
    bool fine = true;
    for (size_t i = 0; i < m->count; i++)
        fine &= write_list(m, &m->lists[i]);
    return fine;
}

void kdb_mending_free(kdb_mending *m) {
    kdb_arena_free(&m->arena);
}

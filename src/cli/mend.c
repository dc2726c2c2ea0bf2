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

/* Fixes change no entry. Should one do so in spite of all, that entry is left as it is. */
#define MOST_LEFT 16

typedef struct fixing {
    const kdb_diagnostics *diagnostics;
    kdb_line_range left[MOST_LEFT];
    size_t left_count;
} fixing;

static bool skip(void *user, const kdbib_diagnostic *finding) {
    const fixing *f = user;
    for (size_t i = 0; i < f->left_count; i++)
        if (finding->line >= f->left[i].first && finding->line < f->left[i].end)
            return true;
    return kdb_diagnostics_silence(f->diagnostics, finding);
}

static kdb_mended_list *add(kdb_mending *m) {
    kdb_mended_list *lists =
        kdb_arena_grow(&m->arena, m->lists, m->count, &m->capacity, sizeof *lists);
    if (!lists)
        return NULL;
    m->lists = lists;
    return &m->lists[m->count++];
}

/* The list with its fixes. False: told. */
static bool fix(fixing *f, kdbib *context, const char *name, kdbib_str bytes, kdb_buffer *mended,
                size_t *fixes) {
    for (bool safe = false; !safe;) {
        kdb_line_range entry = {0, 0};
        if (!kdb_fix_list(context, name, bytes, skip, f, mended, fixes)) {
            kdb_say("memory is out");
            return false;
        }
        if (*fixes == 0)
            return true;
        if (!kdb_fix_is_safe(context, name, bytes, kdb_buffer_str(mended), &safe, &entry)) {
            kdb_say("memory is out");
            return false;
        }
        if (!safe && (!entry.first || f->left_count == MOST_LEFT)) {
            kdb_say("%s is not mended: its entries would become others", name);
            return false;
        }
        if (!safe)
            f->left[f->left_count++] = entry;
    }
    return true;
}

bool kdb_mend(kdb_mending *m, const char *path, const char *name, kdbib_str *bytes) {
    kdb_buffer mended = {0};
    size_t fixes;
    fixing f = {.diagnostics = m->program->diagnostics};
    bool fine = fix(&f, m->program->context, name, *bytes, &mended, &fixes);
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

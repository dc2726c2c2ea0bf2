/* Findings that are kept. */
#include "base/diagnose.h"

static const char *copy_text(kdb_arena *arena, const char *text) {
    return text ? kdb_arena_copy(arena, kdbib_str_of(text)).data : NULL;
}

bool kdb_finding_copy(kdb_arena *arena, const kdbib_diagnostic *finding, kdbib_diagnostic *copy) {
    *copy = *finding;
    copy->name = copy_text(arena, finding->name);
    copy->file = copy_text(arena, finding->file);
    copy->message = copy_text(arena, finding->message);
    copy->about = finding->about.data ? kdb_arena_copy(arena, finding->about) : finding->about;
    kdbib_fix *fix = finding->fix ? kdb_arena_alloc(arena, sizeof *fix) : NULL;
    if (fix) {
        *fix = *finding->fix;
        fix->replacement = copy_text(arena, finding->fix->replacement);
    }
    copy->fix = fix;
    return !kdb_arena_failed(arena);
}

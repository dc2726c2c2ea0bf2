/* Lists of steps. */
#include "readme/step.h"

kdb_step *kdb_step_add(kdb_step_list *steps, kdb_arena *arena, kdb_step_kind kind) {
    kdb_step *step = kdb_arena_array(arena, 1, sizeof *step);
    if (!step)
        return NULL;
    step->kind = kind;
    if (steps->last)
        steps->last->next = step;
    else
        steps->first = step;
    return steps->last = step;
}

static const char *copy(kdb_arena *arena, const char *text) {
    return text ? kdb_arena_copy(arena, kdbib_str_of(text)).data : NULL;
}

bool kdb_step_add_finding(kdb_step_list *steps, kdb_arena *arena, const kdbib_diagnostic *finding) {
    kdb_step *step = kdb_step_add(steps, arena, KDB_STEP_FINDING);
    if (!step)
        return false;
    step->finding = *finding;
    step->finding.name = copy(arena, finding->name);
    step->finding.file = copy(arena, finding->file);
    step->finding.message = copy(arena, finding->message);
    step->finding.about =
        finding->about.data ? kdb_arena_copy(arena, finding->about) : finding->about;
    kdbib_fix *fix = finding->fix ? kdb_arena_alloc(arena, sizeof *fix) : NULL;
    if (fix) {
        *fix = *finding->fix;
        fix->replacement = copy(arena, finding->fix->replacement);
    }
    step->finding.fix = fix;
    return !kdb_arena_failed(arena);
}

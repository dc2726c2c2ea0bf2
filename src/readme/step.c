/* Lists of steps. */
#include "readme/step.h"

#include "base/diagnose.h"

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

bool kdb_step_add_finding(kdb_step_list *steps, kdb_arena *arena, const kdbib_diagnostic *finding) {
    kdb_step *step = kdb_step_add(steps, arena, KDB_STEP_FINDING);
    return step && kdb_finding_copy(arena, finding, &step->finding);
}

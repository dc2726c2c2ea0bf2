/* Contexts that resolve alike, for threads that work side by side. */
#ifndef KDB_TWIN_H
#define KDB_TWIN_H

#include "kdbib/kdbib.h"

/* Gives `context`, a new one, the rules that were added to `model`. False: memory is out. */
bool kdb_twin_rules(kdbib *context, const kdbib *model);
/* Whoever passes on what a twin of `context` found asks whether it is to be told: that a pattern
 * gave up is told once, by whichever of them was first. From now on it counts as told. */
bool kdb_twin_finding_is_new(kdbib *context, const kdbib_diagnostic *finding);

/* The same finding, of `context` itself: it was not told yet. */
void kdb_twin_finding_waits(kdbib *context, const kdbib_diagnostic *finding);

#endif

/* Findings as compilers print them: `README.md:17:3: warning: no DOI for “…” [no-doi]`. */
#ifndef KDB_DIAGNOSTICS_H
#define KDB_DIAGNOSTICS_H

#include "cli/options.h"
#include "findings/findings.h"
#include "kdbib/kdbib.h"

typedef struct kdb_diagnostics kdb_diagnostics;

/* Findings go to standard error, notes only with -v, and many of one name are cut short. NULL:
 * memory is out. `options` is borrowed. */
kdb_diagnostics *kdb_diagnostics_new(const kdb_options *options);
void kdb_diagnostics_free(kdb_diagnostics *diagnostics);
/* From now on every finding is shown, notes too, however many there are of one name. */
void kdb_diagnostics_show_all(kdb_diagnostics *diagnostics);
/* From now on every finding, notes too, goes to `report` (borrowed; NULL: standard error again). */
void kdb_diagnostics_to(kdb_diagnostics *diagnostics, kdbib_output *report);
/* From now on findings are added to `findings` (borrowed; NULL: shown again). */
void kdb_diagnostics_collect(kdb_diagnostics *diagnostics, kdb_findings *findings);
/* Writes one finding as a line, where findings go. */
void kdb_diagnostics_show(kdb_diagnostics *diagnostics, const kdbib_diagnostic *finding);
/* The user wants to hear nothing of this finding. */
bool kdb_diagnostics_silence(const kdb_diagnostics *diagnostics, const kdbib_diagnostic *finding);
/* Memory was out, and not all could be shown. */
bool kdb_diagnostics_lost(const kdb_diagnostics *diagnostics);

/* The handler for kdbib_set_diagnostic_handler(); `user` is the kdb_diagnostics. */
void kdb_diagnostics_take(void *user, const kdbib_diagnostic *diagnostic);

/* How many findings of that severity there were, silenced and repeated ones left out. */
size_t kdb_diagnostics_count(const kdb_diagnostics *diagnostics, kdbib_severity severity);
/* Tells how many were not shown. */
void kdb_diagnostics_finish(kdb_diagnostics *diagnostics);

#endif

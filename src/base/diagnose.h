/* Making diagnostics. The context carries the handler; nothing but the program prints. */
#ifndef KDB_DIAGNOSE_H
#define KDB_DIAGNOSE_H

#include "base/arena.h"
#include "kdbib/kdbib.h"

/* Tells the context's handler. `name` is a stable name that stands in docs/diagnostics.md. Memory
 * failure shortens the message, nothing else. */
void kdb_report(kdbib *context, kdbib_severity severity, const char *name, const char *file,
                uint32_t line, uint32_t column, const char *format, ...)
    __attribute__((format(printf, 7, 8)));

/* The same with all that is known of the place, and the fix; `finding->message` is not used. */
void kdb_report_finding(kdbib *context, const kdbib_diagnostic *finding, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A copy that lives in `arena`, to be told later. False: memory is out. */
bool kdb_finding_copy(kdb_arena *arena, const kdbib_diagnostic *finding, kdbib_diagnostic *copy);

/* For "%.*s" of a string view: the size, cut to what a message can bear, and the data. */
#define KDB_SHOW(str) ((int)((str).size > 200 ? 200 : (str).size)), ((str).data ? (str).data : "")

#endif

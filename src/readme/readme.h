/* The front end: the bytes of a README become records. */
#ifndef KDB_README_H
#define KDB_README_H

#include "kdbib/kdbib.h"

/* Appends the entries of a Markdown list to `bibliography`: papers, and what is none with
 * kdbib_record_not_paper(). `file` is for diagnostics and sources. Damage in the list is reported
 * and never fatal; false when memory is out or a limit was passed (reported). */
bool kdb_read_markdown(kdbib_bibliography *bibliography, const char *file, kdbib_str bytes);

#endif

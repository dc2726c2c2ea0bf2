/* Text in HTML. */
#ifndef KDB_HTML_TEXT_H
#define KDB_HTML_TEXT_H

#include "base/buffer.h"
#include "kdbib/output.h"
#include "kdbib/record.h"

/* The one place where text becomes HTML, in elements and in quoted attributes alike: control
 * characters are replaced, the five signs that mean something escaped. `scratch` is for its use. */
void kdb_html_text(kdbib_output *out, kdbib_str text, kdb_buffer *scratch);
/* The title with its markup. */
void kdb_html_title(kdbib_output *out, const kdbib_record *record, kdb_buffer *scratch);

#endif

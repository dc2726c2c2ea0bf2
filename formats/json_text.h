/* Text in JSON: the one function that escapes it (RFC 8259, section 7). */
#ifndef KDB_JSON_TEXT_H
#define KDB_JSON_TEXT_H

#include "kdbib/output.h"

/* Writes `text`, UTF-8, as a JSON string with its quotes. U+2028 and U+2029 are escaped too, so
 * that the output may stand in JavaScript, controls so that it may stand on a terminal, and `<`
 * before `/` or `!` so that it may stand in HTML.
 */
void kdb_json_string(kdbib_output *out, kdbib_str text);

#endif

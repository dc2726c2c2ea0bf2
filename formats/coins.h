/* COinS: a record in the title of an empty span, from which the Zotero Connector imports it. */
#ifndef KDB_COINS_H
#define KDB_COINS_H

#include "base/buffer.h"
#include "kdbib/record.h"

/* Appends the OpenURL context object (Z39.88-2004) of `record`; its `&` are not escaped for HTML.
 */
void kdb_coins(const kdbib_record *record, kdb_buffer *text);

#endif

/* The kinds of findings, each in a file of its own. */
#ifndef KDB_CHECK_REGISTRY_H
#define KDB_CHECK_REGISTRY_H

#include "check/check.h"
#include "check/list.h"

/* Each reports what it finds; false: memory is out. */
typedef bool kdb_list_check(const kdb_list *list);
typedef bool kdb_record_check(kdb_check_records *records);

kdb_list_check kdb_check_characters, kdb_check_empty_links, kdb_check_addresses, kdb_check_queries,
    kdb_check_detours, kdb_check_local_files, kdb_check_rows, kdb_check_unread;
kdb_record_check kdb_check_disagreement;
kdb_record_check kdb_check_missing, kdb_check_titles, kdb_check_published, kdb_check_lock_rows;

/* The title has superscripts or subscripts, as markup or as characters. */
bool kdb_title_is_raised(const kdbib_record *record);

#endif

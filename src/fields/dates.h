/* Dates as lists print them: "2016-10", "2024/02", "31st Mar., 2025", "December 08, 2025",
 * "20180815", "Feb 2022", "'23", "2021年3月5日". */
#ifndef KDB_FIELDS_DATES_H
#define KDB_FIELDS_DATES_H

#include "fields/tables.h"

/* Years that a paper can have; any other number is just a number. */
#define KDB_FIRST_YEAR 1700
#define KDB_LAST_YEAR 2035

/* The whole of `text` (blanks, brackets and punctuation around it aside) is a date: true. */
bool kdb_date_parse(const kdb_fields *fields, kdbib_str text, kdbib_date *date);

/* The first date at or behind `at`; [*from, *to) are its bytes. "ICML'23" has one (2023);
 * "1234.5678", "1998-2010" (pages) and "ResNet1001" have none. False: none. */
bool kdb_date_find(const kdb_fields *fields, kdbib_str text, size_t at, kdbib_date *date,
                   size_t *from, size_t *to);

/* Month by its name or abbreviation in any language of data/months.csv; 0: none. */
unsigned kdb_month_of(const kdb_fields *fields, kdbib_str word);

#endif

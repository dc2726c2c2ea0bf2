/* A list under check: its lines, links and table rows with their places in the file. */
#ifndef KDB_CHECK_LIST_H
#define KDB_CHECK_LIST_H

#include "base/arena.h"
#include "base/lines.h"
#include "kdbib/kdbib.h"
#include "text/decode.h"

#define KDB_NO_OFFSET SIZE_MAX

/* Where something stands. A `size` of 0 or no offset: only the line is known. */
typedef struct kdb_place {
    uint32_t line, column; /* column 0: unknown */
    size_t offset, size;   /* in the list's bytes; KDB_NO_OFFSET: unknown */
} kdb_place;

typedef struct kdb_list_link {
    kdbib_str url, text; /* as Markdown gives them */
    uint32_t line;       /* of the text; a reference's URL may stand elsewhere */
    kdb_place place;     /* of the URL as it is spelt, or of an empty link */
    bool bare;           /* the text is the URL */
    bool twice;          /* its spelling is its text too: changing one would part the two */
    bool entry;          /* it stands in a table's row or in a list's item */
} kdb_list_link;

typedef struct kdb_list_row {
    uint32_t line;
    size_t columns; /* of its table's header */
    bool header;
} kdb_list_row;

typedef struct kdb_list {
    kdbib *context;
    const char *file;
    kdbib_str bytes; /* the file's; of UTF-16 its UTF-8 */
    bool exact;      /* `bytes` are the file's: offsets can serve for fixes */
    kdb_arena arena; /* of all that follows */
    kdb_lines lines;
    bool *code; /* for each line: it is in a code block */
    kdb_repair *repairs;
    size_t repair_count, repair_capacity;
    kdb_list_link *links;
    size_t link_count, link_capacity;
    kdb_list_row *rows;
    size_t row_count, row_capacity;
} kdb_list;

/* Reads `bytes`. `list` is {0} before; kdb_list_free() in any case. What is no text (reported)
 * has no lines. False: memory is out. */
bool kdb_list_read(kdb_list *list, kdbib *context, const char *file, kdbib_str bytes);
void kdb_list_free(kdb_list *list);

/* The line (1-based) without its end; absent past the last one. */
kdbib_str kdb_list_line(const kdb_list *list, uint32_t line);

/* Finds the places of all links; called by kdb_list_read(). False: memory is out. */
bool kdb_list_locate_links(kdb_list *list);

/* Reports something at `place`. `replacement`: what surely should stand there, or NULL. */
void kdb_list_report(const kdb_list *list, kdbib_severity severity, const char *name,
                     kdb_place place, const char *replacement, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/* The part [from, to) of a link's URL as a place of its own. */
kdb_place kdb_place_part(kdb_place place, size_t from, size_t to);

#endif

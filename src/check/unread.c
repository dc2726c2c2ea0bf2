/* Links to papers of which no entry was made: what the reader could not make out. */
#include "base/strings.h"
#include "check/parts.h"
#include "check/registry.h"
#include "check/url_set.h"
#include "fields/labels.h"
#include "fields/tables.h"
#include "library/context.h"

/* Lines of which the reader told that it found no title: the links there need no second word. */
typedef struct told_lines {
    kdb_arena arena;
    bool *told; /* for each line of the list */
    size_t count;
} told_lines;

static void hear(void *user, const kdbib_diagnostic *finding) {
    told_lines *lines = user;
    if (strcmp(finding->name, "no-title") == 0 && finding->line < lines->count)
        lines->told[finding->line] = true;
}

/* The URLs of all entries, of what is no paper too. */
static void add_entries(kdb_url_set *known, const kdbib_bibliography *bibliography) {
    for (size_t i = 0; i < kdbib_bibliography_count(bibliography); i++) {
        const kdbib_record *record = kdbib_bibliography_record(bibliography, i);
        kdbib_str url;
        for (kdbib_cursor cursor = {0};
             kdbib_record_next_link(record, KDBIB_ROLE_COUNT, &cursor, &url, NULL);)
            kdb_url_set_add(known, url);
    }
}

static void report(const kdb_list *list, const kdb_fields *fields, kdb_url_set *known,
                   const told_lines *lines) {
    for (size_t i = 0; i < list->link_count; i++) {
        const kdb_list_link *link = &list->links[i];
        if (link->line < lines->count && lines->told[link->line])
            continue;
        if (!link->entry || !kdb_url_parts_of(link->url).web ||
            !kdb_hosts_papers(kdb_link_host(fields, link->url)) ||
            kdb_url_set_has(known, link->url))
            continue;
        kdb_list_report(list, KDBIB_SEVERITY_NOTE, "not-read", link->place, NULL,
                        "no entry was made of this link to a paper: “%.*s”",
                        (int)(link->text.size > 100 ? 100 : link->text.size), link->text.data);
    }
}

bool kdb_check_unread(const kdb_list *list) {
    kdbib_bibliography *bibliography = kdbib_bibliography_new(list->context);
    kdb_url_set *known = kdb_url_set_new(list->context);
    told_lines lines = {.count = list->lines.count + 1};
    lines.told = kdb_arena_array(&lines.arena, lines.count, sizeof *lines.told);
    bool fine = bibliography && known && lines.told;
    if (fine) {
        kdb_hearer before = kdb_set_hearer(list->context, (kdb_hearer){hear, &lines});
        fine = kdbib_read(bibliography, "markdown", list->file, list->bytes);
        kdb_set_hearer(list->context, before);
    }
    if (fine) {
        add_entries(known, bibliography);
        report(list, kdb_word_tables(), known, &lines);
        fine = !kdb_url_set_failed(known);
    }
    kdb_arena_free(&lines.arena);
    kdb_url_set_free(known);
    kdbib_bibliography_free(bibliography);
    return fine;
}

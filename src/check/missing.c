/* What an entry lacks: a link, a DOI. */
#include "base/diagnose.h"
#include "check/registry.h"

/* Lists without any links are bibliographies already; nothing is missing there. */
static bool links_are_usual(const kdb_check_records *records) {
    size_t links = 0;
    for (size_t i = 0; i < records->entry_count; i++)
        links += records->entries[i].link.size > 0;
    return 2 * links >= records->entry_count;
}

static void report_links(const kdb_check_records *records) {
    for (size_t i = 0; i < records->entry_count; i++) {
        const kdb_check_entry *entry = &records->entries[i];
        kdbib_source source = kdbib_record_source(entry->record);
        kdbib_diagnostic finding = {KDBIB_SEVERITY_NOTE, "no-link", source.file, source.line,
                                    .about = entry->title};
        if (!entry->link.size && !kdbib_record_text(entry->record, KDBIB_DOI).size)
            kdb_report_finding(records->context, &finding, "no link to “%.*s”",
                               KDB_SHOW(entry->title));
    }
}

static void report_dois(const kdb_check_records *records) {
    for (size_t i = 0; i < kdbib_bibliography_count(records->bibliography); i++) {
        const kdbib_record *record = kdbib_bibliography_record(records->bibliography, i);
        if (kdbib_record_not_paper(record) || kdbib_record_text(record, KDBIB_DOI).size)
            continue;
        kdbib_source source = kdbib_record_source(record);
        kdbib_str link = kdbib_record_link(record, KDBIB_LINK_PAPER);
        kdbib_diagnostic finding = {KDBIB_SEVERITY_NOTE, "no-doi", source.file, source.line,
                                    .about =
                                        link.size ? link : kdbib_record_text(record, KDBIB_TITLE)};
        kdb_report_finding(records->context, &finding, "no DOI for “%.*s”",
                           KDB_SHOW(kdbib_record_text(record, KDBIB_TITLE)));
    }
}

bool kdb_check_missing(kdb_check_records *records) {
    if (links_are_usual(records))
        report_links(records);
    report_dois(records);
    return true;
}

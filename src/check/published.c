/* Entries that link to the preprint of a paper whose publication the lock knows. */
#include "base/diagnose.h"
#include "base/strings.h"
#include "check/registry.h"
#include "record/preprint.h"

static bool is_arxiv(kdbib_str url) {
    size_t host = kdb_find(url, KDBIB_STR("://"), 0);
    kdbib_str rest = host == SIZE_MAX ? url : kdb_slice(url, host + 3, url.size);
    if (kdb_starts_with(rest, KDBIB_STR("www.")))
        rest = kdb_slice(rest, 4, rest.size);
    return kdb_starts_with(rest, KDBIB_STR("arxiv.org/")) ||
           kdb_starts_with(rest, KDBIB_STR("export.arxiv.org/"));
}

bool kdb_check_published(kdb_check_records *records) {
    kdb_arena arena = {0};
    kdb_preprint_table preprints;
    bool fine = kdb_preprint_table_read(&arena, &preprints);
    for (size_t i = 0; fine && i < records->entry_count; i++) {
        const kdb_check_entry *entry = &records->entries[i];
        kdbib_str doi = kdbib_record_text(entry->record, KDBIB_DOI);
        if (!is_arxiv(entry->link) || !doi.size || kdb_preprint_archive(&preprints, doi).size ||
            kdbib_record_basis(entry->record, KDBIB_DOI) < KDBIB_BASIS_LOCK)
            continue;
        kdbib_source source = kdbib_record_source(entry->record);
        kdbib_diagnostic finding = {KDBIB_SEVERITY_NOTE, "published", source.file, source.line,
                                    .about = entry->link};
        kdb_report_finding(records->context, &finding, "“%.*s” was published: https://doi.org/%.*s",
                           KDB_SHOW(entry->title), KDB_SHOW(doi));
    }
    kdb_arena_free(&arena);
    return fine;
}

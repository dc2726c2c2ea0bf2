/* Links of one entry that lead to two papers. */
#include "base/diagnose.h"
#include "base/strings.h"
#include "check/registry.h"
#include "record/preprint.h"

typedef struct comparison {
    kdb_check_records *records;
    kdb_arena arena; /* of one record */
    kdb_preprint_table preprints;
} comparison;

/* The DOI that a link shows, unless it is a preprint's: a preprint's differs from the paper's. */
static bool doi_of(comparison *c, kdbib_str url, kdbib_str *doi) {
    kdbib_doi_result result;
    *doi = (kdbib_str){NULL, 0};
    if (!url.size)
        return true;
    if (!kdbib_doi_from_url(c->records->context, url, &result))
        return false;
    if (result.doi.size && !kdb_preprint_archive(&c->preprints, result.doi).size)
        *doi = kdb_arena_copy(&c->arena, result.doi);
    return !kdb_arena_failed(&c->arena);
}

static bool compare(comparison *c, const kdb_check_entry *entry) {
    kdbib_str paper, pdf, pdf_link = kdbib_record_link(entry->record, KDBIB_LINK_PDF);
    if (!pdf_link.size || !entry->link.size)
        return true;
    if (!doi_of(c, entry->link, &paper) || !doi_of(c, pdf_link, &pdf))
        return false;
    if (!paper.size || !pdf.size || kdb_equal_nocase(paper, pdf))
        return true;
    kdbib_source source = kdbib_record_source(entry->record);
    kdbib_diagnostic finding = {KDBIB_SEVERITY_WARNING, "links-disagree", source.file, source.line,
                                .about = pdf_link};
    kdb_report_finding(c->records->context, &finding,
                       "the links of “%.*s” lead to two papers: %.*s and %.*s",
                       KDB_SHOW(entry->title), KDB_SHOW(paper), KDB_SHOW(pdf));
    return true;
}

bool kdb_check_disagreement(kdb_check_records *records) {
    comparison c = {.records = records};
    kdb_arena table = {0};
    bool fine = kdb_preprint_table_read(&table, &c.preprints);
    for (size_t i = 0; fine && i < records->entry_count; i++) {
        fine = compare(&c, &records->entries[i]);
        kdb_arena_reset(&c.arena);
    }
    kdb_arena_free(&c.arena);
    kdb_arena_free(&table);
    return fine;
}

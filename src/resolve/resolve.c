/* A record's URLs tell what the list did not: of two links the published one speaks for the work,
 * the other one only gives identifiers. */
#include "resolve/resolve.h"

#include "base/strings.h"
#include "library/context.h"
#include "record/record.h"
#include "resolve/facts.h"

/* What one link tells. */
typedef struct told {
    bool read;
    kdbib_str canonical, doi, candidate;
    kdbib_basis basis;
    kdb_facts facts;
} told;

static bool read_link(kdbib *context, kdb_arena *arena, kdbib_str link, told *t) {
    kdb_url url;
    kdbib_doi_result result = {0};
    t->read = false;
    t->canonical = t->doi = t->candidate = (kdbib_str){NULL, 0};
    t->basis = KDBIB_BASIS_NONE;
    kdb_facts_clear(&t->facts);
    if (!link.size || !kdb_url_read(context, arena, link, &url))
        return !kdb_arena_failed(arena);
    t->read = true;
    t->canonical = kdb_url_text(arena, &url);
    if (!kdb_find_doi(context, &url, &result))
        return false;
    t->doi = kdb_arena_copy(arena, result.doi);
    t->candidate = kdb_arena_copy(arena, result.candidate);
    t->basis = result.basis;
    return kdb_facts_of_url(context, arena, &url, &t->facts) &&
           kdb_facts_of_doi(context, arena, t->doi, &t->facts);
}

static bool is_preprint(const told *t) {
    return t->facts.has_type && t->facts.type == KDBIB_TYPE_ARTICLE;
}

static bool is_published(const told *t) {
    return !is_preprint(t) && (t->doi.size || t->candidate.size || t->facts.has_type);
}

static bool fill(kdbib_record *record, kdbib_field field, kdbib_str text, kdbib_basis basis) {
    return kdb_record_has(record, field) || kdb_record_append_text(record, field, text, basis);
}

/* Identifiers hold for the work whichever of its links gave them. */
static bool fill_identifiers(kdbib_record *record, const kdb_facts *facts) {
    static const kdbib_field identifiers[] = {
        KDBIB_ARXIV, KDBIB_PMID, KDBIB_PMCID, KDBIB_PII, KDBIB_IEEE_NUMBER, KDBIB_OPENREVIEW,
    };
    bool fine = true;
    for (size_t i = 0; facts->fields && i < sizeof identifiers / sizeof *identifiers && fine; i++)
        fine = !(facts->fields >> identifiers[i] & 1) ||
               fill(record, identifiers[i], facts->text[identifiers[i]], KDBIB_BASIS_COMPUTED);
    return fine;
}

static bool fill_author(kdbib_record *record, kdbib_str family) {
    kdbib_cursor cursor = {0};
    kdbib_name name;
    if (!family.size || kdbib_record_next_name(record, KDBIB_AUTHORS, &cursor, &name))
        return true;
    name = (kdbib_name){.family = family};
    kdbib_record_set_authors_truncated(record, true);
    return kdbib_record_add_name(record, KDBIB_AUTHORS, &name, KDBIB_BASIS_COMPUTED);
}

/* The record is known to have appeared, and the link leads to its preprint: what holds for that,
 * its date and its server, does not hold for the work. */
static bool is_of_server(const kdbib_record *record, const told *t, kdbib_field field) {
    kdbib_type type = kdbib_record_type(record);
    return is_preprint(t) && type != KDBIB_TYPE_DOCUMENT && type != KDBIB_TYPE_ARTICLE &&
           (field == KDBIB_ISSUED || field == KDBIB_GENRE || field == KDBIB_PUBLISHER ||
            field == KDBIB_CONTAINER_TITLE || field == KDBIB_NUMBER || field == KDBIB_VERSION);
}

static bool fill_from(kdbib_record *record, const told *t) {
    const kdb_facts *facts = &t->facts;
    if (facts->has_type && kdbib_record_type(record) == KDBIB_TYPE_DOCUMENT)
        kdbib_record_set_type(record, facts->type, KDBIB_BASIS_COMPUTED);
    if (facts->date.year && !kdbib_record_issued(record).year &&
        !is_of_server(record, t, KDBIB_ISSUED))
        kdbib_record_set_issued(record, facts->date, KDBIB_BASIS_COMPUTED);
    bool fine = fill(record, KDBIB_DOI, t->doi, t->basis) && fill_author(record, facts->author);
    if (fine && !kdbib_record_text(record, KDBIB_DOI).size)
        fine = fill(record, KDBIB_DOI_CANDIDATE, t->candidate, KDBIB_BASIS_COMPUTED);
    for (uint64_t left = facts->fields; left && fine; left &= left - 1) {
        kdbib_field field = (kdbib_field)__builtin_ctzll(left);
        if (!is_of_server(record, t, field))
            fine = fill(record, field, facts->text[field], KDBIB_BASIS_COMPUTED);
    }
    return fine;
}

static bool resolve(kdbib *context, kdb_arena *arena, kdbib_record *record, told *paper,
                    told *pdf) {
    if (!read_link(context, arena, kdbib_record_link(record, KDBIB_LINK_PAPER), paper) ||
        !read_link(context, arena, kdbib_record_link(record, KDBIB_LINK_PDF), pdf))
        return false;
    const told *speaker = paper, *other = pdf;
    if (is_published(pdf) ? !is_published(paper)
                          : is_preprint(pdf) && !is_published(paper) && !is_preprint(paper)) {
        speaker = pdf;
        other = paper;
    }
    kdbib_str canonical = paper->read ? paper->canonical : pdf->canonical;
    return kdbib_record_set_text(record, KDBIB_CANONICAL_URL, canonical, KDBIB_BASIS_COMPUTED) &&
           fill_from(record, speaker) && fill_identifiers(record, &other->facts);
}

bool kdb_resolve_record(kdbib *context, kdbib_record *record) {
    kdb_resolver *r = kdb_resolver_of(context);
    if (!r)
        return false;
    kdb_resolver_begin(r);
    told *both = kdb_arena_alloc(&r->scratch, 2 * sizeof *both);
    return both && resolve(context, &r->scratch, record, &both[0], &both[1]) &&
           !kdb_resolver_failed(r);
}

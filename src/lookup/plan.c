/* Which questions a record needs. */
#include "lookup/plan.h"

#include "base/csv.h"
#include "base/embedded.h"
#include "base/strings.h"
#include "services/facts.h"

static void add(kdb_plan *plan, kdb_service_id service, kdb_ask ask, kdbib_str value,
                kdbib_str extra, bool candidate) {
    if (plan->count < KDB_MOST_STEPS)
        plan->steps[plan->count++] = (kdb_step){service, ask, value, extra, candidate};
}

/* Puts a step before those that are left. */
static void add_next(kdb_plan *plan, kdb_step step) {
    if (plan->count == KDB_MOST_STEPS)
        plan->count--;
    memmove(plan->steps + plan->next + 1, plan->steps + plan->next,
            (plan->count - plan->next) * sizeof *plan->steps);
    plan->steps[plan->next] = step;
    plan->count++;
}

/* The agency of a DOI by data/agencies.csv; absent: Crossref, or unknown. */
static kdbib_str agency_of(kdb_arena *arena, kdbib_str doi) {
    kdb_arena scratch = {0};
    kdb_table table;
    kdbib_str agency = {NULL, 0};
    kdbib_str prefix = kdb_slice(doi, 0, kdb_find_char(doi, '/', 0));
    if (!kdb_table_read(&scratch, kdb_embedded(KDBIB_STR("agencies.csv")), &table))
        arena->failed = true;
    size_t of = kdb_table_column(&table, KDBIB_STR("prefix"));
    size_t name = kdb_table_column(&table, KDBIB_STR("agency"));
    for (size_t i = 0; i < table.rows && !agency.size; i++)
        if (kdbib_str_equal(kdb_table_cell(&table, i, of), prefix))
            agency = kdb_arena_copy(arena, kdb_table_cell(&table, i, name));
    kdb_arena_free(&scratch);
    return agency;
}

bool kdb_plan_doi(kdb_arena *arena, kdb_plan *plan, kdbib_str doi, bool candidate) {
    kdbib_str agency = agency_of(arena, doi), none = {NULL, 0};
    bool datacite = kdbib_str_equal(agency, KDBIB_STR("DataCite"));
    bool arxiv = kdb_starts_with_nocase(doi, KDBIB_STR("10.48550/arxiv."));
    if (!agency.size)
        add_next(plan, (kdb_step){KDB_AT_CROSSREF, KDB_ASK_DOI, doi, none, candidate});
    else if (datacite)
        add_next(plan, (kdb_step){KDB_AT_DATACITE, KDB_ASK_DOI, doi, none, candidate});
    else
        add_next(plan, (kdb_step){KDB_AT_DOI_ORG, KDB_ASK_DOI, doi, none, candidate});
    if (arxiv && kdb_arxiv_id(doi).size)
        add_next(plan, (kdb_step){KDB_AT_ARXIV, KDB_ASK_ARXIV, kdb_arxiv_id(doi), none, false});
    return !kdb_arena_failed(arena);
}

void kdb_plan_agency(kdb_plan *plan, kdbib_str doi, kdbib_str agency, bool candidate) {
    kdbib_str none = {NULL, 0};
    if (kdb_equal_nocase(agency, KDBIB_STR("DataCite")))
        add_next(plan, (kdb_step){KDB_AT_DATACITE, KDB_ASK_DOI, doi, none, candidate});
    else if (agency.size && !kdb_equal_nocase(agency, KDBIB_STR("Crossref")))
        add_next(plan, (kdb_step){KDB_AT_DOI_ORG, KDB_ASK_DOI, doi, none, candidate});
}

/* "PPR346253" in https://europepmc.org/article/ppr/ppr346253 */
static kdbib_str preprint_number(kdb_arena *arena, kdbib_str url) {
    for (size_t at = 0; (at = kdb_find(url, KDBIB_STR("/"), at)) != SIZE_MAX; at++) {
        kdbib_str rest = kdb_slice(url, at + 1, url.size);
        size_t end = 3;
        if (!kdb_starts_with_nocase(rest, KDBIB_STR("ppr")) ||
            kdb_find(url, KDBIB_STR("europepmc"), 0) == SIZE_MAX)
            continue;
        while (end < rest.size && kdb_is_digit(rest.data[end]))
            end++;
        if (end > 3)
            return kdb_arena_format(arena, "PPR%.*s", (int)end - 3, rest.data + 3);
    }
    return (kdbib_str){NULL, 0};
}

/* Sites whose papers no registry knows: data/unregistered-hosts.csv. */
static bool is_unregistered(kdb_arena *arena, kdbib_str url) {
    kdb_arena scratch = {0};
    kdb_table table;
    bool found = false;
    size_t at = kdb_find(url, KDBIB_STR("://"), 0);
    kdbib_str host = kdb_slice(url, at == SIZE_MAX ? 0 : at + 3, url.size);
    host = kdb_slice(host, 0, kdb_find_char(host, '/', 0));
    if (kdb_starts_with_nocase(host, KDBIB_STR("www.")))
        host = kdb_slice(host, 4, host.size);
    if (!kdb_table_read(&scratch, kdb_embedded(KDBIB_STR("unregistered-hosts.csv")), &table))
        arena->failed = true;
    size_t column = kdb_table_column(&table, KDBIB_STR("host"));
    for (size_t i = 0; i < table.rows && !found; i++)
        found = kdb_equal_nocase(kdb_table_cell(&table, i, column), host);
    kdb_arena_free(&scratch);
    return found;
}

static kdbib_str first_surname(const kdbib_record *record) {
    kdbib_name name;
    return kdbib_record_next_name(record, KDBIB_AUTHORS, &(kdbib_cursor){0}, &name)
               ? name.family
               : (kdbib_str){NULL, 0};
}

/* A title of one word finds everything and proves nothing. */
static bool can_be_searched(kdbib_str title) {
    return title.size >= 8 && kdb_find_char(kdb_trim(title), ' ', 0) != SIZE_MAX;
}

static void add_last_searches(kdb_plan *plan, kdbib_str title, kdbib_str surname) {
    for (int id = 0; id < KDB_SERVICE_COUNT; id++)
        if (kdb_service_at((kdb_service_id)id)->searched_last)
            add(plan, (kdb_service_id)id, KDB_ASK_TITLE, title, surname, false);
}

bool kdb_plan_record(kdb_arena *arena, const kdbib_record *record, bool pages, kdb_plan *plan) {
    kdbib_str none = {NULL, 0}, title = kdbib_record_text(record, KDBIB_TITLE);
    kdbib_str doi = kdbib_record_text(record, KDBIB_DOI);
    kdbib_str candidate = kdbib_record_text(record, KDBIB_DOI_CANDIDATE);
    kdbib_str arxiv = kdbib_record_text(record, KDBIB_ARXIV);
    kdbib_str pmid = kdbib_record_text(record, KDBIB_PMID);
    kdbib_str pmcid = kdbib_record_text(record, KDBIB_PMCID);
    kdbib_str pii = kdbib_record_text(record, KDBIB_PII);
    kdbib_str ieee = kdbib_record_text(record, KDBIB_IEEE_NUMBER);
    kdbib_str url = kdbib_record_link(record, KDBIB_LINK_PAPER);
    kdbib_str ppr = preprint_number(arena, url);
    bool search = can_be_searched(title), unregistered = is_unregistered(arena, url);
    *plan = (kdb_plan){0};
    if (doi.size) {
        kdb_plan_doi(arena, plan, doi, false);
        return !kdb_arena_failed(arena);
    }
    if (pmcid.size) {
        add(plan, KDB_AT_NCBI, KDB_ASK_PMCID, pmcid, none, false);
        add(plan, KDB_AT_EUROPEPMC, KDB_ASK_PMCID, pmcid, none, false);
    } else if (pmid.size) {
        add(plan, KDB_AT_NCBI, KDB_ASK_PMID, pmid, none, false);
        add(plan, KDB_AT_EUROPEPMC, KDB_ASK_PMID, pmid, none, false);
    }
    if (ppr.size)
        add(plan, KDB_AT_EUROPEPMC, KDB_ASK_PPR, ppr, none, false);
    if (arxiv.size) {
        add(plan, KDB_AT_ARXIV, KDB_ASK_ARXIV, arxiv, none, false);
        add(plan, KDB_AT_DATACITE, KDB_ASK_ARXIV, arxiv, none, false);
    }
    if (pii.size)
        add(plan, KDB_AT_CROSSREF, KDB_ASK_PII, pii, none, false);
    if (pii.size && search)
        add(plan, KDB_AT_CROSSREF, KDB_ASK_TITLE_PREFIX, title, KDBIB_STR("10.1016"), false);
    if (ieee.size && search)
        add(plan, KDB_AT_CROSSREF, KDB_ASK_TITLE_PREFIX, title, KDBIB_STR("10.1109"), false);
    if (candidate.size) {
        plan->next = plan->count;
        kdb_plan_doi(arena, plan, candidate, true);
        plan->next = 0;
    }
    bool identified = plan->count > 0 && !candidate.size;
    if (pages && unregistered && url.size)
        add(plan, KDB_AT_PAGES, KDB_ASK_PAGE, url, none, false);
    if (search && !identified && unregistered)
        add(plan, KDB_AT_DBLP, KDB_ASK_TITLE, title, none, false);
    if (search && !identified)
        add(plan, KDB_AT_CROSSREF, KDB_ASK_TITLE, title, first_surname(record), false);
    if (search && !identified && !unregistered)
        add(plan, KDB_AT_DBLP, KDB_ASK_TITLE, title, none, false);
    if (search && !arxiv.size && !ppr.size && !pmid.size && !pmcid.size)
        add_last_searches(plan, title, first_surname(record));
    if (pages && !unregistered && !identified && url.size)
        add(plan, KDB_AT_PAGES, KDB_ASK_PAGE, url, none, false);
    return !kdb_arena_failed(arena);
}

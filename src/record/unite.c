/* Finding the records of one work: by DOI or arXiv id, by URL, by title. Each is looked up by hash,
 * so that the time grows with the list and not with its square. */
#include "record/unite.h"

#include <stdlib.h>

#include "base/diagnose.h"
#include "base/numbers.h"
#include "base/share.h"
#include "base/strings.h"
#include "library/context.h"
#include "record/bibliography.h"
#include "record/likeness.h"
#include "record/merge.h"
#include "record/parts.h"
#include "record/works.h"

/* So many different works of one title are looked through for one more. */
#define MOST_NAMESAKES 16

#define STEP ((size_t)256)    /* works looked at by one thread in a row */
#define LEARNT ((size_t)4096) /* works after which it shows how many are found by what */
#define AHEAD 8 /* works whose places in the tables are fetched before they are needed */

typedef struct uniting {
    kdbib_bibliography *list;
    kdb_works works;
    kdb_numbers by[KDB_MARKS];
    kdb_arena scratch;      /* while a work is placed */
    const kdb_marks *marks; /* of the work in hand */
    kdb_united *united;     /* of each work; NULL: nobody will ask */
    bool prefer_preprint;
} uniting;

static kdb_work *work_at(const uniting *u, uint32_t number) {
    return &u->works.at[number];
}

static kdbib_str doi_of(const uniting *u, const kdb_work *w) {
    return kdb_works_doi(&u->works, w);
}

/* Folded, until the next work is placed. */
static kdbib_str title_of(uniting *u, uint32_t number) {
    return kdb_works_title(&u->works, number, &u->scratch);
}

static kdbib_str lower_case(kdb_arena *arena, kdbib_str text) {
    kdbib_str copy = kdb_arena_copy(arena, text);
    for (size_t i = 0; i < copy.size; i++)
        ((char *)copy.data)[i] = kdb_to_lower(copy.data[i]);
    return copy;
}

static bool is_doi_of(void *user, uint32_t number, kdbib_str text) {
    const uniting *u = user;
    return kdb_equal_nocase(kdb_works_text(&u->works, number, KDBIB_DOI), text);
}
static bool is_arxiv_of(void *user, uint32_t number, kdbib_str text) {
    const uniting *u = user;
    return kdbib_str_equal(kdb_works_text(&u->works, number, KDBIB_ARXIV), text);
}
static bool is_url_of(void *user, uint32_t number, kdbib_str text) {
    const uniting *u = user;
    return kdbib_str_equal(kdb_works_text(&u->works, number, KDBIB_CANONICAL_URL), text);
}
static bool is_title_of(void *user, uint32_t number, kdbib_str text) {
    return kdbib_str_equal(title_of(user, number), text);
}
static bool is_author_and_title_of(void *user, uint32_t number, kdbib_str text) {
    uniting *u = user;
    return kdbib_str_equal(
        kdb_works_author_and_title(&u->works, number, title_of(u, number), &u->scratch), text);
}

static uint32_t root_of(uniting *u, uint32_t number) {
    while (work_at(u, number)->into != number) {
        work_at(u, number)->into = work_at(u, work_at(u, number)->into)->into;
        number = work_at(u, number)->into;
    }
    return number;
}

/* ---- can two be one? ---- */

static bool same_doi(const uniting *u, const kdb_work *a, const kdb_work *b) {
    return kdb_equal_nocase(doi_of(u, a), doi_of(u, b));
}

static bool dois_contradict(const uniting *u, const kdb_work *a, const kdb_work *b) {
    if (a->doi_of == KDB_INDEX_NONE || b->doi_of == KDB_INDEX_NONE || same_doi(u, a, b))
        return false;
    /* both published, or both on one server */
    return kdbib_str_equal(kdb_works_archive(&u->works, a), kdb_works_archive(&u->works, b));
}

static bool texts_contradict(const kdbib_record *a, const kdbib_record *b, kdbib_field field) {
    kdbib_str x = kdbib_record_text(a, field), y = kdbib_record_text(b, field);
    return x.size && y.size && !kdb_equal_nocase(x, y);
}

/* Of a paper and its preprint the years may differ a little. */
static bool years_contradict(const kdbib_record *a, const kdbib_record *b, bool preprint) {
    int x = kdbib_record_issued(a).year, y = kdbib_record_issued(b).year;
    return x && y && abs(x - y) > (preprint ? 2 : 0);
}

static bool same_by_title(uniting *u, uint32_t x, uint32_t y) {
    const kdb_work *a = work_at(u, x), *b = work_at(u, y);
    const kdbib_record *r = u->list->records[x], *s = u->list->records[y];
    if (dois_contradict(u, a, b) || texts_contradict(r, s, KDBIB_ARXIV))
        return false;
    if (!a->generic)
        return true;
    kdbib_str first = kdb_works_family(&u->works, a, &u->scratch);
    kdbib_str second = kdb_works_family(&u->works, b, &u->scratch);
    bool same_author = first.size && kdbib_str_equal(first, second);
    if (a->words < 2 && !same_author)
        return false;
    return (same_author || !first.size || !second.size) &&
           !years_contradict(r, s, a->preprint != b->preprint);
}

static void report_shared(uniting *u, uint32_t first, uint32_t second, const char *name,
                          const char *what, kdbib_str shared) {
    kdbib_source here = kdbib_record_source(u->list->records[second]);
    kdbib_source there = kdbib_record_source(u->list->records[first]);
    kdbib_str link = kdbib_record_link(u->list->records[second], KDBIB_LINK_PAPER);
    kdbib_diagnostic finding = {KDBIB_SEVERITY_WARNING, name, here.file, here.line, .about = link};
    kdb_report_finding(
        u->list->context, &finding, "“%.*s” and “%.*s” (%s%sline %u) have one %s, %.*s: both stay",
        KDB_SHOW(kdbib_record_text(u->list->records[second], KDBIB_TITLE)),
        KDB_SHOW(kdbib_record_text(u->list->records[first], KDBIB_TITLE)),
        strcmp(here.file, there.file) ? there.file : "", strcmp(here.file, there.file) ? ", " : "",
        there.line, what, KDB_SHOW(shared));
}

/* Both stand under the same heading, where one of them is an oversight. */
static bool share_section(const kdbib_record *a, const kdbib_record *b) {
    const kdbib_section *x, *y;
    if (!kdbib_record_next_section(a, &(kdbib_cursor){0}, &x))
        return false;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_section(b, &cursor, &y);)
        if (x == y)
            return true;
    return false;
}

static void report_duplicate(uniting *u, uint32_t first, uint32_t second) {
    kdbib_source here = kdbib_record_source(u->list->records[second]);
    kdbib_source there = kdbib_record_source(u->list->records[first]);
    bool other_file = strcmp(here.file, there.file) != 0;
    kdbib_diagnostic finding = {KDBIB_SEVERITY_NOTE, "duplicate", here.file, here.line,
                                .about = kdbib_record_text(u->list->records[second], KDBIB_TITLE)};
    const char *place = "";
    if (share_section(u->list->records[second], u->list->records[first])) {
        finding.severity = KDBIB_SEVERITY_WARNING;
        finding.name = "listed-twice";
        place = ", in the same section";
    }
    kdb_report_finding(u->list->context, &finding,
                       "“%.*s” is listed in %s%sline %u already%s: the two are one record",
                       KDB_SHOW(finding.about), other_file ? there.file : "",
                       other_file ? ", " : "", there.line, place);
}

/* ---- uniting ---- */

/* The id of a preprint whose DOI gave way. */
static bool keep_arxiv(uniting *u, kdbib_record *record, kdbib_str doi) {
    kdbib_str prefix = KDBIB_STR("10.48550/arxiv.");
    if (!kdb_starts_with_nocase(doi, prefix) || kdbib_record_text(record, KDBIB_ARXIV).size)
        return true;
    kdbib_str id = lower_case(&u->scratch, kdb_slice(doi, prefix.size, doi.size));
    return kdbib_record_set_text(record, KDBIB_ARXIV, id, KDBIB_BASIS_COMPUTED);
}

/* Makes one work of two, at the place of the first. */
static bool unite(uniting *u, uint32_t first, uint32_t second) {
    kdb_work *a = work_at(u, first), *b = work_at(u, second);
    kdbib_record *r = u->list->records[first], *s = u->list->records[second];
    report_duplicate(u, first, second);
    if (u->united) {
        if (!kdb_united_begin(&u->united[first], r, first) ||
            !kdb_united_begin(&u->united[second], s, second))
            return false;
        kdb_united_join(&u->united[first], &u->united[second]);
    }
    /* two DOIs, one of a preprint server, tell versions apart even where both name a venue */
    bool by_doi = a->doi_of != KDB_INDEX_NONE && b->doi_of != KDB_INDEX_NONE && !same_doi(u, a, b);
    bool a_posted = by_doi ? kdb_works_archive(&u->works, a).size > 0 : a->preprint;
    bool b_posted = by_doi ? kdb_works_archive(&u->works, b).size > 0 : b->preprint;
    bool same_version = a_posted == b_posted;
    bool second_rules = !same_version && (u->prefer_preprint ? b_posted : a_posted);
    kdbib_record *ruler = second_rules ? s : r, *other = second_rules ? r : s;
    if (!kdb_merge_record(ruler, other, same_version, second_rules) ||
        !keep_arxiv(u, ruler, doi_of(u, second_rules ? a : b)))
        return false;
    u->list->records[first] = ruler;
    b->into = first;
    if (second_rules) {
        a->preprint = b->preprint;
        a->doi_of = b->doi_of;
    } else if (a->doi_of == KDB_INDEX_NONE && same_version) {
        a->doi_of = b->doi_of;
    }
    if (a->family_of == KDB_INDEX_NONE)
        a->family_of = b->family_of;
    return true;
}

/* The work that has the mark of the one in hand, or KDB_INDEX_NONE. */
static uint32_t known(uniting *u, enum kdb_mark mark) {
    kdbib_str text = u->marks->texts[mark];
    uint32_t number =
        text.size ? kdb_numbers_get(&u->by[mark], u->marks->hashes[mark], text) : KDB_INDEX_NONE;
    return number == KDB_INDEX_NONE || mark == KDB_MARK_TITLE ? number : root_of(u, number);
}

static bool other_paper(uniting *u, uint32_t other) {
    return other != KDB_INDEX_NONE &&
           kdb_titles_differ(u->marks->texts[KDB_MARK_TITLE], title_of(u, other));
}

static uint32_t known_by_doi(uniting *u, uint32_t number) {
    uint32_t other = known(u, KDB_MARK_DOI);
    if (!other_paper(u, other))
        return other;
    report_shared(u, other, number, "same-doi", "DOI",
                  lower_case(&u->scratch, u->marks->texts[KDB_MARK_DOI]));
    return KDB_INDEX_NONE;
}

/* Two works with one arXiv id and different titles were reported, if they have DOIs, by these. */
static uint32_t known_by_arxiv(uniting *u, uint32_t number) {
    const kdb_work *w = work_at(u, number);
    uint32_t other = known(u, KDB_MARK_ARXIV);
    if (other != KDB_INDEX_NONE && w->doi_of != KDB_INDEX_NONE && same_doi(u, w, work_at(u, other)))
        return KDB_INDEX_NONE;
    if (!other_paper(u, other))
        return other;
    report_shared(u, other, number, "same-doi", "arXiv id",
                  kdb_arena_format(&u->scratch, "arxiv:%s", u->marks->texts[KDB_MARK_ARXIV].data));
    return KDB_INDEX_NONE;
}

static uint32_t known_by_url(uniting *u, uint32_t number) {
    const kdb_work *w = work_at(u, number);
    uint32_t other = known(u, KDB_MARK_URL);
    if (other == KDB_INDEX_NONE)
        return other;
    if (!kdb_titles_agree(u->marks->texts[KDB_MARK_TITLE], title_of(u, other))) {
        if (w->doi_of == KDB_INDEX_NONE || !same_doi(u, w, work_at(u, other)))
            report_shared(u, other, number, "same-url", "link", u->marks->texts[KDB_MARK_URL]);
        return KDB_INDEX_NONE;
    }
    return dois_contradict(u, w, work_at(u, other)) ? KDB_INDEX_NONE : other;
}

static uint32_t known_by_title(uniting *u, uint32_t number) {
    uint32_t by_author = known(u, KDB_MARK_AUTHOR_AND_TITLE);
    if (by_author != KDB_INDEX_NONE && same_by_title(u, number, by_author))
        return by_author;
    uint32_t other = known(u, KDB_MARK_TITLE);
    for (int i = 0; i < MOST_NAMESAKES && other != KDB_INDEX_NONE; i++) {
        uint32_t root = root_of(u, other);
        if (root != number && same_by_title(u, number, root))
            return root;
        other = work_at(u, other)->namesake;
    }
    return KDB_INDEX_NONE;
}

/* The first work that has a mark stands for it; of a title, the newest is first in its chain. */
static bool remember(uniting *u, uint32_t number) {
    kdb_work *w = work_at(u, number);
    for (int mark = 0; mark < KDB_MARKS; mark++) {
        kdbib_str text = u->marks->texts[mark];
        if (!text.size || (mark == KDB_MARK_TITLE && w->into != number))
            continue;
        uint32_t *place = kdb_numbers_put(&u->by[mark], u->marks->hashes[mark], text);
        if (!place)
            return false;
        if (mark == KDB_MARK_TITLE)
            w->namesake = *place;
        if (mark == KDB_MARK_TITLE || *place == KDB_INDEX_NONE)
            *place = number;
    }
    return true;
}

static bool place(uniting *u, uint32_t number, const kdb_marks *marks) {
    kdb_arena_reset(&u->scratch);
    u->marks = marks;
    uint32_t same[4];
    same[0] = known_by_doi(u, number);
    same[1] = known_by_arxiv(u, number);
    same[2] = known_by_url(u, number);
    same[3] = known_by_title(u, number);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        if (same[i] == KDB_INDEX_NONE)
            continue;
        uint32_t one = root_of(u, same[i]), two = root_of(u, number);
        if (one == two || (i > 0 && dois_contradict(u, work_at(u, one), work_at(u, two))))
            continue;
        if (!unite(u, one < two ? one : two, one < two ? two : one))
            return false;
    }
    return remember(u, number) && !kdb_arena_failed(&u->scratch);
}

/* ---- all of them ---- */

/* What some works in a row are found by. */
typedef struct sights {
    kdb_arena arena;
    kdb_marks marks[STEP];
} sights;

static bool look(void *user, void *result, size_t from, size_t to, unsigned worker) {
    uniting *u = user;
    sights *seen = result;
    (void)worker;
    kdb_arena_reset(&seen->arena);
    for (size_t i = from; i < to; i++) {
        kdb_bibliography_fetch(u->list, i);
        kdb_works_look_at(&u->works, (uint32_t)i, &seen->arena, &seen->marks[i - from]);
    }
    return !kdb_arena_failed(&seen->arena);
}

/* Always inline: GCC 12 takes a function that only fetches for one that does nothing. */
static inline __attribute__((always_inline)) void fetch_places(const uniting *u,
                                                               const kdb_marks *marks) {
    for (int mark = 0; mark < KDB_MARKS; mark++)
        kdb_numbers_fetch(&u->by[mark], marks->hashes[mark]);
}

static void expect(uniting *u, size_t placed) {
    for (int mark = 0; mark < KDB_MARKS; mark++) {
        const size_t in_all =
            (size_t)((double)u->by[mark].count / (double)placed * (double)u->list->count);
        kdb_numbers_expect(&u->by[mark], in_all + in_all / 32);
    }
}

static bool place_all(void *user, void *result, size_t from, size_t to) {
    uniting *u = user;
    const sights *seen = result;
    bool fine = true;
    if (from == LEARNT)
        expect(u, from);
    kdb_bibliography_pass(u->list, from, to);
    for (size_t i = from; i < to && fine; i++) {
        if (i + AHEAD < to)
            fetch_places(u, &seen->marks[i - from + AHEAD]);
        fine = place(u, (uint32_t)i, &seen->marks[i - from]);
    }
    return fine;
}

static void free_sights(void *result) {
    sights *seen = result;
    kdb_arena_free(&seen->arena);
}

static bool drop_united(uniting *u) {
    size_t kept = 0;
    for (uint32_t i = 0; i < u->list->count; i++) {
        if (work_at(u, i)->into != i)
            continue;
        if (u->united) {
            u->united[i].position = i;
            if (!kdb_united_finish(&u->united[i], u->list->records[i]))
                return false;
        }
        u->list->records[kept++] = u->list->records[i];
    }
    u->list->count = kept;
    return true;
}

bool kdb_unite_duplicates(kdbib_bibliography *bibliography, bool prefer_preprint) {
    static kdb_number_is_fn *const is[KDB_MARKS] = {
        [KDB_MARK_DOI] = is_doi_of,     [KDB_MARK_ARXIV] = is_arxiv_of,
        [KDB_MARK_URL] = is_url_of,     [KDB_MARK_AUTHOR_AND_TITLE] = is_author_and_title_of,
        [KDB_MARK_TITLE] = is_title_of,
    };
    uniting u = {.list = bibliography, .prefer_preprint = prefer_preprint};
    size_t count = bibliography->count;
    if (count > UINT32_MAX - 1)
        return false;
    for (int mark = 0; mark < KDB_MARKS; mark++)
        u.by[mark] = (kdb_numbers){.is = is[mark], .user = &u};
    bool fine = kdb_works_begin(&u.works, bibliography);
    if (fine && bibliography->keep_parts)
        fine = (u.united = calloc(count + 1, sizeof *u.united)) != NULL;
    const kdb_share share = {.count = count,
                             .step = STEP,
                             .size = sizeof(sights),
                             .work = look,
                             .take = place_all,
                             .free_result = free_sights,
                             .user = &u};
    fine = fine && kdb_share_out(&share, bibliography->context->threads) && drop_united(&u);
    for (int mark = 0; mark < KDB_MARKS; mark++)
        kdb_numbers_free(&u.by[mark]);
    kdb_works_free(&u.works);
    kdb_arena_free(&u.scratch);
    free(u.united);
    return fine;
}

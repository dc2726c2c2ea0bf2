/* Finding the records of one work: by DOI or arXiv id, by URL, by title. Each is looked up by hash,
 * so that the time grows with the list and not with its square. */
#include "record/unite.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/diagnose.h"
#include "base/numbers.h"
#include "base/strings.h"
#include "record/bibliography.h"
#include "record/likeness.h"
#include "record/merge.h"
#include "record/parts.h"
#include "record/preprint.h"
#include "text/fold.h"

/* So many different works of one title are looked through for one more. */
#define MOST_NAMESAKES 16
/* Titles up to so many words, and no longer, say too little to stand for a work by themselves. */
#define GENERIC_WORDS 4
#define GENERIC_SIZE 40

/* What is known of a record while duplicates are looked for. What it says of itself is read from
 * the record when it is asked for, which is seldom. */
typedef struct work {
    const kdbib_record *record; /* as the list has it; its texts are never replaced */
    const char *archive;        /* the preprint server whose DOI it has, or NULL */
    uint32_t doi_of;            /* the work whose DOI it has, or KDB_INDEX_NONE */
    uint32_t family_of;         /* likewise its first author, only where the title is generic */
    uint32_t into;              /* the work that this one was united with, or itself */
    uint32_t namesake;          /* the next work of this title, or KDB_INDEX_NONE */
    uint8_t words;              /* of the title, counted up to UINT8_MAX */
    bool generic;               /* the title says too little */
    bool preprint;              /* not published elsewhere, as far as is known */
} work;

typedef struct uniting {
    kdbib_bibliography *list;
    kdb_arena arena;      /* tables */
    kdb_arena scratch[2]; /* the work in hand; one that it is compared with */
    kdbib_str title;      /* of the work in hand, folded */
    kdb_preprint_table preprints;
    work *works;
    kdb_numbers by_doi, by_arxiv, by_url, by_title, by_author_and_title;
    kdb_united *united; /* of each work; NULL: nobody will ask */
    bool prefer_preprint;
} uniting;

/* ---- what is known of a record ---- */

static kdbib_str text_of(const uniting *u, uint32_t number, kdbib_field field) {
    return number == KDB_INDEX_NONE ? KDBIB_STR("")
                                    : kdbib_record_text(u->works[number].record, field);
}

static kdbib_str doi_of(const uniting *u, const work *w) {
    return text_of(u, w->doi_of, KDBIB_DOI);
}

/* Folded, until the next work is looked at. */
static kdbib_str title_of(uniting *u, uint32_t number) {
    if (!u->works[number].words)
        return KDBIB_STR("");
    return kdb_fold(&u->scratch[1], text_of(u, number, KDBIB_TITLE));
}

static kdbib_str family_of(uniting *u, const work *w) {
    kdbib_name name;
    if (w->family_of == KDB_INDEX_NONE ||
        !kdbib_record_next_name(u->works[w->family_of].record, KDBIB_AUTHORS, &(kdbib_cursor){0},
                                &name))
        return KDBIB_STR("");
    return kdb_fold(&u->scratch[1], name.family.size ? name.family : name.literal);
}

static kdbib_str lower_case(kdb_arena *arena, kdbib_str text) {
    kdbib_str copy = kdb_arena_copy(arena, text);
    for (size_t i = 0; i < copy.size; i++)
        ((char *)copy.data)[i] = kdb_to_lower(copy.data[i]);
    return copy;
}

static bool is_doi_of(void *user, uint32_t number, kdbib_str text) {
    return kdb_equal_nocase(text_of(user, number, KDBIB_DOI), text);
}
static bool is_arxiv_of(void *user, uint32_t number, kdbib_str text) {
    return kdbib_str_equal(text_of(user, number, KDBIB_ARXIV), text);
}
static bool is_url_of(void *user, uint32_t number, kdbib_str text) {
    return kdbib_str_equal(text_of(user, number, KDBIB_CANONICAL_URL), text);
}
static bool is_title_of(void *user, uint32_t number, kdbib_str text) {
    return kdbib_str_equal(title_of(user, number), text);
}

/* First author and title in one text, for works of a generic title. */
static kdbib_str author_and_title(uniting *u, uint32_t number, kdbib_str title) {
    kdbib_str family = title.size ? family_of(u, &u->works[number]) : KDBIB_STR("");
    if (!family.size)
        return KDBIB_STR("");
    return kdb_arena_format(&u->scratch[1], "%s\n%s", family.data, title.data);
}
static bool is_author_and_title_of(void *user, uint32_t number, kdbib_str text) {
    return kdbib_str_equal(author_and_title(user, number, title_of(user, number)), text);
}

static void look_at_doi(uniting *u, uint32_t number) {
    work *w = &u->works[number];
    kdbib_str doi = kdbib_record_text(w->record, KDBIB_DOI);
    w->doi_of = doi.size ? number : KDB_INDEX_NONE;
    w->archive = kdb_preprint_archive(&u->preprints, doi).data;
    kdbib_type type = kdbib_record_type(w->record);
    bool placed = kdbib_record_text(w->record, KDBIB_CONTAINER_TITLE).size ||
                  kdbib_record_text(w->record, KDBIB_EVENT_TITLE).size ||
                  kdbib_record_text(w->record, KDBIB_VENUE).size;
    bool posted = w->archive || kdbib_record_text(w->record, KDBIB_ARXIV).size;
    w->preprint = (!doi.size || w->archive) && (type == KDBIB_TYPE_ARTICLE || (posted && !placed));
}

static void look_at(uniting *u, uint32_t number) {
    work *w = &u->works[number];
    kdb_arena_reset(&u->scratch[0]);
    kdb_arena_reset(&u->scratch[1]);
    w->record = u->list->records[number];
    w->into = number;
    w->namesake = w->family_of = KDB_INDEX_NONE;
    u->title = kdb_fold(&u->scratch[0], kdbib_record_text(w->record, KDBIB_TITLE));
    size_t words = u->title.size > 0;
    for (size_t i = 0; i < u->title.size; i++)
        words += u->title.data[i] == ' ';
    w->words = (uint8_t)(words > UINT8_MAX ? UINT8_MAX : words);
    w->generic = words <= GENERIC_WORDS && u->title.size <= GENERIC_SIZE;
    look_at_doi(u, number);
    kdbib_name name;
    if (w->generic && kdbib_record_next_name(w->record, KDBIB_AUTHORS, &(kdbib_cursor){0}, &name))
        w->family_of = number;
}

static uint32_t root_of(uniting *u, uint32_t number) {
    while (u->works[number].into != number) {
        u->works[number].into = u->works[u->works[number].into].into;
        number = u->works[number].into;
    }
    return number;
}

/* ---- can two be one? ---- */

static bool same_doi(const uniting *u, const work *a, const work *b) {
    return kdb_equal_nocase(doi_of(u, a), doi_of(u, b));
}

static bool dois_contradict(const uniting *u, const work *a, const work *b) {
    if (a->doi_of == KDB_INDEX_NONE || b->doi_of == KDB_INDEX_NONE || same_doi(u, a, b))
        return false;
    /* both published, or both on one server */
    return a->archive && b->archive ? strcmp(a->archive, b->archive) == 0
                                    : a->archive == b->archive;
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
    const work *a = &u->works[x], *b = &u->works[y];
    const kdbib_record *r = u->list->records[x], *s = u->list->records[y];
    if (dois_contradict(u, a, b) || texts_contradict(r, s, KDBIB_ARXIV))
        return false;
    if (!a->generic)
        return true;
    kdbib_str first = family_of(u, a), second = family_of(u, b);
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
    kdbib_str id = lower_case(&u->scratch[1], kdb_slice(doi, prefix.size, doi.size));
    return kdbib_record_set_text(record, KDBIB_ARXIV, id, KDBIB_BASIS_COMPUTED);
}

/* Makes one work of two, at the place of the first. */
static bool unite(uniting *u, uint32_t first, uint32_t second) {
    work *a = &u->works[first], *b = &u->works[second];
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
    bool a_posted = by_doi ? a->archive != NULL : a->preprint;
    bool b_posted = by_doi ? b->archive != NULL : b->preprint;
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
        a->archive = b->archive;
    } else if (a->doi_of == KDB_INDEX_NONE && same_version) {
        a->doi_of = b->doi_of;
        a->archive = b->archive;
    }
    if (a->family_of == KDB_INDEX_NONE)
        a->family_of = b->family_of;
    return true;
}

/* The work that has `text`, or KDB_INDEX_NONE. */
static uint32_t known(uniting *u, const kdb_numbers *numbers, uint64_t hash, kdbib_str text) {
    uint32_t number = text.size ? kdb_numbers_get(numbers, hash, text) : KDB_INDEX_NONE;
    return number == KDB_INDEX_NONE ? number : root_of(u, number);
}

static bool other_paper(uniting *u, uint32_t other) {
    return other != KDB_INDEX_NONE && kdb_titles_differ(u->title, title_of(u, other));
}

static uint32_t known_by_doi(uniting *u, uint32_t number, uint32_t other, kdbib_str doi) {
    if (!other_paper(u, other))
        return other;
    report_shared(u, other, number, "same-doi", "DOI", lower_case(&u->scratch[1], doi));
    return KDB_INDEX_NONE;
}

/* Two works with one arXiv id and different titles were reported, if they have DOIs, by these. */
static uint32_t known_by_arxiv(uniting *u, uint32_t number, uint32_t other, kdbib_str id) {
    const work *w = &u->works[number];
    if (other != KDB_INDEX_NONE && w->doi_of != KDB_INDEX_NONE && same_doi(u, w, &u->works[other]))
        return KDB_INDEX_NONE;
    if (!other_paper(u, other))
        return other;
    report_shared(u, other, number, "same-doi", "arXiv id",
                  kdb_arena_format(&u->scratch[1], "arxiv:%s", id.data));
    return KDB_INDEX_NONE;
}

static uint32_t known_by_url(uniting *u, uint32_t number, uint32_t other, kdbib_str url) {
    const work *w = &u->works[number];
    if (other == KDB_INDEX_NONE)
        return other;
    if (!kdb_titles_agree(u->title, title_of(u, other))) {
        if (w->doi_of == KDB_INDEX_NONE || !same_doi(u, w, &u->works[other]))
            report_shared(u, other, number, "same-url", "link", url);
        return KDB_INDEX_NONE;
    }
    return dois_contradict(u, w, &u->works[other]) ? KDB_INDEX_NONE : other;
}

static uint32_t known_by_title(uniting *u, uint32_t number, uint32_t by_author, uint32_t newest) {
    if (by_author != KDB_INDEX_NONE && same_by_title(u, number, by_author))
        return by_author;
    uint32_t other = newest;
    for (int i = 0; i < MOST_NAMESAKES && other != KDB_INDEX_NONE; i++) {
        uint32_t root = root_of(u, other);
        if (root != number && same_by_title(u, number, root))
            return root;
        other = u->works[other].namesake;
    }
    return KDB_INDEX_NONE;
}

/* The first work that has a text stands for it. */
static bool remember(kdb_numbers *numbers, uint64_t hash, kdbib_str text, uint32_t number) {
    uint32_t *known_number = text.size ? kdb_numbers_put(numbers, hash, text) : NULL;
    if (known_number && *known_number == KDB_INDEX_NONE)
        *known_number = number;
    return known_number || !text.size;
}

/* The newest work of a title stands first in its chain. */
static bool remember_title(uniting *u, uint64_t hash, uint32_t number) {
    work *w = &u->works[number];
    if (!u->title.size || w->into != number)
        return true;
    uint32_t *newest = kdb_numbers_put(&u->by_title, hash, u->title);
    if (!newest)
        return false;
    w->namesake = *newest;
    *newest = number;
    return true;
}

static bool place(uniting *u, uint32_t number) {
    const kdbib_record *record = u->list->records[number];
    kdbib_str doi = kdbib_record_text(record, KDBIB_DOI);
    kdbib_str arxiv = kdbib_record_text(record, KDBIB_ARXIV);
    kdbib_str url = kdbib_record_text(record, KDBIB_CANONICAL_URL);
    kdbib_str with_author = author_and_title(u, number, u->title);
    uint64_t doi_hash = kdb_hash_nocase(doi), arxiv_hash = kdb_hash(arxiv),
             url_hash = kdb_hash(url);
    uint64_t title_hash = kdb_hash(u->title), author_hash = kdb_hash(with_author);
    uint32_t newest =
        u->title.size ? kdb_numbers_get(&u->by_title, title_hash, u->title) : KDB_INDEX_NONE;
    uint32_t same[4];
    same[0] = known_by_doi(u, number, known(u, &u->by_doi, doi_hash, doi), doi);
    same[1] = known_by_arxiv(u, number, known(u, &u->by_arxiv, arxiv_hash, arxiv), arxiv);
    same[2] = known_by_url(u, number, known(u, &u->by_url, url_hash, url), url);
    same[3] = known_by_title(u, number, known(u, &u->by_author_and_title, author_hash, with_author),
                             newest);
    for (int i = 0; i < 4; i++) {
        if (same[i] == KDB_INDEX_NONE)
            continue;
        uint32_t one = root_of(u, same[i]), two = root_of(u, number);
        if (one == two || (i > 0 && dois_contradict(u, &u->works[one], &u->works[two])))
            continue;
        if (!unite(u, one < two ? one : two, one < two ? two : one))
            return false;
    }
    return remember(&u->by_doi, doi_hash, doi, number) &&
           remember(&u->by_arxiv, arxiv_hash, arxiv, number) &&
           remember(&u->by_url, url_hash, url, number) &&
           remember(&u->by_author_and_title, author_hash, with_author, number) &&
           remember_title(u, title_hash, number) && !kdb_arena_failed(&u->scratch[0]) &&
           !kdb_arena_failed(&u->scratch[1]);
}

static bool drop_united(uniting *u) {
    size_t kept = 0;
    for (uint32_t i = 0; i < u->list->count; i++) {
        if (u->works[i].into != i)
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
    uniting u = {.list = bibliography, .prefer_preprint = prefer_preprint};
    u.by_doi = (kdb_numbers){.is = is_doi_of, .user = &u};
    u.by_arxiv = (kdb_numbers){.is = is_arxiv_of, .user = &u};
    u.by_url = (kdb_numbers){.is = is_url_of, .user = &u};
    u.by_title = (kdb_numbers){.is = is_title_of, .user = &u};
    u.by_author_and_title = (kdb_numbers){.is = is_author_and_title_of, .user = &u};
    size_t count = bibliography->count;
    if (count > UINT32_MAX - 1)
        return false;
    u.works = calloc(count + 1, sizeof *u.works);
    if (bibliography->keep_parts && !(u.united = calloc(count + 1, sizeof *u.united))) {
        free(u.works);
        return false;
    }
    bool fine = u.works && kdb_preprint_table_read(&u.arena, &u.preprints);
    for (uint32_t i = 0; fine && i < count; i++) {
        look_at(&u, i);
        fine = place(&u, i);
    }
    fine = fine && drop_united(&u);
    kdb_numbers_free(&u.by_doi);
    kdb_numbers_free(&u.by_arxiv);
    kdb_numbers_free(&u.by_url);
    kdb_numbers_free(&u.by_title);
    kdb_numbers_free(&u.by_author_and_title);
    kdb_arena_free(&u.arena);
    kdb_arena_free(&u.scratch[0]);
    kdb_arena_free(&u.scratch[1]);
    free(u.united);
    free(u.works);
    return fine;
}

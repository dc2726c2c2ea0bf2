/* Finding the records of one work: by DOI or arXiv id, by URL, by title. Each is looked up by hash,
 * so that the time grows with the list and not with its square. */
#include "record/unite.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/diagnose.h"
#include "base/index.h"
#include "base/strings.h"
#include "record/bibliography.h"
#include "record/likeness.h"
#include "record/merge.h"
#include "record/preprint.h"
#include "text/fold.h"

/* So many different works of one title are looked through for one more. */
#define MOST_NAMESAKES 16
/* Titles up to so many words, and no longer, say too little to stand for a work by themselves. */
#define GENERIC_WORDS 4
#define GENERIC_SIZE 40

/* What is known of a record while duplicates are looked for. */
typedef struct work {
    kdbib_str title;   /* folded */
    kdbib_str family;  /* of the first author, folded; only where the title is generic */
    kdbib_str doi;     /* lower case */
    kdbib_str archive; /* the preprint server whose DOI it is */
    kdbib_str arxiv;   /* "arxiv:2001.00001" */
    uint32_t into;     /* the work that this one was united with, or itself */
    uint32_t namesake; /* the next work of this title, or KDB_INDEX_NONE */
    uint8_t words;     /* of the title, counted up to UINT8_MAX */
    bool preprint;     /* not published elsewhere, as far as is known */
} work;

typedef struct uniting {
    kdbib_bibliography *list;
    kdb_arena arena;
    kdb_preprint_table preprints;
    work *works;
    kdb_index by_id, by_url, by_title, by_author_and_title;
    bool prefer_preprint;
} uniting;

/* ---- what is known of a record ---- */

static bool is_generic(const work *w) {
    return w->words <= GENERIC_WORDS && w->title.size <= GENERIC_SIZE;
}

static kdbib_str lower_case(kdb_arena *arena, kdbib_str text) {
    kdbib_str copy = kdb_arena_copy(arena, text);
    for (size_t i = 0; i < copy.size; i++)
        ((char *)copy.data)[i] = kdb_to_lower(copy.data[i]);
    return copy;
}

static void look_at_doi(uniting *u, const kdbib_record *record, work *w) {
    kdbib_str doi = kdbib_record_text(record, KDBIB_DOI);
    w->doi = doi.size ? lower_case(&u->arena, doi) : doi;
    w->archive = kdb_preprint_archive(&u->preprints, w->doi);
    kdbib_str arxiv = kdbib_record_text(record, KDBIB_ARXIV);
    if (arxiv.size)
        w->arxiv = kdb_arena_format(&u->arena, "arxiv:%s", arxiv.data);
    kdbib_type type = kdbib_record_type(record);
    bool placed = kdbib_record_text(record, KDBIB_CONTAINER_TITLE).size ||
                  kdbib_record_text(record, KDBIB_EVENT_TITLE).size ||
                  kdbib_record_text(record, KDBIB_VENUE).size;
    bool posted = w->archive.size || arxiv.size;
    w->preprint =
        (!w->doi.size || w->archive.size) && (type == KDBIB_TYPE_ARTICLE || (posted && !placed));
}

static void look_at(uniting *u, uint32_t number) {
    const kdbib_record *record = u->list->records[number];
    work *w = &u->works[number];
    w->into = number;
    w->namesake = KDB_INDEX_NONE;
    w->title = kdb_fold(&u->arena, kdbib_record_text(record, KDBIB_TITLE));
    size_t words = w->title.size > 0;
    for (size_t i = 0; i < w->title.size; i++)
        words += w->title.data[i] == ' ';
    w->words = (uint8_t)(words > UINT8_MAX ? UINT8_MAX : words);
    look_at_doi(u, record, w);
    kdbib_name name;
    if (is_generic(w) && kdbib_record_next_name(record, KDBIB_AUTHORS, &(kdbib_cursor){0}, &name))
        w->family = kdb_fold(&u->arena, name.family.size ? name.family : name.literal);
}

static uint32_t root_of(uniting *u, uint32_t number) {
    while (u->works[number].into != number) {
        u->works[number].into = u->works[u->works[number].into].into;
        number = u->works[number].into;
    }
    return number;
}

/* ---- can two be one? ---- */

static bool dois_contradict(const work *a, const work *b) {
    if (!a->doi.size || !b->doi.size || kdbib_str_equal(a->doi, b->doi))
        return false;
    /* both published, or both on one server */
    return kdbib_str_equal(a->archive, b->archive);
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

static bool same_by_title(const uniting *u, uint32_t x, uint32_t y) {
    const work *a = &u->works[x], *b = &u->works[y];
    const kdbib_record *r = u->list->records[x], *s = u->list->records[y];
    if (dois_contradict(a, b) || texts_contradict(r, s, KDBIB_ARXIV))
        return false;
    if (!is_generic(a))
        return true;
    bool same_author = a->family.size && kdbib_str_equal(a->family, b->family);
    if (a->words < 2 && !same_author)
        return false;
    return (same_author || !a->family.size || !b->family.size) &&
           !years_contradict(r, s, a->preprint != b->preprint);
}

static void report_shared(uniting *u, uint32_t first, uint32_t second, const char *name,
                          const char *what, kdbib_str shared) {
    kdbib_source here = kdbib_record_source(u->list->records[second]);
    kdbib_source there = kdbib_record_source(u->list->records[first]);
    kdb_report(u->list->context, KDBIB_SEVERITY_WARNING, name, here.file, here.line, 0,
               "“%.*s” and “%.*s” (%s%sline %u) have one %s, %.*s: both stay",
               KDB_SHOW(kdbib_record_text(u->list->records[second], KDBIB_TITLE)),
               KDB_SHOW(kdbib_record_text(u->list->records[first], KDBIB_TITLE)),
               strcmp(here.file, there.file) ? there.file : "",
               strcmp(here.file, there.file) ? ", " : "", there.line, what, KDB_SHOW(shared));
}

static void report_duplicate(uniting *u, uint32_t first, uint32_t second) {
    kdbib_source here = kdbib_record_source(u->list->records[second]);
    kdbib_source there = kdbib_record_source(u->list->records[first]);
    bool other_file = strcmp(here.file, there.file) != 0;
    kdb_report(u->list->context, KDBIB_SEVERITY_NOTE, "duplicate", here.file, here.line, 0,
               "“%.*s” is listed in %s%sline %u already: the two are one record",
               KDB_SHOW(kdbib_record_text(u->list->records[second], KDBIB_TITLE)),
               other_file ? there.file : "", other_file ? ", " : "", there.line);
}

/* ---- uniting ---- */

/* The id of a preprint whose DOI gave way. */
static bool keep_arxiv(kdbib_record *record, kdbib_str doi) {
    kdbib_str prefix = KDBIB_STR("10.48550/arxiv.");
    if (!kdb_starts_with(doi, prefix) || kdbib_record_text(record, KDBIB_ARXIV).size)
        return true;
    return kdbib_record_set_text(record, KDBIB_ARXIV, kdb_slice(doi, prefix.size, doi.size),
                                 KDBIB_BASIS_COMPUTED);
}

/* Makes one work of two, at the place of the first. */
static bool unite(uniting *u, uint32_t first, uint32_t second) {
    work *a = &u->works[first], *b = &u->works[second];
    kdbib_record *r = u->list->records[first], *s = u->list->records[second];
    report_duplicate(u, first, second);
    /* two DOIs, one of a preprint server, tell versions apart even where both name a venue */
    bool by_doi = a->doi.size && b->doi.size && !kdbib_str_equal(a->doi, b->doi);
    bool a_posted = by_doi ? a->archive.size > 0 : a->preprint;
    bool b_posted = by_doi ? b->archive.size > 0 : b->preprint;
    bool same_version = a_posted == b_posted;
    bool second_rules = !same_version && (u->prefer_preprint ? b_posted : a_posted);
    kdbib_record *ruler = second_rules ? s : r, *other = second_rules ? r : s;
    if (!kdb_merge_record(ruler, other, same_version, second_rules) ||
        !keep_arxiv(ruler, second_rules ? a->doi : b->doi))
        return false;
    u->list->records[first] = ruler;
    b->into = first;
    if (second_rules) {
        a->preprint = b->preprint;
        a->doi = b->doi;
        a->archive = b->archive;
    } else if (!a->doi.size && same_version) {
        a->doi = b->doi;
        a->archive = b->archive;
    }
    if (!a->family.size)
        a->family = b->family;
    return true;
}

/* The work that has `text` in `index`, or KDB_INDEX_NONE. */
static uint32_t known(uniting *u, const kdb_index *index, kdbib_str text) {
    uint32_t number = text.size ? kdb_index_get(index, text) : KDB_INDEX_NONE;
    return number == KDB_INDEX_NONE ? number : root_of(u, number);
}

/* By a DOI or an arXiv id. */
static uint32_t known_by_id(uniting *u, uint32_t number, kdbib_str id, const char *what) {
    const work *w = &u->works[number];
    uint32_t other = known(u, &u->by_id, id);
    if (other != KDB_INDEX_NONE && kdb_titles_differ(w->title, u->works[other].title)) {
        report_shared(u, other, number, "same-doi", what, id);
        return KDB_INDEX_NONE;
    }
    return other;
}

/* Two works with one arXiv id and different titles were reported, if they have DOIs, by these. */
static uint32_t known_by_arxiv(uniting *u, uint32_t number) {
    const work *w = &u->works[number];
    uint32_t other = known(u, &u->by_id, w->arxiv);
    if (other != KDB_INDEX_NONE && w->doi.size && kdbib_str_equal(w->doi, u->works[other].doi))
        return KDB_INDEX_NONE;
    return known_by_id(u, number, w->arxiv, "arXiv id");
}

static uint32_t known_by_url(uniting *u, uint32_t number) {
    const work *w = &u->works[number];
    kdbib_str url = kdbib_record_text(u->list->records[number], KDBIB_CANONICAL_URL);
    uint32_t other = known(u, &u->by_url, url);
    if (other == KDB_INDEX_NONE)
        return other;
    if (!kdb_titles_agree(w->title, u->works[other].title)) {
        if (!kdbib_str_equal(w->doi, u->works[other].doi) || !w->doi.size)
            report_shared(u, other, number, "same-url", "link", url);
        return KDB_INDEX_NONE;
    }
    return dois_contradict(w, &u->works[other]) ? KDB_INDEX_NONE : other;
}

/* First author and title in one text, for works of a generic title. */
static kdbib_str author_and_title(uniting *u, const work *w) {
    if (!w->family.size || !w->title.size)
        return (kdbib_str){0};
    return kdb_arena_format(&u->arena, "%s\n%s", w->family.data, w->title.data);
}

static uint32_t known_by_title(uniting *u, uint32_t number, kdbib_str with_author) {
    uint32_t other = known(u, &u->by_author_and_title, with_author);
    if (other != KDB_INDEX_NONE && same_by_title(u, number, other))
        return other;
    other = kdb_index_get(&u->by_title, u->works[number].title);
    for (int i = 0; i < MOST_NAMESAKES && other != KDB_INDEX_NONE; i++) {
        uint32_t root = root_of(u, other);
        if (root != number && same_by_title(u, number, root))
            return root;
        other = u->works[other].namesake;
    }
    return KDB_INDEX_NONE;
}

static bool remember(kdb_index *index, kdbib_str text, uint32_t number) {
    uint32_t *known_number = text.size ? kdb_index_put(index, text) : NULL;
    if (known_number && *known_number == KDB_INDEX_NONE)
        *known_number = number;
    return known_number || !text.size;
}

/* The newest work of a title stands first in its chain. */
static bool remember_title(uniting *u, uint32_t number) {
    work *w = &u->works[number];
    uint32_t *newest = w->title.size ? kdb_index_put(&u->by_title, w->title) : NULL;
    if (newest && w->into == number) {
        w->namesake = *newest;
        *newest = number;
    }
    return newest || !w->title.size;
}

static bool place(uniting *u, uint32_t number) {
    work *w = &u->works[number];
    kdbib_str url = kdbib_record_text(u->list->records[number], KDBIB_CANONICAL_URL);
    kdbib_str doi = w->doi, arxiv = w->arxiv, with_author = author_and_title(u, w);
    uint32_t same[4] = {known_by_id(u, number, doi, "DOI")};
    same[1] = known_by_arxiv(u, number);
    same[2] = known_by_url(u, number);
    same[3] = w->title.size ? known_by_title(u, number, with_author) : KDB_INDEX_NONE;
    for (int i = 0; i < 4; i++) {
        if (same[i] == KDB_INDEX_NONE)
            continue;
        uint32_t one = root_of(u, same[i]), two = root_of(u, number);
        if (one == two || (i > 0 && dois_contradict(&u->works[one], &u->works[two])))
            continue;
        if (!unite(u, one < two ? one : two, one < two ? two : one))
            return false;
    }
    uint32_t root = root_of(u, number);
    return remember(&u->by_id, doi, root) && remember(&u->by_id, arxiv, root) &&
           remember(&u->by_url, url, root) &&
           remember(&u->by_author_and_title, with_author, root) && remember_title(u, number) &&
           !kdb_arena_failed(&u->arena);
}

static void drop_united(uniting *u) {
    size_t kept = 0;
    for (size_t i = 0; i < u->list->count; i++)
        if (u->works[i].into == i)
            u->list->records[kept++] = u->list->records[i];
    u->list->count = kept;
}

bool kdb_unite_duplicates(kdbib_bibliography *bibliography, bool prefer_preprint) {
    uniting u = {.list = bibliography, .prefer_preprint = prefer_preprint};
    size_t count = bibliography->count;
    if (count > UINT32_MAX - 1)
        return false;
    u.works = calloc(count + 1, sizeof *u.works);
    bool fine = u.works && kdb_preprint_table_read(&u.arena, &u.preprints);
    for (uint32_t i = 0; fine && i < count; i++) {
        look_at(&u, i);
        fine = place(&u, i);
    }
    if (fine)
        drop_united(&u);
    kdb_index_free(&u.by_id);
    kdb_index_free(&u.by_url);
    kdb_index_free(&u.by_title);
    kdb_index_free(&u.by_author_and_title);
    kdb_arena_free(&u.arena);
    free(u.works);
    return fine;
}

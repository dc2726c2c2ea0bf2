/* RIS as Zotero, EndNote and publishers write it. */
#include "base/strings.h"
#include "lookup/with_inside.h"
#include "services/facts.h"

typedef struct entry {
    kdb_answer *answer;
    kdb_hit *hit;
    kdbib_str title, container, series, first, last, date, number;
} entry;

static kdbib_type type_of(kdbib_str name) {
    static const struct {
        const char *name;
        kdbib_type type;
    } types[] = {
        {"JOUR", KDBIB_TYPE_ARTICLE_JOURNAL},
        {"CONF", KDBIB_TYPE_PAPER_CONFERENCE},
        {"CPAPER", KDBIB_TYPE_PAPER_CONFERENCE},
        {"CHAP", KDBIB_TYPE_CHAPTER},
        {"BOOK", KDBIB_TYPE_BOOK},
        {"THES", KDBIB_TYPE_THESIS},
        {"RPRT", KDBIB_TYPE_REPORT},
        {"UNPB", KDBIB_TYPE_ARTICLE},
        {"UNPD", KDBIB_TYPE_ARTICLE},
        {"DATA", KDBIB_TYPE_DATASET},
        {"COMP", KDBIB_TYPE_SOFTWARE},
        {"ELEC", KDBIB_TYPE_WEBPAGE},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (kdbib_str_equal(name, kdbib_str_of(types[i].name)))
            return types[i].type;
    return KDBIB_TYPE_DOCUMENT;
}

static void keep(kdbib_str *slot, kdbib_str value) {
    if (!slot->size)
        *slot = value;
}

static void take(entry *e, kdbib_str tag, kdbib_str value) {
    const struct {
        const char *tag;
        kdbib_str *slot;
    } slots[] = {{"TI", &e->title},     {"T1", &e->title},     {"T2", &e->container},
                 {"JO", &e->container}, {"JF", &e->container}, {"BT", &e->container},
                 {"C3", &e->container}, {"T3", &e->series},    {"SP", &e->first},
                 {"EP", &e->last},      {"DA", &e->date},      {"PY", &e->date},
                 {"Y1", &e->date},      {"C7", &e->number}};
    const struct {
        const char *tag;
        kdbib_field field;
    } texts[] = {{"VL", KDBIB_VOLUME},
                 {"IS", KDBIB_ISSUE},
                 {"PB", KDBIB_PUBLISHER},
                 {"CY", KDBIB_PUBLISHER_PLACE}};
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        if (kdbib_str_equal(tag, kdbib_str_of(slots[i].tag)))
            keep(slots[i].slot, value);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (kdbib_str_equal(tag, kdbib_str_of(texts[i].tag)))
            kdb_fact_text(e->answer, e->hit, texts[i].field, value);
    if (kdbib_str_equal(tag, KDBIB_STR("AU")) || kdbib_str_equal(tag, KDBIB_STR("A1"))) {
        if (kdb_find_char(value, ',', 0) == SIZE_MAX)
            kdb_fact_body(e->answer, e->hit, KDBIB_AUTHORS, value);
        else
            kdb_fact_display_name(e->answer, e->hit, KDBIB_AUTHORS, value);
    } else if (kdbib_str_equal(tag, KDBIB_STR("ED")) || kdbib_str_equal(tag, KDBIB_STR("A2"))) {
        kdb_fact_display_name(e->answer, e->hit, KDBIB_EDITORS, value);
    } else if (kdbib_str_equal(tag, KDBIB_STR("DO"))) {
        kdb_fact_doi(e->answer, e->hit, value);
    } else if (kdbib_str_equal(tag, KDBIB_STR("SN"))) {
        kdb_fact_issn(e->answer, e->hit, value);
        kdb_fact_isbn(e->answer, e->hit, value);
    } else if (kdbib_str_equal(tag, KDBIB_STR("UR"))) {
        kdb_strings_add(e->answer->arena, &e->hit->urls, value);
        if (kdb_find(value, KDBIB_STR("arxiv.org/"), 0) != SIZE_MAX)
            kdb_fact_text(e->answer, e->hit, KDBIB_ARXIV, kdb_arxiv_id(value));
    }
}

static void end_entry(entry *e) {
    if (!e->hit)
        return;
    kdb_fact_title(e->answer, e->hit, e->title, (kdbib_str){0});
    kdb_fact_container(e->answer, e->hit, e->container, e->series);
    kdbib_record_set_issued(e->hit->record, kdb_parse_date(e->date), KDBIB_BASIS_SERVICE);
    kdbib_str pages = e->first;
    if (e->first.size && e->last.size)
        pages = kdb_arena_format(e->answer->arena, "%.*s-%.*s", (int)e->first.size, e->first.data,
                                 (int)e->last.size, e->last.data);
    kdb_fact_pages(e->answer, e->hit, pages, e->number);
    *e = (entry){.answer = e->answer};
}

bool kdb_with_read_ris(kdb_answer *answer, kdbib_str bytes) {
    entry e = {.answer = answer};
    bool fine = true;
    if (kdb_starts_with(bytes, KDBIB_STR("\xEF\xBB\xBF")))
        bytes = kdb_slice(bytes, 3, bytes.size);
    for (size_t at = 0, end; at < bytes.size && fine; at = end + 1) {
        end = at;
        while (end < bytes.size && bytes.data[end] != '\n')
            end++;
        kdbib_str line = kdb_trim(kdb_slice(bytes, at, end));
        size_t dash = kdb_find_char(line, '-', 2);
        if (line.size < 5 || dash == SIZE_MAX || dash > 5)
            continue;
        kdbib_str tag = kdb_slice(line, 0, 2),
                  value = kdb_trim(kdb_slice(line, dash + 1, line.size));
        if (kdbib_str_equal(tag, KDBIB_STR("TY"))) {
            end_entry(&e);
            e.hit = kdb_answer_add(answer);
            fine = e.hit != NULL;
            if (fine) {
                kdbib_record_set_type(e.hit->record, type_of(value), KDBIB_BASIS_SERVICE);
                e.hit->preprint = type_of(value) == KDBIB_TYPE_ARTICLE;
                e.hit->book = type_of(value) == KDBIB_TYPE_BOOK;
            }
        } else if (e.hit && value.size) {
            take(&e, tag, value);
        }
        if (kdb_starts_with(line, KDBIB_STR("ER")))
            end_entry(&e);
    }
    end_entry(&e);
    if (fine && !answer->count)
        answer->problem = "it holds no RIS entry";
    return fine && !kdb_arena_failed(answer->arena);
}

/* From the words of the registries to those of a record. */
#include "services/facts.h"

#include "base/buffer.h"
#include "base/csv.h"
#include "base/embedded.h"
#include "base/strings.h"
#include "services/markup.h"
#include "text/fold.h"
#include "text/rich_text.h"

static void check(kdb_answer *answer, bool fine) {
    if (!fine)
        answer->arena->failed = true;
}

static kdb_rich_text clean(kdb_answer *answer, kdbib_str text) {
    kdb_buffer html = {0};
    kdb_rich_text rich = {0};
    kdb_markup_clean(text, &html);
    check(answer,
          !html.failed && kdb_rich_text_from_html(answer->arena, kdb_buffer_str(&html), &rich));
    kdb_buffer_free(&html);
    return rich;
}

kdbib_str kdb_plain_text(kdb_answer *answer, kdbib_str text) {
    kdb_rich_text rich = clean(answer, text);
    if (rich.count == 1)
        return rich.runs[0].text;
    kdb_buffer plain = {0};
    for (size_t i = 0; i < rich.count; i++)
        kdb_buffer_add_str(&plain, rich.runs[i].text);
    check(answer, !plain.failed);
    kdbib_str copy = kdb_arena_copy(answer->arena, kdb_buffer_str(&plain));
    kdb_buffer_free(&plain);
    return copy;
}

static bool contains_folded(kdb_answer *answer, kdbib_str text, kdbib_str part) {
    kdbib_str a = kdb_fold(answer->arena, text), b = kdb_fold(answer->arena, part);
    return !b.size || kdb_find(a, b, 0) != SIZE_MAX;
}

void kdb_fact_title(kdb_answer *answer, kdb_hit *hit, kdbib_str title, kdbib_str subtitle) {
    title = kdb_trim(title);
    subtitle = kdb_trim(subtitle);
    if (subtitle.size && title.size && !contains_folded(answer, title, subtitle)) {
        bool colon = kdb_ends_with(title, KDBIB_STR(":")) || kdb_ends_with(title, KDBIB_STR("?")) ||
                     kdb_ends_with(title, KDBIB_STR("!"));
        title = kdb_arena_format(answer->arena, "%.*s%s%.*s", (int)title.size, title.data,
                                 colon ? " " : ": ", (int)subtitle.size, subtitle.data);
    }
    kdb_rich_text rich = clean(answer, title);
    if (rich.count)
        check(answer,
              kdbib_record_set_title(hit->record, rich.runs, rich.count, KDBIB_BASIS_SERVICE));
}

void kdb_fact_text(kdb_answer *answer, kdb_hit *hit, kdbib_field field, kdbib_str text) {
    if (!kdb_trim(text).size)
        return;
    check(answer, kdbib_record_set_text(hit->record, field, kdb_trim(kdb_plain_text(answer, text)),
                                        KDBIB_BASIS_SERVICE));
}

/* ---- names ---- */

/* The particle in front of a family name: its words in lower case ("van der"). */
static void split_particle(kdbib_name *name) {
    size_t at = 0;
    kdbib_str family = name->family;
    for (;;) {
        size_t end = kdb_find_char(family, ' ', at);
        if (end == SIZE_MAX || !kdb_is_lower(family.data[at]))
            break;
        at = end + 1;
    }
    if (!at || at >= family.size)
        return;
    name->particle = kdb_trim(kdb_slice(family, 0, at));
    name->family = kdb_slice(family, at, family.size);
}

static const char *const suffixes[] = {"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"};

static bool is_suffix(kdbib_str word) {
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (kdbib_str_equal(word, kdbib_str_of(suffixes[i])))
            return true;
    return false;
}

static size_t last_word(kdbib_str text) {
    size_t at = text.size;
    while (at && text.data[at - 1] != ' ')
        at--;
    return at;
}

/* "Donald Jr." in either part. */
static void take_suffix(kdbib_str *part, kdbib_name *name) {
    size_t at = last_word(*part);
    if (at && !name->suffix.size && is_suffix(kdb_slice(*part, at, part->size))) {
        name->suffix = kdb_slice(*part, at, part->size);
        *part = kdb_trim(kdb_slice(*part, 0, at));
        if (kdb_ends_with(*part, KDBIB_STR(",")))
            *part = kdb_slice(*part, 0, part->size - 1);
    }
}

void kdb_fact_name(kdb_answer *answer, kdb_hit *hit, kdbib_field which, kdbib_str family,
                   kdbib_str given, kdbib_str suffix) {
    kdbib_name name = {.family = kdb_trim(kdb_plain_text(answer, family)),
                       .given = kdb_trim(kdb_plain_text(answer, given)),
                       .suffix = kdb_trim(kdb_plain_text(answer, suffix))};
    if (!name.family.size) {
        name.family = name.given;
        name.given = (kdbib_str){NULL, 0};
    }
    if (name.given.size) {
        take_suffix(&name.family, &name);
        take_suffix(&name.given, &name);
    }
    split_particle(&name);
    check(answer, kdbib_record_add_name(hit->record, which, &name, KDBIB_BASIS_SERVICE));
}

void kdb_fact_body(kdb_answer *answer, kdb_hit *hit, kdbib_field which, kdbib_str name) {
    kdbib_name body = {.literal = kdb_trim(kdb_plain_text(answer, name))};
    check(answer, kdbib_record_add_name(hit->record, which, &body, KDBIB_BASIS_SERVICE));
}

void kdb_fact_display_name(kdb_answer *answer, kdb_hit *hit, kdbib_field which, kdbib_str text) {
    text = kdb_trim(kdb_plain_text(answer, text));
    size_t comma = kdb_find_char(text, ',', 0);
    if (comma != SIZE_MAX) {
        kdbib_str given = kdb_trim(kdb_slice(text, comma + 1, text.size)), suffix = {NULL, 0};
        if (is_suffix(given)) { /* "Donald Hora, Jr." */
            suffix = given;
            text = kdb_slice(text, 0, comma);
        } else {
            kdb_fact_name(answer, hit, which, kdb_slice(text, 0, comma), given, suffix);
            return;
        }
        size_t at = last_word(text);
        kdb_fact_name(answer, hit, which, kdb_slice(text, at, text.size), kdb_slice(text, 0, at),
                      suffix);
        return;
    }
    size_t end = text.size;
    if (end && kdb_is_digit(text.data[end - (text.data[end - 1] == ')' && end > 1 ? 2 : 1)])) {
        kdb_fact_body(answer, hit, which, text); /* "Somebody the Elder, 1564-1637" */
        return;
    }
    kdbib_name rest = {.family = text};
    take_suffix(&rest.family, &rest);
    text = rest.family;
    size_t at = last_word(text);
    while (at > 1) { /* particles before the last word belong to it */
        kdbib_str before = kdb_trim(kdb_slice(text, 0, at));
        size_t word = last_word(before);
        if (!word || !kdb_is_lower(before.data[word]))
            break;
        at = word;
    }
    kdb_fact_name(answer, hit, which, kdb_slice(text, at, text.size), kdb_slice(text, 0, at),
                  rest.suffix);
}

/* ---- identifiers ---- */

void kdb_fact_doi(kdb_answer *answer, kdb_hit *hit, kdbib_str doi) {
    doi = kdb_clean_doi(answer->arena, doi);
    if (doi.size)
        check(answer, kdbib_record_set_text(hit->record, KDBIB_DOI, doi, KDBIB_BASIS_SERVICE));
}

/* Appends `id` to the blank-separated ids of `field` unless it is there. */
static void add_id(kdb_answer *answer, kdb_hit *hit, kdbib_field field, kdbib_str id) {
    kdbib_str have = kdbib_record_text(hit->record, field);
    if (kdb_find(have, id, 0) != SIZE_MAX)
        return;
    kdbib_str all =
        have.size ? kdb_arena_format(answer->arena, "%s %.*s", have.data, (int)id.size, id.data)
                  : id;
    check(answer, kdbib_record_set_text(hit->record, field, all, KDBIB_BASIS_SERVICE));
}

void kdb_fact_issn(kdb_answer *answer, kdb_hit *hit, kdbib_str issn) {
    char digits[10];
    size_t count = 0;
    for (size_t i = 0; i < issn.size && count < 9; i++) {
        char c = issn.data[i];
        if (!kdb_is_digit(c) && c != 'X' && c != 'x') /* "http://id.crossref.org/issn/…" */
            continue;
        if (count == 4)
            digits[count++] = '-';
        digits[count++] = c == 'x' ? 'X' : c;
    }
    if (count == 9)
        add_id(answer, hit, KDBIB_ISSN, (kdbib_str){digits, 9});
}

void kdb_fact_isbn(kdb_answer *answer, kdb_hit *hit, kdbib_str isbn) {
    char digits[14];
    size_t count = 0, from = isbn.size;
    while (from && isbn.data[from - 1] != '/')
        from--;
    for (size_t i = from; i < isbn.size && count < 14; i++) {
        char c = isbn.data[i];
        if (kdb_is_digit(c) || c == 'X' || c == 'x')
            digits[count++] = c == 'x' ? 'X' : c;
    }
    if (count == 13 || count == 10)
        add_id(answer, hit, KDBIB_ISBN, (kdbib_str){digits, count});
}

/* ---- pages, containers ---- */

/* One page or article number: dashes of every kind become '-', blanks and "pp." go. */
static kdbib_str clean_pages(kdb_answer *answer, kdbib_str pages) {
    kdb_buffer out = {0};
    pages = kdb_trim(kdb_plain_text(answer, pages));
    if (kdb_starts_with_nocase(pages, KDBIB_STR("pp")) ||
        kdb_starts_with_nocase(pages, KDBIB_STR("p.")))
        pages =
            kdb_slice(pages, kdb_starts_with_nocase(pages, KDBIB_STR("pp.")) ? 3 : 2, pages.size);
    for (size_t i = 0; i < pages.size; i++) {
        kdbib_str rest = kdb_slice(pages, i, pages.size);
        bool dash = pages.data[i] == '-';
        if (kdb_starts_with(rest, KDBIB_STR("\xE2\x80")) && rest.size > 2 &&
            (unsigned char)rest.data[2] >= 0x90 && (unsigned char)rest.data[2] <= 0x95) {
            dash = true;
            i += 2;
        }
        if (dash && out.size && out.data[out.size - 1] == '-')
            continue;
        if (dash)
            kdb_buffer_add_char(&out, '-');
        else if (!kdb_is_space(pages.data[i]) || (out.size && out.data[out.size - 1] == ','))
            kdb_buffer_add_char(&out, pages.data[i]);
    }
    while (out.size && out.data[out.size - 1] == '-')
        out.size--;
    check(answer, !out.failed);
    kdbib_str result = kdb_arena_copy(answer->arena, kdb_buffer_str(&out));
    kdb_buffer_free(&out);
    return result;
}

/* A single page that is no page: "e1008184", "102693", or what the DOI ends with. */
static bool is_article_number(const kdb_hit *hit, kdbib_str page) {
    size_t letters, digits;
    if (!kdb_is_one_locator(page, &letters, &digits) ||
        kdbib_record_type(hit->record) == KDBIB_TYPE_CHAPTER)
        return false;
    if (kdb_is_article_number(page))
        return true;
    kdbib_str doi = kdbib_record_text(hit->record, KDBIB_DOI);
    if (kdb_starts_with(doi, KDBIB_STR("10.3390/")))
        return true;
    return digits >= 4 && doi.size > page.size &&
           kdb_equal_nocase(kdb_slice(doi, doi.size - page.size, doi.size), page);
}

void kdb_fact_pages(kdb_answer *answer, kdb_hit *hit, kdbib_str pages, kdbib_str number) {
    pages = clean_pages(answer, pages);
    number = kdb_trim(kdb_plain_text(answer, number));
    bool range = kdb_find_char(pages, '-', 0) != SIZE_MAX;
    size_t dash = kdb_find_char(pages, '-', 0);
    if (range &&
        kdbib_str_equal(kdb_slice(pages, 0, dash), kdb_slice(pages, dash + 1, pages.size))) {
        pages = kdb_slice(pages, 0, dash); /* "102693-102693" */
        range = false;
        if (kdbib_str_equal(pages, KDBIB_STR("1")) &&
            !kdbib_record_text(hit->record, KDBIB_VOLUME).size)
            pages.size = 0; /* "1-1": early access */
    }
    kdbib_field field = KDBIB_PAGES;
    if (number.size && (!range || kdb_starts_with(pages, KDBIB_STR("1-")))) {
        pages = number;
        field = KDBIB_ARTICLE_NUMBER;
    } else if (pages.size && !range && is_article_number(hit, pages)) {
        field = KDBIB_ARTICLE_NUMBER;
    }
    if (pages.size)
        check(answer, kdbib_record_set_text(hit->record, field, pages, KDBIB_BASIS_SERVICE));
}

/* A series of proceedings by data/proceedings-series.csv; a row ending in `*` is a beginning. */
static bool is_proceedings_series(kdb_answer *answer, kdbib_str title) {
    kdb_arena scratch = {0};
    kdb_table table;
    bool found = false;
    kdbib_str folded = kdb_fold(&scratch, kdb_plain_text(answer, title));
    check(answer,
          kdb_table_read(&scratch, kdb_embedded(KDBIB_STR("proceedings-series.csv")), &table));
    size_t column = kdb_table_column(&table, KDBIB_STR("title"));
    for (size_t i = 0; i < table.rows && !found && folded.size; i++) {
        kdbib_str row = kdb_table_cell(&table, i, column);
        kdbib_str key = kdb_fold(&scratch, row);
        found = kdb_ends_with(row, KDBIB_STR("*")) ? kdb_starts_with(folded, key)
                                                   : kdbib_str_equal(folded, key);
    }
    kdb_arena_free(&scratch);
    return found;
}

void kdb_fact_container(kdb_answer *answer, kdb_hit *hit, kdbib_str container, kdbib_str series) {
    bool proceedings = false;
    if (kdb_trim(container).size && is_proceedings_series(answer, container)) {
        kdbib_str title = container;
        container = series;
        series = title;
        proceedings = true;
    } else if (kdb_trim(series).size) {
        proceedings = is_proceedings_series(answer, series);
    }
    if (proceedings && kdbib_record_type(hit->record) == KDBIB_TYPE_CHAPTER)
        kdbib_record_set_type(hit->record, KDBIB_TYPE_PAPER_CONFERENCE, KDBIB_BASIS_SERVICE);
    kdb_fact_text(answer, hit, KDBIB_CONTAINER_TITLE, container);
    kdb_fact_text(answer, hit, KDBIB_COLLECTION_TITLE, series);
}

/* hayagriva: the YAML that Typst's bibliography() reads. What a work stands in is its parent. */
#include "base/arena.h"
#include "base/strings.h"
#include "case_protection.h"
#include "json_text.h"
#include "kdbib/kdbib.h"
#include "parts.h"

typedef struct hayagriva_state {
    kdb_buffer clean, text, cased;
    kdb_arena arena;
    kdb_proper_words words;
    size_t records;
} hayagriva_state;

/* A type, and the type of the parent that carries the container title. */
static const struct kind {
    const char *type, *parent;
} kinds[KDBIB_TYPE_COUNT] = {
    [KDBIB_TYPE_DOCUMENT] = {"misc", "misc"},
    [KDBIB_TYPE_ARTICLE] = {"article", "repository"},
    [KDBIB_TYPE_ARTICLE_JOURNAL] = {"article", "periodical"},
    [KDBIB_TYPE_PAPER_CONFERENCE] = {"article", "proceedings"},
    [KDBIB_TYPE_CHAPTER] = {"chapter", "book"},
    [KDBIB_TYPE_BOOK] = {"book", "anthology"},
    [KDBIB_TYPE_THESIS] = {"thesis", "anthology"},
    [KDBIB_TYPE_REPORT] = {"report", "anthology"},
    [KDBIB_TYPE_PATENT] = {"patent", "anthology"},
    [KDBIB_TYPE_DATASET] = {"repository", "repository"},
    [KDBIB_TYPE_SOFTWARE] = {"repository", "repository"},
    [KDBIB_TYPE_WEBPAGE] = {"web", "web"},
};

static const struct {
    const char *name;
    kdbib_field field;
} serial_numbers[] = {
    {"doi", KDBIB_DOI},   {"arxiv", KDBIB_ARXIV}, {"isbn", KDBIB_ISBN},     {"issn", KDBIB_ISSN},
    {"pmid", KDBIB_PMID}, {"pmcid", KDBIB_PMCID}, {"serial", KDBIB_NUMBER},
};

/* The one place where text becomes YAML: a double-quoted scalar, which is a JSON string. */
static void scalar(kdbib_writer *writer, kdbib_str text) {
    hayagriva_state *state = kdbib_writer_state(writer);
    kdb_json_string(kdbib_writer_output(writer), kdb_clean(text, KDB_ONE_LINE, &state->clean));
}

static void indent(kdbib_output *out, int depth) {
    while (depth--)
        kdbib_output_text(out, "  ");
}

static void name_of(kdbib_writer *writer, int depth, const char *name) {
    kdbib_output *out = kdbib_writer_output(writer);
    indent(out, depth);
    kdbib_output_text(out, name);
    kdbib_output_char(out, ':');
}

static void plain_field(kdbib_writer *writer, int depth, const char *name, kdbib_str text) {
    if (!text.size)
        return;
    name_of(writer, depth, name);
    kdbib_output_char(kdbib_writer_output(writer), ' ');
    scalar(writer, text);
    kdbib_output_char(kdbib_writer_output(writer), '\n');
}

static void type_field(kdbib_writer *writer, int depth, const char *type) {
    name_of(writer, depth, "type");
    kdbib_output_char(kdbib_writer_output(writer), ' ');
    kdbib_output_text(kdbib_writer_output(writer), type);
    kdbib_output_char(kdbib_writer_output(writer), '\n');
}

static bool has_control(kdbib_str text) {
    for (size_t i = 0; i < text.size; i++)
        if (memchr("{}$\\", text.data[i], 4))
            return true;
    return false;
}

/* In a formattable string braces and dollars mean something; where they stand in the text it is
 * given as verbatim, which hayagriva does not look into. */
static void formattable_field(kdbib_writer *writer, int depth, const char *name, kdbib_str text) {
    kdbib_output *out = kdbib_writer_output(writer);
    if (!has_control(text)) {
        plain_field(writer, depth, name, text);
        return;
    }
    name_of(writer, depth, name);
    kdbib_output_text(out, " { value: { value: ");
    scalar(writer, text);
    kdbib_output_text(out, ", verbatim: true } }\n");
}

/* A title: styles that set titles in capitals leave what stands in braces alone. */
static void title_field(kdbib_writer *writer, int depth, kdbib_str text) {
    hayagriva_state *state = kdbib_writer_state(writer);
    bool shouting = kdb_is_shouting(text);
    if (has_control(text)) {
        formattable_field(writer, depth, "title", text);
        return;
    }
    kdb_buffer_clear(&state->cased);
    for (size_t at = 0, end; at < text.size; at = end) {
        kdb_protected part = {0, 0};
        for (end = at; end < text.size && !kdb_is_space(text.data[end]);)
            end++;
        kdbib_str word = kdb_slice(text, at, end);
        if (kdb_needs_protection(&state->words, word, shouting, &part)) {
            kdb_buffer_add_str(&state->cased, kdb_slice(word, 0, part.from));
            kdb_buffer_add_char(&state->cased, '{');
            kdb_buffer_add_str(&state->cased, kdb_slice(word, part.from, part.to));
            kdb_buffer_add_char(&state->cased, '}');
            word = kdb_slice(word, part.to, word.size);
        }
        kdb_buffer_add_str(&state->cased, word);
        if (end < text.size)
            kdb_buffer_add_char(&state->cased, text.data[end++]);
    }
    plain_field(writer, depth, "title", kdb_buffer_str(&state->cased));
}

static void part(kdbib_writer *writer, const char *name, kdbib_str text) {
    kdbib_output *out = kdbib_writer_output(writer);
    if (!text.size)
        return;
    kdbib_output_text(out, name);
    scalar(writer, text);
}

/* Names are given part by part: in one string a comma or a capital particle would be misread. */
static void write_names(kdbib_writer *writer, int depth, const kdbib_record *record,
                        kdbib_field which, const char *field) {
    kdbib_output *out = kdbib_writer_output(writer);
    kdbib_name name;
    bool any = false;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_name(record, which, &cursor, &name);) {
        if (!any) {
            name_of(writer, depth, field);
            kdbib_output_char(out, '\n');
        }
        any = true;
        indent(out, depth + 1);
        part(writer, "- { name: ", name.literal.size ? name.literal : name.family);
        if (!name.literal.size) {
            part(writer, ", given-name: ", name.given);
            part(writer, ", prefix: ", name.particle);
            part(writer, ", suffix: ", name.suffix);
        }
        kdbib_output_text(out, " }\n");
    }
}

/* hayagriva refuses the whole file for one address that it cannot parse: only the plainest hosts.
 */
static bool is_safe_url(kdbib_str url) {
    size_t at = kdb_find(url, KDBIB_STR("://"), 0) + 3, from = at;
    if (!kdb_is_web_url(url))
        return false;
    while (at < url.size && (kdb_is_alnum(url.data[at]) || url.data[at] == '-' ||
                             (url.data[at] == '.' && at > from)))
        at++;
    return at > from && kdb_is_alpha(url.data[at - 1]) && (at == url.size || url.data[at] == '/');
}

static void write_serial_numbers(kdbib_writer *writer, int depth, const kdbib_record *record) {
    bool any = false;
    for (size_t i = 0; i < sizeof serial_numbers / sizeof *serial_numbers; i++) {
        kdbib_str words = kdbib_record_text(record, serial_numbers[i].field);
        kdbib_str value = serial_numbers[i].field == KDBIB_NUMBER ? words : kdb_next_word(&words);
        if (!value.size)
            continue;
        if (!any) {
            name_of(writer, depth, "serial-number");
            kdbib_output_char(kdbib_writer_output(writer), '\n');
        }
        any = true;
        plain_field(writer, depth + 1, serial_numbers[i].name, value);
    }
}

static void write_publisher(kdbib_writer *writer, int depth, const kdbib_record *record) {
    kdbib_str publisher = kdbib_record_text(record, KDBIB_PUBLISHER);
    kdbib_str place = kdbib_record_text(record, KDBIB_PUBLISHER_PLACE);
    if (!publisher.size && !place.size)
        return;
    if (!place.size) {
        formattable_field(writer, depth, "publisher", publisher);
        return;
    }
    name_of(writer, depth, "publisher");
    kdbib_output_char(kdbib_writer_output(writer), '\n');
    formattable_field(writer, depth + 1, "name", publisher);
    formattable_field(writer, depth + 1, "location", place);
}

static void write_series(kdbib_writer *writer, int depth, const kdbib_record *record) {
    kdbib_str series = kdbib_record_text(record, KDBIB_COLLECTION_TITLE);
    kdbib_str event = kdbib_record_text(record, KDBIB_EVENT_TITLE);
    kdbib_str place = kdbib_record_text(record, KDBIB_EVENT_PLACE);
    kdbib_output *out = kdbib_writer_output(writer);
    if (!series.size && !event.size && !place.size)
        return;
    name_of(writer, depth, "parent");
    kdbib_output_char(out, '\n');
    if (event.size || place.size) {
        indent(out, depth + 1);
        kdbib_output_text(out, "- type: conference\n");
        title_field(writer, depth + 2, event);
        formattable_field(writer, depth + 2, "location", place);
    }
    if (series.size) {
        indent(out, depth + 1);
        kdbib_output_text(out, "- type: anthology\n");
        title_field(writer, depth + 2, series);
    }
}

/* The container with what is its own: editors, publisher, series. */
static void write_parent(kdbib_writer *writer, int depth, const kdbib_record *record) {
    const struct kind *kind = &kinds[kdbib_record_type(record)];
    kdbib_output *out = kdbib_writer_output(writer);
    kdbib_str title = kdb_container(record);
    if (!title.size)
        title = kdb_preprint_server(record);
    name_of(writer, depth, "parent");
    kdbib_output_char(out, '\n');
    type_field(writer, depth + 1, kind->parent);
    title_field(writer, depth + 1, title);
    write_names(writer, depth + 1, record, KDBIB_EDITORS, "editor");
    write_publisher(writer, depth + 1, record);
    plain_field(writer, depth + 1, "volume", kdbib_record_text(record, KDBIB_VOLUME));
    plain_field(writer, depth + 1, "issue", kdbib_record_text(record, KDBIB_ISSUE));
    plain_field(writer, depth + 1, "edition", kdbib_record_text(record, KDBIB_EDITION));
    write_series(writer, depth + 1, record);
}

/* A key that YAML takes for a word of its own (`null`, `yes`) is short: those are quoted. */
static void write_key(kdbib_writer *writer, const kdbib_record *record) {
    hayagriva_state *state = kdbib_writer_state(writer);
    kdbib_output *out = kdbib_writer_output(writer);
    kdbib_str key = kdbib_record_text(record, KDBIB_KEY);
    state->records++;
    if (!key.size) {
        kdb_buffer_clear(&state->text);
        kdb_xml_id(record, state->records, &state->text);
        key = kdb_buffer_str(&state->text);
    }
    bool plain = key.size > 5 && kdb_is_alpha(key.data[0]);
    for (size_t i = 0; i < key.size; i++)
        plain = plain && (kdb_is_alnum(key.data[i]) || key.data[i] == '-' || key.data[i] == '_');
    if (plain)
        kdbib_output_str(out, key);
    else
        scalar(writer, key);
    kdbib_output_text(out, ":\n");
}

static void write_note(kdbib_writer *writer, const kdbib_record *record, kdbib_str url) {
    hayagriva_state *state = kdbib_writer_state(writer);
    kdb_buffer_clear(&state->text);
    kdb_buffer_add_str(&state->text, kdbib_record_text(record, KDBIB_NOTE));
    const kdbib_str more[] = {
        kdbib_str_of(kdbib_record_authors_truncated(record) ? KDB_AUTHORS_TRUNCATED : ""),
        is_safe_url(url) ? KDBIB_STR("") : url};
    for (size_t i = 0; i < 2; i++) {
        if (state->text.size && more[i].size)
            kdb_buffer_add_char(&state->text, ' ');
        kdb_buffer_add_str(&state->text, more[i]);
    }
    formattable_field(writer, 1, "note", kdb_buffer_str(&state->text));
}

static bool write_record(kdbib_writer *writer, const kdbib_record *record) {
    hayagriva_state *state = kdbib_writer_state(writer);
    kdbib_output *out = kdbib_writer_output(writer);
    kdbib_type type = kdbib_record_type(record);
    char date[16];
    write_key(writer, record);
    type_field(writer, 1, kinds[type].type);
    kdb_buffer_clear(&state->text);
    kdb_title_to_plain(record, &state->text);
    title_field(writer, 1, kdb_buffer_str(&state->text));
    write_names(writer, 1, record, KDBIB_AUTHORS, "author");
    kdb_iso_date(kdbib_record_issued(record), date);
    if (*date) {
        name_of(writer, 1, "date");
        kdbib_output_char(out, ' ');
        kdbib_output_text(out, date);
        kdbib_output_char(out, '\n');
    }
    kdbib_str pages = kdbib_record_text(record, KDBIB_PAGES);
    plain_field(writer, 1, "page-range",
                pages.size ? pages : kdbib_record_text(record, KDBIB_ARTICLE_NUMBER));
    if (kdb_container(record).size || kdb_preprint_server(record).size ||
        type == KDBIB_TYPE_PAPER_CONFERENCE || type == KDBIB_TYPE_CHAPTER) {
        write_parent(writer, 1, record);
    } else {
        write_names(writer, 1, record, KDBIB_EDITORS, "editor");
        write_publisher(writer, 1, record);
        plain_field(writer, 1, "volume", kdbib_record_text(record, KDBIB_VOLUME));
        plain_field(writer, 1, "issue", kdbib_record_text(record, KDBIB_ISSUE));
        kdbib_str edition = kdbib_record_text(record, KDBIB_EDITION);
        plain_field(writer, 1, "edition",
                    edition.size ? edition : kdbib_record_text(record, KDBIB_VERSION));
        write_series(writer, 1, record);
    }
    write_serial_numbers(writer, 1, record);
    kdbib_str url = kdb_telling_url(record);
    if (is_safe_url(url))
        plain_field(writer, 1, "url", url);
    formattable_field(writer, 1, "archive", kdbib_record_text(record, KDBIB_ARCHIVE));
    formattable_field(writer, 1, "genre", kdbib_record_text(record, KDBIB_GENRE));
    formattable_field(writer, 1, "abstract", kdbib_record_text(record, KDBIB_ABSTRACT));
    kdbib_str language = kdbib_record_text(record, KDBIB_LANGUAGE);
    if (kdb_is_language(language))
        plain_field(writer, 1, "language", language);
    write_note(writer, record, url);
    kdbib_output_char(out, '\n');
    return !state->clean.failed && !state->text.failed && !state->cased.failed;
}

static bool begin(kdbib_writer *writer) {
    hayagriva_state *state = kdbib_writer_state(writer);
    return kdb_proper_words_init(&state->words, &state->arena);
}

/* Without an entry the document must still be a mapping. */
static bool end(kdbib_writer *writer) {
    hayagriva_state *state = kdbib_writer_state(writer);
    if (!state->records)
        kdbib_output_text(kdbib_writer_output(writer), "{}\n");
    return true;
}

static void cleanup(kdbib_writer *writer) {
    hayagriva_state *state = kdbib_writer_state(writer);
    kdb_buffer_free(&state->clean);
    kdb_buffer_free(&state->text);
    kdb_buffer_free(&state->cased);
    kdb_arena_free(&state->arena);
}

const kdbib_writer_class kdb_hayagriva_writer = {
    .name = "hayagriva",
    .aliases = (const char *const[]){"typst", "yaml", NULL},
    .extension = "yml",
    .description = "Hayagriva YAML, for Typst",
    .state_size = sizeof(hayagriva_state),
    .begin = begin,
    .record = write_record,
    .end = end,
    .cleanup = cleanup,
};

/* csl-json: for pandoc, citeproc and Zotero. What CSL has no variable for stands in `custom`. */
#include "base/output.h"
#include "base/strings.h"
#include "json_text.h"
#include "kdbib/kdbib.h"
#include "parts.h"
#include "record/csl_variables.h"
#include "record/texts.h"
#include "text/rich_text.h"

typedef struct csl_state {
    kdb_buffer text;
    kdbib_str texts[KDBIB_FIELD_COUNT]; /* of the record in hand */
    size_t records;
} csl_state;

/* Fields without a variable: members of `custom`. */
static const kdbib_field customs[] = {
    KDBIB_ARXIV,      KDBIB_ARXIV_CLASS,   KDBIB_PII,           KDBIB_IEEE_NUMBER,
    KDBIB_OPENREVIEW, KDBIB_DOI_CANDIDATE, KDBIB_CANONICAL_URL,
};

static void member(kdbib_writer *writer, const char *name) {
    kdb_output_three(kdbib_writer_output(writer), KDBIB_STR(",\n    \""), kdbib_str_of(name),
                     KDBIB_STR("\": "));
}

static void text_member(kdbib_writer *writer, const char *name, kdbib_str text) {
    if (!text.size)
        return;
    member(writer, name);
    kdb_json_string(kdbib_writer_output(writer), text);
}

/* `{` or `, ` and the name of a member of a small object on one line. */
static void inline_member(kdbib_output *out, bool *any, const char *name) {
    kdb_output_three(out, *any ? KDBIB_STR(", \"") : KDBIB_STR("{\""), kdbib_str_of(name),
                     KDBIB_STR("\": "));
    *any = true;
}

static void name_part(kdbib_output *out, bool *any, const char *name, kdbib_str text) {
    if (!text.size)
        return;
    inline_member(out, any, name);
    kdb_json_string(out, text);
}

/* Two texts as one, in the state's buffer. */
static kdbib_str joined(kdbib_writer *writer, kdbib_str a, const char *between, kdbib_str b) {
    csl_state *state = kdbib_writer_state(writer);
    if (!a.size || !b.size)
        return a.size ? a : b;
    kdb_buffer_clear(&state->text);
    kdb_buffer_add_str(&state->text, a);
    kdb_buffer_add_str(&state->text, kdbib_str_of(between));
    kdb_buffer_add_str(&state->text, b);
    return kdb_buffer_str(&state->text);
}

/* Zotero drops the members for particles and suffixes; inside family and given it, and citeproc,
 * find them. A suffix without a given name can only stand by itself. */
static void write_name(kdbib_writer *writer, const kdbib_name *name) {
    kdbib_output *out = kdbib_writer_output(writer);
    bool any = false;
    name_part(out, &any, "literal", name->literal);
    if (!name->literal.size) {
        name_part(out, &any, "family", joined(writer, name->particle, " ", name->family));
        name_part(out, &any, "given",
                  name->given.size ? joined(writer, name->given, ", ", name->suffix) : name->given);
        if (!name->given.size)
            name_part(out, &any, "suffix", name->suffix);
    }
    kdbib_output_text(out, "}");
}

static void write_names(kdbib_writer *writer, const kdbib_record *record, const char *variable,
                        kdbib_field which) {
    kdbib_output *out = kdbib_writer_output(writer);
    kdbib_name name;
    bool any = false;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_name(record, which, &cursor, &name);) {
        if (!any)
            member(writer, variable);
        kdbib_output_text(out, any ? ",\n      " : "[\n      ");
        write_name(writer, &name);
        any = true;
    }
    if (any)
        kdbib_output_text(out, "\n    ]");
}

static void write_issued(kdbib_writer *writer, kdbib_date date) {
    kdbib_output *out = kdbib_writer_output(writer);
    if (!date.year)
        return;
    member(writer, "issued");
    kdbib_output_text(out, "{\"date-parts\": [[");
    kdbib_output_number(out, date.year);
    if (date.month) {
        kdbib_output_text(out, ", ");
        kdbib_output_number(out, date.month);
    }
    if (date.day) {
        kdbib_output_text(out, ", ");
        kdbib_output_number(out, date.day);
    }
    kdbib_output_text(out, "]]}");
}

/* Zotero refuses a whole file for one type it does not know, and `software` and `document` are
 * such; a book with a version is what it reads as a program. */
static const char *type_name(kdbib_writer *writer, const kdbib_record *record) {
    kdbib_type type = kdbib_record_type(record);
    const char *software = kdbib_writer_get_option(writer, "software-type");
    if (type == KDBIB_TYPE_SOFTWARE && !software)
        return kdbib_record_text(record, KDBIB_VERSION).size ? "book" : "webpage";
    if (type == KDBIB_TYPE_DOCUMENT)
        return kdb_container(record).size ? "article-journal" : "article";
    return kdbib_type_name(type);
}

static void write_preprint(kdbib_writer *writer, const kdbib_record *record) {
    const csl_state *state = kdbib_writer_state(writer);
    kdbib_str genre = state->texts[KDBIB_GENRE], number = state->texts[KDBIB_NUMBER];
    kdbib_str publisher = state->texts[KDBIB_PUBLISHER];
    if (kdbib_record_type(record) == KDBIB_TYPE_ARTICLE) {
        kdbib_str server = kdb_preprint_server(record);
        genre = genre.size ? genre : KDBIB_STR("preprint");
        publisher = server.size ? server : publisher;
    }
    text_member(writer, "genre", genre);
    text_member(writer, "publisher", publisher);
    kdbib_str arxiv = state->texts[KDBIB_ARXIV];
    if (kdbib_record_type(record) == KDBIB_TYPE_ARTICLE && arxiv.size)
        number = joined(writer, KDBIB_STR("arXiv"), ":", arxiv);
    text_member(writer, "number", number);
}

/* A member of `custom`; the first one opens it. */
static void custom_member(kdbib_writer *writer, bool *any, const char *name) {
    kdbib_output *out = kdbib_writer_output(writer);
    if (*any) {
        kdbib_output_char(out, ',');
    } else {
        member(writer, "custom");
        kdbib_output_char(out, '{');
    }
    kdb_output_three(out, KDBIB_STR("\n      \""), kdbib_str_of(name), KDBIB_STR("\": "));
    *any = true;
}

static void write_links(kdbib_writer *writer, const kdbib_record *record, bool *custom) {
    kdbib_output *out = kdbib_writer_output(writer);
    for (int role = 0; role < KDBIB_ROLE_COUNT; role++) {
        kdbib_str url;
        bool any = false;
        for (kdbib_cursor c = {0};
             kdbib_record_next_link(record, (kdbib_role)role, &c, &url, NULL);) {
            if (role == KDBIB_LINK_PAPER &&
                !kdb_url_restates_doi(url, kdbib_record_text(record, KDBIB_DOI)))
                continue; /* it is the variable URL */
            if (!any)
                custom_member(writer, custom, kdbib_role_name((kdbib_role)role));
            kdbib_output_text(out, any ? ", " : "[");
            kdb_json_string(out, url);
            any = true;
        }
        if (any)
            kdbib_output_char(out, ']');
    }
}

static void write_categories(kdbib_writer *writer, const kdbib_record *record) {
    kdbib_output *out = kdbib_writer_output(writer);
    kdbib_str keywords[KDB_KEYWORDS_MAX];
    size_t count = kdb_keywords(record, keywords);
    if (!count)
        return;
    member(writer, "categories");
    for (size_t i = 0; i < count; i++) {
        kdbib_output_text(out, i ? ", " : "[");
        kdb_json_string(out, keywords[i]);
    }
    kdbib_output_char(out, ']');
}

static void write_custom(kdbib_writer *writer, const kdbib_record *record) {
    const csl_state *state = kdbib_writer_state(writer);
    kdbib_output *out = kdbib_writer_output(writer);
    bool any = false;
    for (size_t i = 0; i < sizeof customs / sizeof *customs; i++) {
        kdbib_str text = state->texts[customs[i]];
        if (!text.size)
            continue;
        custom_member(writer, &any, kdbib_field_name(customs[i]));
        kdb_json_string(out, text);
    }
    write_links(writer, record, &any);
    if (kdbib_record_authors_truncated(record)) {
        custom_member(writer, &any, "authors_truncated");
        kdbib_output_text(out, "true");
    }
    if (any)
        kdbib_output_text(out, "\n    }");
}

static void write_id(kdbib_writer *writer, const kdbib_record *record) {
    csl_state *state = kdbib_writer_state(writer);
    kdbib_output *out = kdbib_writer_output(writer);
    kdbib_str key = state->texts[KDBIB_KEY];
    kdbib_output_text(out, state->records++ ? ",\n  {\n    \"id\": " : "\n  {\n    \"id\": ");
    kdb_buffer_clear(&state->text);
    if (!key.size) {
        kdb_xml_id(record, state->records, &state->text);
        key = kdb_buffer_str(&state->text);
    }
    kdb_json_string(out, key);
}

static bool write_record(kdbib_writer *writer, const kdbib_record *record) {
    csl_state *state = kdbib_writer_state(writer);
    kdb_record_texts(record, state->texts);
    write_id(writer, record);
    text_member(writer, "citation-key", state->texts[KDBIB_KEY]);
    text_member(writer, "type", kdbib_str_of(type_name(writer, record)));
    kdb_buffer_clear(&state->text);
    kdb_rich_text_to_html(record, false, &state->text);
    text_member(writer, "title", kdb_buffer_str(&state->text));
    write_names(writer, record, "author", KDBIB_AUTHORS);
    write_names(writer, record, "editor", KDBIB_EDITORS);
    write_issued(writer, kdbib_record_issued(record));
    text_member(writer, "container-title", kdb_container(record));
    text_member(writer, "container-title-short", kdb_short_container(record));
    /* Zotero reads this one only. */
    text_member(writer, "journalAbbreviation", kdb_short_container(record));
    for (const kdb_csl_variable *one = kdb_csl_variables; one->name; one++)
        text_member(writer, one->name, state->texts[one->field]);
    kdbib_str page = state->texts[KDBIB_PAGES];
    text_member(writer, "page", page.size ? page : state->texts[KDBIB_ARTICLE_NUMBER]);
    write_preprint(writer, record);
    text_member(writer, "URL", kdb_telling_url(record));
    write_categories(writer, record);
    write_custom(writer, record);
    kdbib_output_text(kdbib_writer_output(writer), "\n  }");
    return !state->text.failed;
}

static bool begin(kdbib_writer *writer) {
    kdbib_output_char(kdbib_writer_output(writer), '[');
    return true;
}

static bool end(kdbib_writer *writer) {
    csl_state *state = kdbib_writer_state(writer);
    kdbib_output_text(kdbib_writer_output(writer), state->records ? "\n]\n" : "]\n");
    return true;
}

static void cleanup(kdbib_writer *writer) {
    csl_state *state = kdbib_writer_state(writer);
    kdb_buffer_free(&state->text);
}

const kdbib_writer_class kdb_csl_json_writer = {
    .name = "csl-json",
    .aliases = (const char *const[]){"csljson", "csl", "citeproc", NULL},
    .extension = "json",
    .description = "CSL-JSON, for pandoc, citeproc and Zotero",
    .options =
        (const kdbib_writer_option[]){
            {"software-type", "give software CSL's type `software`, which Zotero refuses"},
            {NULL, NULL},
        },
    .state_size = sizeof(csl_state),
    .independent = true,
    .begin = begin,
    .record = write_record,
    .end = end,
    .cleanup = cleanup,
};

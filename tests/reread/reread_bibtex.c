/* BibTeX and biblatex by the grammar of what kdbib writes: nothing but entries `@type{key,` with
 * fields `name = {value}`, every value with balanced braces (BibTeX counts escaped ones too), no
 * command that could do anything in TeX. Titles are decoded by kdbib's own reader of BibTeX. */
#include "base/csv.h"
#include "base/embedded.h"
#include "base/strings.h"
#include "reread.h"
#include "text/bibtex_value.h"

typedef struct reading {
    kdbib_str text;
    size_t at;
    reread *result;
} reading;

static bool refuse(const reading *r, const char *what) {
    const kdbib_str rest = kdb_slice(r->text, r->at, r->at + 60);
    return reread_refuse(r->result, "entry %zu: %s at “%.*s”", r->result->count + 1, what,
                         (int)rest.size, rest.size ? rest.data : "");
}

static bool expect(reading *r, const char *token) {
    if (!kdb_starts_with(kdb_slice(r->text, r->at, r->text.size), kdbib_str_of(token)))
        return refuse(r, token);
    r->at += strlen(token);
    return true;
}

static kdbib_str word(reading *r, const char *also) {
    const size_t from = r->at;
    while (r->at < r->text.size && (kdb_is_alnum(r->text.data[r->at]) ||
                                    (r->text.data[r->at] && strchr(also, r->text.data[r->at]))))
        r->at++;
    return kdb_slice(r->text, from, r->at);
}

/* Commands that run, read or define something: none may stand in what is made of a text. */
static bool is_dangerous(kdbib_str command) {
    static const char *const names[] = {
        "input",           "include",      "openin",    "openout", "read",    "write",
        "immediate",       "def",          "edef",      "gdef",    "xdef",    "let",
        "newcommand",      "renewcommand", "catcode",   "csname",  "special", "verbatiminput",
        "lstinputlisting", "usepackage",   "directlua", "loop",    "end",     "begin"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (kdbib_str_equal(command, kdbib_str_of(names[i])))
            return true;
    return false;
}

/* `{…}` with balanced braces. `verbatim`: a URL or a DOI, in which no command is written. */
static bool value(reading *r, bool verbatim, kdbib_str *text) {
    if (!expect(r, "{"))
        return false;
    const size_t from = r->at;
    for (size_t depth = 1; r->at < r->text.size; r->at++) {
        const char c = r->text.data[r->at];
        if (c == '{')
            depth++;
        if (c == '}' && --depth == 0)
            break;
        if (c == '%' && !verbatim && r->text.data[r->at - 1] != '\\')
            return refuse(r, "a comment");
        if (c == '\\' && !verbatim) {
            size_t end = r->at + 1;
            while (end < r->text.size && kdb_is_alpha(r->text.data[end]))
                end++;
            if (is_dangerous(kdb_slice(r->text, r->at + 1, end)))
                return refuse(r, "a command");
            if (end == r->at + 1 && r->at + 1 < r->text.size && !strchr("{}", r->text.data[end]))
                r->at++; /* what is escaped, but braces, which BibTeX counts */
        }
    }
    *text = kdb_slice(r->text, from, r->at);
    return expect(r, "}");
}

static void add_title(reading *r, kdbib_str title) {
    kdb_arena arena = {0};
    kdb_bibtex_values values = {0};
    kdb_rich_text rich;
    kdb_buffer plain = {0};
    if (kdb_bibtex_rich(&values, &arena, title, &rich))
        for (size_t i = 0; i < rich.count; i++)
            reread_add_run(&plain, &rich.runs[i]);
    reread_title(r->result, kdb_buffer_str(&plain).data, plain.size);
    kdb_buffer_free(&plain);
    kdb_bibtex_values_free(&values);
    kdb_arena_free(&arena);
}

static bool read_entry(reading *r) {
    kdbib_str text, title = KDBIB_STR("");
    if (!expect(r, "@") || !word(r, "").size || !expect(r, "{") || !word(r, "_:.+/-").size)
        return refuse(r, "no head of an entry");
    while (r->at < r->text.size && r->text.data[r->at] == ',') {
        if (!expect(r, ",\n  "))
            return false;
        const kdbib_str name = word(r, "_-");
        const bool verbatim = kdbib_str_equal(name, KDBIB_STR("url")) ||
                              kdbib_str_equal(name, KDBIB_STR("doi")) ||
                              kdbib_str_equal(name, KDBIB_STR("eprint"));
        if (!name.size || !expect(r, " = "))
            return refuse(r, "no field");
        if (kdbib_str_equal(name, KDBIB_STR("month"))) {
            if (word(r, "").size != 3) /* jan, feb, …: BibTeX's own macros */
                return refuse(r, "no month");
            continue;
        }
        if (!value(r, verbatim, &text))
            return refuse(r, "no value");
        if (kdbib_str_equal(name, KDBIB_STR("title")))
            title = text;
    }
    add_title(r, title);
    return expect(r, "\n}\n");
}

/* The definition of a command that older LaTeX lacks: word for word one of kdbib's own. */
static bool is_fallback(kdbib_str definition) {
    kdb_arena arena = {0};
    kdb_table table;
    bool found = false;
    if (kdb_table_read(&arena, kdb_embedded(KDBIB_STR("latex-escapes.csv")), &table))
        for (size_t row = 0; row < table.rows && !found; row++)
            found = kdbib_str_equal(
                definition,
                kdb_table_cell(&table, row, kdb_table_column(&table, KDBIB_STR("fallback"))));
    kdb_arena_free(&arena);
    return found;
}

/* `@preamble{ "…" # "…" }` behind the entries. */
static bool read_preamble(reading *r) {
    if (!expect(r, "@preamble{ \""))
        return false;
    for (;;) {
        const size_t end = kdb_find_char(r->text, '"', r->at);
        if (end == SIZE_MAX || !is_fallback(kdb_slice(r->text, r->at, end)))
            return refuse(r, "a definition of another's");
        r->at = end;
        if (!kdb_starts_with(kdb_slice(r->text, r->at, r->text.size), KDBIB_STR("\"\n  # \"")))
            return expect(r, "\" }\n");
        r->at += strlen("\"\n  # \"");
    }
}

bool reread_bibtex(kdbib_str text, reread *result) {
    reading r = {.text = text, .result = result};
    while (r.at < text.size) {
        if (r.at && !expect(&r, "\n"))
            return false;
        if (kdb_starts_with(kdb_slice(text, r.at, text.size), KDBIB_STR("@preamble")))
            return read_preamble(&r) && (r.at == text.size || refuse(&r, "more behind it"));
        if (!read_entry(&r))
            return false;
    }
    return true;
}

/* BibTeX inside a README: a code block with @article{…} is an entry, or describes the one before.
 */
#include "base/strings.h"
#include "fields/dates.h"
#include "readme/reader.h"
#include "text/rich_text.h"

typedef struct field {
    kdbib_str name, value;
} field;

typedef struct bib_entry {
    kdbib_str type;
    field fields[40];
    size_t count;
} bib_entry;

static size_t skip_space(kdbib_str text, size_t at) {
    while (at < text.size && kdb_is_space(text.data[at]))
        at++;
    return at;
}

/* A value in braces or quotes, or a bare word, joined by `#`. Its end; SIZE_MAX: it never closes.
 */
static size_t read_value(kdbib_str text, size_t at, kdbib_str *value) {
    at = skip_space(text, at);
    if (at >= text.size)
        return SIZE_MAX;
    char open = text.data[at];
    size_t depth = 0, from = at + 1;
    if (open == '{' || open == '"') {
        for (size_t i = at + 1; i < text.size; i++) {
            char c = text.data[i];
            if (c == '\\' && i + 1 < text.size) {
                i++;
            } else if (c == '{') {
                depth++;
            } else if (depth == 0 && c == (open == '{' ? '}' : '"')) {
                *value = kdb_trim(kdb_slice(text, from, i));
                return i + 1;
            } else if (c == '}' && depth) {
                depth--;
            }
        }
        return SIZE_MAX;
    }
    size_t end = at;
    while (end < text.size && !kdb_is_one_of(text.data[end], ",}#\n"))
        end++;
    *value = kdb_trim(kdb_slice(text, at, end));
    return end;
}

/* The next entry at or behind `*at`. */
static bool read_entry(kdbib_str text, size_t *at, bib_entry *entry) {
    for (size_t i = *at; (i = kdb_find_char(text, '@', i)) != SIZE_MAX; i++) {
        size_t from = i + 1, end = from;
        while (end < text.size && kdb_is_alpha(text.data[end]))
            end++;
        size_t open = skip_space(text, end);
        if (end == from || open >= text.size || (text.data[open] != '{' && text.data[open] != '('))
            continue;
        *entry = (bib_entry){.type = kdb_slice(text, from, end)};
        size_t pos = open + 1;
        while (pos < text.size && text.data[pos] != ',' && text.data[pos] != '}' &&
               text.data[pos] != '=')
            pos++;
        if (pos < text.size && text.data[pos] == '=') /* no key */
            pos = open;
        while (pos < text.size && text.data[pos] != '}') {
            pos = skip_space(text, pos + 1);
            size_t name = pos;
            while (pos < text.size &&
                   (kdb_is_alnum(text.data[pos]) || kdb_is_one_of(text.data[pos], "-_")))
                pos++;
            kdbib_str word = kdb_slice(text, name, pos);
            pos = skip_space(text, pos);
            if (word.size == 0 || pos >= text.size || text.data[pos] != '=')
                break;
            kdbib_str value = {NULL, 0};
            pos = read_value(text, pos + 1, &value);
            if (pos == SIZE_MAX) {
                pos = text.size;
                break;
            }
            if (entry->count < 40)
                entry->fields[entry->count++] = (field){word, value};
            pos = skip_space(text, pos);
            if (pos < text.size && text.data[pos] == '#')
                while (pos < text.size && text.data[pos] != ',' && text.data[pos] != '}')
                    pos++;
            if (pos < text.size && text.data[pos] != ',')
                break;
        }
        *at = pos > i ? pos : i + 1;
        if (entry->count >= 2)
            return true;
        i = *at ? *at - 1 : 0;
    }
    *at = text.size;
    return false;
}

static kdbib_str get(const bib_entry *entry, const char *name) {
    for (size_t i = 0; i < entry->count; i++)
        if (kdb_equal_nocase(entry->fields[i].name, kdbib_str_of(name)))
            return entry->fields[i].value;
    return (kdbib_str){NULL, 0};
}

/* LaTeX to text. */
static kdbib_str plain(kdb_reader *reader, kdbib_str value) {
    kdb_rich_text rich;
    if (value.size == 0)
        return value;
    if (!kdb_rich_text_from_list(reader->arena, value, &rich)) {
        reader->failed = true;
        return value;
    }
    kdb_span *spans = kdb_arena_array(reader->arena, rich.count + 1, sizeof *spans);
    if (!spans)
        return value;
    for (size_t i = 0; i < rich.count; i++)
        spans[i].text = rich.runs[i].text;
    return kdb_spans_text(reader->arena, spans, rich.count);
}

static kdbib_type type_of(kdbib_str word) {
    static const struct {
        const char *word;
        kdbib_type type;
    } types[] = {{"article", KDBIB_TYPE_ARTICLE_JOURNAL},
                 {"inproceedings", KDBIB_TYPE_PAPER_CONFERENCE},
                 {"conference", KDBIB_TYPE_PAPER_CONFERENCE},
                 {"incollection", KDBIB_TYPE_CHAPTER},
                 {"inbook", KDBIB_TYPE_CHAPTER},
                 {"book", KDBIB_TYPE_BOOK},
                 {"phdthesis", KDBIB_TYPE_THESIS},
                 {"mastersthesis", KDBIB_TYPE_THESIS},
                 {"techreport", KDBIB_TYPE_REPORT}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (kdb_equal_nocase(word, kdbib_str_of(types[i].word)))
            return types[i].type;
    return KDBIB_TYPE_DOCUMENT;
}

static void read_names(kdb_reader *reader, kdbib_str value, kdb_name_list *list) {
    if (value.size && !list->count &&
        !kdb_names_parse(reader->arena, reader->fields, plain(reader, value), list))
        reader->failed = true;
}

static void apply(kdb_reader *reader, kdb_draft *draft, const bib_entry *entry) {
    if (draft->title.size == 0)
        kdb_draft_set_title(reader, draft, get(entry, "title"));
    draft->citation = true;
    draft->type = type_of(entry->type);
    draft->authors.count = 0; /* BibTeX knows them all */
    read_names(reader, get(entry, "author"), &draft->authors);
    read_names(reader, get(entry, "editor"), &draft->editors);
    kdbib_str year = get(entry, "year"), month = get(entry, "month");
    if (year.size == 0)
        year = get(entry, "date");
    kdb_venue venue = {0}, date = {0};
    if (year.size)
        kdb_score_venue(reader, plain(reader, year), &date);
    venue.date = date.date;
    if (venue.date.year && venue.date.month == 0 && month.size)
        venue.date.month = (uint8_t)kdb_month_of(reader->fields, month);
    static const char *const names[] = {"journal", "booktitle", "journaltitle", "school"};
    for (size_t i = 0; i < sizeof names / sizeof *names && venue.name.size == 0; i++)
        venue.name = plain(reader, get(entry, names[i]));
    venue.volume = plain(reader, get(entry, "volume"));
    venue.issue = plain(reader, get(entry, "number"));
    venue.doi = plain(reader, get(entry, "doi"));
    venue.publisher = plain(reader, get(entry, "publisher"));
    kdbib_str pages = get(entry, "pages");
    if (pages.size) {
        kdb_venue parsed = {0};
        kdbib_str text = kdb_arena_format(reader->arena, "pp. %.*s",
                                          (int)(pages.size > 60 ? 60 : pages.size), pages.data);
        kdb_score_venue(reader, text, &parsed);
        venue.pages = parsed.pages;
    }
    kdb_venue printed = draft->venue;
    draft->venue = (kdb_venue){0};
    kdb_draft_add_venue(draft, &venue, 95);
    kdb_draft_add_venue(draft, &printed, 30);
    kdbib_str url = get(entry, "url");
    if (url.size) {
        kdb_token token = {.kind = KDB_TOKEN_LINK, .url = plain(reader, url), .bare = true};
        kdb_draft_add_link(reader, draft, &token, KDBIB_ROLE_COUNT, true);
    }
}

bool kdb_draft_read_bibtex(kdb_reader *reader, kdb_draft *draft, kdbib_str code) {
    bib_entry entry;
    size_t at = 0;
    if (!read_entry(code, &at, &entry))
        return false;
    apply(reader, draft, &entry);
    return true;
}

void kdb_read_bibtex(kdb_reader *reader, kdbib_str code, uint32_t line) {
    bib_entry entry;
    size_t at = 0, counted = 0;
    while (!reader->failed && at < code.size) {
        size_t begin = at;
        if (!read_entry(code, &at, &entry))
            break;
        size_t sign = kdb_find_char(code, '@', begin);
        for (; counted < sign && counted < code.size; counted++)
            line += code.data[counted] == '\n';
        kdb_draft draft = {.line = line, .citation = true};
        apply(reader, &draft, &entry);
        kdb_draft_finish(reader, &draft);
    }
}

static unsigned bid(kdb_reader *reader, kdb_block *block) {
    bib_entry entry;
    size_t at = 0;
    return block->kind == KDB_BLOCK_CODE && !kdb_section_is_nothing(reader) &&
                   !kdb_asks_to_cite(reader, block->previous) &&
                   read_entry(block->literal, &at, &entry) && get(&entry, "title").size
               ? 80
               : 0;
}

static kdb_block *read(kdb_reader *reader, kdb_block *block) {
    kdb_read_bibtex(reader, block->literal, block->line + 1);
    return block->next;
}

const kdb_recogniser kdb_recognise_bibtex = {"bibtex", bid, read};

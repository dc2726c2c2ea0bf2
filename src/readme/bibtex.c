/* BibTeX inside a README: a code block with @article{…} is an entry, or describes the one before.
 */
#include "base/strings.h"
#include "fields/dates.h"
#include "readme/reader.h"
#include "text/bibtex_syntax.h"
#include "text/bibtex_value.h"

/* The next entry that tells something. */
static bool read_entry(kdb_bibtex *bibtex, kdb_bibtex_entry *entry) {
    while (kdb_bibtex_next(bibtex, entry))
        if (entry->count >= 2)
            return true;
    return false;
}

static kdbib_str get(const kdb_bibtex_entry *entry, const char *name) {
    return kdb_bibtex_get(entry, name);
}

/* LaTeX to text. */
static kdbib_str plain(kdb_reader *reader, kdbib_str value) {
    kdb_bibtex_values values = {0};
    kdbib_str text = kdb_bibtex_plain(&values, reader->arena, value);
    kdb_bibtex_values_free(&values);
    reader->failed |= kdb_arena_failed(reader->arena);
    return text;
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

static void apply(kdb_reader *reader, kdb_draft *draft, const kdb_bibtex_entry *entry) {
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
        kdb_read_venue(reader, plain(reader, year), &date);
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
        kdb_read_venue(reader, text, &parsed);
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
    kdb_bibtex bibtex;
    kdb_bibtex_entry entry;
    kdb_bibtex_init(&bibtex, reader->arena, code);
    bool found = read_entry(&bibtex, &entry);
    if (found)
        apply(reader, draft, &entry);
    kdb_bibtex_free(&bibtex);
    return found;
}

void kdb_read_bibtex(kdb_reader *reader, kdbib_str code, uint32_t line) {
    kdb_bibtex bibtex;
    kdb_bibtex_entry entry;
    kdb_bibtex_init(&bibtex, reader->arena, code);
    while (!reader->failed && read_entry(&bibtex, &entry)) {
        kdb_draft draft = {.line = line + entry.line - 1, .citation = true};
        apply(reader, &draft, &entry);
        kdb_draft_finish(reader, &draft);
    }
    reader->failed |= kdb_arena_failed(reader->arena);
    kdb_bibtex_free(&bibtex);
}

static unsigned bid(kdb_reader *reader, kdb_block *block) {
    kdb_bibtex bibtex;
    kdb_bibtex_entry entry;
    if (block->kind != KDB_BLOCK_CODE || kdb_section_is_nothing(reader) ||
        kdb_asks_to_cite(reader, block->previous))
        return 0;
    kdb_bibtex_init(&bibtex, reader->arena, block->literal);
    bool found = read_entry(&bibtex, &entry) && get(&entry, "title").size;
    kdb_bibtex_free(&bibtex);
    return found ? 80 : 0;
}

static kdb_block *read(kdb_reader *reader, kdb_block *block) {
    kdb_read_bibtex(reader, block->literal, block->line + 1);
    return block->next;
}

const kdb_recogniser kdb_recognise_bibtex = {"bibtex", bid, read};

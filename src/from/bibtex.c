/* BibTeX and biblatex files, of any program: one reader, since most files mix the two. */
#include "base/index.h"
#include "base/strings.h"
#include "from/bibtex_inside.h"

/* Names of fields; the first name of a slot that an entry has counts. */
static const struct {
    const char *name;
    kdb_bib_slot slot;
} names[] = {
    {"abstract", BIB_ABSTRACT},
    {"address", BIB_ADDRESS},
    {"location", BIB_ADDRESS},
    {"annote", BIB_ANNOTE},
    {"annotation", BIB_ANNOTE},
    {"archiveprefix", BIB_ARCHIVE},
    {"eprinttype", BIB_ARCHIVE},
    {"primaryclass", BIB_ARCHIVE_CLASS},
    {"eprintclass", BIB_ARCHIVE_CLASS},
    {"author", BIB_AUTHOR},
    {"booktitle", BIB_BOOKTITLE},
    {"maintitle", BIB_BOOKTITLE},
    {"crossref", BIB_CROSSREF},
    {"date", BIB_DATE},
    {"day", BIB_DAY},
    {"doi", BIB_DOI},
    {"edition", BIB_EDITION},
    {"editor", BIB_EDITOR},
    {"eid", BIB_EID},
    {"articleno", BIB_EID},
    {"article-number", BIB_EID},
    {"eprint", BIB_EPRINT},
    {"arxivid", BIB_EPRINT},
    {"eventtitle", BIB_EVENT},
    {"howpublished", BIB_HOWPUBLISHED},
    {"isbn", BIB_ISBN},
    {"issn", BIB_ISSN},
    {"issue", BIB_ISSUE},
    {"journal", BIB_JOURNAL},
    {"journaltitle", BIB_JOURNAL},
    {"keywords", BIB_KEYWORDS},
    {"keyword", BIB_KEYWORDS},
    {"langid", BIB_LANGUAGE},
    {"language", BIB_LANGUAGE},
    {"month", BIB_MONTH},
    {"note", BIB_NOTE},
    {"number", BIB_NUMBER},
    {"organization", BIB_ORGANIZATION},
    {"pages", BIB_PAGES},
    {"pmcid", BIB_PMCID},
    {"pmid", BIB_PMID},
    {"publisher", BIB_PUBLISHER},
    {"school", BIB_SCHOOL},
    {"institution", BIB_SCHOOL},
    {"series", BIB_SERIES},
    {"shortjournal", BIB_SHORT_JOURNAL},
    {"subtitle", BIB_SUBTITLE},
    {"title", BIB_TITLE},
    {"type", BIB_TYPE},
    {"url", BIB_URL},
    {"venue", BIB_VENUE},
    {"version", BIB_VERSION},
    {"volume", BIB_VOLUME},
    {"xdata", BIB_XDATA},
    {"year", BIB_YEAR},
};
#define NAMES (sizeof names / sizeof *names)
#define DEEPEST_CROSSREF 4

typedef struct file {
    kdb_from *from;
    kdb_arena arena; /* of the whole file: a crossref leads to an entry behind */
    kdb_index slots; /* names -> slots */
    kdb_index keys;  /* in lower case -> items */
    kdb_bib_item **items;
    size_t count, room;
} file;

static void complain(void *user, uint32_t line, const char *name, const char *message,
                     kdbib_str about) {
    static const struct {
        kdbib_severity severity;
        const char *name;
    } known[] = {
        {KDBIB_SEVERITY_WARNING, "unclosed-entry"},   {KDBIB_SEVERITY_WARNING, "missing-comma"},
        {KDBIB_SEVERITY_WARNING, "stray-text"},       {KDBIB_SEVERITY_NOTE, "repeated-field"},
        {KDBIB_SEVERITY_WARNING, "undefined-string"}, {KDBIB_SEVERITY_WARNING, "string-limit"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(name, known[i].name) == 0)
            kdb_from_report(user, known[i].severity, known[i].name, line, message, about);
}

static kdbib_str lower(kdb_arena *arena, kdbib_str text) {
    kdbib_str copy = kdb_arena_copy(arena, kdb_trim(text));
    for (size_t i = 0; i < copy.size; i++)
        ((char *)copy.data)[i] = kdb_to_lower(copy.data[i]);
    return copy;
}

static bool index_names(file *f) {
    for (size_t i = 0; i < NAMES; i++) {
        uint32_t *number = kdb_index_put(&f->slots, kdbib_str_of(names[i].name));
        if (!number)
            return false;
        *number = (uint32_t)i;
    }
    return true;
}

/* ---- entries ---- */

static void take_fields(file *f, const kdb_bibtex_entry *entry, kdb_bib_item *item) {
    uint32_t taken[BIB_SLOTS];
    for (size_t i = 0; i < entry->count; i++) {
        char name[24];
        size_t size = entry->fields[i].name.size;
        if (size >= sizeof name)
            continue;
        for (size_t j = 0; j < size; j++)
            name[j] = kdb_to_lower(entry->fields[i].name.data[j]);
        uint32_t number = kdb_index_get(&f->slots, (kdbib_str){name, size});
        if (number == KDB_INDEX_NONE || !entry->fields[i].value.size)
            continue;
        kdb_bib_slot slot = names[number].slot;
        if (item->of[slot].data && taken[slot] < number)
            continue;
        taken[slot] = number;
        item->of[slot] = entry->fields[i].value;
    }
}

static bool keep(file *f, const kdb_bibtex_entry *entry) {
    kdb_bib_item **items =
        kdb_arena_grow(&f->arena, f->items, f->count, &f->room, sizeof(kdb_bib_item *));
    if (!items)
        return false;
    f->items = items;
    kdb_bib_item *item = kdb_arena_array(&f->arena, 1, sizeof *item);
    if (!item)
        return false;
    *item = (kdb_bib_item){.type = entry->type, .key = entry->key, .line = entry->line};
    take_fields(f, entry, item);
    f->items[f->count++] = item;
    if (!item->key.size)
        return true;
    uint32_t *number = kdb_index_put(&f->keys, lower(&f->arena, item->key));
    if (number && *number == KDB_INDEX_NONE)
        *number = (uint32_t)(f->count - 1);
    return number != NULL;
}

/* ---- crossref and xdata ---- */

static kdb_bib_item *find(const file *f, kdbib_str key) {
    uint32_t number = kdb_index_get(&f->keys, lower(f->from->arena, key));
    return number == KDB_INDEX_NONE ? NULL : f->items[number];
}

static kdb_bib_item *parent_of(const file *f, const kdb_bib_item *item, kdbib_str key) {
    kdb_bib_item *parent = find(f, key);
    if (!parent)
        kdb_from_report(f->from, KDBIB_SEVERITY_WARNING, "missing-parent", item->line,
                        "the entry refers to one that is not there", key);
    return parent == item ? NULL : parent;
}

static void inherit(kdb_bib_item *item, const kdb_bib_item *parent, bool all) {
    static const kdb_bib_slot of_container[] = {
        BIB_BOOKTITLE, BIB_EDITOR, BIB_PUBLISHER, BIB_YEAR,    BIB_DATE,         BIB_MONTH,
        BIB_DAY,       BIB_SERIES, BIB_VOLUME,    BIB_NUMBER,  BIB_ADDRESS,      BIB_ISBN,
        BIB_ISSN,      BIB_EVENT,  BIB_VENUE,     BIB_EDITION, BIB_ORGANIZATION, BIB_JOURNAL};
    if (!all && !item->of[BIB_BOOKTITLE].data &&
        !kdb_equal_nocase(item->type, KDBIB_STR("article")))
        item->of[BIB_BOOKTITLE] =
            parent->of[parent->of[BIB_BOOKTITLE].data ? BIB_BOOKTITLE : BIB_TITLE];
    if (!all && (item->of[BIB_DATE].data || item->of[BIB_YEAR].data)) {
        kdb_bib_item undated = *parent;
        undated.of[BIB_DATE] = undated.of[BIB_YEAR] = undated.of[BIB_MONTH] = undated.of[BIB_DAY] =
            (kdbib_str){0};
        for (size_t i = 0; i < sizeof of_container / sizeof *of_container; i++)
            if (!item->of[of_container[i]].data)
                item->of[of_container[i]] = undated.of[of_container[i]];
        return;
    }
    size_t count = all ? BIB_SLOTS : sizeof of_container / sizeof *of_container;
    for (size_t i = 0; i < count; i++) {
        size_t slot = all ? i : of_container[i];
        if (!item->of[slot].data && slot != BIB_XDATA)
            item->of[slot] = parent->of[slot];
    }
}

/* The parents first; `depth` ends circles. */
static void complete(const file *f, kdb_bib_item *item, unsigned depth) {
    if (item->completed || depth > DEEPEST_CROSSREF)
        return;
    item->completed = true;
    kdbib_str xdata = item->of[BIB_XDATA];
    for (size_t at = 0, end; at < xdata.size; at = end + 1) {
        end = kdb_find_char(xdata, ',', at);
        end = end == SIZE_MAX ? xdata.size : end;
        kdb_bib_item *parent = parent_of(f, item, kdb_slice(xdata, at, end));
        if (parent) {
            complete(f, parent, depth + 1);
            inherit(item, parent, true);
        }
    }
    kdb_bib_item *parent =
        item->of[BIB_CROSSREF].size ? parent_of(f, item, item->of[BIB_CROSSREF]) : NULL;
    if (parent) {
        complete(f, parent, depth + 1);
        inherit(item, parent, false);
    }
}

/* ---- the file ---- */

static bool read_entries(file *f, kdbib_str text) {
    kdb_bibtex bibtex;
    kdb_bibtex_entry entry;
    bool fine = index_names(f);
    kdb_bibtex_init(&bibtex, &f->arena, text);
    bibtex.complain = complain;
    bibtex.user = f->from;
    while (fine && kdb_bibtex_next(&bibtex, &entry))
        fine = keep(f, &entry);
    kdb_bibtex_free(&bibtex);
    return fine && !kdb_arena_failed(&f->arena);
}

static bool read(kdb_from *from, kdbib_str text) {
    file f = {.from = from};
    kdb_bibtex_values values = {0};
    bool fine = read_entries(&f, text);
    for (size_t i = 0; fine && i < f.count; i++)
        complete(&f, f.items[i], 0);
    for (size_t i = 0; fine && i < f.count; i++) {
        kdb_arena_reset(from->arena);
        if (!kdb_bib_is_no_work(f.items[i]->type))
            kdb_bib_to_record(from, &values, f.items[i]);
        fine = !kdb_arena_failed(from->arena);
    }
    kdb_bibtex_values_free(&values);
    kdb_index_free(&f.slots);
    kdb_index_free(&f.keys);
    kdb_arena_free(&f.arena);
    return fine;
}

/* `@word{` at the beginning of a line, near the top. */
static unsigned bid(kdbib_str text) {
    text = kdb_slice(text, 0, 4096);
    for (size_t at = 0, end; at < text.size; at = end + 1) {
        end = kdb_find_char(text, '\n', at);
        end = end == SIZE_MAX ? text.size : end;
        kdbib_str line = kdb_trim(kdb_slice(text, at, end));
        size_t word = 1;
        while (word < line.size && kdb_is_alpha(line.data[word]))
            word++;
        if (line.size > 2 && line.data[0] == '@' && word > 1 && word < line.size &&
            (line.data[word] == '{' || line.data[word] == '('))
            return 90;
        if (kdb_starts_with(line, KDBIB_STR("#")) || kdb_starts_with(line, KDBIB_STR("```")))
            return 0; /* a README that shows how to cite it */
    }
    return 0;
}

const kdb_input_class kdb_from_bibtex = {
    .name = "bibtex",
    .aliases = (const char *const[]){"biblatex", "bib", "biber", NULL},
    .extensions = (const char *const[]){"bib", "bibtex", NULL},
    .bid = bid,
    .read = read,
};

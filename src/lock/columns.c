/* The columns of a lock, and what their cells may hold. */
#include "base/strings.h"
#include "lock/lock_inside.h"

/* Those that every lock has, in the order in which a new one has them. */
static const char *const default_columns[] = {
    "url",
    "key",
    "doi",
    "type",
    "title",
    "authors",
    "editors",
    "container_title",
    "event_title",
    "event_place",
    "collection_title",
    "publisher",
    "publisher_place",
    "year",
    "month",
    "day",
    "volume",
    "issue",
    "pages",
    "article_number",
    "number",
    "edition",
    "version",
    "genre",
    "archive",
    "issn",
    "isbn",
    "arxiv",
    "arxiv_class",
    "pmid",
    "pmcid",
    "source",
    "unverified",
    "checked",
};

static const struct {
    const char *name;
    kdb_lock_kind kind;
    kdbib_field field;
} special_columns[] = {
    {"url", KDB_LOCK_URL, KDBIB_CANONICAL_URL},
    {"key", KDB_LOCK_KEY, KDBIB_KEY},
    {"type", KDB_LOCK_TYPE, KDBIB_TYPE},
    {"title", KDB_LOCK_TITLE, KDBIB_TITLE},
    {"authors", KDB_LOCK_NAMES, KDBIB_AUTHORS},
    {"editors", KDB_LOCK_NAMES, KDBIB_EDITORS},
    {"year", KDB_LOCK_YEAR, KDBIB_ISSUED},
    {"month", KDB_LOCK_MONTH, KDBIB_ISSUED},
    {"day", KDB_LOCK_DAY, KDBIB_ISSUED},
    {"source", KDB_LOCK_SOURCE, KDBIB_FIELD_COUNT},
    {"unverified", KDB_LOCK_UNVERIFIED, KDBIB_FIELD_COUNT},
    {"checked", KDB_LOCK_CHECKED, KDBIB_FIELD_COUNT},
    {"issued", KDB_LOCK_OTHER, KDBIB_ISSUED},
    {"canonical_url", KDB_LOCK_OTHER, KDBIB_CANONICAL_URL},
};

const char *kdb_lock_default_column(size_t i) {
    return i < sizeof default_columns / sizeof *default_columns ? default_columns[i] : NULL;
}

static bool is_called(kdbib_str name, const char *column) {
    return name.size && kdb_to_lower(name.data[0]) == column[0] &&
           kdb_equal_nocase(name, kdbib_str_of(column));
}

kdb_lock_column kdb_lock_column_called(kdbib_str name) {
    kdb_lock_column column = {name, KDB_LOCK_OTHER, KDBIB_FIELD_COUNT};
    for (size_t i = 0; i < sizeof special_columns / sizeof *special_columns; i++)
        if (is_called(name, special_columns[i].name)) {
            column.kind = special_columns[i].kind;
            column.field = special_columns[i].field;
            return column;
        }
    for (int field = KDBIB_KEY + 1; field < KDBIB_FIELD_COUNT; field++)
        if (is_called(name, kdbib_field_name((kdbib_field)field))) {
            column.kind = KDB_LOCK_TEXT;
            column.field = (kdbib_field)field;
            break;
        }
    return column;
}

size_t kdb_lock_column_of(const kdb_lock *lock, kdbib_str name) {
    for (size_t i = 0; i < lock->column_count; i++)
        if (kdb_equal_nocase(lock->columns[i].name, name))
            return i;
    return SIZE_MAX;
}

int kdb_lock_number(kdbib_str text, int least, int most) {
    text = kdb_trim(text);
    int number = 0;
    if (!text.size || text.size > 4)
        return 0;
    for (size_t i = 0; i < text.size; i++) {
        if (!kdb_is_digit(text.data[i]))
            return 0;
        number = number * 10 + (text.data[i] - '0');
    }
    return number >= least && number <= most ? number : 0;
}

kdbib_str kdb_lock_doi(kdbib_str text) {
    static const char *const prefixes[] = {"https://", "http://",  "dx.",
                                           "www.",     "doi.org/", "doi:"};
    text = kdb_trim(text);
    bool bare = text.size && text.data[0] == '1';
    for (size_t i = 0; !bare && i < sizeof prefixes / sizeof *prefixes; i++)
        if (kdb_starts_with_nocase(text, kdbib_str_of(prefixes[i])))
            text = kdb_trim(kdb_slice(text, strlen(prefixes[i]), text.size));
    size_t slash = kdb_find_char(text, '/', 0);
    bool fine = kdb_starts_with(text, KDBIB_STR("10.")) && slash != SIZE_MAX && slash > 6 &&
                slash + 1 < text.size;
    for (size_t i = 3; fine && i < slash; i++)
        fine = kdb_is_digit(text.data[i]) || text.data[i] == '.';
    for (size_t i = 0; fine && i < text.size; i++)
        fine = (unsigned char)text.data[i] > ' ' && text.data[i] != 0x7F;
    return fine ? text : (kdbib_str){0};
}

bool kdb_lock_is_key(kdbib_str text) {
    for (size_t i = 0; i < text.size; i++)
        if (!kdb_is_alnum(text.data[i]) &&
            ((unsigned char)text.data[i] <= ' ' || memchr("\"#%'(),={}~\\@\x7F", text.data[i], 14)))
            return false;
    return text.size > 0 && text.size <= 200;
}

/* One walk over the file. A value that never ends is cut before the next line that begins an entry,
 * so that one lost brace costs one entry, and no line is read twice. */
#include "text/bibtex_syntax.h"

#include "base/buffer.h"
#include "base/index.h"
#include "base/strings.h"

/* What strings may add to the file: each may hold others, and so double the text again and again.
 */
#define MOST_EXPANDED ((size_t)16 << 20)

struct kdb_bibtex_strings {
    kdb_index numbers; /* of names in lower case */
    kdbib_str *values;
    size_t room;
    size_t expanded; /* bytes that they have put in */
};

void kdb_bibtex_init(kdb_bibtex *b, kdb_arena *arena, kdbib_str text) {
    *b = (kdb_bibtex){.arena = arena, .text = text, .line = 1};
}

void kdb_bibtex_free(kdb_bibtex *b) {
    if (b->strings)
        kdb_index_free(&b->strings->numbers);
}

static void complain(kdb_bibtex *b, uint32_t line, const char *name, const char *message,
                     kdbib_str about) {
    if (b->complain)
        b->complain(b->user, line, name, message, about);
}

/* ---- characters ---- */

static char peek(const kdb_bibtex *b) {
    return b->at < b->text.size ? b->text.data[b->at] : '\0';
}

static void step(kdb_bibtex *b) {
    b->line += b->text.data[b->at] == '\n';
    b->at++;
}

static void skip_blanks(kdb_bibtex *b) {
    while (b->at < b->text.size && kdb_is_space(peek(b)))
        step(b);
}

/* A line begins here with `@word{`: whatever was open ends. */
static bool at_new_entry(const kdb_bibtex *b) {
    if (peek(b) != '@' || (b->at && b->text.data[b->at - 1] != '\n'))
        return false;
    size_t at = b->at + 1;
    while (at < b->text.size && kdb_is_alpha(b->text.data[at]))
        at++;
    return at > b->at + 1 && at < b->text.size &&
           (b->text.data[at] == '{' || b->text.data[at] == '(');
}

/* A name or a bare value. */
static kdbib_str read_word(kdb_bibtex *b) {
    size_t from = b->at;
    while (b->at < b->text.size && !kdb_is_space(peek(b)) &&
           !kdb_is_one_of(peek(b), "{}(),=#\"%@\\"))
        b->at++;
    return kdb_slice(b->text, from, b->at);
}

/* ---- values ---- */

/* What stands between the braces or quotes that begin here. False: they are never closed. */
static bool read_delimited(kdb_bibtex *b, kdbib_str *piece) {
    char open = peek(b);
    size_t depth = 0, from = b->at + 1;
    step(b);
    for (; b->at < b->text.size && !at_new_entry(b); step(b)) {
        char c = peek(b);
        if (c == '\\' && b->at + 1 < b->text.size) {
            step(b); /* \{ and \" close nothing */
        } else if (c == '{') {
            depth++;
        } else if (depth == 0 && c == (open == '{' ? '}' : '"')) {
            *piece = kdb_slice(b->text, from, b->at);
            step(b);
            return true;
        } else if (c == '}') {
            depth -= depth > 0;
        }
    }
    *piece = kdb_slice(b->text, from, b->at);
    return false;
}

static kdbib_str lower(kdb_bibtex *b, kdbib_str word) {
    kdbib_str copy = kdb_arena_copy(b->arena, word);
    for (size_t i = 0; i < copy.size; i++)
        ((char *)copy.data)[i] = kdb_to_lower(copy.data[i]);
    return copy;
}

/* The abbreviations that every style defines; what they mean is up to the reader of months. */
static bool is_month(kdbib_str word) {
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};
    for (size_t i = 0; i < sizeof months / sizeof *months; i++)
        if (kdb_equal_nocase(word, kdbib_str_of(months[i])))
            return true;
    return false;
}

static kdbib_str string_value(kdb_bibtex *b, kdbib_str word, uint32_t line) {
    bool number = word.size > 0;
    for (size_t i = 0; i < word.size; i++)
        number &= kdb_is_digit(word.data[i]);
    if (number)
        return word;
    struct kdb_bibtex_strings *known = b->strings;
    uint32_t value = known ? kdb_index_get(&known->numbers, lower(b, word)) : KDB_INDEX_NONE;
    if (value != KDB_INDEX_NONE) {
        known->expanded += known->values[value].size;
        if (known->expanded <= MOST_EXPANDED)
            return known->values[value];
        complain(b, line, "string-limit", "the @strings make more text than any file needs", word);
        return word;
    }
    if (word.size && !is_month(word))
        complain(b, line, "undefined-string", "no @string of this name: it is taken as it stands",
                 word);
    return word;
}

/* `a # "b" # {c}`. False: it is never closed. */
static bool read_value(kdb_bibtex *b, kdbib_str *value) {
    kdb_buffer joined = {0};
    kdbib_str first = {0};
    size_t pieces = 0;
    bool closed = true;
    for (;;) {
        skip_blanks(b);
        kdbib_str piece = {0};
        uint32_t line = b->line;
        if (peek(b) == '{' || peek(b) == '"')
            closed = read_delimited(b, &piece);
        else
            piece = string_value(b, read_word(b), line);
        if (pieces++ == 0) {
            first = piece;
        } else {
            if (pieces == 2)
                kdb_buffer_add_str(&joined, first);
            kdb_buffer_add_str(&joined, piece);
        }
        if (closed)
            skip_blanks(b);
        if (!closed || peek(b) != '#')
            break;
        step(b);
    }
    *value = pieces > 1 ? kdb_arena_copy(b->arena, kdb_buffer_str(&joined)) : first;
    b->arena->failed |= joined.failed;
    kdb_buffer_free(&joined);
    return closed;
}

/* ---- what begins with @ ---- */

static void remember_string(kdb_bibtex *b, kdbib_str name, kdbib_str value) {
    if (!b->strings && !(b->strings = kdb_arena_array(b->arena, 1, sizeof *b->strings)))
        return;
    struct kdb_bibtex_strings *known = b->strings;
    size_t count = known->numbers.count;
    kdbib_str *values =
        kdb_arena_grow(b->arena, known->values, count, &known->room, sizeof *values);
    if (!values)
        return;
    known->values = values;
    uint32_t *number = kdb_index_put(&known->numbers, lower(b, name));
    if (!number) {
        b->arena->failed = true;
        return;
    }
    if (*number == KDB_INDEX_NONE)
        *number = (uint32_t)count;
    known->values[*number] = value;
}

static void read_string(kdb_bibtex *b) {
    skip_blanks(b);
    kdbib_str name = read_word(b), value;
    skip_blanks(b);
    if (peek(b) != '=' || !name.size)
        return;
    step(b);
    if (!read_value(b, &value))
        complain(b, b->line, "unclosed-entry", "the @string is never closed", name);
    remember_string(b, name, value);
}

static const kdb_bibtex_field *find_field(const kdb_bibtex_entry *entry, kdbib_str name) {
    for (size_t i = 0; i < entry->count; i++)
        if (kdb_equal_nocase(entry->fields[i].name, name))
            return &entry->fields[i];
    return NULL;
}

static void add_field(kdb_bibtex *b, kdb_bibtex_entry *entry, kdb_bibtex_field field,
                      size_t *room) {
    if (find_field(entry, field.name)) {
        complain(b, field.line, "repeated-field", "the field stands there twice: the first counts",
                 field.name);
        return;
    }
    kdb_bibtex_field *fields =
        kdb_arena_grow(b->arena, entry->fields, entry->count, room, sizeof *fields);
    if (!fields)
        return;
    entry->fields = fields;
    entry->fields[entry->count++] = field;
}

/* The key, unless a field begins at once: `@article{title = …`. */
static void read_key(kdb_bibtex *b, kdb_bibtex_entry *entry) {
    skip_blanks(b);
    size_t from = b->at, at = from;
    while (at < b->text.size && !kdb_is_one_of(b->text.data[at], ",={}()\n\"#%") &&
           !kdb_is_space(b->text.data[at]))
        at++;
    size_t end = at;
    while (at < b->text.size && kdb_is_space(b->text.data[at]))
        at++;
    if (at < b->text.size && b->text.data[at] == '=')
        return; /* no key */
    entry->key = kdb_slice(b->text, from, end);
    b->at = end;
}

/* Fields up to the end of the entry. False: it is never closed. */
static bool read_fields(kdb_bibtex *b, kdb_bibtex_entry *entry, char close) {
    size_t room = 0;
    bool comma = false;
    while (!kdb_arena_failed(b->arena)) {
        skip_blanks(b);
        if (b->at >= b->text.size || at_new_entry(b))
            return false;
        char c = peek(b);
        if (c == close || c == '}') {
            step(b);
            return true;
        }
        if (c == ',') {
            comma = true;
            step(b);
            continue;
        }
        uint32_t line = b->line;
        kdbib_str name = read_word(b);
        skip_blanks(b);
        if (!name.size || peek(b) != '=') {
            complain(b, line, "stray-text", "this is no field: it is left out",
                     name.size ? name : kdb_slice(b->text, b->at, b->at + 1));
            if (!name.size && b->at < b->text.size && !at_new_entry(b))
                step(b);
            continue;
        }
        if (!comma && entry->count)
            complain(b, line, "missing-comma", "a comma is missing before this field", name);
        step(b);
        kdb_bibtex_field field = {name, {0}, line};
        bool closed = read_value(b, &field.value);
        field.value = kdb_trim(field.value);
        if (entry->count < KDB_BIBTEX_MOST_FIELDS)
            add_field(b, entry, field, &room);
        if (!closed)
            return false;
        comma = false;
    }
    return true;
}

/* Past a group whose content nobody wants: `@comment{…}`, `@preamble{…}`. */
static void skip_group(kdb_bibtex *b) {
    kdbib_str content;
    if (peek(b) == '{')
        read_delimited(b, &content);
}

bool kdb_bibtex_next(kdb_bibtex *b, kdb_bibtex_entry *entry) {
    while (b->at < b->text.size && !kdb_arena_failed(b->arena)) {
        if (peek(b) != '@') {
            step(b);
            continue;
        }
        uint32_t line = b->line;
        b->at++;
        skip_blanks(b);
        kdbib_str type = read_word(b);
        skip_blanks(b);
        char open = peek(b);
        if (!type.size || !kdb_is_alpha(type.data[0]) || (open != '{' && open != '('))
            continue; /* an address in what people write between entries */
        if (kdb_equal_nocase(type, KDBIB_STR("comment")) ||
            kdb_equal_nocase(type, KDBIB_STR("preamble"))) {
            skip_group(b);
            continue;
        }
        step(b);
        if (kdb_equal_nocase(type, KDBIB_STR("string"))) {
            read_string(b);
            continue;
        }
        *entry = (kdb_bibtex_entry){.type = type, .line = line};
        read_key(b, entry);
        if (!read_fields(b, entry, open == '{' ? '}' : ')'))
            complain(b, line, "unclosed-entry",
                     "the entry is never closed: a brace or a quotation mark is missing",
                     entry->key.size ? entry->key : type);
        return !kdb_arena_failed(b->arena);
    }
    return false;
}

kdbib_str kdb_bibtex_get(const kdb_bibtex_entry *entry, const char *name) {
    const kdb_bibtex_field *field = find_field(entry, kdbib_str_of(name));
    return field ? field->value : (kdbib_str){NULL, 0};
}

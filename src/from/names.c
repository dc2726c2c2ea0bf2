/* Names, as other programs spell them, in their parts. */
#include <utf8proc.h>

#include "base/strings.h"
#include "from/from.h"

static utf8proc_category_t category_at(kdbib_str text, size_t at, size_t *size) {
    utf8proc_int32_t c;
    utf8proc_ssize_t got = utf8proc_iterate((const utf8proc_uint8_t *)text.data + at,
                                            (utf8proc_ssize_t)(text.size - at), &c);
    *size = got > 0 ? (size_t)got : 1;
    return got > 0 ? utf8proc_category(c) : UTF8PROC_CATEGORY_CN;
}

static size_t apostrophe_size(kdbib_str text, size_t at) {
    kdbib_str rest = kdb_slice(text, at, text.size);
    if (rest.size && rest.data[0] == '\'')
        return 1;
    return kdb_starts_with(rest, KDBIB_STR("\u2019")) ? 3 : 0;
}

/* Behind `d'`, `al-` in front of a capital; 0: no such thing. */
static size_t joined_particle(kdbib_str word) {
    size_t at = 0, size, letters = 0;
    while (at < word.size && letters < 4 && category_at(word, at, &size) == UTF8PROC_CATEGORY_LL) {
        at += size;
        letters++;
    }
    size_t sign = apostrophe_size(word, at);
    if (!sign && at < word.size && word.data[at] == '-' && letters == 2)
        sign = 1;
    if (!letters || !sign || at + sign >= word.size)
        return 0;
    return category_at(word, at + sign, &size) == UTF8PROC_CATEGORY_LU ? at + sign : 0;
}

static bool begins_lower(kdbib_str word) {
    size_t size, at = apostrophe_size(word, 0); /* 't Hooft */
    return at < word.size && category_at(word, at, &size) == UTF8PROC_CATEGORY_LL;
}

void kdb_from_split_particle(kdbib_name *name) {
    kdbib_str family = kdb_trim(name->family);
    size_t at = 0;
    for (;;) {
        size_t end = kdb_find_char(family, ' ', at);
        kdbib_str word = kdb_slice(family, at, end);
        size_t joined = joined_particle(word);
        if (joined && (end == SIZE_MAX || joined < word.size)) {
            at += joined;
            break;
        }
        if (end == SIZE_MAX || !begins_lower(word))
            break;
        at = end + 1;
    }
    if (!at || at >= family.size || name->particle.size)
        return;
    name->particle = kdb_trim(kdb_slice(family, 0, at));
    name->family = kdb_trim(kdb_slice(family, at, family.size));
}

void kdb_from_name(kdb_from *from, kdbib_record *record, kdbib_field which, kdbib_name name) {
    if (!name.family.size && name.given.size) {
        name.family = name.given;
        name.given = (kdbib_str){0};
    }
    from->arena->failed |= !kdbib_record_add_name(record, which, &name, KDBIB_BASIS_LIST);
}

bool kdb_from_is_suffix(kdbib_str text) {
    static const char *const suffixes[] = {"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (kdb_equal_nocase(text, kdbib_str_of(suffixes[i])))
            return true;
    return false;
}

void kdb_from_comma_name(kdb_from *from, kdbib_record *record, kdbib_field which, kdbib_str text) {
    kdbib_name name = {0};
    text = kdb_trim(text);
    size_t comma = kdb_find_char(text, ',', 0);
    if (comma == SIZE_MAX) {
        name.literal = text;
        kdb_from_name(from, record, which, name);
        return;
    }
    size_t second = kdb_find_char(text, ',', comma + 1);
    name.family = kdb_trim(kdb_slice(text, 0, comma));
    name.given = kdb_trim(kdb_slice(text, comma + 1, second));
    if (second != SIZE_MAX)
        name.suffix = kdb_trim(kdb_slice(text, second + 1, text.size));
    if (kdb_from_is_suffix(name.given)) { /* "Family, Jr., Given" */
        kdbib_str suffix = name.given;
        name.given = name.suffix;
        name.suffix = suffix;
    }
    kdb_from_split_particle(&name);
    kdb_from_name(from, record, which, name);
}

/* Link reference definitions, collected before the text is cut into pieces. */
#include "markdown/references.h"

#include "base/strings.h"

#define LONGEST_LABEL 200 /* bytes; CommonMark allows 999 characters */
#define LONGEST_DEFINITION 4000

/* The label that begins behind the `[` at `from`; its end (the `]`) in `*end`. */
static bool read_label(kdbib_str text, size_t from, char key[LONGEST_LABEL], size_t *size,
                       size_t *end) {
    *size = 0;
    bool blank = false;
    for (size_t i = from; i < text.size && i - from < LONGEST_LABEL; i++) {
        char c = text.data[i];
        if (c == ']') {
            *end = i;
            return *size > 0;
        }
        if (c == '[' || c == '\n')
            return false;
        if (kdb_is_space(c)) {
            blank = *size > 0;
            continue;
        }
        if (blank)
            key[(*size)++] = ' ';
        blank = false;
        if (*size + 2 >= LONGEST_LABEL)
            return false;
        if (c == '\\' && i + 1 < text.size)
            key[(*size)++] = text.data[i++];
        key[(*size)++] = kdb_to_lower(text.data[i]);
    }
    return false;
}

static kdb_reference *slot_of(const kdb_references *references, kdbib_str label) {
    size_t i = (size_t)kdb_hash(label) & references->mask;
    while (references->slots[i].label.data && !kdbib_str_equal(references->slots[i].label, label))
        i = (i + 1) & references->mask;
    return &references->slots[i];
}

static bool grow(kdb_references *references) {
    kdb_reference *old = references->slots;
    size_t old_size = old ? references->mask + 1 : 0, size = old_size ? old_size * 2 : 64;
    references->slots = kdb_arena_array(&references->arena, size, sizeof *references->slots);
    if (!references->slots)
        return false;
    references->mask = size - 1;
    for (size_t i = 0; i < old_size; i++)
        if (old[i].label.data)
            *slot_of(references, old[i].label) = old[i];
    return true;
}

static bool add_definition(kdb_references *references, kdbib_str line) {
    char key[LONGEST_LABEL];
    size_t size, end, start = 0;
    while (start < line.size && line.data[start] == ' ')
        start++;
    if (start > 3 || start >= line.size || line.data[start] != '[' ||
        line.size > LONGEST_DEFINITION || !read_label(line, start + 1, key, &size, &end) ||
        end + 2 >= line.size || line.data[end + 1] != ':')
        return true;
    if (key[0] == '^' || kdb_trim(kdb_slice(line, end + 2, line.size)).size == 0)
        return true;
    if ((references->count + 1) * 2 > (references->slots ? references->mask + 1 : 0) &&
        !grow(references))
        return false;
    kdb_reference *slot = slot_of(references, (kdbib_str){key, size});
    if (slot->label.data)
        return true; /* the first one counts */
    slot->label = kdb_arena_copy(&references->arena, (kdbib_str){key, size});
    slot->line = line;
    references->count++;
    return !kdb_arena_failed(&references->arena);
}

bool kdb_references_collect(kdb_references *references, kdbib_str text) {
    *references = (kdb_references){0};
    for (size_t at = 0; (at = kdb_find(text, KDBIB_STR("]:"), at)) != SIZE_MAX;) {
        size_t begin = at, end = kdb_find_char(text, '\n', at);
        while (begin && text.data[begin - 1] != '\n')
            begin--;
        if (end == SIZE_MAX)
            end = text.size;
        if (!add_definition(references, kdb_slice(text, begin, end)))
            return false;
        at = end;
    }
    return true;
}

uint32_t kdb_references_add_used(kdb_references *references, kdbib_str text, kdb_buffer *prefix) {
    if (!references->slots)
        return 0;
    uint32_t added = 0;
    references->piece++;
    for (size_t at = 0; (at = kdb_find_char(text, '[', at)) != SIZE_MAX; at++) {
        char key[LONGEST_LABEL];
        size_t size, end;
        if (!read_label(text, at + 1, key, &size, &end))
            continue;
        kdb_reference *slot = slot_of(references, (kdbib_str){key, size});
        if (!slot->label.data || slot->used == references->piece)
            continue;
        slot->used = references->piece;
        kdb_buffer_add_str(prefix, slot->line);
        kdb_buffer_add_str(prefix,
                           KDBIB_STR("\n\n")); /* one that is wrong takes no other with it */
        added += 2;
    }
    return added;
}

void kdb_references_free(kdb_references *references) {
    kdb_arena_free(&references->arena);
    references->slots = NULL;
}

/* Most author lists are whole names between commas and "and", and most of those names are words
 * that nothing but a name has, and initials before them. Cutting, judging and splitting such a list
 * says nothing that one pass over its words does not show. */
#include "fields/names_quick.h"

#include "base/strings.h"
#include "fields/names_cut.h"

#define MOST_WORDS 4 /* of a name */

/* The name that is being read. */
typedef struct open_name {
    size_t from, last, to; /* its last word is [last, to) */
    size_t words;
    bool initials, ends_in_initial, surname;
} open_name;

/* "J." */
static bool is_initial(kdbib_str word) {
    return word.size == 2 && kdb_is_upper(word.data[0]) && word.data[1] == '.';
}

static bool add_word(const kdb_fields *fields, kdbib_str token, size_t at, open_name *name,
                     kdb_names_glance *glance) {
    kdb_word word = kdb_word_of(fields, token);
    name->ends_in_initial = is_initial(token);
    glance->venues = glance->venues || (word.places & KDB_VENUE_BEGINS) ||
                     (word.letters < token.size && !name->ends_in_initial);
    name->initials = name->initials || name->ends_in_initial;
    name->surname = name->surname || (word.name_kinds & KDB_WORD_SURNAME);
    if (!name->words)
        name->from = at;
    name->last = at;
    name->to = at + token.size;
    name->words++;
    return name->ends_in_initial || word.of_names;
}

static bool close_name(open_name *name, kdb_names_glance *glance, kdb_names_tally *seen) {
    if (!name->words || name->words > MOST_WORDS || name->ends_in_initial ||
        glance->count == KDB_GLANCE_NAMES)
        return false;
    glance->at[glance->count++] =
        (kdb_glance_name){(uint32_t)name->from, (uint32_t)name->last, (uint32_t)name->to};
    seen->singles += name->words == 1;
    seen->initials += name->initials;
    seen->surnames += name->surname;
    seen->words = name->words;
    *name = (open_name){0};
    return true;
}

static bool is_joint(kdbib_str word) {
    return kdbib_str_equal(word, KDBIB_STR("and")) || kdbib_str_equal(word, KDBIB_STR("&"));
}

static bool is_et_al(kdbib_str rest) {
    return kdbib_str_equal(rest, KDBIB_STR("et al")) || kdbib_str_equal(rest, KDBIB_STR("et al."));
}

/* Behind the blank at `at` a word begins that is neither "and" nor "et al". */
static bool goes_on(const kdb_fields *fields, kdbib_str text, size_t at) {
    while (at < text.size && kdb_is_one_of(text.data[at], " \""))
        at++;
    size_t end = at;
    while (end < text.size && kdb_is_alpha(text.data[end]))
        end++;
    kdb_word word = kdb_word_of(fields, kdb_slice(text, at, end));
    return at < end && kdb_is_upper(text.data[at]) &&
           !(word.name_kinds & (KDB_WORD_APART | KDB_WORD_OTHERS));
}

/* Four letters and a period, "Moss.", in [at, end): no abbreviation of a name. */
static bool ends_sentence(const kdb_fields *fields, kdbib_str text, size_t at, size_t end) {
    for (size_t i = 2; i <= 5; i++)
        if (end < at + i || !kdb_is_alpha(text.data[end - i]))
            return false;
    return kdb_word_of(fields, kdb_slice(text, at, end - 1)).of_names && end < text.size &&
           text.data[end] == ' ' && goes_on(fields, text, end) &&
           kdb_find_char(text, ';', end) == SIZE_MAX &&
           kdb_find(text, KDBIB_STR("\xEF\xBC\x9B"), end) == SIZE_MAX; /* a wide one */
}

/* Finds the names, and nothing else. */
static bool read_names(const kdb_fields *fields, kdbib_str text, kdb_names_glance *glance,
                       kdb_names_tally *seen, bool *joints) {
    open_name name = {0};
    char before = 0; /* what stands before the name: a comma, '&', or nothing */
    for (size_t at = 0, end; at < text.size; at = end) {
        end = at + 1;
        if (text.data[at] == ' ')
            continue;
        if (text.data[at] == ',') {
            if (!close_name(&name, glance, seen))
                return false;
            before = ',';
            continue;
        }
        while (end < text.size && text.data[end] != ' ' && text.data[end] != ',')
            end++;
        kdbib_str word = kdb_slice(text, at, end);
        if (word.size > 2 && word.data[word.size - 1] == '.') {
            glance->sentence = glance->count > 0 && ends_sentence(fields, text, at, end);
            word.size -= end == text.size; /* the list ends as a sentence does */
        }
        bool small = !kdb_is_upper(word.data[0]); /* "and", "&", "et al" are no words of a name */
        if (small && is_joint(word)) {
            if (name.words ? !close_name(&name, glance, seen) : before != ',')
                return false;
            before = '&';
            *joints = true;
        } else if (small && is_et_al(kdb_slice(text, at, text.size))) {
            glance->truncated = true;
            return name.words ? close_name(&name, glance, seen) : before == ',';
        } else if ((name.words && at != name.to + 1) ||
                   !add_word(fields, word, at, &name, glance)) {
            return false;
        }
    }
    return close_name(&name, glance, seen);
}

bool kdb_names_glance_at(const kdb_fields *fields, kdbib_str text, kdb_names_glance *glance) {
    kdb_names_tally seen = {0};
    bool joints = false;
    glance->count = 0;
    glance->truncated = glance->venues = glance->sentence = false;
    if (text.size < 4 || text.size > UINT32_MAX ||
        !(kdb_is_upper(text.data[0]) || (unsigned char)text.data[0] >= 0x80) ||
        kdb_names_skip_prefix(text).size != text.size ||
        !read_names(fields, text, glance, &seen, &joints))
        return false;
    seen.count = glance->count;
    seen.truncated = glance->truncated;
    glance->score = kdb_names_weigh(&seen);
    glance->inverted = seen.singles && glance->count == 2;
    if (glance->inverted) /* "Lee, Ann Mary et al" */
        return glance->truncated && !joints && seen.words <= 2 &&
               glance->at[0].family == glance->at[0].from;
    return !seen.singles || (glance->count == 1 && glance->truncated); /* "Lee et al." */
}

bool kdb_names_of_glance(kdb_arena *arena, kdbib_str text, const kdb_names_glance *glance,
                         kdb_name_list *list) {
    size_t count = glance->inverted ? 1 : glance->count;
    *list = (kdb_name_list){.count = count, .truncated = glance->truncated};
    list->names = kdb_arena_array(arena, count, sizeof *list->names);
    char *copy = kdb_arena_alloc(arena, text.size + 1);
    if (!list->names || !copy)
        return false;
    memcpy(copy, text.data, text.size);
    copy[text.size] = '\0';
    for (size_t i = 0; i < count; i++) { /* a blank or a comma stands behind each part */
        kdb_glance_name family = glance->at[i], given = family;
        if (glance->inverted)
            given = (kdb_glance_name){.from = glance->at[1].from, .family = glance->at[1].to + 1};
        copy[family.to] = '\0';
        list->names[i].family = (kdbib_str){copy + family.family, family.to - family.family};
        if (given.from < given.family) {
            copy[given.family - 1] = '\0';
            list->names[i].given = (kdbib_str){copy + given.from, given.family - 1 - given.from};
        }
    }
    return !kdb_arena_failed(arena);
}

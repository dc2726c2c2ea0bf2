/* What a link leads to: by its label, by its host, by both. */
#include "fields/labels.h"

#include "base/strings.h"
#include "fields/text_memo.h"

#define MOST_WORDS 4 /* of a label that the table knows */

/* The longest run of words from `at` on that the table knows: its row, and where it ends. */
static uint32_t longest(const kdb_word_index *index, kdbib_str key, size_t at, size_t *end) {
    uint32_t found = KDB_NOT_FOUND;
    size_t to = at;
    for (size_t words = 0; words < MOST_WORDS && to < key.size; words++) {
        size_t blank = kdb_find_char(key, ' ', to);
        to = blank == SIZE_MAX ? key.size : blank;
        uint32_t row = kdb_word_index_find_key(index, kdb_slice(key, at, to));
        if (row != KDB_NOT_FOUND) {
            found = row;
            *end = to;
        }
        if (to < key.size)
            to++;
    }
    return found;
}

/* A number behind a label: "Code 2", "link1", "v2". */
static bool is_counter(kdbib_str word) {
    size_t at = word.size && word.data[0] == 'v' ? 1 : 0;
    if (word.size - at < 1 || word.size - at > 2)
        return false;
    for (; at < word.size; at++)
        if (!kdb_is_digit(word.data[at]))
            return false;
    return true;
}

/* A role that says more wins: "Project Code" is code, "arXiv PDF" a PDF, "Official Page" a page. */
static int weight(const kdb_link_word *word) {
    static const int weights[KDBIB_ROLE_COUNT + 1] = {
        [KDBIB_LINK_PAPER] = 4,   [KDBIB_LINK_PDF] = 3,     [KDBIB_LINK_CODE] = 6,
        [KDBIB_LINK_PROJECT] = 2, [KDBIB_LINK_DATASET] = 5, [KDBIB_LINK_VIDEO] = 8,
        [KDBIB_LINK_SLIDES] = 9,  [KDBIB_LINK_BLOG] = 10,   [KDBIB_LINK_OTHER] = 7,
        [KDBIB_ROLE_COUNT] = 0};
    return weights[word->role];
}

/* Emoji, arrows and dingbats that curators put beside a label, and variation selectors, without the
 * letters of any language. */
static size_t symbol_size(kdbib_str text, size_t at) {
    unsigned char c = (unsigned char)text.data[at];
    if (c == 0xF0 && text.size - at >= 4 && (unsigned char)text.data[at + 1] == 0x9F)
        return 4;
    if (c == 0xE2 && text.size - at >= 3)
        return 3; /* U+2000 to U+2FFF: punctuation, arrows, signs */
    if (c == 0xEF && text.size - at >= 3 &&
        ((unsigned char)text.data[at + 1] == 0xB8 || (unsigned char)text.data[at + 1] == 0xBC))
        return 3; /* variation selectors, full-width punctuation */
    if (c == 0xE3 && text.size - at >= 3 && (unsigned char)text.data[at + 1] == 0x80)
        return 3; /* CJK brackets and points */
    if (c == 0xC2 && text.size - at >= 2)
        return 2;
    return 0;
}

/* The key of a label: without symbols and emoji shortcodes. */
static kdbib_str label_key(kdbib_str text, char buffer[KDB_KEY_SIZE]) {
    char clean[KDB_KEY_SIZE];
    size_t size = 0;
    if (text.size >= KDB_KEY_SIZE)
        return KDBIB_STR("");
    for (size_t at = 0; at < text.size;) {
        size_t symbol = symbol_size(text, at);
        if (text.data[at] == ':') { /* :star: */
            size_t end = at + 1;
            while (end < text.size && (kdb_is_alnum(text.data[end]) || text.data[end] == '_'))
                end++;
            if (end > at + 2 && end < text.size && text.data[end] == ':')
                symbol = end + 1 - at;
        }
        clean[size++] = symbol ? ' ' : text.data[at];
        at += symbol ? symbol : 1;
    }
    return kdb_word_key((kdbib_str){clean, size}, buffer);
}

/* Nothing in the text but what label_key() takes as it is, and a letter in front. */
static bool is_plain(kdbib_str text) {
    size_t colon = kdb_find_char(text, ':', 0);
    return text.size && kdb_is_alpha(text.data[0]) && kdb_is_ascii(text) &&
           (colon == SIZE_MAX || kdb_find_char(text, ':', colon + 1) == SIZE_MAX);
}

/* As kdb_word_key() parts words. */
static bool is_in_word(char c) {
    return kdb_is_alnum(c) || c == '+' || c == '#';
}

bool kdb_may_be_label(const kdb_fields *fields, kdbib_str text) {
    const kdb_word_index *index = &fields->label_index;
    if (!is_plain(text))
        return true;
    if (!kdb_word_index_begins(index, text))
        return false;
    for (size_t words = 0, end = 0; words < MOST_WORDS && end < text.size; words++) {
        while (end < text.size && !is_in_word(text.data[end]))
            end++;
        while (end < text.size && is_in_word(text.data[end]))
            end++;
        size_t to = end; /* "paper1" */
        while (words == 0 && kdb_is_digit(text.data[to - 1]))
            to--;
        if (kdb_word_index_find(index, kdb_slice(text, 0, end)) != KDB_NOT_FOUND ||
            (to < end && kdb_word_index_find(index, kdb_slice(text, 0, to)) != KDB_NOT_FOUND))
            return true;
    }
    return false;
}

/* The words of a key as labels, see the table. `*any`, `*all`: so many of them are. Returns the one
 * that says most, or NULL. */
static const kdb_link_word *read_words(const kdb_fields *fields, kdbib_str key, kdb_label *label,
                                       bool *any, bool *all) {
    const kdb_link_word *best = NULL;
    *any = false;
    *all = true;
    for (size_t at = 0; at < key.size && *all;) {
        size_t end = at;
        uint32_t row = longest(&fields->label_index, key, at, &end);
        if (row == KDB_NOT_FOUND) {
            size_t blank = kdb_find_char(key, ' ', at);
            end = blank == SIZE_MAX ? key.size : blank;
            size_t word = end; /* "paper1" */
            while (word > at && kdb_is_digit(key.data[word - 1]))
                word--;
            if (word < end && word > at + 2 && end - word <= 2)
                row = kdb_word_index_find_key(&fields->label_index, kdb_slice(key, at, word));
            if (row == KDB_NOT_FOUND)
                *all = is_counter(kdb_slice(key, at, end)) && *any;
        }
        if (row != KDB_NOT_FOUND) {
            const kdb_link_word *word = &fields->labels[row];
            *any = true;
            label->generic |= word->generic;
            label->search |= word->search;
            label->preprint |= word->preprint;
            if (word->role != KDBIB_ROLE_COUNT && (!best || weight(word) > weight(best)))
                best = word;
        }
        at = end + 1;
    }
    return best;
}

/* The text is a venue: "JBHI2022", "arXiv:2303.03543". */
static void read_venue(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                       kdb_label *label) {
    *label = (kdb_label){.role = KDBIB_ROLE_COUNT};
    label->score = kdb_venue_parse_likely(arena, fields, text, &label->venue);
    bool known = label->venue.known && label->score >= 60 && label->venue.name.size < 40;
    if ((label->score >= 80 || known) && (label->venue.name.size || label->venue.date.year)) {
        label->is_label = true;
        label->role = label->venue.name.size ? KDBIB_LINK_PAPER : KDBIB_ROLE_COUNT;
        label->generic = !label->venue.name.size;
        label->preprint = label->venue.known && label->venue.known->kind == KDB_VENUE_PREPRINT;
    } else if (label->score < 60) {
        label->venue = (kdb_venue){0};
        label->score = 0;
    }
}

static void parse(kdb_arena *arena, const kdb_fields *fields, kdbib_str text, kdb_label *label) {
    *label = (kdb_label){.role = KDBIB_ROLE_COUNT};
    char buffer[KDB_KEY_SIZE];
    kdbib_str key = label_key(text, buffer);
    if (!key.size)
        return;
    bool any, all;
    const kdb_link_word *best = read_words(fields, key, label, &any, &all);
    if (all && any && kdb_find_char(key, ' ', 0) != SIZE_MAX)
        label->generic = true; /* "Coming soon" */
    if (all && any && (best || label->generic)) {
        label->is_label = true;
        label->role = best ? (kdbib_role)best->role : KDBIB_ROLE_COUNT;
        label->generic = !best;
        const kdb_known_venue *server = label->preprint ? kdb_venue_find(fields, key) : NULL;
        if (server && server->kind == KDB_VENUE_PREPRINT) { /* weak: any other venue is better */
            label->score = kdb_venue_parse(arena, fields, text, &label->venue);
            label->score = label->score > 50 ? 50 : label->score;
        }
        return;
    }
    /* "Paper (low resolution)", "Paper(Oral)" */
    size_t open = kdb_find_char(text, '(', 0);
    if (!all && any && open != SIZE_MAX && open > 2 && text.size < 48 &&
        kdb_ends_with(kdb_trim(text), KDBIB_STR(")"))) {
        kdb_label_parse(arena, fields, kdb_slice(text, 0, open), label);
        if (label->is_label && !label->venue.name.size)
            return;
    }
    read_venue(arena, fields, text, label);
}

void kdb_label_parse(kdb_arena *arena, const kdb_fields *fields, kdbib_str text, kdb_label *label) {
    if (!text.size) {
        *label = (kdb_label){.role = KDBIB_ROLE_COUNT};
        return;
    }
    kdb_memo_key key = kdb_memo_key_of(fields, arena, KDB_ASK_LABEL, text);
    kdb_answer answer;
    if (kdb_recall(&key, &answer)) {
        *label = *(const kdb_label *)answer.more;
        return;
    }
    if (text.size < KDB_KEY_SIZE - 2 && !kdb_may_be_label(fields, text))
        read_venue(arena, fields, text, label);
    else
        parse(arena, fields, text, label);
    kdb_remember(&key, 0, label, sizeof *label);
}

bool kdb_is_label(kdb_arena *arena, const kdb_fields *fields, kdbib_str text) {
    kdb_label label;
    kdb_label_parse(arena, fields, text, &label);
    return label.is_label;
}

/* ---- hosts ---- */

/* What stands before `?` or `#`. */
static kdbib_str without_query(kdbib_str path) {
    path = kdb_slice(path, 0, kdb_find_char(path, '?', 0));
    return kdb_slice(path, 0, kdb_find_char(path, '#', 0));
}

/* Host and path of a URL; false when it has none (a local file). */
static bool take_apart(kdbib_str url, kdbib_str *host, kdbib_str *path) {
    url = kdb_trim(url);
    size_t scheme = kdb_find_char(url, ':', 0);
    if (scheme < 8 && !kdb_starts_with(kdb_slice(url, scheme, url.size), KDBIB_STR("://")))
        scheme = kdb_find(url, KDBIB_STR("://"), scheme);
    size_t from = scheme < 8 ? scheme + 3 : kdb_starts_with(url, KDBIB_STR("//")) ? 2 : 0;
    if (!from && !kdb_starts_with_nocase(url, KDBIB_STR("www.")))
        return false;
    *host = without_query(kdb_slice(url, from, kdb_find_char(url, '/', from)));
    *path = without_query(kdb_slice(url, from + host->size, url.size));
    return host->size > 0;
}

/* The row of the longest suffix of the host, first with the first step of the path. */
static const kdb_link_word *find_host(const kdb_fields *fields, kdbib_str host, kdbib_str path) {
    size_t step = 1;
    while (step < path.size && path.data[step] != '/')
        step++;
    if (kdb_starts_with_nocase(host, KDBIB_STR("www."))) /* the table has none */
        host = kdb_slice(host, 4, host.size);
    for (size_t at = 0; at < host.size;) {
        char whole[KDB_KEY_SIZE];
        kdbib_str suffix = kdb_slice(host, at, host.size);
        if (path.size > 1 && suffix.size + step < sizeof whole &&
            kdb_word_index_spans(&fields->host_index, suffix, kdb_slice(path, 0, step))) {
            memcpy(whole, suffix.data, suffix.size);
            memcpy(whole + suffix.size, path.data, step);
            uint32_t row =
                kdb_word_index_find(&fields->host_index, (kdbib_str){whole, suffix.size + step});
            if (row != KDB_NOT_FOUND)
                return &fields->hosts[row];
        }
        uint32_t row = kdb_word_index_find(&fields->host_index, suffix);
        if (row != KDB_NOT_FOUND)
            return &fields->hosts[row];
        size_t dot = kdb_find_char(host, '.', at);
        if (dot == SIZE_MAX)
            break;
        at = dot + 1;
    }
    return NULL;
}

/* What the name of a file tells; KDBIB_ROLE_COUNT: nothing. */
static kdbib_role role_of_file(kdbib_str path) {
    static const struct {
        const char *ending;
        kdbib_role role;
    } endings[] = {
        {"pdf", KDBIB_LINK_PDF},     {"ps", KDBIB_LINK_PDF},      {"ps.gz", KDBIB_LINK_PDF},
        {"ppt", KDBIB_LINK_SLIDES},  {"pptx", KDBIB_LINK_SLIDES}, {"key", KDBIB_LINK_SLIDES},
        {"mp4", KDBIB_LINK_VIDEO},   {"bib", KDBIB_LINK_OTHER},   {"png", KDBIB_LINK_OTHER},
        {"jpg", KDBIB_LINK_OTHER},   {"jpeg", KDBIB_LINK_OTHER},  {"gif", KDBIB_LINK_OTHER},
        {"svg", KDBIB_LINK_OTHER},   {"ipynb", KDBIB_LINK_CODE},  {"zip", KDBIB_LINK_OTHER},
        {"tar.gz", KDBIB_LINK_OTHER}};
    size_t from = path.size > 8 ? path.size - 8 : 0, dot = from;
    while ((dot = kdb_find_char(path, '.', dot)) != SIZE_MAX) {
        kdbib_str ending = kdb_slice(path, ++dot, path.size);
        bool letter = ending.size && kdb_is_alpha(ending.data[0]);
        for (size_t i = 0; letter && i < sizeof endings / sizeof *endings; i++)
            if (kdb_to_lower(ending.data[0]) == endings[i].ending[0] &&
                kdb_equal_nocase(ending, kdbib_str_of(endings[i].ending)))
                return endings[i].role;
    }
    return KDBIB_ROLE_COUNT;
}

kdb_link_word kdb_link_host(const kdb_fields *fields, kdbib_str url) {
    kdbib_str host = {0}, path = {0};
    bool remote = take_apart(url, &host, &path);
    if (!remote)
        path = without_query(url);
    const kdb_link_word *word = remote ? find_host(fields, host, path) : NULL;
    kdb_link_word told = word ? *word : (kdb_link_word){.role = KDBIB_ROLE_COUNT};
    kdbib_role file = role_of_file(path);
    if (told.preprint && kdb_starts_with(path, KDBIB_STR("/pdf/")))
        told.role = KDBIB_LINK_PDF;
    else if (file != KDBIB_ROLE_COUNT)
        told.role = (uint8_t)file;
    return told;
}

kdbib_role kdb_link_role(kdb_arena *arena, const kdb_fields *fields, kdbib_str label,
                         kdb_link_word host, kdb_label *result) {
    kdb_label own;
    kdb_label_parse(arena, fields, label, &own);
    kdbib_role role = own.role;
    if (role == KDBIB_ROLE_COUNT)
        role = host.role == KDBIB_ROLE_COUNT ? KDBIB_LINK_PAPER : (kdbib_role)host.role;
    own.search |= host.search;
    own.preprint |= host.preprint;
    own.role = role;
    own.host = (kdbib_role)host.role;
    if (result)
        *result = own;
    return role;
}

kdb_field_label kdb_field_label_of(const kdb_fields *fields, kdbib_str text, kdbib_role *role) {
    char buffer[KDB_KEY_SIZE];
    kdbib_str key = label_key(text, buffer);
    if (role)
        *role = KDBIB_ROLE_COUNT;
    if (!key.size || !(kdb_word_index_begins(&fields->field_labels, key) ||
                       kdb_word_index_begins(&fields->label_index, key) ||
                       kdb_starts_with(key, KDBIB_STR("and"))))
        return KDB_FIELD_LABEL_NONE;
    uint32_t kind = kdb_word_index_find_key(&fields->field_labels, key);
    if (kind != KDB_NOT_FOUND)
        return (kdb_field_label)kind;
    /* "Title & Authors", "Title / Venue": every word announces something */
    bool title = false, authors = false, venue = false, all = true;
    kdb_field_label first = KDB_FIELD_LABEL_NONE;
    for (size_t at = 0; at < key.size && all;) {
        size_t end = at;
        uint32_t row = longest(&fields->field_labels, key, at, &end);
        if (row == KDB_NOT_FOUND) {
            size_t blank = kdb_find_char(key, ' ', at);
            end = blank == SIZE_MAX ? key.size : blank;
            all = kdbib_str_equal(kdb_slice(key, at, end), KDBIB_STR("and"));
        } else {
            title |= row == KDB_FIELD_LABEL_TITLE;
            authors |= row == KDB_FIELD_LABEL_AUTHORS;
            first = first ? first : (kdb_field_label)row;
        }
        venue |= row == KDB_FIELD_LABEL_VENUE;
        at = end + 1;
    }
    if (all && venue && first == KDB_FIELD_LABEL_DATE) /* "Year/Venue" */
        return KDB_FIELD_LABEL_VENUE;
    if (all && title && authors)
        return KDB_FIELD_LABEL_TITLE_AUTHORS;
    if (all && first)
        return first;
    bool any = false;
    uint8_t found = KDBIB_ROLE_COUNT;
    all = true;
    for (size_t at = 0; at < key.size && all;) {
        size_t end = at;
        uint32_t row = longest(&fields->label_index, key, at, &end);
        all = row != KDB_NOT_FOUND;
        if (all) {
            const kdb_link_word *word = &fields->labels[row];
            any |= word->generic || word->role != KDBIB_ROLE_COUNT;
            if (word->role != KDBIB_ROLE_COUNT && found == KDBIB_ROLE_COUNT)
                found = word->role;
        }
        at = end + 1;
    }
    if (!all || !any)
        return KDB_FIELD_LABEL_NONE;
    if (role)
        *role = (kdbib_role)found;
    return KDB_FIELD_LABEL_LINK;
}

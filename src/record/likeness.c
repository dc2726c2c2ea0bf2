/* How much two titles have in common. */
#include "record/likeness.h"

#include "base/strings.h"

#define MOST_WORDS 64

static unsigned split(kdbib_str text, kdbib_str words[MOST_WORDS]) {
    unsigned count = 0;
    for (size_t at = 0, end; at < text.size && count < MOST_WORDS; at = end + 1) {
        end = kdb_find_char(text, ' ', at);
        end = end == SIZE_MAX ? text.size : end;
        if (end > at)
            words[count++] = kdb_slice(text, at, end);
    }
    return count;
}

kdb_likeness kdb_compare_titles(kdbib_str a, kdbib_str b) {
    kdbib_str short_words[MOST_WORDS], long_words[MOST_WORDS];
    if (a.size > b.size) {
        kdbib_str c = a;
        a = b;
        b = c;
    }
    unsigned shorter = split(a, short_words), longer = split(b, long_words), shared = 0;
    bool used[MOST_WORDS] = {false};
    for (unsigned i = 0; i < shorter; i++)
        for (unsigned j = 0; j < longer; j++)
            if (!used[j] && kdbib_str_equal(short_words[i], long_words[j])) {
                used[j] = true;
                shared++;
                break;
            }
    bool begins = kdb_starts_with(b, a) && (b.size == a.size || b.data[a.size] == ' ');
    if (shorter > longer) {
        unsigned more = shorter;
        shorter = longer;
        longer = more;
    }
    return (kdb_likeness){shared, shorter, longer, begins};
}

bool kdb_titles_agree(kdbib_str a, kdbib_str b) {
    if (!a.size || !b.size)
        return true;
    kdb_likeness l = kdb_compare_titles(a, b);
    return l.begins || l.shared * 10 >= l.longer * 7;
}

bool kdb_titles_differ(kdbib_str a, kdbib_str b) {
    if (!a.size || !b.size)
        return false;
    kdb_likeness l = kdb_compare_titles(a, b);
    return !l.begins && l.shared * 5 < l.shorter * 2;
}

/* Words before the name of a venue. */
#include "fields/venue_phrase.h"

/* The size of the first of `openings` that `text` begins with, in any case, or 0; `letters`: those
 * that they begin with. */
static size_t begins_with(kdbib_str text, const char *letters, const char *const *openings,
                          size_t count) {
    if (!text.size || !strchr(letters, kdb_to_lower(text.data[0])) ||
        kdb_find_char(text, ' ', 0) == SIZE_MAX) /* none is without */
        return 0;
    for (size_t i = 0; i < count; i++)
        if (kdb_to_lower(text.data[0]) == openings[i][0] &&
            kdb_starts_with_nocase(text, kdbib_str_of(openings[i])))
            return strlen(openings[i]);
    return 0;
}

size_t kdb_phrase_opening(kdbib_str text) {
    static const char *const openings[] = {"accepted by ",  "accepted to ",
                                           "accepted at ",  "accepted in ",
                                           "accepted as ",  "to appear in ",
                                           "to appear at ", "published in ",
                                           "published at ", "published by ",
                                           "appeared in ",  "appears in ",
                                           "appear in ",    "presented at ",
                                           "submitted to ", "venue: ",
                                           "conference: ",  "journal: ",
                                           "pub. ",         "at ",
                                           "in: ",          "in "};
    return begins_with(text, "atpsvcji", openings, sizeof openings / sizeof *openings);
}

size_t kdb_phrase_name_opening(kdbib_str text) {
    static const char *const openings[] = {"proceedings of the ",
                                           "proceedings of ",
                                           "proc. of the ",
                                           "proc. of ",
                                           "proc. ",
                                           "proc ",
                                           "the ",
                                           "annual ",
                                           "ieee ",
                                           "acm ",
                                           "international conference on "};
    return begins_with(text, "ptai", openings, sizeof openings / sizeof *openings);
}

/* What the field readers say about a text of the piece. */
#include "fields/text_memo.h"
#include "fields/title.h"
#include "readme/reader.h"

#define LONGEST_LABEL 80 /* bytes */

bool kdb_says_label(kdb_reader *reader, kdbib_str text) {
    return text.size && text.size <= LONGEST_LABEL &&
           kdb_is_label(reader->arena, reader->fields, text);
}

unsigned kdb_score_title(kdb_reader *reader, kdbib_str text) {
    return kdb_title_score(reader->arena, reader->fields, text);
}

unsigned kdb_score_names(kdb_reader *reader, kdbib_str text) {
    return kdb_names_score_likely(reader->arena, reader->fields, text);
}

unsigned kdb_score_venue(kdb_reader *reader, kdbib_str text, kdb_venue *venue) {
    return kdb_venue_parse_likely(reader->arena, reader->fields, text, venue);
}

unsigned kdb_read_venue(kdb_reader *reader, kdbib_str text, kdb_venue *venue) {
    return kdb_venue_parse(reader->arena, reader->fields, text, venue);
}

/* ---- citations ---- */

/* The marks of the spans count, too. */
typedef struct known_citation {
    kdb_citation citation;
    const kdb_span *spans;
    size_t count;
} known_citation;

static bool has_marks(const known_citation *known, const kdb_span *spans, size_t count) {
    bool same = known->count == count;
    for (size_t i = 0; i < count && same; i++)
        same = known->spans[i].marks == spans[i].marks &&
               known->spans[i].text.size == spans[i].text.size;
    return same;
}

bool kdb_read_citation(kdb_reader *reader, kdbib_str text, const kdb_span *spans, size_t count,
                       kdb_citation *citation) {
    kdb_memo_key key = kdb_memo_key_of(reader->fields, reader->arena, KDB_ASK_CITATION, text);
    kdb_answer answer;
    const known_citation *before = kdb_recall(&key, &answer) ? answer.more : NULL;
    if (before && has_marks(before, spans, count)) {
        *citation = before->citation;
        return true;
    }
    if (!kdb_citation_parse(reader->arena, reader->fields, spans, count, citation))
        return false;
    known_citation known = {*citation, spans, count};
    kdb_remember(&key, 0, &known, sizeof known);
    return true;
}

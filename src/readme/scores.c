/* What field readers say about a text, remembered: recognisers ask the same questions again and
 * again. A direct-mapped cache of the piece; a new question pushes an old one out. */
#include "base/strings.h"
#include "fields/title.h"
#include "readme/reader.h"

#define SLOTS 512 /* a power of two */

typedef enum question {
    QUESTION_LABEL = 1,
    QUESTION_TITLE,
    QUESTION_NAMES,
    QUESTION_VENUE,
    QUESTION_CITATION,
} question;

struct kdb_score {
    kdbib_str text;
    question question;
    unsigned answer;
    kdb_venue *venue;
    const kdb_span *spans; /* of a citation */
    size_t span_count;
    kdb_citation *citation;
};

/* The slot of the question; `*known`: its answer is there. NULL: memory is out. */
static kdb_score *slot_of(kdb_reader *reader, question q, kdbib_str text, bool *known) {
    *known = false;
    if (!reader->scores &&
        !(reader->scores = kdb_arena_array(reader->arena, SLOTS, sizeof *reader->scores)))
        return NULL;
    kdb_score *slot = &reader->scores[(kdb_hash(text) + (uint64_t)q * 0x9E3779B97F4A7C15u) % SLOTS];
    *known = slot->question == q && kdbib_str_equal(slot->text, text);
    if (!*known) {
        slot->question = q;
        slot->text = text;
    }
    return slot;
}

void kdb_scores_forget(kdb_reader *reader) {
    reader->scores = NULL;
}

bool kdb_says_label(kdb_reader *reader, kdbib_str text) {
    bool known;
    if (text.size > 80 || text.size == 0)
        return false;
    kdb_score *slot = slot_of(reader, QUESTION_LABEL, text, &known);
    if (!slot)
        return kdb_is_label(reader->arena, reader->fields, text);
    if (!known)
        slot->answer = kdb_is_label(reader->arena, reader->fields, text);
    return slot->answer != 0;
}

unsigned kdb_score_title(kdb_reader *reader, kdbib_str text) {
    bool known;
    kdb_score *slot = slot_of(reader, QUESTION_TITLE, text, &known);
    if (!slot)
        return kdb_title_score(reader->arena, reader->fields, text);
    if (!known)
        slot->answer = kdb_title_score(reader->arena, reader->fields, text);
    return slot->answer;
}

unsigned kdb_score_names(kdb_reader *reader, kdbib_str text) {
    bool known;
    kdb_score *slot = slot_of(reader, QUESTION_NAMES, text, &known);
    if (!slot)
        return kdb_names_score(reader->arena, reader->fields, text);
    if (!known)
        slot->answer = kdb_names_score(reader->arena, reader->fields, text);
    return slot->answer;
}

unsigned kdb_score_venue(kdb_reader *reader, kdbib_str text, kdb_venue *venue) {
    bool known;
    kdb_score *slot = slot_of(reader, QUESTION_VENUE, text, &known);
    if (!slot)
        return kdb_venue_parse(reader->arena, reader->fields, text, venue);
    if (known) {
        *venue = *slot->venue;
        return slot->answer;
    }
    slot->answer = kdb_venue_parse(reader->arena, reader->fields, text, venue);
    slot->venue = kdb_arena_alloc(reader->arena, sizeof *slot->venue);
    if (slot->venue)
        *slot->venue = *venue;
    else
        slot->question = 0;
    return slot->answer;
}

static bool same_marks(const kdb_score *slot, const kdb_span *spans, size_t count) {
    bool same = slot->span_count == count;
    for (size_t i = 0; i < count && same; i++)
        same = slot->spans[i].marks == spans[i].marks &&
               slot->spans[i].text.size == spans[i].text.size;
    return same;
}

bool kdb_read_citation(kdb_reader *reader, kdbib_str text, const kdb_span *spans, size_t count,
                       kdb_citation *citation) {
    bool known;
    kdb_score *slot = slot_of(reader, QUESTION_CITATION, text, &known);
    if (slot && known && same_marks(slot, spans, count)) {
        *citation = *slot->citation;
        return true;
    }
    if (!kdb_citation_parse(reader->arena, reader->fields, spans, count, citation))
        return false;
    kdb_citation *kept = slot ? kdb_arena_alloc(reader->arena, sizeof *kept) : NULL;
    if (!kept) {
        if (slot)
            slot->question = 0;
        return true;
    }
    *kept = *citation;
    slot->citation = kept;
    slot->spans = spans;
    slot->span_count = count;
    return true;
}

/* Phrases that say where and when a work appeared. */
#include "fields/venue.h"

#include "base/strings.h"
#include "fields/dates.h"

const kdb_known_venue *kdb_venue_find(const kdb_fields *fields, kdbib_str name) {
    uint32_t row = kdb_index_find(&fields->venue_index, name);
    return row == KDB_NOT_FOUND ? NULL : &fields->venues[row];
}

static kdbib_str bare(kdbib_str text) {
    size_t from = 0, to = text.size;
    while (from < to && strchr(" \t\n([{*_.,;:|-", text.data[from]))
        from++;
    while (to > from && strchr(" \t\n)]}*_.,;:|-", text.data[to - 1]))
        to--;
    return kdb_slice(text, from, to);
}

unsigned kdb_venue_parse(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                         kdb_venue *venue) {
    *venue = (kdb_venue){0};
    text = bare(text);
    if (kdb_date_parse(fields, text, &venue->date))
        return 90;
    size_t from = text.size, to = text.size;
    bool dated = kdb_date_find(fields, text, 0, &venue->date, &from, &to);
    kdbib_str name = bare(kdb_slice(text, 0, dated && from ? from : text.size));
    venue->known = kdb_venue_find(fields, name);
    venue->name = kdb_arena_copy(arena, name);
    return venue->known ? 95 : dated && name.size < 20 ? 60 : 20;
}

unsigned kdb_venue_from_badge(kdb_arena *arena, const kdb_fields *fields, kdbib_str url,
                              kdb_venue *venue) {
    (void)arena, (void)fields, (void)url;
    *venue = (kdb_venue){0};
    return 0;
}

unsigned kdb_venue_at_end(kdb_arena *arena, const kdb_fields *fields, kdbib_str text, size_t *from,
                          kdb_venue *venue) {
    *venue = (kdb_venue){0};
    *from = text.size;
    size_t open = text.size;
    if (!text.size || text.data[text.size - 1] != ')')
        return 0;
    while (open && text.data[open - 1] != '(')
        open--;
    if (!open)
        return 0;
    unsigned score = kdb_venue_parse(arena, fields, kdb_slice(text, open, text.size - 1), venue);
    if (score < 60)
        return 0;
    *from = open - 1;
    return score;
}

bool kdb_venue_to_record(const kdb_venue *venue, kdbib_record *record) {
    static const kdbib_field fields[] = {KDBIB_VENUE, KDBIB_VOLUME,         KDBIB_ISSUE,
                                         KDBIB_PAGES, KDBIB_ARTICLE_NUMBER, KDBIB_DOI,
                                         KDBIB_ARXIV, KDBIB_PUBLISHER};
    const kdbib_str values[] = {venue->name,  venue->volume,         venue->issue,
                                venue->pages, venue->article_number, venue->doi,
                                venue->arxiv, venue->publisher};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (values[i].size && !kdbib_record_text(record, fields[i]).size &&
            !kdbib_record_set_text(record, fields[i], values[i], KDBIB_BASIS_LIST))
            return false;
    if (venue->date.year && !kdbib_record_issued(record).year)
        kdbib_record_set_issued(record, venue->date, KDBIB_BASIS_LIST);
    return true;
}

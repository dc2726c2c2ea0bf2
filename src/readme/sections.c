/* Sections: headings, and bullets that are headings. */
#include "base/strings.h"
#include "readme/reader.h"

static void look_at_words(kdb_open_section *open, kdbib_str title) {
    (void)title;
    open->about = KDBIB_TYPE_DOCUMENT;
}

void kdb_section_close(kdb_reader *reader, unsigned level) {
    while (reader->section_count && reader->sections[reader->section_count - 1].level >= level)
        reader->section_count--;
}

void kdb_section_open(kdb_reader *reader, unsigned level, kdbib_str title) {
    kdb_section_close(reader, level);
    title = kdb_trim(kdb_without_emoji(reader->arena, title));
    if (title.size == 0 || reader->section_count == KDB_DEEPEST_SECTION)
        return;
    const kdb_open_section *parent = kdb_section_now(reader);
    kdbib_section *section = kdbib_bibliography_add_section(
        reader->bibliography, parent ? parent->section : NULL, level, title);
    if (!section) {
        reader->failed = true;
        return;
    }
    if (level == 1) {
        if (reader->level_1_headings++ == 0 && reader->entries == 0 && !parent)
            reader->document_title = section;
    }
    kdb_open_section *open = &reader->sections[reader->section_count++];
    *open = (kdb_open_section){.section = section, .level = level};
    look_at_words(open, title);
    open->venue_score = kdb_venue_parse(reader->arena, reader->fields, title, &open->venue);
}

const kdb_open_section *kdb_section_now(const kdb_reader *reader) {
    return reader->section_count ? &reader->sections[reader->section_count - 1] : NULL;
}

bool kdb_section_is_nothing(const kdb_reader *reader) {
    const kdb_open_section *now = kdb_section_now(reader);
    return now && now->nothing;
}

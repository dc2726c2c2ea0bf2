/* Looking at records: what tells works from each other. */
#include "record/works.h"

#include <stdlib.h>

#include "base/index.h"
#include "base/strings.h"
#include "record/bibliography.h"
#include "record/texts.h"
#include "text/fold.h"

/* Titles up to so many words, and no longer, say too little to stand for a work by themselves. */
#define GENERIC_WORDS 4
#define GENERIC_SIZE 40

bool kdb_works_begin(kdb_works *works, const kdbib_bibliography *list) {
    *works = (kdb_works){.list = list};
    works->at = calloc(list->count + 1, sizeof *works->at);
    return works->at && kdb_preprint_table_read(&works->arena, &works->preprints);
}

void kdb_works_free(kdb_works *works) {
    free(works->at);
    kdb_arena_free(&works->arena);
}

/* ---- texts ---- */

kdbib_str kdb_works_text(const kdb_works *works, uint32_t number, kdbib_field field) {
    return number == KDB_INDEX_NONE ? KDBIB_STR("")
                                    : kdbib_record_text(works->at[number].record, field);
}

kdbib_str kdb_works_doi(const kdb_works *works, const kdb_work *work) {
    return kdb_works_text(works, work->doi_of, KDBIB_DOI);
}

kdbib_str kdb_works_archive(const kdb_works *works, const kdb_work *work) {
    return kdb_preprint_archive(&works->preprints, kdb_works_doi(works, work));
}

kdbib_str kdb_works_title(const kdb_works *works, uint32_t number, kdb_arena *arena) {
    if (!works->at[number].words)
        return KDBIB_STR("");
    return kdb_fold(arena, kdb_works_text(works, number, KDBIB_TITLE));
}

kdbib_str kdb_works_family(const kdb_works *works, const kdb_work *work, kdb_arena *arena) {
    kdbib_name name;
    if (work->family_of == KDB_INDEX_NONE ||
        !kdbib_record_next_name(works->at[work->family_of].record, KDBIB_AUTHORS,
                                &(kdbib_cursor){0}, &name))
        return KDBIB_STR("");
    return kdb_fold(arena, name.family.size ? name.family : name.literal);
}

kdbib_str kdb_works_author_and_title(const kdb_works *works, uint32_t number, kdbib_str title,
                                     kdb_arena *arena) {
    kdbib_str family =
        title.size ? kdb_works_family(works, &works->at[number], arena) : KDBIB_STR("");
    if (!family.size)
        return KDBIB_STR("");
    return kdb_arena_format(arena, "%s\n%s", family.data, title.data);
}

/* ---- looking ---- */

/* `placed`: the list or a service says where it appeared. */
static void look_at_doi(const kdb_works *works, uint32_t number, const kdb_marks *marks,
                        bool placed) {
    kdb_work *w = &works->at[number];
    kdbib_str doi = marks->texts[KDB_MARK_DOI];
    w->doi_of = doi.size ? number : KDB_INDEX_NONE;
    bool archive = kdb_preprint_archive(&works->preprints, doi).size > 0;
    kdbib_type type = kdbib_record_type(w->record);
    bool posted = archive || marks->texts[KDB_MARK_ARXIV].size;
    w->preprint = (!doi.size || archive) && (type == KDBIB_TYPE_ARTICLE || (posted && !placed));
}

static void look_at_title(kdb_work *w, uint32_t number, kdbib_str title) {
    size_t words = title.size > 0;
    for (size_t i = 0; i < title.size; i++)
        words += title.data[i] == ' ';
    w->words = (uint8_t)(words > UINT8_MAX ? UINT8_MAX : words);
    w->generic = words <= GENERIC_WORDS && title.size <= GENERIC_SIZE;
    kdbib_name name;
    if (w->generic && kdbib_record_next_name(w->record, KDBIB_AUTHORS, &(kdbib_cursor){0}, &name))
        w->family_of = number;
}

void kdb_works_look_at(kdb_works *works, uint32_t number, kdb_arena *arena, kdb_marks *marks) {
    kdb_work *w = &works->at[number];
    kdbib_str *texts = marks->texts;
    w->record = works->list->records[number];
    w->into = number;
    w->namesake = w->family_of = KDB_INDEX_NONE;
    kdbib_str all[KDBIB_FIELD_COUNT];
    kdb_record_texts(w->record, all);
    texts[KDB_MARK_DOI] = all[KDBIB_DOI];
    texts[KDB_MARK_ARXIV] = all[KDBIB_ARXIV];
    texts[KDB_MARK_URL] = all[KDBIB_CANONICAL_URL];
    texts[KDB_MARK_TITLE] = kdb_fold(arena, all[KDBIB_TITLE]);
    look_at_title(w, number, texts[KDB_MARK_TITLE]);
    look_at_doi(works, number, marks,
                all[KDBIB_CONTAINER_TITLE].size || all[KDBIB_EVENT_TITLE].size ||
                    all[KDBIB_VENUE].size);
    texts[KDB_MARK_AUTHOR_AND_TITLE] =
        kdb_works_author_and_title(works, number, texts[KDB_MARK_TITLE], arena);
    for (int mark = 0; mark < KDB_MARKS; mark++)
        marks->hashes[mark] =
            mark == KDB_MARK_DOI ? kdb_hash_nocase(texts[mark]) : kdb_hash(texts[mark]);
}

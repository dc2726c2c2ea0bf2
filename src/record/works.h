/* What is known of the records of a list while duplicates are looked for. What a record says of
 * itself is read from it when it is asked for, which is seldom. */
#ifndef KDB_WORKS_H
#define KDB_WORKS_H

#include "base/arena.h"
#include "kdbib/kdbib.h"
#include "record/preprint.h"

typedef struct kdb_work {
    const kdbib_record *record; /* as the list has it; its texts are never replaced */
    uint32_t doi_of;            /* the work whose DOI it has, or KDB_INDEX_NONE */
    uint32_t family_of;         /* likewise its first author, only where the title is generic */
    uint32_t into;              /* the work that this one was united with, or itself */
    uint32_t namesake;          /* the next work of this title, or KDB_INDEX_NONE */
    uint8_t words;              /* of the title, counted up to UINT8_MAX */
    bool generic;               /* the title says too little */
    bool preprint;              /* not published elsewhere, as far as is known */
} kdb_work;

typedef struct kdb_works {
    const kdbib_bibliography *list;
    kdb_work *at; /* by number */
    kdb_arena arena;
    kdb_preprint_table preprints;
} kdb_works;

/* What works are found by. */
enum kdb_mark {
    KDB_MARK_DOI,
    KDB_MARK_ARXIV,
    KDB_MARK_URL,
    KDB_MARK_AUTHOR_AND_TITLE, /* only where the title is generic */
    KDB_MARK_TITLE,            /* folded */
    KDB_MARKS,
};

/* Absent texts where there is nothing to be found by; hashes are those of the texts, that of the
 * DOI in any case of letters. */
typedef struct kdb_marks {
    kdbib_str texts[KDB_MARKS];
    uint64_t hashes[KDB_MARKS];
} kdb_marks;

/* Nothing is known yet of the records of `list`. False: memory is out; free them in any case. */
bool kdb_works_begin(kdb_works *works, const kdbib_bibliography *list);
void kdb_works_free(kdb_works *works);

/* Looks at work `number` and at no other; `arena`, where failures stick, keeps the texts. May be
 * called by several threads for different works. */
void kdb_works_look_at(kdb_works *works, uint32_t number, kdb_arena *arena, kdb_marks *marks);

/* A text of the record as the list has it; of KDB_INDEX_NONE the absent one. */
kdbib_str kdb_works_text(const kdb_works *works, uint32_t number, kdbib_field field);
kdbib_str kdb_works_doi(const kdb_works *works, const kdb_work *work);
/* The preprint server that gave its DOI, or the absent text. */
kdbib_str kdb_works_archive(const kdb_works *works, const kdb_work *work);
/* Folded. */
kdbib_str kdb_works_title(const kdb_works *works, uint32_t number, kdb_arena *arena);
kdbib_str kdb_works_family(const kdb_works *works, const kdb_work *work, kdb_arena *arena);
/* First author and title in one text, absent unless both are known. */
kdbib_str kdb_works_author_and_title(const kdb_works *works, uint32_t number, kdbib_str title,
                                     kdb_arena *arena);

#endif

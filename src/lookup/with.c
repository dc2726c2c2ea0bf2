/* A bibliography of the user becomes hits, and these are judged like any answer. */
#include "lookup/with.h"

#include "base/diagnose.h"
#include "base/index.h"
#include "base/strings.h"
#include "lookup/evidence.h"
#include "services/facts.h"

/* A record of the bibliography as a hit. What only a list can say is taken out; of two titles of
 * what contains it one may be a series. */
static bool add_hit(kdb_answer *answer, kdbib_record *record) {
    kdb_hit *hit = kdb_answer_take(answer, record);
    kdbib_str container = kdbib_record_text(record, KDBIB_CONTAINER_TITLE);
    kdbib_str series = kdbib_record_text(record, KDBIB_COLLECTION_TITLE);
    static const kdbib_field unsaid[] = {KDBIB_VENUE, KDBIB_CANONICAL_URL, KDBIB_CONTAINER_TITLE,
                                         KDBIB_COLLECTION_TITLE};
    bool fine = hit != NULL;
    for (size_t i = 0; fine && i < sizeof unsaid / sizeof *unsaid; i++)
        fine = kdbib_record_set_text(record, unsaid[i], (kdbib_str){NULL, 0}, KDBIB_BASIS_NONE);
    if (!fine)
        return false;
    kdbib_type type = kdbib_record_type(record);
    hit->preprint = type == KDBIB_TYPE_ARTICLE;
    hit->book = type == KDBIB_TYPE_BOOK;
    kdb_fact_container(answer, hit, container, series);
    kdb_fact_doi(answer, hit, kdbib_record_text(record, KDBIB_DOI)); /* in lower case */
    kdbib_str url;
    for (kdbib_cursor c = {0};
         fine && kdbib_record_next_link(record, KDBIB_ROLE_COUNT, &c, &url, NULL);)
        fine = kdb_strings_add(answer->arena, &hit->urls, url);
    return fine && !kdb_arena_failed(answer->arena);
}

static bool read_hits(kdbib *context, kdb_answer *answer, const char *path, kdbib_str bytes) {
    const char *format = kdbib_input_format(kdbib_str_of(path), bytes);
    if (strcmp(format, "markdown") == 0) {
        kdb_report(context, KDBIB_SEVERITY_ERROR, "unknown-format", path, 0, 0,
                   "it is no bibliography: .bib, .ris, .json and .jsonl are");
        return false;
    }
    if (!kdbib_read(answer->bibliography, format, path, bytes))
        return false;
    size_t count = kdbib_bibliography_count(answer->bibliography);
    if (!count)
        kdb_report(context, KDBIB_SEVERITY_ERROR, "no-entries", path, 0, 0,
                   "it holds no entry of the format %s", format);
    bool fine = count > 0;
    for (size_t i = 0; fine && i < count; i++)
        fine = add_hit(answer, kdbib_bibliography_record(answer->bibliography, i));
    return fine;
}

/* Entries by what identifies them. */
typedef struct library {
    kdb_index by_doi, by_arxiv, by_title;
    const kdb_hit **hits;
    size_t count;
} library;

static bool put(kdb_index *index, kdbib_str text, size_t number) {
    uint32_t *slot = text.size ? kdb_index_put(index, text) : NULL;
    if (slot && *slot == KDB_INDEX_NONE)
        *slot = (uint32_t)number;
    return slot || !text.size;
}

static bool index_hits(library *l, const kdb_answer *answer) {
    bool fine = true;
    l->hits = kdb_arena_array(answer->arena, answer->count + 1, sizeof *l->hits);
    for (const kdb_hit *hit = answer->first; hit && l->hits && fine; hit = hit->next) {
        size_t number = l->count;
        l->hits[l->count++] = hit;
        fine = put(&l->by_doi, kdbib_record_text(hit->record, KDBIB_DOI), number) &&
               put(&l->by_arxiv, kdbib_record_text(hit->record, KDBIB_ARXIV), number) &&
               put(&l->by_title,
                   kdb_fold(answer->arena, kdbib_record_text(hit->record, KDBIB_TITLE)), number);
    }
    return l->hits && fine;
}

static const kdb_hit *find(const library *l, const kdb_index *index, kdbib_str text) {
    uint32_t number = text.size ? kdb_index_get(index, text) : KDB_INDEX_NONE;
    return number == KDB_INDEX_NONE ? NULL : l->hits[number];
}

/* One hit as an answer of its own, judged for `task`. */
static kdb_proof judge(const kdb_answer *all, kdb_task *task, const kdb_hit *hit, kdb_ask ask,
                       kdbib_str value) {
    kdb_hit alone = *hit;
    kdb_answer answer = *all;
    kdb_verdict verdict;
    alone.next = NULL;
    answer.first = &alone;
    answer.count = 1;
    return kdb_prove(all->arena, task->record, &answer, ask, value, false, &verdict)
               ? verdict.proof
               : KDB_PROOF_NONE;
}

static bool match(const library *l, const kdb_answer *answer, kdb_task *task) {
    kdbib_str doi = kdb_clean_doi(answer->arena, kdbib_record_text(task->record, KDBIB_DOI));
    kdbib_str arxiv = kdbib_record_text(task->record, KDBIB_ARXIV);
    kdbib_str title = kdb_fold(answer->arena, kdbib_record_text(task->record, KDBIB_TITLE));
    kdb_proof proof = KDB_PROOF_NONE;
    const kdb_hit *hit = find(l, &l->by_doi, doi);
    if (hit)
        proof = judge(answer, task, hit, KDB_ASK_DOI, doi);
    if (!proof && (hit = find(l, &l->by_arxiv, arxiv)) != NULL)
        proof = judge(answer, task, hit, KDB_ASK_ARXIV, arxiv);
    if (!proof && (hit = find(l, &l->by_title, title)) != NULL)
        proof = judge(answer, task, hit, KDB_ASK_TITLE, title);
    return !proof || kdb_session_give(task, hit, proof, "with");
}

bool kdb_with_file(kdbib *context, kdb_session *session, const char *path, kdbib_str bytes) {
    kdb_arena arena = {0};
    kdb_answer answer;
    library l = {0};
    kdbib_bibliography *hits = kdbib_bibliography_new(context);
    bool fine = hits != NULL;
    if (fine) {
        kdb_answer_init(&answer, hits, &arena);
        fine = read_hits(context, &answer, path, bytes) && index_hits(&l, &answer);
    }
    for (size_t i = 0; i < kdb_session_count(session) && fine; i++)
        if (kdb_session_task(session, i)->state == KDB_TASK_WAITING)
            fine = match(&l, &answer, kdb_session_task(session, i));
    kdb_index_free(&l.by_doi);
    kdb_index_free(&l.by_arxiv);
    kdb_index_free(&l.by_title);
    kdbib_bibliography_free(hits);
    kdb_arena_free(&arena);
    return fine;
}

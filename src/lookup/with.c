/* A bibliography of the user becomes hits, and these are judged like any answer. */
#include "lookup/with.h"

#include "base/diagnose.h"
#include "base/index.h"
#include "base/strings.h"
#include "lookup/evidence.h"
#include "lookup/with_inside.h"
#include "services/facts.h"
#include "services/work.h"
#include "text/decode.h"

bool kdb_with_read_json(kdb_answer *answer, kdbib_str bytes) {
    json_t *root = kdb_json_load(answer, bytes);
    const json_t *items = json_is_array(root) ? root : json_object_get(root, "items");
    bool fine = true;
    size_t i;
    json_t *item;
    json_array_foreach(items, i, item) {
        fine = fine && kdb_work_to_hit(answer, item, true);
        if (fine) {
            kdb_hit *hit = (kdb_hit *)((char *)answer->end - offsetof(kdb_hit, next));
            kdb_strings_add(answer->arena, &hit->urls, kdb_json_text(answer, item, "URL"));
        }
    }
    if (root && !items)
        answer->problem = "it holds no list of items";
    json_decref(root);
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
    static const struct {
        const char *ending;
        bool (*read)(kdb_answer *answer, kdbib_str bytes);
    } readers[] = {
        {".json", kdb_with_read_json},
        {".ris", kdb_with_read_ris},
        {".bib", kdb_with_read_bibtex},
    };
    kdb_arena arena = {0};
    kdb_buffer storage = {0};
    kdb_answer answer;
    library l = {0};
    kdbib_bibliography *hits = kdbib_bibliography_new(context);
    size_t reader = 0;
    bool fine = hits != NULL;
    while (reader < 3 && !kdb_ends_with(kdbib_str_of(path), kdbib_str_of(readers[reader].ending)))
        reader++;
    if (fine)
        kdb_answer_init(&answer, hits, &arena);
    if (reader == 3) {
        kdb_report(context, KDBIB_SEVERITY_ERROR, "unknown-format", path, 0, 0,
                   "a bibliography ends in .json, .ris or .bib");
        fine = false;
    } else if (fine) {
        fine = kdb_decode(context, path, bytes, &storage, &bytes) &&
               readers[reader].read(&answer, bytes);
        if (answer.problem)
            kdb_report(context, KDBIB_SEVERITY_ERROR, "unreadable", path, 0, 0, "%s",
                       answer.problem);
        fine = fine && !answer.problem && index_hits(&l, &answer);
    }
    for (size_t i = 0; i < kdb_session_count(session) && fine; i++)
        if (kdb_session_task(session, i)->state == KDB_TASK_WAITING)
            fine = match(&l, &answer, kdb_session_task(session, i));
    kdb_index_free(&l.by_doi);
    kdb_index_free(&l.by_arxiv);
    kdb_index_free(&l.by_title);
    kdbib_bibliography_free(hits);
    kdb_buffer_free(&storage);
    kdb_arena_free(&arena);
    return fine;
}

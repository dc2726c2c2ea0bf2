/* Answers of the registries -> records. The first byte chooses who
 * reads; the last ones, landing pages, are HTML with meta tags. */
#include "fuzz.h"

#include "services/datacite_xml.h"
#include "services/pubmed.h"

typedef bool reader(kdb_answer *answer, kdbib_str bytes);

static const struct {
    const char *name;
    reader *read;
} others[] = {
    {"datacite-xml", kdb_datacite_parse_xml},
    {"pubmed", kdb_pubmed_parse},
};
#define OTHERS (sizeof others / sizeof *others)

static const char *part_name(size_t index) {
    if (index < KDB_SERVICE_COUNT)
        return kdb_service_at((kdb_service_id)index)->name;
    return index < KDB_SERVICE_COUNT + OTHERS ? others[index - KDB_SERVICE_COUNT].name : NULL;
}
FUZZ_PARTS(part_name)

static reader *choose(size_t number) {
    number = fuzzed_part == SIZE_MAX ? number % (KDB_SERVICE_COUNT + OTHERS) : fuzzed_part;
    return number < KDB_SERVICE_COUNT ? kdb_service_at((kdb_service_id)number)->parse
                                      : others[number - KDB_SERVICE_COUNT].read;
}

static void check_hit(const kdb_hit *hit) {
    for (int field = KDBIB_TITLE; field < KDBIB_FIELD_COUNT; field++) {
        kdbib_str text = kdbib_record_text(hit->record, (kdbib_field)field);
        PROMISE(memchr(text.data, '\0', text.size) == NULL);
    }
    for (size_t i = 0; i < hit->urls.count; i++)
        PROMISE(hit->urls.items[i].data);
    for (size_t i = 0; i < hit->ids.count; i++)
        PROMISE(hit->ids.items[i].data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static kdbib *context;
    if (!context)
        context = kdbib_new();
    kdbib_bibliography *b = context && size ? kdbib_bibliography_new(context) : NULL;
    if (!b)
        return 0;
    kdb_arena arena = {0};
    kdb_answer answer;
    kdb_answer_init(&answer, b, &arena);
    /* a copy with a NUL behind it, as the buffer of a transfer has one */
    kdbib_str body = kdb_arena_copy(&arena, (kdbib_str){(const char *)data + 1, size - 1});
    PROMISE(choose(data[0])(&answer, body));
    for (const kdb_hit *hit = answer.first; hit; hit = hit->next)
        check_hit(hit);
    kdbib_bibliography_free(b);
    kdb_arena_free(&arena);
    return 0;
}

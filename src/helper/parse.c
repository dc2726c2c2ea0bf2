/* kdbib-resolve --parse SERVICE FILE: a stored answer as jsonl, for tests and bug reports. */
#include "helper/parse.h"

#include "cli/input.h"
#include "cli/output_file.h"
#include "cli/say.h"
#include "services/service.h"

static bool write_hits(kdbib *context, const kdb_answer *answer, kdbib_output *output) {
    kdbib_writer *writer =
        kdbib_writer_new(context, kdbib_find_writer(context, KDBIB_STR("jsonl")), output);
    bool fine = writer != NULL;
    for (const kdb_hit *hit = answer->first; hit && fine; hit = hit->next)
        fine = kdbib_writer_record(writer, hit->record);
    return kdbib_writer_finish(writer) && fine;
}

int kdb_parse_answer(kdbib *context, const char *service, const char *path) {
    kdb_service_id id = kdb_service_find(kdbib_str_of(service));
    if (id == KDB_SERVICE_COUNT) {
        kdb_say("no service is called %s", service);
        return 2;
    }
    kdb_buffer bytes = {0};
    kdb_arena arena = {0};
    kdb_answer answer;
    int status = 2;
    kdbib_bibliography *hits = kdbib_bibliography_new(context);
    kdb_output_file *file = NULL;
    if (hits && kdb_input_read(context, path, &bytes)) {
        kdb_answer_init(&answer, hits, &arena);
        if (!kdb_service_at(id)->parse(&answer, kdb_buffer_str(&bytes))) {
            kdb_say("memory is out");
        } else if (answer.problem) {
            kdb_say("%s: %s", path, answer.problem);
            status = 1;
        } else if ((file = kdb_output_file_open(NULL)) != NULL) {
            if (answer.agency.size)
                kdb_say("agency: %s", answer.agency.data);
            bool fine = write_hits(context, &answer, kdb_output_file_output(file));
            status = kdb_output_file_commit(file) && fine ? 0 : 2;
        }
    }
    kdbib_bibliography_free(hits);
    kdb_buffer_free(&bytes);
    kdb_arena_free(&arena);
    return status;
}

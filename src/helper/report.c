/* The summary of a run. */
#include "helper/report.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/diagnose.h"
#include "cli/say.h"

bool kdb_report_services(const kdb_http *http) {
    bool any = false;
    for (int id = 0; id < KDB_SERVICE_COUNT; id++) {
        const kdb_service_state *state = kdb_http_state(http, (kdb_service_id)id);
        const char *title = kdb_service_at((kdb_service_id)id)->title;
        if (!state->failed || !state->problem)
            continue;
        any = true;
        kdb_say("%s (%s): %s%s", title, state->base, state->problem,
                state->down ? "; given up" : "");
    }
    return any;
}

void kdb_report_findings(kdb_program *program, kdb_session *session) {
    for (size_t i = 0; i < kdb_session_count(session); i++) {
        const kdb_task *task = kdb_session_task(session, i);
        kdbib_source source = kdbib_record_source(task->record);
        kdbib_str title = kdbib_record_text(task->record, KDBIB_TITLE);
        if (task->state == KDB_TASK_UNRESOLVED)
            kdb_report(program->context, KDBIB_SEVERITY_WARNING, "unresolved", source.file,
                       source.line, 0, "“%.*s”: %.*s", KDB_SHOW(title), KDB_SHOW(task->reason));
        else if (task->state == KDB_TASK_FOUND && task->remark)
            kdb_report(program->context, KDBIB_SEVERITY_WARNING, "doubtful-match", source.file,
                       source.line, 0, "“%.*s” is %s, but %s", KDB_SHOW(title),
                       kdbib_record_text(task->record, KDBIB_DOI).data, task->remark);
    }
}

static void line(kdbib_output *output, const char *what, size_t count) {
    char text[128];
    int size = snprintf(text, sizeof text, "  %-28s %6zu\n", what, count);
    if (count && size > 0)
        kdbib_output_bytes(output, text, (size_t)size);
}

void kdb_report_table(kdb_session *session, const kdb_http *http, const char *lock_file,
                      kdbib_output *output) {
    size_t proofs[KDB_PROOF_COUNT] = {0}, sent = 0, cached = 0;
    for (size_t i = 0; i < kdb_session_count(session); i++) {
        const kdb_task *task = kdb_session_task(session, i);
        if (task->state == KDB_TASK_FOUND)
            proofs[task->proof]++;
    }
    for (int id = 0; id < KDB_SERVICE_COUNT; id++) {
        sent += kdb_http_state(http, (kdb_service_id)id)->sent;
        cached += kdb_http_state(http, (kdb_service_id)id)->from_cache;
    }
    kdbib_output_text(output, lock_file);
    kdbib_output_text(output, ": ");
    kdbib_output_number(output, (long long)kdb_session_count(session));
    kdbib_output_text(output, " records\n");
    line(output, "known before", kdb_session_tally(session, KDB_TASK_KNOWN));
    for (int proof = KDB_PROOF_NONE + 1; proof < KDB_PROOF_COUNT; proof++) {
        char what[64];
        snprintf(what, sizeof what, "found by %s", kdb_proof_name((kdb_proof)proof));
        line(output, what, proofs[proof]);
    }
    line(output, "unresolved", kdb_session_tally(session, KDB_TASK_UNRESOLVED));
    line(output, "not reached",
         kdb_session_tally(session, KDB_TASK_UNREACHED) +
             kdb_session_tally(session, KDB_TASK_WAITING));
    line(output, "requests", sent);
    line(output, "answers from the cache", cached);
}

/* ---- JSON ---- */

static json_t *text(kdbib_str str) {
    return str.size ? json_stringn(str.data, str.size) : json_null();
}

static json_t *task_to_json(const kdb_task *task) {
    static const char *const states[] = {
        [KDB_TASK_WAITING] = "not-reached",   [KDB_TASK_KNOWN] = "known",
        [KDB_TASK_FOUND] = "found",           [KDB_TASK_UNRESOLVED] = "unresolved",
        [KDB_TASK_UNREACHED] = "not-reached",
    };
    json_t *o = json_object();
    kdbib_source source = kdbib_record_source(task->record);
    json_object_set_new(o, "file", json_string(source.file));
    json_object_set_new(o, "line", json_integer(source.line));
    json_object_set_new(o, "url", text(kdbib_record_link(task->record, KDBIB_LINK_PAPER)));
    json_object_set_new(o, "title", text(kdbib_record_text(task->record, KDBIB_TITLE)));
    json_object_set_new(o, "key", text(kdbib_record_text(task->record, KDBIB_KEY)));
    json_object_set_new(o, "doi", text(kdbib_record_text(task->record, KDBIB_DOI)));
    json_object_set_new(o, "state", json_string(states[task->state]));
    if (task->state == KDB_TASK_FOUND) {
        json_object_set_new(o, "proof", json_string(kdb_proof_name(task->proof)));
        json_object_set_new(o, "source", json_string(task->source));
        if (task->remark)
            json_object_set_new(o, "remark", json_string(task->remark));
    } else if (task->state != KDB_TASK_KNOWN) {
        json_object_set_new(o, "reason", text(task->reason));
        if (task->candidate.size) {
            json_t *candidate = json_object();
            json_object_set_new(candidate, "doi", text(task->candidate));
            json_object_set_new(candidate, "title", text(task->candidate_title));
            json_object_set_new(o, "candidate", candidate);
        }
    }
    return o;
}

static json_t *services_to_json(const kdb_http *http) {
    json_t *all = json_object();
    for (int id = 0; id < KDB_SERVICE_COUNT; id++) {
        const kdb_service_state *state = kdb_http_state(http, (kdb_service_id)id);
        if (!state->sent && !state->from_cache)
            continue;
        json_t *o = json_object();
        json_object_set_new(o, "requests", json_integer(state->sent));
        json_object_set_new(o, "answers", json_integer(state->answered));
        json_object_set_new(o, "cached", json_integer(state->from_cache));
        json_object_set_new(o, "retries", json_integer(state->retried));
        json_object_set_new(o, "failures",
                            json_integer((json_int_t)state->failed + state->refused));
        if (state->problem)
            json_object_set_new(o, "problem", json_string(state->problem));
        json_object_set_new(all, kdb_service_at((kdb_service_id)id)->name, o);
    }
    return all;
}

bool kdb_report_json(kdb_session *session, const kdb_http *http, const char *lock_file,
                     kdbib_output *output) {
    json_t *root = json_object(), *records = json_array();
    for (size_t i = 0; i < kdb_session_count(session); i++)
        json_array_append_new(records, task_to_json(kdb_session_task(session, i)));
    json_object_set_new(root, "lock", json_string(lock_file));
    json_object_set_new(root, "found",
                        json_integer((json_int_t)kdb_session_tally(session, KDB_TASK_FOUND)));
    json_object_set_new(root, "known",
                        json_integer((json_int_t)kdb_session_tally(session, KDB_TASK_KNOWN)));
    json_object_set_new(root, "unresolved",
                        json_integer((json_int_t)kdb_session_tally(session, KDB_TASK_UNRESOLVED)));
    json_object_set_new(root, "not_reached",
                        json_integer((json_int_t)kdb_session_tally(session, KDB_TASK_UNREACHED)));
    json_object_set_new(root, "services", services_to_json(http));
    json_object_set_new(root, "records", records);
    char *bytes = json_dumps(root, JSON_INDENT(2) | JSON_ENSURE_ASCII);
    json_decref(root);
    if (!bytes)
        return false;
    kdbib_output_text(output, bytes);
    kdbib_output_char(output, '\n');
    free(bytes);
    return true;
}

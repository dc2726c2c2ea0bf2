/* Asking services, politely: a queue for each, its pace, patience with what fails, every question
 * once. One thread; answers come as calls from kdb_http_run(). */
#ifndef KDB_HTTP_H
#define KDB_HTTP_H

#include "services/service.h"

typedef struct kdb_http kdb_http;

typedef enum kdb_outcome {
    KDB_GOT,     /* an answer with a body */
    KDB_ABSENT,  /* the service answered that it has nothing: 404, 410 */
    KDB_REFUSED, /* the service refused the question (4xx), or the answer is none */
    KDB_FAILED,  /* no answer: no connection, timeout, 5xx after all tries, a service given up */
} kdb_outcome;

typedef struct kdb_response {
    kdb_outcome outcome;
    long status;         /* of HTTP; 0: none came */
    kdbib_str body;      /* borrowed, valid during the call */
    const char *problem; /* for people; NULL when GOT */
    bool cached;
} kdb_response;

typedef void kdb_response_fn(void *user, const kdb_response *response);

typedef struct kdb_http_options {
    const char *const *services; /* NAME=URL, the later wins; environment variables come before */
    size_t service_count;
    const char *mailto; /* or NULL */
    unsigned timeout;   /* seconds for one answer; 0: the default */
    bool refresh;       /* read nothing from the cache */
    bool no_cache;
} kdb_http_options;

/* What happened with a service. */
typedef struct kdb_service_state {
    bool down; /* given up */
    unsigned sent, answered, from_cache, retried, failed, refused;
    const char *problem; /* the last; NULL: none */
    const char *base;    /* where it is asked */
} kdb_service_state;

/* NULL: memory is out or an option is wrong; then `*problem` says what (static or in `arena`). */
kdb_http *kdb_http_new(kdb_arena *arena, const kdb_http_options *options, const char **problem);
void kdb_http_free(kdb_http *http);

/* Queues a question; `answer` is called during kdb_http_run(), once, but not when the run is
 * stopped. The same question asked twice is one request. False: this service cannot answer it, or
 * memory is out. */
bool kdb_http_ask(kdb_http *http, kdb_service_id service, kdb_ask ask, kdbib_str value,
                  kdbib_str extra, kdb_response_fn *answer, void *user);
/* Works until nothing is left. `tick` (may be NULL) is called several times a second; when it says
 * false everything is dropped and the result is false. */
bool kdb_http_run(kdb_http *http, bool (*tick)(void *user), void *user);

const kdb_service_state *kdb_http_state(const kdb_http *http, kdb_service_id service);
/* Requests under way and waiting. */
size_t kdb_http_pending(const kdb_http *http);

#endif

/* The inside of the asking: requests, their services, their transfers. */
#ifndef KDB_HTTP_INSIDE_H
#define KDB_HTTP_INSIDE_H

#include <curl/curl.h>
#include <stdint.h>

#include "base/buffer.h"
#include "services/cache.h"
#include "services/http.h"

typedef struct waiter {
    kdb_response_fn *answer;
    void *user;
    struct waiter *next;
} waiter;

typedef struct request {
    kdb_http *http;
    kdb_service_id service;
    kdbib_str key;    /* "ACCEPT URL": names the question, for dedup and cache */
    kdbib_str url;    /* as asked first */
    char *at;         /* as asked now: redirects change it; malloc'ed */
    const char *host; /* of a page that is asked at another address: its own host */
    const char *accept;
    kdb_media media;
    long lifetime; /* of the answer in the cache, in seconds */
    waiter *waiters;
    struct request *next; /* in the queue of its service */
    struct request *next_hashed;
    int64_t not_before; /* milliseconds */
    unsigned tries, redirects;
    bool private_allowed; /* of the address asked now */
    bool blocked;         /* a connection to a private address was refused */
    bool too_large, busy, done;
    CURL *easy;
    struct curl_slist *headers;
    kdb_buffer body;
    kdb_response response; /* when done */
    char problem[160];
} request;

typedef struct kdb_lane {
    kdb_service_state state;
    const char *base, *authority; /* authority: "host:port" of an address given by the user */
    request *first, *last;
    unsigned in_flight, concurrency, failures; /* failures in a row */
    int64_t interval, next_start;              /* milliseconds */
    bool known;                                /* it has answered once */
    char problem[160];
} kdb_lane;

#define HASH_SIZE 1024

struct kdb_http {
    CURLM *multi;
    kdb_arena arena; /* requests; they live as long as the run */
    kdb_cache *cache;
    kdb_lane lanes[KDB_SERVICE_COUNT];
    request *hashed[HASH_SIZE];
    request *ready, *ready_last; /* answered, to be delivered */
    size_t pending;
    uint64_t random;
    long timeout;
    bool refresh, delivering;
    kdbib_str mailto;
    char agent[256];
    const char *ca_file;
    bool proxied;
};

int64_t kdb_now(void);
/* Begins the transfer of `request`; false: it could not be begun (its problem is set). */
bool kdb_transfer_begin(request *request);
/* Ends it; the easy handle is gone afterwards. */
void kdb_transfer_end(request *request);

/* http.c: puts a request into the queue of its service, behind the others or in front. */
void kdb_http_enqueue(kdb_lane *lane, request *request, bool front);
/* http.c: the request has its response; it is delivered in the next round of the run. */
void kdb_http_ready(kdb_http *http, request *request);
/* answer.c: the request ends so; what was got or is known to be absent goes into the cache. */
void kdb_http_finish(request *request, kdb_outcome outcome, long status);
/* answer.c: a transfer has ended; the request is finished, asked again or asked elsewhere. */
void kdb_http_take(request *request, CURLcode code);

#endif

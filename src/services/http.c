/* Queues, pace and patience. */
#include "services/http.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

#include "base/strings.h"
#include "services/http_inside.h"

#define DAY (24L * 3600)
#define DEFAULT_TIMEOUT 30u

/* ---- services ---- */

/* "host:port" of a URL, in the arena; NULL when it is none that can be asked. */
static const char *authority_of(kdb_arena *arena, const char *url) {
    CURLU *parsed = curl_url();
    char *scheme = NULL, *host = NULL, *port = NULL;
    const char *result = NULL;
    if (parsed && curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK &&
        curl_url_get(parsed, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
        curl_url_get(parsed, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
        curl_url_get(parsed, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK &&
        (strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0))
        result = kdb_arena_format(arena, "%s:%s", host, port).data;
    curl_free(scheme);
    curl_free(host);
    curl_free(port);
    curl_url_cleanup(parsed);
    return result;
}

static bool set_base(kdb_http *http, kdb_service_id id, kdbib_str url) {
    while (kdb_ends_with(url, KDBIB_STR("/")))
        url.size--;
    kdb_lane *lane = &http->lanes[id];
    lane->base = kdb_arena_copy(&http->arena, url).data;
    lane->authority = authority_of(&http->arena, lane->base);
    return lane->authority != NULL;
}

static bool is_set(const char *variable) {
    return variable && *variable;
}

static const char *configure(kdb_http *http, kdb_arena *arena, const kdb_http_options *options) {
    for (int id = 0; id < KDB_SERVICE_COUNT; id++) {
        const kdb_service *service = kdb_service_at((kdb_service_id)id);
        kdb_lane *lane = &http->lanes[id];
        lane->base = service->base;
        lane->concurrency = service->concurrency;
        lane->interval = service->interval;
        char variable[64] = "KDBIB_SERVICE_";
        size_t at = strlen(variable);
        for (const char *c = service->name; *c; c++)
            variable[at++] = (char)(*c - 'a' + 'A');
        const char *url = getenv(variable);
        if (url && *url && !set_base(http, (kdb_service_id)id, kdbib_str_of(url)))
            return kdb_arena_format(arena, "%s is no URL: %s", variable, url).data;
    }
    for (size_t i = 0; i < options->service_count; i++) {
        kdbib_str text = kdbib_str_of(options->services[i]);
        size_t equals = kdb_find_char(text, '=', 0);
        if (equals == SIZE_MAX)
            return kdb_arena_format(arena, "--service wants NAME=URL, not %s", text.data).data;
        kdb_service_id id = kdb_service_find(kdb_slice(text, 0, equals));
        if (id == KDB_SERVICE_COUNT)
            return kdb_arena_format(arena,
                                    "no service is called %.*s; there are crossref, datacite, doi, "
                                    "arxiv, ncbi, europepmc, dblp, openalex",
                                    (int)equals, text.data)
                .data;
        if (!set_base(http, id, kdb_slice(text, equals + 1, text.size)))
            return kdb_arena_format(arena, "--service %s: no URL", text.data).data;
    }
    for (int id = 0; id < KDB_SERVICE_COUNT; id++)
        http->lanes[id].state.base = http->lanes[id].base;
    return NULL;
}

kdb_http *kdb_http_new(kdb_arena *arena, const kdb_http_options *options, const char **problem) {
    kdb_http *http = calloc(1, sizeof *http);
    *problem = "memory is out";
    if (!http || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        free(http);
        return NULL;
    }
    http->multi = curl_multi_init();
    http->timeout = 1000L * (long)(options->timeout ? options->timeout : DEFAULT_TIMEOUT);
    http->refresh = options->refresh;
    http->mailto = kdbib_str_of(options->mailto);
    if (getrandom(&http->random, sizeof http->random, GRND_NONBLOCK) < 0)
        http->random = (uint64_t)kdb_now();
    snprintf(http->agent, sizeof http->agent, "kdbib/%s (reference resolver; libcurl%s%.150s)",
             KDBIB_RELEASE, options->mailto ? "; mailto:" : "",
             options->mailto ? options->mailto : "");
    const char *ca = getenv("CURL_CA_BUNDLE");
    http->ca_file = is_set(ca) ? ca : getenv("SSL_CERT_FILE");
    static const char *const proxies[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
    for (size_t i = 0; i < sizeof proxies / sizeof *proxies; i++)
        http->proxied |= is_set(getenv(proxies[i]));
    const char *wrong = configure(http, arena, options);
    if (!options->no_cache)
        http->cache = kdb_cache_new();
    if (!http->multi || wrong || kdb_arena_failed(&http->arena)) {
        *problem = wrong ? wrong : *problem;
        kdb_http_free(http);
        return NULL;
    }
    *problem = NULL;
    return http;
}

static void free_request(request *r) {
    kdb_transfer_end(r);
    kdb_buffer_free(&r->body);
    free(r->at);
    r->at = NULL;
}

void kdb_http_free(kdb_http *http) {
    if (!http)
        return;
    for (size_t i = 0; i < HASH_SIZE; i++)
        for (request *r = http->hashed[i]; r; r = r->next_hashed)
            free_request(r);
    curl_multi_cleanup(http->multi);
    curl_global_cleanup();
    kdb_cache_free(http->cache);
    kdb_arena_free(&http->arena);
    free(http);
}

const kdb_service_state *kdb_http_state(const kdb_http *http, kdb_service_id service) {
    return &http->lanes[service].state;
}

size_t kdb_http_pending(const kdb_http *http) {
    return http->pending;
}

/* ---- questions ---- */

void kdb_http_enqueue(kdb_lane *lane, request *r, bool front) {
    r->next = front ? lane->first : NULL;
    if (front)
        lane->first = r;
    else if (lane->last)
        lane->last->next = r;
    else
        lane->first = r;
    if (!r->next)
        lane->last = r;
}

void kdb_http_ready(kdb_http *http, request *r) {
    r->done = true;
    r->next = NULL;
    if (http->ready_last)
        http->ready_last->next = r;
    else
        http->ready = r;
    http->ready_last = r;
}

/* Where the service is asked: the path behind its base. An absolute address (a page, a second host
 * of the service) loses its own scheme and host when the user gave an address. */
static kdbib_str full_url(kdb_http *http, const kdb_lane *lane, kdbib_str path, const char **host) {
    bool absolute = !kdb_starts_with(path, KDBIB_STR("/"));
    *host = NULL;
    if (!absolute)
        return kdb_arena_format(&http->arena, "%s%s", lane->base, path.data);
    if (!lane->authority)
        return path;
    size_t from = kdb_find(path, KDBIB_STR("://"), 0);
    from = from == SIZE_MAX ? 0 : from + 3;
    size_t slash = kdb_find_char(path, '/', from);
    *host = kdb_arena_copy(&http->arena, kdb_slice(path, from, slash)).data;
    kdbib_str rest = slash == SIZE_MAX ? KDBIB_STR("/") : kdb_slice(path, slash, path.size);
    return kdb_arena_format(&http->arena, "%s%.*s", lane->base, (int)rest.size, rest.data);
}

static request *new_request(kdb_http *http, kdb_service_id id, kdb_ask ask, kdbib_str value,
                            kdbib_str extra, kdbib_str key, kdb_media media, const char *accept) {
    kdbib_str path = {0};
    const kdb_lane *lane = &http->lanes[id];
    request *r = kdb_arena_array(&http->arena, 1, sizeof *r);
    if (!r || !kdb_service_at(id)->build(&http->arena, ask, value, extra, http->mailto, &path,
                                         &media, &accept))
        return NULL;
    r->http = http;
    r->service = id;
    r->url = full_url(http, lane, path, &r->host);
    r->key = kdb_arena_copy(&http->arena, key);
    r->media = media;
    r->accept = accept;
    r->lifetime = ask == KDB_ASK_TITLE || ask == KDB_ASK_TITLE_PREFIX ? 7 * DAY : 30 * DAY;
    r->at = strdup(r->url.data);
    return r->at && !kdb_arena_failed(&http->arena) ? r : NULL;
}

/* The answer of an earlier run. */
static bool take_from_cache(kdb_http *http, request *r) {
    long status = 0;
    if (http->refresh || !kdb_cache_get(http->cache, r->key, &status, &r->body))
        return false;
    r->response = (kdb_response){.outcome = status == 200 ? KDB_GOT : KDB_ABSENT,
                                 .status = status,
                                 .problem = status == 200 ? NULL : "not found",
                                 .cached = true};
    http->lanes[r->service].state.from_cache++;
    return true;
}

bool kdb_http_ask(kdb_http *http, kdb_service_id id, kdb_ask ask, kdbib_str value, kdbib_str extra,
                  kdb_response_fn *answer, void *user) {
    /* the address without the mail address names the question */
    kdb_arena scratch = {0};
    kdbib_str path = {0};
    kdb_media media = KDB_MEDIA_JSON;
    const char *accept = NULL, *host;
    kdb_lane *lane = &http->lanes[id];
    bool can = kdb_service_at(id)->build(&scratch, ask, value, extra, (kdbib_str){NULL, 0}, &path,
                                         &media, &accept) &&
               !kdb_arena_failed(&scratch);
    request *r = NULL, **slot = NULL;
    if (can) {
        kdbib_str url = full_url(http, lane, path, &host);
        kdbib_str key = kdb_arena_format(&scratch, "%s %s%s%s", accept, url.data, host ? " " : "",
                                         host ? host : "");
        slot = &http->hashed[kdb_hash(key) % HASH_SIZE];
        for (r = *slot; r && !kdbib_str_equal(r->key, key);)
            r = r->next_hashed;
        if (!r && (r = new_request(http, id, ask, value, extra, key, media, accept)) != NULL) {
            r->next_hashed = *slot;
            *slot = r;
            if (take_from_cache(http, r))
                kdb_http_ready(http, r);
            else
                kdb_http_enqueue(lane, r, http->delivering); /* what goes on goes first */
        } else if (r && r->done && !r->waiters) {
            kdb_http_ready(http, r); /* answered and delivered before */
        }
    }
    kdb_arena_free(&scratch);
    waiter *one = r ? kdb_arena_alloc(&http->arena, sizeof *one) : NULL;
    if (!one)
        return false;
    *one = (waiter){answer, user, NULL};
    waiter **end = &r->waiters;
    while (*end)
        end = &(*end)->next;
    *end = one;
    http->pending++;
    return true;
}

/* ---- the run ---- */

/* Takes the first request that may start out of the queue; NULL: none before `*start`. Those that
 * wait after a failure stand in front and hold up nobody. */
static request *take_first(kdb_lane *lane, int64_t now, int64_t *start) {
    request **at = &lane->first, *before = NULL;
    *start = INT64_MAX;
    while (*at) {
        request *r = *at;
        int64_t when = r->not_before > lane->next_start ? r->not_before : lane->next_start;
        if (when <= now) {
            *at = r->next;
            if (!r->next)
                lane->last = before;
            return r;
        }
        *start = when < *start ? when : *start;
        if (lane->next_start > now || !r->not_before)
            return NULL;
        before = r;
        at = &r->next;
    }
    return NULL;
}

/* Starts what may start now; gives when the next may, or -1. */
static int64_t start_requests(kdb_http *http, int64_t now) {
    int64_t next = -1;
    for (int id = 0; id < KDB_SERVICE_COUNT; id++) {
        kdb_lane *lane = &http->lanes[id];
        for (;;) {
            unsigned most = lane->known || id == KDB_AT_PAGES ? lane->concurrency : 1;
            if (!lane->first || lane->in_flight >= most)
                break;
            int64_t start;
            request *r = take_first(lane, now, &start);
            if (!r) {
                next = next < 0 || start < next ? start : next;
                break;
            }
            r->tries++;
            if (!kdb_transfer_begin(r)) {
                kdb_http_finish(r, KDB_REFUSED, 0);
                continue;
            }
            lane->next_start = now + lane->interval;
            lane->in_flight++;
            lane->state.sent++;
        }
    }
    return next;
}

static void deliver(kdb_http *http) {
    while (http->ready) {
        request *r = http->ready;
        http->ready = r->next;
        if (!http->ready)
            http->ready_last = NULL;
        waiter *one = r->waiters;
        r->waiters = NULL;
        kdb_response response = r->response;
        response.body = kdb_buffer_str(&r->body);
        http->delivering = true;
        for (; one; one = one->next) {
            http->pending--;
            one->answer(one->user, &response);
        }
        http->delivering = false;
    }
}

static void take_results(kdb_http *http) {
    int left;
    CURLMsg *message;
    while ((message = curl_multi_info_read(http->multi, &left)) != NULL) {
        request *r = NULL;
        if (message->msg != CURLMSG_DONE)
            continue;
        CURLcode code = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&r);
        kdb_http_take(r, code);
    }
}

bool kdb_http_run(kdb_http *http, bool (*tick)(void *user), void *user) {
    while (http->pending) {
        deliver(http);
        int64_t now = kdb_now();
        int64_t next = start_requests(http, now);
        int running = 0;
        curl_multi_perform(http->multi, &running);
        take_results(http);
        if (tick && !tick(user))
            return false;
        if (http->ready || !http->pending)
            continue;
        int64_t wait = 100;
        if (next >= 0 && next - now < wait)
            wait = next > now ? next - now : 0;
        if (running || next >= 0)
            curl_multi_poll(http->multi, NULL, 0, (int)wait, NULL);
    }
    return true;
}

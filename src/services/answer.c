/* What became of a question: an answer, a redirect, another try, or none. */
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "base/strings.h"
#include "services/http_inside.h"

#define DAY (24L * 3600)
#define MOST_TRIES 4u /* of one question that fails */
#define MOST_WAITS 8u /* of one question that is told to wait */
#define MOST_REDIRECTS 5u
#define LONGEST_WAIT 120 /* seconds that a service may ask for */
#define FAILURES_TO_GIVE_UP 4u
#define FIRST_DELAY 400 /* milliseconds before the second try; doubles */
#define LONGEST_DELAY 8000

static int64_t delay(kdb_http *http, unsigned tries) {
    int64_t base = FIRST_DELAY;
    for (unsigned i = 1; i < tries && base < LONGEST_DELAY; i++)
        base *= 2;
    http->random = http->random * 6364136223846793005u + 1442695040888963407u;
    return base + (int64_t)((http->random >> 33) % (uint64_t)(base / 2));
}

void kdb_http_finish(request *r, kdb_outcome outcome, long status) {
    kdb_lane *lane = &r->http->lanes[r->service];
    r->response = (kdb_response){
        .outcome = outcome, .status = status, .problem = outcome == KDB_GOT ? NULL : r->problem};
    if (outcome == KDB_GOT || outcome == KDB_ABSENT) {
        lane->state.answered++;
        lane->failures = 0;
        kdb_cache_put(r->http->cache, r->key, outcome == KDB_GOT ? 200 : 404,
                      kdb_buffer_str(&r->body), outcome == KDB_GOT ? r->lifetime : DAY);
    } else {
        if (outcome == KDB_FAILED)
            lane->state.failed++;
        else
            lane->state.refused++;
        snprintf(lane->problem, sizeof lane->problem, "%s", r->problem);
        lane->state.problem = lane->problem;
    }
    kdb_http_ready(r->http, r);
}

/* The service does not answer: everything that waits for it fails at once. */
static void give_up(kdb_http *http, kdb_service_id id) {
    kdb_lane *lane = &http->lanes[id];
    lane->state.down = true;
    request *next;
    for (request *r = lane->first; r; r = next) {
        next = r->next;
        snprintf(r->problem, sizeof r->problem, "%s", lane->problem);
        kdb_http_finish(r, KDB_FAILED, 0);
    }
    lane->first = lane->last = NULL;
}

/* A failed try: again later, or the end of it. */
static void try_again(request *r, long status, bool no_connection) {
    kdb_lane *lane = &r->http->lanes[r->service];
    lane->failures++;
    unsigned most = no_connection && !lane->known ? 2 : MOST_TRIES;
    if (!lane->state.down && r->tries < most) {
        r->not_before = kdb_now() + delay(r->http, r->tries);
        lane->state.retried++;
        kdb_http_enqueue(lane, r, true);
        if (r->service != KDB_AT_PAGES && lane->next_start < r->not_before && no_connection)
            lane->next_start = r->not_before;
        return;
    }
    kdb_http_finish(r, KDB_FAILED, status);
    bool dead = (no_connection && !lane->known) || lane->failures >= FAILURES_TO_GIVE_UP * 2;
    if (dead && r->service != KDB_AT_PAGES && !lane->state.down)
        give_up(r->http, r->service);
}

/* The pace that the service asks for in its headers; never faster than our own. */
static void follow_limits(request *r) {
    static const char *const limit_names[] = {"X-Rate-Limit-Limit", "X-RateLimit-Limit"};
    kdb_lane *lane = &r->http->lanes[r->service];
    struct curl_header *header;
    double limit = 0, seconds = 1;
    for (size_t i = 0; i < 2 && limit <= 0; i++)
        if (curl_easy_header(r->easy, limit_names[i], 0, CURLH_HEADER, -1, &header) == CURLHE_OK)
            limit = atof(header->value);
    if (limit > 0 && curl_easy_header(r->easy, "X-Rate-Limit-Interval", 0, CURLH_HEADER, -1,
                                      &header) == CURLHE_OK) {
        char *end;
        seconds = strtod(header->value, &end);
        if (*end == 'm' && end[1] != 's')
            seconds *= 60;
    } else {
        limit = 0; /* without its interval a limit says nothing: some count a day */
    }
    if (limit > 0 && seconds > 0 && seconds <= 3600) {
        int64_t own = kdb_service_at(r->service)->interval;
        int64_t asked = (int64_t)(seconds * 1000 / limit + 0.999);
        lane->interval = asked > own ? asked : own;
    }
    if (curl_easy_header(r->easy, "X-Concurrency-Limit", 0, CURLH_HEADER, -1, &header) ==
        CURLHE_OK) {
        long most = atol(header->value);
        unsigned own = kdb_service_at(r->service)->concurrency;
        if (most > 0)
            lane->concurrency = most < (long)own ? (unsigned)most : own;
    }
}

/* Told to wait: so does everything else that goes to this service. */
static void wait_as_told(request *r, long status) {
    kdb_lane *lane = &r->http->lanes[r->service];
    curl_off_t seconds = 0;
    curl_easy_getinfo(r->easy, CURLINFO_RETRY_AFTER, &seconds);
    kdb_transfer_end(r);
    snprintf(r->problem, sizeof r->problem, "answers %ld (too many requests)", status);
    if (seconds > LONGEST_WAIT || r->tries >= MOST_WAITS) {
        if (seconds > LONGEST_WAIT)
            snprintf(r->problem, sizeof r->problem, "asks to wait %lld seconds",
                     (long long)seconds);
        kdb_http_finish(r, KDB_FAILED, status);
        give_up(r->http, r->service);
        return;
    }
    int64_t until = kdb_now() + (seconds > 0 ? seconds * 1000 : delay(r->http, r->tries));
    if (lane->next_start < until)
        lane->next_start = until;
    lane->interval += lane->interval / 2 + 10;
    lane->state.retried++;
    kdb_http_enqueue(lane, r, true);
}

static bool is_media(const char *type, kdb_media media) {
    if (!type || !*type)
        return true;
    kdbib_str text = kdbib_str_of(type);
    bool json = kdb_find(text, KDBIB_STR("json"), 0) != SIZE_MAX;
    bool html = kdb_find(text, KDBIB_STR("html"), 0) != SIZE_MAX;
    bool xml = kdb_find(text, KDBIB_STR("xml"), 0) != SIZE_MAX && !html;
    bool plain = kdb_starts_with_nocase(text, KDBIB_STR("text/plain"));
    return media == KDB_MEDIA_JSON  ? json || plain
           : media == KDB_MEDIA_XML ? xml || plain
                                    : html || xml || plain;
}

/* The host without "www."; a page may move within its site only. */
static bool same_site(const char *a, const char *b) {
    CURLU *first = curl_url(), *second = curl_url();
    char *x = NULL, *y = NULL;
    bool same = first && second && curl_url_set(first, CURLUPART_URL, a, 0) == CURLUE_OK &&
                curl_url_set(second, CURLUPART_URL, b, 0) == CURLUE_OK &&
                curl_url_get(first, CURLUPART_HOST, &x, 0) == CURLUE_OK &&
                curl_url_get(second, CURLUPART_HOST, &y, 0) == CURLUE_OK;
    if (same) {
        kdbib_str left = kdbib_str_of(x), right = kdbib_str_of(y);
        if (kdb_starts_with_nocase(left, KDBIB_STR("www.")))
            left = kdb_slice(left, 4, left.size);
        if (kdb_starts_with_nocase(right, KDBIB_STR("www.")))
            right = kdb_slice(right, 4, right.size);
        same = kdb_equal_nocase(left, right);
    }
    curl_free(x);
    curl_free(y);
    curl_url_cleanup(first);
    curl_url_cleanup(second);
    return same;
}

/* A redirect is followed by hand: its target is checked as the first address was. */
static void follow_redirect(request *r, long status) {
    char *target = NULL;
    curl_easy_getinfo(r->easy, CURLINFO_REDIRECT_URL, &target);
    char *copy = target ? strdup(target) : NULL;
    kdb_transfer_end(r);
    if (!copy) {
        snprintf(r->problem, sizeof r->problem, "answers %ld and leads nowhere", status);
        kdb_http_finish(r, KDB_REFUSED, status);
    } else if (++r->redirects > MOST_REDIRECTS) {
        snprintf(r->problem, sizeof r->problem, "leads on and on (%u redirects)", r->redirects);
        kdb_http_finish(r, KDB_REFUSED, status);
    } else if (r->service == KDB_AT_PAGES && !same_site(r->at, copy)) {
        snprintf(r->problem, sizeof r->problem, "leads to another site (%.80s)", copy);
        kdb_http_finish(r, KDB_REFUSED, status);
    } else {
        free(r->at);
        r->at = copy;
        r->tries--;
        kdb_http_enqueue(&r->http->lanes[r->service], r, true);
        return;
    }
    free(copy);
}

static void take_status(request *r, long status) {
    char *type = NULL;
    curl_easy_getinfo(r->easy, CURLINFO_CONTENT_TYPE, &type);
    bool media = is_media(type, r->media);
    if (status == 200 && !media)
        snprintf(r->problem, sizeof r->problem, "answers %.60s where data were asked for", type);
    kdb_transfer_end(r);
    if (status == 200 && media) {
        kdb_http_finish(r, KDB_GOT, status);
    } else if (status == 404 || status == 410 || status == 204) {
        snprintf(r->problem, sizeof r->problem, "not found");
        kdb_buffer_clear(&r->body);
        kdb_http_finish(r, KDB_ABSENT, status);
    } else if (status >= 500 || status == 408) {
        snprintf(r->problem, sizeof r->problem, "answers %ld", status);
        try_again(r, status, false);
    } else {
        if (status != 200)
            snprintf(r->problem, sizeof r->problem, "answers %ld", status);
        kdb_http_finish(r, KDB_REFUSED, status);
    }
}

void kdb_http_take(request *r, CURLcode code) {
    kdb_http *http = r->http;
    kdb_lane *lane = &http->lanes[r->service];
    long status = 0;
    lane->in_flight--;
    if (code == CURLE_OK) {
        curl_easy_getinfo(r->easy, CURLINFO_RESPONSE_CODE, &status);
        lane->known = true;
        follow_limits(r);
        if (status == 429 ||
            (status == 503 && curl_easy_header(r->easy, "Retry-After", 0, CURLH_HEADER, -1,
                                               &(struct curl_header *){0}) == CURLHE_OK))
            wait_as_told(r, status);
        else if (status >= 300 && status < 400)
            follow_redirect(r, status);
        else
            take_status(r, status);
        return;
    }
    kdb_transfer_end(r);
    if (r->blocked || r->too_large) {
        snprintf(r->problem, sizeof r->problem, "%s",
                 r->blocked ? "leads to a private address" : "the answer is too large");
        kdb_http_finish(r, KDB_REFUSED, 0);
        return;
    }
    bool no_connection = code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_CONNECT ||
                         code == CURLE_COULDNT_RESOLVE_PROXY || code == CURLE_SSL_CONNECT_ERROR ||
                         code == CURLE_PEER_FAILED_VERIFICATION;
    snprintf(r->problem, sizeof r->problem, "%s: %s", no_connection ? "no connection" : "no answer",
             curl_easy_strerror(code));
    try_again(r, 0, no_connection);
}

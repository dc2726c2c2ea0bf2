/* One transfer by libcurl: what may be connected to, how large and how slow an answer may be. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/strings.h"
#include "services/address.h"
#include "services/http_inside.h"

#define LARGEST_ANSWER ((size_t)16 * 1024 * 1024)
#define LARGEST_PAGE ((size_t)2 * 1024 * 1024)
#define CONNECT_TIMEOUT 10000L

int64_t kdb_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static size_t take_body(char *data, size_t one, size_t count, void *user) {
    request *r = user;
    size_t size = one * count;
    size_t limit = r->service == KDB_AT_PAGES ? LARGEST_PAGE : LARGEST_ANSWER;
    if (size > limit - r->body.size) {
        r->too_large = true;
        return 0;
    }
    kdb_buffer_add(&r->body, data, size);
    return r->body.failed ? 0 : size;
}

/* The address is looked at after DNS, so that no name leads inside. */
static curl_socket_t open_socket(void *user, curlsocktype purpose, struct curl_sockaddr *address) {
    request *r = user;
    if (purpose == CURLSOCKTYPE_IPCXN && !r->private_allowed && !r->http->proxied &&
        !kdb_address_is_public(&address->addr)) {
        r->blocked = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* Checks scheme and host of `url`; sets whether it may be a private address. */
static bool check_url(request *r, const char *url) {
    const kdb_lane *lane = &r->http->lanes[r->service];
    CURLU *parsed = curl_url();
    char *scheme = NULL, *host = NULL, *port = NULL, *user = NULL;
    bool fine = parsed && curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK &&
                curl_url_get(parsed, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
                curl_url_get(parsed, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
                curl_url_get(parsed, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK;
    if (!fine) {
        snprintf(r->problem, sizeof r->problem, "no address: %.100s", url);
    } else {
        char authority[512];
        snprintf(authority, sizeof authority, "%s:%s", host, port);
        bool own = lane->authority && strcmp(authority, lane->authority) == 0;
        bool plain = strcmp(scheme, "http") == 0;
        r->private_allowed = own;
        if (strcmp(scheme, "https") != 0 && !(plain && (own || r->service == KDB_AT_PAGES))) {
            snprintf(r->problem, sizeof r->problem, "leads to %.20s, not https", scheme);
            fine = false;
        } else if (curl_url_get(parsed, CURLUPART_USER, &user, 0) == CURLUE_OK && !own) {
            snprintf(r->problem, sizeof r->problem, "its address holds a user name");
            fine = false;
        } else if (!own && !kdb_host_may_be_public(kdbib_str_of(host))) {
            snprintf(r->problem, sizeof r->problem, "leads to a private address (%.80s)", host);
            r->blocked = true;
            fine = false;
        }
    }
    curl_free(scheme);
    curl_free(host);
    curl_free(port);
    curl_free(user);
    curl_url_cleanup(parsed);
    return fine;
}

bool kdb_transfer_begin(request *r) {
    kdb_http *http = r->http;
    char header[300];
    kdb_buffer_clear(&r->body);
    r->blocked = r->too_large = false;
    if (!check_url(r, r->at))
        return false;
    CURL *easy = curl_easy_init();
    if (!easy) {
        snprintf(r->problem, sizeof r->problem, "memory is out");
        return false;
    }
    r->easy = easy;
    snprintf(header, sizeof header, "Accept: %s", r->accept);
    r->headers = curl_slist_append(NULL, header);
    if (r->host && r->private_allowed) {
        snprintf(header, sizeof header, "Host: %s", r->host);
        struct curl_slist *more = curl_slist_append(r->headers, header);
        r->headers = more ? more : r->headers;
    }
    curl_easy_setopt(easy, CURLOPT_URL, r->at);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, r);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, r->headers);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, http->agent);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                     http->timeout < CONNECT_TIMEOUT ? http->timeout : CONNECT_TIMEOUT);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, http->timeout);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, r);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, r);
    if (http->ca_file)
        curl_easy_setopt(easy, CURLOPT_CAINFO, http->ca_file);
    if (r->private_allowed || r->service == KDB_AT_PAGES)
        curl_easy_setopt(easy, CURLOPT_PROXY, ""); /* a page's address must be seen by ourselves */
    if (curl_multi_add_handle(http->multi, easy) != CURLM_OK) {
        snprintf(r->problem, sizeof r->problem, "memory is out");
        kdb_transfer_end(r);
        return false;
    }
    return true;
}

void kdb_transfer_end(request *r) {
    if (r->easy) {
        curl_multi_remove_handle(r->http->multi, r->easy);
        curl_easy_cleanup(r->easy);
    }
    curl_slist_free_all(r->headers);
    r->easy = NULL;
    r->headers = NULL;
}

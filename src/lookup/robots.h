/* robots.txt: asked once a host, honoured for every page. */
#ifndef KDB_ROBOTS_H
#define KDB_ROBOTS_H

#include "services/http.h"

typedef struct kdb_robots kdb_robots;
typedef void kdb_robots_fn(void *user, bool allowed);

kdb_robots *kdb_robots_new(kdb_http *http);
void kdb_robots_free(kdb_robots *robots);

/* Asks whether the page at `url` may be read; `answer` comes during kdb_http_run(), or at once when
 * the host is known. False: no http URL, or memory is out. */
bool kdb_robots_ask(kdb_robots *robots, kdbib_str url, kdb_robots_fn *answer, void *user);

/* What the file says about `path` to "kdbib": the longest rule of our own group, or of `*`, wins;
 * Allow wins a tie. */
bool kdb_robots_allow(kdbib_str file, kdbib_str path);

#endif

/* Which network addresses are public. What a page or a redirect names must not reach into the
 * machine or the network that kdbib runs in. */
#ifndef KDB_ADDRESS_H
#define KDB_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

#include "kdbib/str.h"

/* False for loopback, private, link-local, shared, multicast, documentation and reserved ranges of
 * IPv4 and IPv6 (IPv4 within IPv6 too), and for every other family. */
bool kdb_address_is_public(const struct sockaddr *address);
/* False when `host` is written as an address that is not public, or names this machine
 * ("localhost", "x.localhost", a name without a dot). */
bool kdb_host_may_be_public(kdbib_str host);

#endif

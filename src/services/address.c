/* Which network addresses are public. */
#include "services/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/strings.h"

typedef struct range {
    uint32_t first;
    unsigned bits;
} range;

static bool is_public_v4(uint32_t address) {
    static const range closed[] = {
        {0x00000000, 8},  {0x0A000000, 8},  {0x64400000, 10}, {0x7F000000, 8},  {0xA9FE0000, 16},
        {0xAC100000, 12}, {0xC0000000, 24}, {0xC0000200, 24}, {0xC0586300, 24}, {0xC0A80000, 16},
        {0xC6120000, 15}, {0xC6336400, 24}, {0xCB007100, 24}, {0xE0000000, 4},  {0xF0000000, 4},
    };
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
        if ((address ^ closed[i].first) >> (32 - closed[i].bits) == 0)
            return false;
    return true;
}

static uint32_t v4_in(const uint8_t *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool is_public_v6(const uint8_t *a) {
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    static const uint8_t nat64[12] = {0, 0x64, 0xFF, 0x9B};
    if (memcmp(a, mapped, 12) == 0 || memcmp(a, nat64, 12) == 0)
        return is_public_v4(v4_in(a + 12));
    if (a[0] == 0x20 && a[1] == 0x02) /* 6to4 */
        return is_public_v4(v4_in(a + 2));
    if (a[0] == 0x20 && a[1] == 0x01 &&
        ((a[2] == 0x0D && a[3] == 0xB8) || (a[2] == 0 && a[3] == 0)))
        return false;             /* documentation, Teredo */
    return (a[0] & 0xE0) == 0x20; /* 2000::/3: global unicast is nowhere else */
}

bool kdb_address_is_public(const struct sockaddr *address) {
    if (address->sa_family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, address, sizeof v4);
        return is_public_v4(ntohl(v4.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 v6;
        memcpy(&v6, address, sizeof v6);
        return is_public_v6(v6.sin6_addr.s6_addr);
    }
    return false;
}

bool kdb_host_may_be_public(kdbib_str host) {
    char name[256];
    if (host.size && host.data[0] == '[')
        host = kdb_slice(host, 1, host.size - 1);
    if (!host.size || host.size >= sizeof name)
        return false;
    memcpy(name, host.data, host.size);
    name[host.size] = '\0';
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    if (inet_aton(name, &v4.sin_addr)) /* "127.1" and "0x7f000001" too */
        return kdb_address_is_public((const struct sockaddr *)&v4);
    if (inet_pton(AF_INET6, name, &v6.sin6_addr) == 1)
        return kdb_address_is_public((const struct sockaddr *)&v6);
    while (host.size && host.data[host.size - 1] == '.')
        host.size--;
    bool local = kdb_find_char(host, '.', 0) == SIZE_MAX ||
                 (host.size > 10 && kdb_equal_nocase(kdb_slice(host, host.size - 10, host.size),
                                                     KDBIB_STR(".localhost")));
    return !local;
}

/* Links and what they lead to. */
#include "base/strings.h"
#include "fields/labels.h"
#include "from/from.h"

/* An address of the web, or a path; no other scheme. */
static bool is_address(kdbib_str url) {
    for (size_t i = 0; i < url.size; i++)
        if ((unsigned char)url.data[i] <= ' ' || url.data[i] == 0x7F)
            return false;
    return kdb_find_char(url, ':', 0) == SIZE_MAX ||
           kdb_starts_with_nocase(url, KDBIB_STR("https://")) ||
           kdb_starts_with_nocase(url, KDBIB_STR("http://")) ||
           kdb_starts_with_nocase(url, KDBIB_STR("ftp://"));
}

kdbib_role kdb_from_host_role(kdbib_str url) {
    return (kdbib_role)kdb_link_host(kdb_word_tables(), url).role;
}

void kdb_from_link(kdb_from *from, kdbib_record *record, kdbib_role role, kdbib_str url) {
    url = kdb_trim(url);
    if (!url.size || !is_address(url))
        return;
    if (role == KDBIB_ROLE_COUNT) {
        role = kdb_from_host_role(url);
        if (role == KDBIB_ROLE_COUNT || role == KDBIB_LINK_PAPER)
            role = KDBIB_LINK_OTHER;
    }
    from->arena->failed |= !kdbib_record_add_link(record, role, url);
}

static const struct {
    const char *label;
    kdbib_role role;
} labels[] = {
    {"Paper", KDBIB_LINK_PAPER},     {"PDF", KDBIB_LINK_PDF},         {"Code", KDBIB_LINK_CODE},
    {"Project", KDBIB_LINK_PROJECT}, {"Dataset", KDBIB_LINK_DATASET}, {"Video", KDBIB_LINK_VIDEO},
    {"Slides", KDBIB_LINK_SLIDES},   {"Blog", KDBIB_LINK_BLOG},       {"Link", KDBIB_LINK_OTHER}};

static void take_labelled(kdb_from *from, kdbib_record *record, kdbib_str label, kdbib_str text) {
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (kdb_equal_nocase(label, kdbib_str_of(labels[i].label)))
            kdb_from_link(from, record, labels[i].role, text);
    if (kdb_equal_nocase(label, KDBIB_STR("PMID")))
        kdb_from_text(from, record, KDBIB_PMID, text);
    else if (kdb_equal_nocase(label, KDBIB_STR("PMCID")))
        kdb_from_text(from, record, KDBIB_PMCID, text);
}

void kdb_from_labelled_links(kdb_from *from, kdbib_record *record, kdbib_str text) {
    for (size_t at = 0, end; at < text.size; at = end + 1) {
        end = kdb_find(text, KDBIB_STR(", "), at);
        end = end == SIZE_MAX ? text.size : end;
        kdbib_str item = kdb_trim(kdb_slice(text, at, end));
        size_t colon = kdb_find(item, KDBIB_STR(": "), 0);
        if (colon != SIZE_MAX && colon < 10)
            take_labelled(from, record, kdb_slice(item, 0, colon),
                          kdb_trim(kdb_slice(item, colon + 2, item.size)));
    }
}

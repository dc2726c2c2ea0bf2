/* A paper that is a file of its owner's: no reader has it, and it tells no DOI. */
#include "base/strings.h"
#include "check/registry.h"

static bool is_drive(kdbib_str url) {
    return url.size > 3 && kdb_is_alpha(url.data[0]) && url.data[1] == ':' &&
           (url.data[2] == '\\' || url.data[2] == '/');
}

static bool has_scheme(kdbib_str url) {
    size_t colon = kdb_find_char(url, ':', 0), slash = kdb_find_char(url, '/', 0);
    return colon != SIZE_MAX && (slash == SIZE_MAX || colon < slash);
}

/* "papers/x.pdf", also with a fragment behind it. */
static bool is_document(kdbib_str url) {
    static const char *const ends[] = {".pdf", ".ps", ".ps.gz", ".djvu"};
    size_t end = 0;
    while (end < url.size && url.data[end] != '#' && url.data[end] != '?')
        end++;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t size = strlen(ends[i]);
        if (end > size && kdb_equal_nocase(kdb_slice(url, end - size, end), kdbib_str_of(ends[i])))
            return true;
    }
    return false;
}

/* "arxiv.org/x.pdf" lacks its scheme; see addresses.c. */
static bool begins_with_host(kdbib_str url) {
    kdbib_str first = kdb_slice(url, 0, kdb_find_char(url, '/', 0));
    return !kdb_starts_with(url, KDBIB_STR(".")) && first.size < url.size &&
           kdb_find_char(first, '.', 0) != SIZE_MAX;
}

bool kdb_check_local_files(const kdb_list *list) {
    for (size_t i = 0; i < list->link_count; i++) {
        const kdb_list_link *link = &list->links[i];
        bool own = is_drive(link->url) || kdb_starts_with_nocase(link->url, KDBIB_STR("file:"));
        if (own)
            kdb_list_report(list, KDBIB_SEVERITY_WARNING, "local-file", link->place, NULL,
                            "“%.*s” is on your own disk: nobody else can open it",
                            (int)(link->url.size > 200 ? 200 : link->url.size), link->url.data);
        else if (link->entry && !has_scheme(link->url) && is_document(link->url) &&
                 !begins_with_host(link->url) && link->url.data[0] != '#')
            kdb_list_report(list, KDBIB_SEVERITY_NOTE, "local-path", link->place, NULL,
                            "“%.*s” is a file of this repository: a link to where the paper was "
                            "published would tell its DOI",
                            (int)(link->url.size > 200 ? 200 : link->url.size), link->url.data);
    }
    return true;
}

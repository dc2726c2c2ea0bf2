/* Links that lead nowhere: `[Code]()`, `[PDF](https://)`. */
#include "base/strings.h"
#include "check/registry.h"
#include "fields/labels.h"
#include "fields/tables.h"

static bool leads_nowhere(kdbib_str url) {
    static const char *const nowhere[] = {"", "https://", "http://", "https:", "http:"};
    for (size_t i = 0; i < sizeof nowhere / sizeof *nowhere; i++)
        if (kdb_equal_nocase(url, kdbib_str_of(nowhere[i])))
            return true;
    return false;
}

/* `[PDF](#)`; `[back to top](#)` leads to the top. */
static bool is_placeholder(kdb_arena *arena, const kdb_list_link *link) {
    if (!link->entry || !kdbib_str_equal(link->url, KDBIB_STR("#")))
        return false;
    kdb_label label = {0};
    kdb_label_parse(arena, kdb_word_tables(), link->text, &label);
    return label.is_label && label.role != KDBIB_ROLE_COUNT;
}

bool kdb_check_empty_links(const kdb_list *list) {
    kdb_arena arena = {0};
    for (size_t i = 0; i < list->link_count; i++) {
        const kdb_list_link *link = &list->links[i];
        if (!leads_nowhere(link->url) && !is_placeholder(&arena, link))
            continue;
        kdb_list_report(list, KDBIB_SEVERITY_WARNING, "empty-link", link->place, NULL,
                        "the link “%.*s” leads nowhere",
                        (int)(link->text.size > 100 ? 100 : link->text.size), link->text.data);
    }
    bool fine = !kdb_arena_failed(&arena);
    kdb_arena_free(&arena);
    return fine;
}

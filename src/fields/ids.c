/* DOIs, arXiv ids, dates as other programs spell them. */
#include "fields/ids.h"

#include "base/strings.h"

kdbib_str kdb_doi_in(kdbib_str doi) {
    doi = kdb_trim(doi);
    size_t at = kdb_find(doi, KDBIB_STR("10."), 0);
    if (at == SIZE_MAX || at > 40)
        return (kdbib_str){NULL, 0};
    doi = kdb_slice(doi, at, doi.size);
    size_t slash = kdb_find_char(doi, '/', 0);
    if (slash == SIZE_MAX || slash < 6 || slash + 1 >= doi.size)
        return (kdbib_str){NULL, 0};
    for (size_t i = 0; i < doi.size; i++)
        if ((unsigned char)doi.data[i] <= ' ' || doi.data[i] == 0x7F)
            return (kdbib_str){NULL, 0};
    return doi;
}

kdbib_str kdb_clean_doi(kdb_arena *arena, kdbib_str doi) {
    doi = kdb_doi_in(doi);
    if (!doi.size)
        return doi;
    char *lower = kdb_arena_alloc(arena, doi.size + 1);
    if (!lower)
        return (kdbib_str){NULL, 0};
    for (size_t i = 0; i < doi.size; i++)
        lower[i] = kdb_to_lower(doi.data[i]);
    lower[doi.size] = '\0';
    return (kdbib_str){lower, doi.size};
}

kdbib_str kdb_arxiv_id(kdbib_str text) {
    static const char *const heads[] = {"arxiv.org/abs/", "arxiv.org/pdf/", "10.48550/arxiv.",
                                        "oai:arxiv.org:", "arxiv:"};
    text = kdb_trim(text);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        kdbib_str head = kdbib_str_of(heads[i]);
        for (size_t at = 0; at + head.size <= text.size && at < 40; at++)
            if (kdb_starts_with_nocase(kdb_slice(text, at, text.size), head)) {
                text = kdb_slice(text, at + head.size, text.size);
                break;
            }
    }
    size_t end = text.size;
    while (end && kdb_is_digit(text.data[end - 1]))
        end--;
    if (end > 1 && end < text.size && text.data[end - 1] == 'v' && kdb_is_digit(text.data[end - 2]))
        text = kdb_slice(text, 0, end - 1);
    bool digits = false;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (!kdb_is_alnum(c) && !strchr("./-", c))
            return (kdbib_str){NULL, 0};
        digits |= kdb_is_digit(c);
    }
    return digits && text.size < 40 ? text : (kdbib_str){NULL, 0};
}

static unsigned number_at(kdbib_str text, size_t *at) {
    unsigned number = 0;
    size_t digits = 0;
    while (*at < text.size && kdb_is_digit(text.data[*at]) && digits++ < 4)
        number = number * 10 + (unsigned)(text.data[(*at)++] - '0');
    return number;
}

kdbib_date kdb_parse_date(kdbib_str text) {
    kdbib_date date = {0};
    size_t at = 0;
    text = kdb_trim(text);
    date.year = (int16_t)number_at(text, &at);
    if (date.year < 1000)
        return (kdbib_date){0};
    if (at < text.size && (text.data[at] == '-' || text.data[at] == '/')) {
        at++;
        date.month = (uint8_t)number_at(text, &at);
        if (at < text.size && (text.data[at] == '-' || text.data[at] == '/')) {
            at++;
            date.day = (uint8_t)number_at(text, &at);
        }
    }
    if (date.month < 1 || date.month > 12)
        date.month = date.day = 0;
    return date;
}

bool kdb_is_one_locator(kdbib_str page, size_t *letters, size_t *digits) {
    *letters = *digits = 0;
    while (*letters < page.size && kdb_is_alpha(page.data[*letters]))
        (*letters)++;
    while (*letters + *digits < page.size && kdb_is_digit(page.data[*letters + *digits]))
        (*digits)++;
    return page.size && *letters + *digits == page.size;
}

bool kdb_is_article_number(kdbib_str page) {
    size_t letters, digits;
    return kdb_is_one_locator(page, &letters, &digits) &&
           (digits >= 5 || (letters == 1 && kdb_to_lower(page.data[0]) == 'e' && digits >= 2));
}

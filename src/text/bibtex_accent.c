/* Accents, which TeX writes before their letter and Unicode behind it. */
#include "text/bibtex_accent.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/strings.h"

const char *kdb_bibtex_mark_alone(unsigned accent) {
    switch (accent) {
    case 0x302:
        return "^";
    case 0x303:
        return "~";
    case 0x300:
        return "`";
    case 0x301:
        return "\u00B4";
    case 0x308:
        return "\u00A8";
    default:
        return "";
    }
}

void kdb_bibtex_put_mark(kdb_rich_parser *p, size_t from, unsigned mark) {
    kdb_buffer *run = &p->run;
    kdb_buffer rest = {0};
    utf8proc_int32_t c;
    utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)run->data + from,
                                             (utf8proc_ssize_t)(run->size - from), &c);
    size_t at = from + (size > 0 ? (size_t)size : 1);
    bool dotless = (c == 0x131 || c == 0x237) && mark < 0x316;
    while (at < run->size &&
           (size = utf8proc_iterate((const utf8proc_uint8_t *)run->data + at,
                                    (utf8proc_ssize_t)(run->size - at), &c)) > 0 &&
           utf8proc_category(c) == UTF8PROC_CATEGORY_MN)
        at += (size_t)size;
    if (dotless) { /* its dot comes back, so that the two compose */
        utf8proc_iterate((const utf8proc_uint8_t *)run->data + from, 4, &c);
        kdb_buffer_add_char(&rest, c == 0x131 ? 'i' : 'j');
        kdb_buffer_add_str(&rest, kdb_slice(kdb_buffer_str(run), from + 2, at));
    } else {
        kdb_buffer_add_str(&rest, kdb_slice(kdb_buffer_str(run), from, at));
    }
    kdb_buffer_add_code_point(&rest, mark);
    kdb_buffer_add_str(&rest, kdb_slice(kdb_buffer_str(run), at, run->size));
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t length = -1;
    if (!rest.failed)
        length = utf8proc_map((const utf8proc_uint8_t *)rest.data, (utf8proc_ssize_t)rest.size,
                              &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (length > 0) {
        run->size = from;
        kdb_buffer_add(run, composed, (size_t)length);
    }
    p->arena->failed |= rest.failed || (length < 0 && length == UTF8PROC_ERROR_NOMEM);
    free(composed);
    kdb_buffer_free(&rest);
}

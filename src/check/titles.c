/* Titles that lost their superscripts and subscripts on the way into the list: "D 2-Net" for
 * D²-Net. The lock knows how they are written. */
#include <utf8proc.h>

#include "base/buffer.h"
#include "base/diagnose.h"
#include "base/strings.h"
#include "check/registry.h"
#include "text/fold.h"
#include "text/rich_text.h"

/* ² ³ ¹ and the block of super- and subscripts. */
static bool is_raised(utf8proc_int32_t c) {
    return c == 0xB2 || c == 0xB3 || c == 0xB9 || (c >= 0x2070 && c <= 0x209F);
}

bool kdb_title_is_raised(const kdbib_record *record) {
    kdbib_run run;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_run(record, &cursor, &run);) {
        if (run.style & (KDBIB_SUP | KDBIB_SUB | KDBIB_MATH))
            return true;
        for (size_t at = 0; at < run.text.size;) {
            utf8proc_int32_t c;
            utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)run.text.data + at,
                                                     (utf8proc_ssize_t)(run.text.size - at), &c);
            if (size > 0 && is_raised(c))
                return true;
            at += size > 0 ? (size_t)size : 1;
        }
    }
    return false;
}

/* Letters and digits only. */
static kdbib_str squeeze(kdb_arena *arena, kdbib_str title) {
    kdbib_str text = kdb_arena_copy(arena, kdb_fold(arena, title));
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] != ' ')
            ((char *)text.data)[size++] = text.data[i];
    return (kdbib_str){text.data, size};
}

bool kdb_check_titles(kdb_check_records *records) {
    kdb_arena arena = {0};
    kdb_buffer styled = {0}; /* the lock's title with its markup */
    bool fine = true;
    for (size_t i = 0; fine && i < records->entry_count; i++) {
        const kdb_check_entry *entry = &records->entries[i];
        const kdbib_record *record = entry->record;
        if (entry->raised || !kdb_title_is_raised(record))
            continue;
        kdbib_str title = kdbib_record_text(record, KDBIB_TITLE);
        if (kdbib_str_equal(squeeze(&arena, title), squeeze(&arena, entry->title))) {
            kdb_buffer_clear(&styled);
            kdb_rich_text_to_html(record, false, &styled);
            kdbib_source source = kdbib_record_source(record);
            kdbib_diagnostic finding = {KDBIB_SEVERITY_NOTE, "title-markup", source.file,
                                        source.line, .about = entry->title};
            kdb_report_finding(records->context, &finding,
                               "“%.*s” lost its superscripts or subscripts; the lock has “%.*s”",
                               KDB_SHOW(entry->title), KDB_SHOW(kdb_buffer_str(&styled)));
        }
        fine = !kdb_arena_failed(&arena);
        kdb_arena_reset(&arena);
    }
    fine = fine && !styled.failed;
    kdb_buffer_free(&styled);
    kdb_arena_free(&arena);
    return fine;
}

/* Findings kept to be sorted and written. */
#include "findings/findings.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/strings.h"

/* What a finding is about is looked for in its line and so many behind it, up to a blank one. */
#define LINES_BEHIND 8
#define LONGEST_SEARCH ((size_t)16 * 1024)

void kdb_findings_free(kdb_findings *findings) {
    kdb_arena_free(&findings->arena);
}

void kdb_findings_add_source(kdb_findings *findings, const char *file, kdbib_str bytes) {
    void *room = kdb_arena_grow(&findings->arena, findings->sources, findings->source_count,
                                &findings->source_capacity, sizeof *findings->sources);
    if (!room)
        return;
    findings->sources = room;
    const char *name = kdb_arena_copy(&findings->arena, kdbib_str_of(file)).data;
    findings->sources[findings->source_count++] =
        (kdb_findings_source){.file = name, .bytes = bytes};
}

static size_t source_of(const kdb_findings *findings, const char *file) {
    for (size_t i = 0; file && i < findings->source_count; i++)
        if (strcmp(findings->sources[i].file, file) == 0)
            return i;
    return SIZE_MAX;
}

static const char *copy(kdb_findings *findings, const char *text) {
    return text ? kdb_arena_copy(&findings->arena, kdbib_str_of(text)).data : NULL;
}

void kdb_findings_add(kdb_findings *findings, const kdbib_diagnostic *diagnostic) {
    void *room = kdb_arena_grow(&findings->arena, findings->items, findings->count,
                                &findings->capacity, sizeof *findings->items);
    if (!room)
        return;
    findings->items = room;
    kdb_finding *one = &findings->items[findings->count];
    *one = (kdb_finding){.told = *diagnostic, .source = SIZE_MAX, .order = findings->count};
    one->told.name = copy(findings, diagnostic->name);
    one->told.file = copy(findings, diagnostic->file);
    one->told.message = copy(findings, diagnostic->message);
    one->told.about = kdb_arena_copy(&findings->arena, diagnostic->about);
    one->told.fix = NULL;
    if (diagnostic->fix) {
        one->fix = *diagnostic->fix;
        one->fix.replacement = copy(findings, diagnostic->fix->replacement);
    }
    if (kdb_arena_failed(&findings->arena))
        return;
    findings->count++;
}

/* ---- places ---- */

static kdb_findings_source *source_with_lines(kdb_findings *findings, const kdb_finding *one) {
    if (one->source == SIZE_MAX)
        return NULL;
    kdb_findings_source *source = &findings->sources[one->source];
    bool found = source->lines.starts != NULL ||
                 kdb_lines_find(&source->lines, &findings->arena, source->bytes);
    return found ? source : NULL;
}

static size_t find_nocase(kdbib_str text, kdbib_str wanted) {
    for (size_t at = 0; at + wanted.size <= text.size; at++)
        if (kdb_starts_with_nocase(kdb_slice(text, at, text.size), wanted))
            return at;
    return SIZE_MAX;
}

/* Where `wanted` stands; of a title with markup in it, where its first words do. */
static size_t find_words(kdbib_str text, kdbib_str *wanted) {
    size_t at = kdb_find(text, *wanted, 0);
    if (at == SIZE_MAX)
        at = find_nocase(text, *wanted);
    if (at != SIZE_MAX || wanted->size < 24)
        return at;
    size_t end = 24;
    while (end > 8 && wanted->data[end] != ' ')
        end--;
    *wanted = kdb_slice(*wanted, 0, end);
    return end > 8 ? find_nocase(text, *wanted) : SIZE_MAX;
}

/* The column of what the finding is about, as far as it stands there as it was read. */
static void find_column(kdb_findings *findings, kdb_finding *one) {
    kdbib_diagnostic *d = &one->told;
    const kdb_findings_source *source = source_with_lines(findings, one);
    if (!source || d->column || !d->line || d->line > source->lines.count || !d->about.size)
        return;
    size_t from = source->lines.starts[d->line - 1], last = d->line;
    while (last < source->lines.count && last < d->line + LINES_BEHIND &&
           kdb_trim(
               kdb_slice(source->bytes, source->lines.starts[last], source->lines.starts[last + 1]))
               .size)
        last++;
    size_t to = source->lines.starts[last];
    if (to - from > LONGEST_SEARCH)
        to = from + LONGEST_SEARCH;
    kdbib_str text = kdb_slice(source->bytes, from, to);
    kdbib_str wanted = d->about;
    size_t at = find_words(text, &wanted);
    if (at == SIZE_MAX)
        return;
    while (d->line < source->lines.count && source->lines.starts[d->line] <= from + at)
        d->line++;
    d->column = (uint32_t)(from + at - source->lines.starts[d->line - 1] + 1);
    d->length = (uint32_t)wanted.size;
}

static int compare(const void *a, const void *b) {
    const kdb_finding *x = a, *y = b;
    size_t p[] = {x->source + 1, x->told.line, x->told.column, x->order};
    size_t q[] = {y->source + 1, y->told.line, y->told.column, y->order};
    for (size_t i = 0; i < sizeof p / sizeof *p; i++)
        if (p[i] != q[i])
            return p[i] < q[i] ? -1 : 1;
    return 0;
}

void kdb_findings_finish(kdb_findings *findings) {
    for (size_t i = 0; i < findings->count; i++) {
        kdb_finding *one = &findings->items[i];
        if (one->fix.replacement)
            one->told.fix = &one->fix;
        one->source = source_of(findings, one->told.file);
        find_column(findings, one);
    }
    if (findings->count)
        qsort(findings->items, findings->count, sizeof *findings->items, compare);
    for (size_t i = 0; i < findings->count; i++) /* they were moved */
        if (findings->items[i].told.fix)
            findings->items[i].told.fix = &findings->items[i].fix;
}

/* Code points in bytes[from, to); what is no UTF-8 counts a byte each. */
static uint32_t count_characters(kdbib_str bytes, size_t from, size_t to) {
    uint32_t count = 0;
    while (from < to) {
        utf8proc_int32_t c;
        utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)bytes.data + from,
                                                 (utf8proc_ssize_t)(to - from), &c);
        from += size > 0 ? (size_t)size : 1;
        count++;
    }
    return count;
}

static kdb_findings_region region_of(const kdb_findings_source *source, uint32_t line,
                                     size_t column, size_t length) {
    kdb_findings_region region = {line, 0, 0};
    if (!column || !line || line > source->lines.count)
        return region;
    size_t start = source->lines.starts[line - 1], end = source->lines.starts[line];
    size_t from = start + column - 1, to = from + length;
    while (end > start &&
           (source->bytes.data[end - 1] == '\n' || source->bytes.data[end - 1] == '\r'))
        end--;
    from = from > end ? end : from;
    to = to > end ? end : to;
    region.column = count_characters(source->bytes, start, from) + 1;
    region.end_column = region.column + count_characters(source->bytes, from, to);
    return region;
}

kdb_findings_region kdb_findings_where(kdb_findings *findings, const kdb_finding *finding) {
    const kdbib_diagnostic *d = &finding->told;
    const kdb_findings_source *source = source_with_lines(findings, finding);
    return source ? region_of(source, d->line, d->column, d->length)
                  : (kdb_findings_region){d->line, 0, 0};
}

bool kdb_findings_fix_where(kdb_findings *findings, const kdb_finding *finding,
                            kdb_findings_region *region) {
    const kdb_findings_source *source = source_with_lines(findings, finding);
    const kdbib_fix *fix = finding->told.fix;
    uint32_t line = finding->told.line;
    if (!source || !fix || !line || line > source->lines.count ||
        fix->offset < source->lines.starts[line - 1] ||
        fix->offset + fix->size > source->lines.starts[line])
        return false;
    *region = region_of(source, line, fix->offset - source->lines.starts[line - 1] + 1, fix->size);
    return true;
}

const char *kdb_severity_name(kdbib_severity severity) {
    static const char *const names[] = {"note", "warning", "error"};
    return names[severity];
}

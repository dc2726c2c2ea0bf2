/* What a list yields, before and after its fixes: it must be the same. */
#include "base/strings.h"
#include "check/check.h"
#include "check/url_set.h"
#include "library/context.h"
#include "resolve/resolve.h"
#include "url/canonical.h"

typedef struct reading {
    kdbib *context; /* of the program */
    kdbib_bibliography *bibliography;
    bool failed;  /* memory was out while it was compared */
    bool refused; /* it is no text any more: there is less of it around what is broken */
} reading;

static void hear(void *user, const kdbib_diagnostic *finding) {
    reading *r = user;
    r->refused |= finding->severity == KDBIB_SEVERITY_ERROR;
}

static bool read(reading *r, const char *file, kdbib_str bytes) {
    r->bibliography = kdbib_bibliography_new(r->context);
    if (!r->bibliography)
        return false;
    kdb_hearer before = kdb_set_hearer(r->context, (kdb_hearer){hear, r});
    bool fine = kdbib_read(r->bibliography, "markdown", file, bytes);
    kdb_set_hearer(r->context, before);
    if (!fine)
        return false;
    for (size_t i = 0; i < kdbib_bibliography_count(r->bibliography); i++)
        if (!kdb_resolve_record(r->context, kdbib_bibliography_record(r->bibliography, i)))
            return false;
    return true;
}

static bool same_names(const kdbib_record *a, const kdbib_record *b, kdbib_field which) {
    kdbib_cursor x = {0}, y = {0};
    kdbib_name one, other;
    for (;;) {
        bool more = kdbib_record_next_name(a, which, &x, &one);
        if (more != kdbib_record_next_name(b, which, &y, &other))
            return false;
        if (!more)
            return true;
        if (!kdbib_str_equal(one.family, other.family) ||
            !kdbib_str_equal(one.given, other.given) ||
            !kdbib_str_equal(one.particle, other.particle) ||
            !kdbib_str_equal(one.suffix, other.suffix) ||
            !kdbib_str_equal(one.literal, other.literal))
            return false;
    }
}

static bool same_runs(const kdbib_record *a, const kdbib_record *b) {
    kdbib_cursor x = {0}, y = {0};
    kdbib_run one, other;
    for (;;) {
        bool more = kdbib_record_next_run(a, &x, &one);
        if (more != kdbib_record_next_run(b, &y, &other))
            return false;
        if (!more)
            return true;
        if (one.style != other.style || !kdbib_str_equal(one.text, other.text))
            return false;
    }
}

static bool same_url(reading *r, kdbib_str one, kdbib_str other) {
    kdb_arena arena = {0};
    bool same = kdbib_str_equal(one, other) ||
                kdbib_str_equal(kdb_canonical_url(r->context, &arena, one),
                                kdb_canonical_url(r->context, &arena, other));
    r->failed = r->failed || kdb_arena_failed(&arena);
    kdb_arena_free(&arena);
    return same;
}

/* Every link of `a` is one of `b`. */
static bool has_links(reading *r, const kdbib_record *a, const kdbib_record *b) {
    kdb_url_set *known = kdb_url_set_new(r->context);
    bool same = true;
    kdbib_str url;
    if (!known) {
        r->failed = true;
        return true;
    }
    for (kdbib_cursor cursor = {0};
         kdbib_record_next_link(b, KDBIB_ROLE_COUNT, &cursor, &url, NULL);)
        kdb_url_set_add(known, url);
    for (kdbib_cursor cursor = {0};
         kdbib_record_next_link(a, KDBIB_ROLE_COUNT, &cursor, &url, NULL);)
        same = same && kdb_url_set_has(known, url);
    r->failed = r->failed || kdb_url_set_failed(known);
    kdb_url_set_free(known);
    return same;
}

/* The same links in their canonical forms; of two spellings of one URL one may have gone. */
static bool same_links(reading *r, const kdbib_record *a, const kdbib_record *b) {
    return same_url(r, kdbib_record_link(a, KDBIB_LINK_PAPER),
                    kdbib_record_link(b, KDBIB_LINK_PAPER)) &&
           has_links(r, a, b) && has_links(r, b, a);
}

static bool same_record(reading *r, const kdbib_record *a, const kdbib_record *b) {
    kdbib_date x = kdbib_record_issued(a), y = kdbib_record_issued(b);
    for (int field = KDBIB_TITLE; field < KDBIB_FIELD_COUNT; field++)
        if (!kdbib_str_equal(kdbib_record_text(a, (kdbib_field)field),
                             kdbib_record_text(b, (kdbib_field)field)))
            return false;
    return kdbib_record_type(a) == kdbib_record_type(b) &&
           kdbib_record_not_paper(a) == kdbib_record_not_paper(b) && x.year == y.year &&
           x.month == y.month && x.day == y.day && same_runs(a, b) &&
           same_names(a, b, KDBIB_AUTHORS) && same_names(a, b, KDBIB_EDITORS) &&
           same_links(r, a, b);
}

/* An entry goes on up to the next one. */
static kdb_line_range lines_of(const kdbib_bibliography *bibliography, size_t index) {
    uint32_t line = kdbib_record_source(kdbib_bibliography_record(bibliography, index)).line;
    size_t next = index + 1;
    while (next < kdbib_bibliography_count(bibliography) &&
           kdbib_record_source(kdbib_bibliography_record(bibliography, next)).line <= line)
        next++;
    bool last = next >= kdbib_bibliography_count(bibliography);
    return (kdb_line_range){
        line, last ? UINT32_MAX
                   : kdbib_record_source(kdbib_bibliography_record(bibliography, next)).line};
}

bool kdb_fix_is_safe(kdbib *context, const char *file, kdbib_str before, kdbib_str after,
                     bool *safe, kdb_line_range *entry) {
    reading old = {.context = context}, new = {.context = context};
    bool fine = read(&old, file, before) && read(&new, file, after);
    *entry = (kdb_line_range){0, 0};
    *safe = false;
    if (fine) {
        size_t count = kdbib_bibliography_count(old.bibliography);
        *safe = count == kdbib_bibliography_count(new.bibliography);
        for (size_t i = 0; i < count && *safe; i++) {
            const kdbib_record *record = kdbib_bibliography_record(old.bibliography, i);
            *safe = same_record(&old, record, kdbib_bibliography_record(new.bibliography, i));
            if (!*safe)
                *entry = lines_of(old.bibliography, i);
        }
    }
    fine = (fine || new.refused) && !old.failed;
    kdbib_bibliography_free(new.bibliography);
    kdbib_bibliography_free(old.bibliography);
    return fine;
}

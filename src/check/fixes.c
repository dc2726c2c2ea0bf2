/* Applying fixes: only the bytes that they name change. */
#include <stdlib.h>

#include "base/strings.h"
#include "check/check.h"
#include "library/context.h"

/* Each round applies all fixes that do not overlap; what one uncovers comes in the next. */
#define MOST_ROUNDS 32

typedef struct change {
    size_t offset, size;
    kdbib_str replacement;
    size_t order; /* of the finding */
} change;

typedef struct round_of_fixes {
    kdb_fix_filter *skip;
    void *user;
    kdb_arena arena;
    change *changes;
    size_t count, capacity;
} round_of_fixes;

static void take(void *user, const kdbib_diagnostic *finding) {
    round_of_fixes *r = user;
    if (!finding->fix || (r->skip && r->skip(r->user, finding)))
        return;
    change *changes =
        kdb_arena_grow(&r->arena, r->changes, r->count, &r->capacity, sizeof *changes);
    if (!changes)
        return;
    r->changes = changes;
    r->changes[r->count] =
        (change){finding->fix->offset, finding->fix->size,
                 kdb_arena_copy(&r->arena, kdbib_str_of(finding->fix->replacement)), r->count};
    r->count++;
}

static int compare(const void *a, const void *b) {
    const change *x = a, *y = b;
    if (x->offset != y->offset)
        return x->offset < y->offset ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

/* Writes `bytes` with the changes to `out`; how many were made. */
static size_t apply(const round_of_fixes *r, kdbib_str bytes, kdb_buffer *out) {
    size_t at = 0, made = 0;
    for (size_t i = 0; i < r->count; i++) {
        const change *c = &r->changes[i];
        bool fits = c->offset >= at && c->offset <= bytes.size && c->size <= bytes.size - c->offset;
        bool same = fits && kdbib_str_equal(kdb_slice(bytes, c->offset, c->offset + c->size),
                                            c->replacement);
        bool again = i > 0 && c->offset == r->changes[i - 1].offset && c->size == 0;
        if (!fits || same || again)
            continue;
        kdb_buffer_add(out, bytes.data + at, c->offset - at);
        kdb_buffer_add_str(out, c->replacement);
        at = c->offset + c->size;
        made++;
    }
    kdb_buffer_add(out, bytes.data + at, bytes.size - at);
    return made;
}

static bool run(round_of_fixes *r, kdbib *context, const char *file, kdbib_str bytes) {
    r->count = r->capacity = 0;
    r->changes = NULL;
    kdb_arena_reset(&r->arena);
    kdb_hearer before = kdb_set_hearer(context, (kdb_hearer){take, r});
    bool fine = kdb_check_fixable(context, file, bytes) && !kdb_arena_failed(&r->arena);
    kdb_set_hearer(context, before);
    if (fine && r->count)
        qsort(r->changes, r->count, sizeof *r->changes, compare);
    return fine;
}

bool kdb_fix_list(kdbib *context, const char *file, kdbib_str bytes, kdb_fix_filter *skip,
                  void *user, kdb_buffer *mended, size_t *count) {
    round_of_fixes r = {.skip = skip, .user = user};
    kdb_buffer next = {0};
    bool fine = true;
    *count = 0;
    kdb_buffer_clear(mended);
    kdb_buffer_add_str(mended, bytes);
    for (int rounds = 0; fine && rounds < MOST_ROUNDS; rounds++) {
        fine = run(&r, context, file, kdb_buffer_str(mended));
        kdb_buffer_clear(&next);
        size_t made = fine ? apply(&r, kdb_buffer_str(mended), &next) : 0;
        if (!made)
            break;
        *count += made;
        kdb_buffer last = *mended;
        *mended = next;
        next = last;
    }
    kdb_arena_free(&r.arena);
    fine = fine && !mended->failed && !next.failed;
    kdb_buffer_free(&next);
    return fine;
}

/* Steps, one after the other, become sections and records. */
#include "readme/outline.h"

#include <string.h>

#include "library/context.h"

static void close_sections(kdb_outline *outline, unsigned level) {
    while (outline->count && outline->sections[outline->count - 1].heading.level >= level) {
        const kdb_open_section *open = &outline->sections[--outline->count];
        /* most of them are, or none is anything else */
        bool most = open->papers * 2 >= open->entries;
        size_t alike_count = open->papers + open->doubtful_count;
        bool alike =
            open->papers * 4 >= open->entries && alike_count * 10 >= (size_t)open->entries * 9;
        if (open->entries < 4 || (!most && !alike))
            continue;
        for (uint32_t i = 0; i < open->doubtful_count; i++) {
            kdbib_record_set_not_paper(open->doubtful[i], false);
            kdbib_record_set_type(open->doubtful[i], KDBIB_TYPE_DOCUMENT, KDBIB_BASIS_LIST);
        }
    }
}

bool kdb_outline_doubt(kdb_outline *outline, kdbib_record *record) {
    if (outline->count == 0)
        return true;
    kdb_open_section *open = &outline->sections[outline->count - 1];
    kdbib_record **doubtful = kdb_arena_grow(&outline->arena, open->doubtful, open->doubtful_count,
                                             &open->doubtful_capacity, sizeof(kdbib_record *));
    if (!doubtful)
        return false;
    open->doubtful = doubtful;
    open->doubtful[open->doubtful_count++] = record;
    return true;
}

static bool open_section(kdb_outline *outline, const kdb_heading *heading) {
    close_sections(outline, heading->level);
    if (outline->count == KDB_DEEPEST_SECTION)
        return true;
    const kdb_open_section *parent = outline->count ? &outline->sections[outline->count - 1] : NULL;
    kdbib_section *section = kdbib_bibliography_add_section(
        outline->bibliography, parent ? parent->section : NULL, heading->level, heading->title);
    if (!section)
        return false;
    bool first = heading->level == 1 && outline->level_1_headings++ == 0;
    if (first && outline->entries == 0 && !parent)
        outline->document_title = section;
    kdb_open_section *open = &outline->sections[outline->count++];
    *open = (kdb_open_section){.section = section, .heading = *heading};
    if (first) /* what the list calls itself says nothing of its entries */
        open->heading.about = KDB_ABOUT_UNKNOWN;
    /* of the venue only the name is a text that lives on: it may be given to records */
    open->heading.title = section->title;
    open->heading.venue.name = kdb_arena_copy(&outline->arena, heading->venue.name);
    return !kdb_arena_failed(&outline->arena);
}

kdb_levels kdb_outline_nothing(const kdb_outline *outline, kdb_levels asked) {
    kdb_levels nothing = 0;
    for (unsigned level = 0; level < 32 && asked >> level; level++) {
        size_t above = outline->count;
        while (above && level < 31 && outline->sections[above - 1].heading.level >= level)
            above--;
        if (above && outline->sections[above - 1].heading.about == KDB_ABOUT_NOTHING)
            nothing |= (kdb_levels)1 << level;
    }
    return nothing & asked;
}

static void tell(const kdb_outline *outline, const kdbib_diagnostic *finding) {
    const kdbib *context = kdbib_bibliography_context(outline->bibliography);
    if (context->handler)
        context->handler(context->handler_user, finding);
}

/* Another thread wrote the steps, as a rule: what the next one says, and what this one points to,
 * is fetched before it is asked for. (Always inline, see fetch_places().) */
static inline __attribute__((always_inline)) void fetch_ahead(const kdb_step *step) {
    const kdb_draft *draft = step->draft, *soon = step->next ? step->next->draft : NULL;
    if (draft) {
        __builtin_prefetch(draft->links);
        __builtin_prefetch(draft->styled.runs);
        __builtin_prefetch(draft->authors.names);
        __builtin_prefetch(draft->title.data);
    }
    if (soon) {
        __builtin_prefetch(step->next->next);
        for (size_t at = 0; at < sizeof *soon; at += 64)
            __builtin_prefetch((const char *)soon + at);
    }
}

bool kdb_outline_take(kdb_outline *outline, const kdb_step_list *steps) {
    bool fine = true;
    for (const kdb_step *step = steps->first; step && fine; step = step->next) {
        fetch_ahead(step);
        switch (step->kind) {
        case KDB_STEP_OPEN:
            fine = open_section(outline, step->heading);
            break;
        case KDB_STEP_CLOSE:
            close_sections(outline, step->level);
            break;
        case KDB_STEP_ENTRY:
            outline->entries++;
            fine = kdb_draft_to_record(outline, step->draft);
            break;
        case KDB_STEP_FINDING:
            tell(outline, &step->finding);
            break;
        }
    }
    return fine;
}

void kdb_outline_end(kdb_outline *outline) {
    close_sections(outline, 0);
    if (outline->level_1_headings == 1 && outline->document_title)
        outline->document_title->document_title = true;
}

void kdb_outline_free(kdb_outline *outline) {
    kdb_arena_free(&outline->arena);
}

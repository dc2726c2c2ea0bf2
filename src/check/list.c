/* A list under check: the same pieces and blocks that the reader sees, but for their places. */
#include "check/list.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/diagnose.h"
#include "base/strings.h"
#include "markdown/document.h"
#include "markdown/references.h"
#include "markdown/splitter.h"

/* The next free element of an array in the list's arena, or NULL. */
static void *add(kdb_arena *arena, void *array, size_t *count, size_t *capacity, size_t size) {
    void **items = array;
    void *room = kdb_arena_grow(arena, *items, *count, capacity, size);
    if (!room)
        return NULL;
    *items = room;
    return (char *)*items + (*count)++ * size;
}

static bool find_lines(kdb_list *list) {
    if (!kdb_lines_find(&list->lines, &list->arena, list->bytes))
        return false;
    list->code = kdb_arena_array(&list->arena, list->lines.count + 1, sizeof *list->code);
    return list->code != NULL;
}

kdbib_str kdb_list_line(const kdb_list *list, uint32_t line) {
    if (line == 0 || line > list->lines.count)
        return (kdbib_str){NULL, 0};
    kdbib_str text = kdb_slice(list->bytes, list->lines.starts[line - 1], list->lines.starts[line]);
    while (text.size && (text.data[text.size - 1] == '\n' || text.data[text.size - 1] == '\r'))
        text.size--;
    return text;
}

/* ---- blocks ---- */

static void mark_code(kdb_list *list, const kdb_block *block) {
    for (size_t line = block->line; line && line <= block->end_line; line++)
        if (line <= list->lines.count)
            list->code[line - 1] = true;
}

static void take_links(kdb_list *list, const kdb_block *leaf, bool entry) {
    const kdb_link *last = NULL;
    for (size_t i = 0; i < leaf->inline_count; i++) {
        const kdb_inline *run = &leaf->inlines[i];
        const kdb_link *link = run->link;
        if (!link || link == last)
            continue;
        last = link;
        uint32_t line = run->line ? run->line : leaf->line;
        kdb_list_link *taken = add(&list->arena, &list->links, &list->link_count,
                                   &list->link_capacity, sizeof *list->links);
        if (!taken)
            return;
        *taken = (kdb_list_link){.url = kdb_arena_copy(&list->arena, link->url),
                                 .text = kdb_arena_copy(&list->arena, kdb_trim(run->text)),
                                 .line = line,
                                 .place = {.line = line, .offset = KDB_NO_OFFSET},
                                 .bare = link->bare,
                                 .entry = entry};
    }
}

static void take_blocks(kdb_list *list, const kdb_block *block, bool entry) {
    for (; block; block = block->next) {
        if (block->kind == KDB_BLOCK_CODE)
            mark_code(list, block);
        if (block->kind == KDB_BLOCK_ROW) {
            size_t columns = 0;
            for (const kdb_block *cell = block->parent->first->first; cell; cell = cell->next)
                columns++;
            kdb_list_row *row = add(&list->arena, &list->rows, &list->row_count,
                                    &list->row_capacity, sizeof *list->rows);
            if (row)
                *row = (kdb_list_row){block->line, columns, block->header};
        }
        take_links(list, block, entry);
        take_blocks(list, block->first,
                    entry || block->kind == KDB_BLOCK_ITEM || block->kind == KDB_BLOCK_ROW);
    }
}

static bool take_pieces(kdb_list *list, kdb_splitter *splitter) {
    kdb_arena arena = {0};
    kdb_inline_builder builder = {.arena = &arena};
    kdb_piece piece;
    bool fine = true;
    while (fine && kdb_splitter_next(splitter, &piece)) {
        kdb_block *document;
        fine = kdb_document_parse(&builder, &piece, &document);
        if (fine)
            take_blocks(list, document->first, false);
        kdb_arena_reset(&arena);
    }
    kdb_inline_builder_free(&builder);
    kdb_arena_free(&arena);
    return fine && !kdb_splitter_failed(splitter) && !kdb_arena_failed(&list->arena);
}

static bool take_text(kdb_list *list, kdbib_str text) {
    kdb_references references;
    bool fine = kdb_references_collect(&references, text);
    if (fine) {
        kdb_splitter splitter;
        kdb_splitter_init(&splitter, list->context, list->file, text, &references);
        fine = take_pieces(list, &splitter);
        kdb_splitter_free(&splitter);
    }
    kdb_references_free(&references);
    return fine;
}

static void take_repair(void *user, const kdb_repair *repair) {
    kdb_list *list = user;
    kdb_repair *taken = add(&list->arena, &list->repairs, &list->repair_count,
                            &list->repair_capacity, sizeof *list->repairs);
    if (!taken)
        return;
    *taken = *repair;
    if (repair->replacement)
        taken->replacement = kdb_arena_copy(&list->arena, kdbib_str_of(repair->replacement)).data;
}

bool kdb_list_read(kdb_list *list, kdbib *context, const char *file, kdbib_str bytes) {
    *list = (kdb_list){.context = context, .file = file, .bytes = bytes};
    list->exact = !kdb_starts_with(bytes, KDBIB_STR("\xFF\xFE")) &&
                  !kdb_starts_with(bytes, KDBIB_STR("\xFE\xFF"));
    kdb_buffer storage = {0};
    kdbib_str text;
    bool fine = kdb_decode_watched(context, file, bytes, &storage, &text, take_repair, list);
    if (fine && !list->exact)
        list->bytes = kdb_arena_copy(&list->arena, text);
    if (fine)
        fine = find_lines(list) && take_text(list, text) && kdb_list_locate_links(list);
    else
        fine = !storage.failed; /* no text: that is told, and there is nothing to look at */
    kdb_buffer_free(&storage);
    return fine && !kdb_arena_failed(&list->arena);
}

void kdb_list_free(kdb_list *list) {
    kdb_arena_free(&list->arena);
}

/* ---- reporting ---- */

void kdb_list_report(const kdb_list *list, kdbib_severity severity, const char *name,
                     kdb_place place, const char *replacement, const char *format, ...) {
    char message[1024];
    va_list args;
    va_start(args, format);
    if (vsnprintf(message, sizeof message, format, args) < 0)
        message[0] = '\0';
    va_end(args);
    bool known = place.offset != KDB_NO_OFFSET;
    kdbib_fix fix = {place.offset, place.size, replacement};
    kdbib_diagnostic finding = {severity,
                                name,
                                list->file,
                                place.line,
                                place.column,
                                .message = "",
                                .length = known ? (uint32_t)place.size : 0,
                                .fix = replacement && known && list->exact ? &fix : NULL};
    kdb_report_finding(list->context, &finding, "%s", message);
}

kdb_place kdb_place_part(kdb_place place, size_t from, size_t to) {
    if (place.offset == KDB_NO_OFFSET)
        return place;
    return (kdb_place){place.line, place.column + (uint32_t)from, place.offset + from, to - from};
}

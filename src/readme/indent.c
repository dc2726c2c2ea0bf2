/* Lists that nest by eye: `  * Parent` and `   * child`, which Markdown reads as siblings. */
#include "readme/reader.h"

#define MOST_COLUMNS                                                                               \
    3 /* farther to the right Markdown nests by itself, or means something else                    \
       */

/* The items are of two kinds, by the columns of their bullets, the first one being a parent, and
 * parents and children take turns. `*child`: the column of the children. */
static bool takes_turns(const kdb_block *first, uint16_t *child) {
    unsigned children = 0, runs = 0, items = 0;
    *child = 0;
    for (const kdb_block *item = first; item && item->kind == KDB_BLOCK_ITEM; item = item->next) {
        items++;
        if (item->column == first->column)
            continue;
        if (item->column < first->column || item->column > first->column + MOST_COLUMNS ||
            (*child && item->column != *child))
            return false;
        *child = item->column;
        children++;
        runs += item->previous && item->previous->column == first->column;
    }
    return children && children * 3 >= items && runs * 3 >= children;
}

void kdb_nest_by_indent(kdb_reader *reader, kdb_block *first) {
    uint16_t child;
    if (!first || first->kind != KDB_BLOCK_ITEM || !first->column || !takes_turns(first, &child))
        return;
    kdb_block *above = first, *list = NULL;
    for (kdb_block *item = first->next, *next; item && item->kind == KDB_BLOCK_ITEM; item = next) {
        next = item->next;
        if (item->column != child) {
            above = item;
            list = NULL;
            continue;
        }
        if (!list && !(list = kdb_block_new(reader->arena, above, KDB_BLOCK_LIST, item->line))) {
            reader->failed = true;
            return;
        }
        above->next = next;
        if (next)
            next->previous = above;
        else if (item->parent)
            item->parent->last = above;
        item->parent = list;
        item->next = NULL;
        item->previous = list->last;
        if (list->last)
            list->last->next = item;
        else
            list->first = item;
        list->last = item;
    }
}

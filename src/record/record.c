/* Getters and setters of a record. */
#include "record/record.h"

#include "base/strings.h"

/* ---- cells ---- */

static bool matches(const kdb_cell *cell, unsigned kind, unsigned tag) {
    return cell->kind == kind && cell->tag == tag;
}

static kdb_cell *new_cell(kdbib_record *r, unsigned kind, unsigned tag, kdbib_basis basis,
                          size_t size) {
    if (size > UINT32_MAX - 1) {
        r->arena->failed = true;
        return NULL;
    }
    kdb_cell *cell = kdb_arena_alloc(r->arena, offsetof(kdb_cell, data) + size + 1);
    if (!cell)
        return NULL;
    cell->next = NULL;
    cell->size = (uint32_t)size;
    cell->kind = (uint8_t)kind;
    cell->tag = (uint8_t)tag;
    cell->basis = (uint8_t)basis;
    cell->data[size] = '\0';
    return cell;
}

static kdb_cell *new_text_cell(kdbib_record *r, unsigned kind, unsigned tag, kdbib_basis basis,
                               kdbib_str text) {
    kdb_cell *cell = new_cell(r, kind, tag, basis, text.size);
    if (cell && text.size)
        memcpy(cell->data, text.data, text.size);
    return cell;
}

static void append(kdbib_record *r, kdb_cell *cell) {
    if (cell->kind == KDB_CELL_TEXT)
        r->texts |= (uint64_t)1 << cell->tag;
    if (r->last)
        r->last->next = cell;
    else
        r->first = cell;
    r->last = cell;
}

/* Takes out all cells of a kind; `tag` UINT_MAX stands for any. */
static void remove_cells(kdbib_record *r, unsigned kind, unsigned tag) {
    kdb_cell **at = &r->first, *last = NULL;
    while (*at) {
        if ((*at)->kind == kind && (tag == (unsigned)-1 || (*at)->tag == tag)) {
            *at = (*at)->next;
        } else {
            last = *at;
            at = &(*at)->next;
        }
    }
    r->last = last;
}

/* Most fields of most records are empty: no walk finds that out. */
static const kdb_cell *find_text(const kdbib_record *r, kdbib_field field) {
    if (!(r->texts >> field & 1))
        return NULL;
    for (const kdb_cell *cell = r->first; cell; cell = cell->next)
        if (matches(cell, KDB_CELL_TEXT, field))
            return cell;
    return NULL;
}

static const kdb_cell *find_cell(const kdbib_record *r, unsigned kind, unsigned tag) {
    for (const kdb_cell *cell = r->first; cell; cell = cell->next)
        if (matches(cell, kind, tag))
            return cell;
    return NULL;
}

static kdbib_str cell_text(const kdb_cell *cell) {
    return cell ? (kdbib_str){cell->data, cell->size} : KDBIB_STR("");
}

/* The next cell of a walk that matches; `tag` UINT_MAX stands for any. */
static const kdb_cell *walk(const kdbib_record *r, kdbib_cursor *cursor, unsigned kind,
                            unsigned tag) {
    const kdb_cell *cell = cursor->started ? cursor->next : r->first;
    while (cell && !(cell->kind == kind && (tag == (unsigned)-1 || cell->tag == tag)))
        cell = cell->next;
    cursor->started = true;
    cursor->next = cell ? cell->next : NULL;
    return cell;
}

/* ---- reading ---- */

kdbib_type kdbib_record_type(const kdbib_record *r) {
    return (kdbib_type)r->type;
}
kdbib_date kdbib_record_issued(const kdbib_record *r) {
    return r->issued;
}
bool kdbib_record_authors_truncated(const kdbib_record *r) {
    return r->truncated;
}
bool kdbib_record_not_paper(const kdbib_record *r) {
    return r->not_paper;
}

kdbib_source kdbib_record_source(const kdbib_record *r) {
    return (kdbib_source){r->file, r->line};
}

kdbib_str kdbib_record_text(const kdbib_record *r, kdbib_field field) {
    const kdb_cell *cell = find_text(r, field);
    if (!cell && field == KDBIB_TITLE)
        cell = walk(r, &(kdbib_cursor){0}, KDB_CELL_RUN, (unsigned)-1);
    return cell_text(cell);
}

kdbib_basis kdbib_record_basis(const kdbib_record *r, kdbib_field field) {
    if (field <= KDBIB_TITLE)
        return (kdbib_basis)r->basis[field];
    const kdb_cell *cell = find_text(r, field);
    return cell ? (kdbib_basis)cell->basis : KDBIB_BASIS_NONE;
}

bool kdbib_record_next_run(const kdbib_record *r, kdbib_cursor *cursor, kdbib_run *run) {
    const kdb_cell *cell = walk(r, cursor, KDB_CELL_RUN, (unsigned)-1);
    if (cell)
        *run = (kdbib_run){cell_text(cell), cell->tag};
    return cell != NULL;
}

/* A name's data: the sizes of its five parts, then the parts, each with its NUL. */
#define NAME_PARTS 5
typedef struct name_sizes {
    uint16_t of[NAME_PARTS];
} name_sizes;

static kdbib_str *name_part(kdbib_name *name, size_t i) {
    kdbib_str *parts[NAME_PARTS] = {&name->family, &name->given, &name->particle, &name->suffix,
                                    &name->literal};
    return parts[i];
}

bool kdbib_record_next_name(const kdbib_record *r, kdbib_field which, kdbib_cursor *cursor,
                            kdbib_name *name) {
    const kdb_cell *cell = walk(r, cursor, KDB_CELL_NAME, which);
    if (!cell)
        return false;
    name_sizes sizes;
    memcpy(&sizes, cell->data, sizeof sizes);
    const char *at = cell->data + sizeof sizes;
    for (size_t i = 0; i < NAME_PARTS; i++) {
        *name_part(name, i) = (kdbib_str){at, sizes.of[i]};
        at += sizes.of[i] + 1;
    }
    return true;
}

bool kdbib_record_next_link(const kdbib_record *r, kdbib_role role, kdbib_cursor *cursor,
                            kdbib_str *url, kdbib_role *found) {
    const kdb_cell *cell =
        walk(r, cursor, KDB_CELL_LINK, role == KDBIB_ROLE_COUNT ? (unsigned)-1 : (unsigned)role);
    if (!cell)
        return false;
    *url = cell_text(cell);
    if (found)
        *found = (kdbib_role)cell->tag;
    return true;
}

kdbib_str kdbib_record_link(const kdbib_record *r, kdbib_role role) {
    return cell_text(find_cell(r, KDB_CELL_LINK, role));
}

bool kdbib_record_next_section(const kdbib_record *r, kdbib_cursor *cursor,
                               const kdbib_section **section) {
    const kdb_cell *cell = walk(r, cursor, KDB_CELL_SECTION, (unsigned)-1);
    if (cell)
        memcpy(section, cell->data, sizeof *section);
    return cell != NULL;
}

/* ---- building ---- */

void kdbib_record_set_type(kdbib_record *r, kdbib_type type, kdbib_basis basis) {
    r->type = (uint8_t)type;
    r->basis[KDBIB_TYPE] = (uint8_t)basis;
}

void kdbib_record_set_issued(kdbib_record *r, kdbib_date date, kdbib_basis basis) {
    if (date.month == 0 || date.month > 12)
        date.month = date.day = 0;
    if (date.day > 31)
        date.day = 0;
    if (date.year == 0)
        date = (kdbib_date){0};
    r->issued = date;
    r->basis[KDBIB_ISSUED] = (uint8_t)(date.year ? basis : KDBIB_BASIS_NONE);
}

bool kdbib_record_set_text(kdbib_record *r, kdbib_field field, kdbib_str text, kdbib_basis basis) {
    if (field < KDBIB_TITLE)
        return true;
    if (field == KDBIB_TITLE)
        return kdbib_record_set_title(r, &(kdbib_run){text, 0}, 1, basis);
    kdb_cell *cell = NULL;
    if (text.size && !(cell = new_text_cell(r, KDB_CELL_TEXT, field, basis, text)))
        return false;
    kdb_record_remove_texts(r, (uint64_t)1 << field);
    if (cell)
        append(r, cell);
    return true;
}

void kdb_record_remove_texts(kdbib_record *r, uint64_t fields) {
    if (!(r->texts & fields))
        return;
    r->texts &= ~fields;
    kdb_cell **at = &r->first, *last = NULL;
    while (*at) {
        if ((*at)->kind == KDB_CELL_TEXT && fields >> (*at)->tag & 1) {
            *at = (*at)->next;
        } else {
            last = *at;
            at = &(*at)->next;
        }
    }
    r->last = last;
}

bool kdb_record_append_text(kdbib_record *r, kdbib_field field, kdbib_str text, kdbib_basis basis) {
    kdb_cell *cell = text.size ? new_text_cell(r, KDB_CELL_TEXT, field, basis, text) : NULL;
    if (cell)
        append(r, cell);
    return cell || !text.size;
}

bool kdbib_record_set_title(kdbib_record *r, const kdbib_run *runs, size_t count,
                            kdbib_basis basis) {
    kdb_cell *first = NULL, **end = &first;
    size_t total = 0, cells = 0;
    for (size_t i = 0; i < count;) {
        size_t size = 0, next = i;
        while (next < count && (runs[next].style == runs[i].style || !runs[next].text.size))
            size += runs[next++].text.size;
        if (size) {
            kdb_cell *cell = new_cell(r, KDB_CELL_RUN, runs[i].style, basis, size);
            if (!cell)
                return false;
            char *at = cell->data;
            for (; i < next; i++)
                if (runs[i].text.size) {
                    memcpy(at, runs[i].text.data, runs[i].text.size);
                    at += runs[i].text.size;
                }
            *end = cell;
            end = &cell->next;
            total += size;
            cells++;
        }
        i = next > i ? next : i;
    }
    kdb_cell *plain = NULL;
    if (cells > 1) {
        if (!(plain = new_cell(r, KDB_CELL_TEXT, KDBIB_TITLE, basis, total)))
            return false;
        char *at = plain->data;
        for (const kdb_cell *cell = first; cell; cell = cell->next) {
            memcpy(at, cell->data, cell->size);
            at += cell->size;
        }
    }
    remove_cells(r, KDB_CELL_RUN, (unsigned)-1);
    kdb_record_remove_texts(r, (uint64_t)1 << KDBIB_TITLE);
    for (kdb_cell *cell = first, *next; cell; cell = next) {
        next = cell->next;
        cell->next = NULL;
        append(r, cell);
    }
    if (plain)
        append(r, plain);
    r->basis[KDBIB_TITLE] = (uint8_t)(total ? basis : KDBIB_BASIS_NONE);
    return true;
}

bool kdbib_record_add_name(kdbib_record *r, kdbib_field which, const kdbib_name *name,
                           kdbib_basis basis) {
    kdbib_name parts = *name;
    if (!parts.family.size && !parts.literal.size)
        return true;
    name_sizes sizes;
    size_t total = sizeof sizes;
    for (size_t i = 0; i < NAME_PARTS; i++) {
        kdbib_str *part = name_part(&parts, i);
        if (part->size > UINT16_MAX)
            part->size = 0; /* no name is that long */
        sizes.of[i] = (uint16_t)part->size;
        total += part->size + 1;
    }
    kdb_cell *cell = new_cell(r, KDB_CELL_NAME, which, basis, total);
    if (!cell)
        return false;
    memcpy(cell->data, &sizes, sizeof sizes);
    char *at = cell->data + sizeof sizes;
    for (size_t i = 0; i < NAME_PARTS; i++) {
        kdbib_str part = *name_part(&parts, i);
        if (part.size)
            memcpy(at, part.data, part.size);
        at += part.size;
        *at++ = '\0';
    }
    append(r, cell);
    r->basis[which] = (uint8_t)basis;
    return true;
}

void kdbib_record_clear_names(kdbib_record *r, kdbib_field which) {
    if (which != KDBIB_AUTHORS && which != KDBIB_EDITORS)
        return;
    remove_cells(r, KDB_CELL_NAME, which);
    r->basis[which] = KDBIB_BASIS_NONE;
    if (which == KDBIB_AUTHORS)
        r->truncated = false;
}

void kdbib_record_set_authors_truncated(kdbib_record *r, bool truncated) {
    r->truncated = truncated;
}

void kdbib_record_set_not_paper(kdbib_record *r, bool not_paper) {
    r->not_paper = not_paper;
}

bool kdbib_record_add_link(kdbib_record *r, kdbib_role role, kdbib_str url) {
    if (!url.size)
        return true;
    size_t links = 0;
    for (const kdb_cell *cell = r->first; cell; cell = cell->next) {
        if (matches(cell, KDB_CELL_LINK, role) && kdbib_str_equal(cell_text(cell), url))
            return true;
        links += cell->kind == KDB_CELL_LINK;
    }
    if (links >= KDBIB_LARGEST_PARTS)
        return true;
    kdb_cell *cell = new_text_cell(r, KDB_CELL_LINK, role, KDBIB_BASIS_LIST, url);
    if (!cell)
        return false;
    if (role == KDBIB_LINK_PAPER || role == KDBIB_LINK_PDF)
        remove_cells(r, KDB_CELL_LINK, role);
    append(r, cell);
    return true;
}

void kdbib_record_clear_links(kdbib_record *r, kdbib_role role) {
    remove_cells(r, KDB_CELL_LINK, role);
}

bool kdbib_record_add_section(kdbib_record *r, const kdbib_section *section) {
    const kdbib_section *have;
    size_t sections = 0;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_section(r, &cursor, &have); sections++)
        if (have == section)
            return true;
    if (sections >= KDBIB_LARGEST_PARTS)
        return true;
    kdb_cell *cell = new_cell(r, KDB_CELL_SECTION, 0, KDBIB_BASIS_LIST, sizeof section);
    if (!cell)
        return false;
    memcpy(cell->data, &section, sizeof section);
    append(r, cell);
    return true;
}

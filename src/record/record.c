/* Getters and setters of a record. */
#include "record/record.h"

#include "base/strings.h"
#include "record/texts.h"

/* ---- cells ---- */

#define ANY ((unsigned)-1)

static bool matches(const kdb_cell *cell, kdb_cell_kind kind, unsigned tag) {
    return kdb_cell_kind_of(cell) == kind && (tag == ANY || cell->tag == tag);
}

/* The first cell behind `before` (NULL: of all) that matches, or NULL. */
static inline const kdb_cell *seek(const kdbib_record *r, const kdb_cell *before,
                                   kdb_cell_kind kind, unsigned tag) {
    const void *first = r->cells;
    const kdb_cell *cell = before ? kdb_cell_behind(before) : first;
    while (!matches(cell, kind, tag)) {
        if (kdb_cell_kind_of(cell) != KDB_CELL_END) {
            cell = kdb_cell_behind(cell);
            continue;
        }
        memcpy(&cell, cell->data, sizeof cell);
        if (!cell)
            return NULL;
    }
    return cell;
}

static const kdb_cell *find_cell(const kdbib_record *r, kdb_cell_kind kind, unsigned tag) {
    return seek(r, NULL, kind, tag);
}

/* Most fields of most records are empty: no walk finds that out. */
static const kdb_cell *find_text(const kdbib_record *r, kdbib_field field) {
    return r->texts >> field & 1 ? find_cell(r, KDB_CELL_TEXT, field) : NULL;
}

static kdbib_str text_of(const kdb_cell *cell) {
    return cell ? kdb_cell_text(cell) : KDBIB_STR("");
}

/* The next cell of a walk that matches. */
static const kdb_cell *walk(const kdbib_record *r, kdbib_cursor *cursor, kdb_cell_kind kind,
                            unsigned tag) {
    if (cursor->started && !cursor->next)
        return NULL;
    cursor->started = true;
    return cursor->next = seek(r, cursor->next, kind, tag);
}

/* Bits of `parts`: many walks are for roles that no link has, and for editors. */
static unsigned link_bit(kdbib_role role) {
    return 1u << role;
}
#define LINK_BITS ((1u << KDBIB_ROLE_COUNT) - 1)
static unsigned name_bit(kdbib_field which) {
    return 1u << (KDBIB_ROLE_COUNT + (int)which);
}
#define SECTION_BIT (1u << (KDBIB_ROLE_COUNT + KDBIB_EDITORS + 1))

/* Takes out the cells of a kind, up to the cell `until`, which may be NULL. */
static void remove_cells(kdbib_record *r, kdb_cell_kind kind, unsigned tag, const kdb_cell *until) {
    const kdb_cell *cell = NULL;
    while ((cell = kdb_record_next_cell(r, cell)) != NULL && cell != until)
        if (matches(cell, kind, tag))
            kdb_cell_remove((kdb_cell *)cell);
}

static kdb_cell *add_text_cell(kdbib_record *r, kdb_cell_kind kind, unsigned tag, kdbib_basis basis,
                               kdbib_str text) {
    kdb_cell *cell = kdb_record_add_cell(r, kind, tag, basis, text.size);
    if (cell && text.size)
        memcpy(kdb_cell_data(cell), text.data, text.size);
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
    return (kdbib_source){r->origin->file, r->line};
}

kdbib_str kdbib_record_text(const kdbib_record *r, kdbib_field field) {
    const kdb_cell *cell = find_text(r, field);
    if (!cell && field == KDBIB_TITLE)
        cell = find_cell(r, KDB_CELL_RUN, ANY);
    return text_of(cell);
}

uint64_t kdb_record_texts(const kdbib_record *r, kdbib_str texts[KDBIB_FIELD_COUNT]) {
    for (int field = 0; field < KDBIB_FIELD_COUNT; field++)
        texts[field] = (kdbib_str){"", 0};
    const kdb_cell *cell = NULL;
    for (uint64_t left = r->texts; left && (cell = seek(r, cell, KDB_CELL_TEXT, ANY)) != NULL;
         left &= ~((uint64_t)1 << cell->tag))
        texts[cell->tag] = kdb_cell_text(cell);
    if (!texts[KDBIB_TITLE].size)
        texts[KDBIB_TITLE] = kdbib_record_text(r, KDBIB_TITLE);
    return r->texts | (uint64_t)(texts[KDBIB_TITLE].size > 0) << KDBIB_TITLE;
}

void kdb_record_bases(const kdbib_record *r, kdbib_basis bases[KDBIB_FIELD_COUNT]) {
    for (int field = 0; field < KDBIB_FIELD_COUNT; field++)
        bases[field] = field <= KDBIB_TITLE ? (kdbib_basis)r->basis[field] : KDBIB_BASIS_NONE;
    for (const kdb_cell *cell = NULL; (cell = kdb_record_next_cell(r, cell)) != NULL;)
        if (kdb_cell_kind_of(cell) == KDB_CELL_TEXT && cell->tag > KDBIB_TITLE)
            bases[cell->tag] = kdb_cell_basis(cell);
}

kdbib_basis kdbib_record_basis(const kdbib_record *r, kdbib_field field) {
    if (field <= KDBIB_TITLE)
        return (kdbib_basis)r->basis[field];
    const kdb_cell *cell = find_text(r, field);
    return cell ? kdb_cell_basis(cell) : KDBIB_BASIS_NONE;
}

bool kdbib_record_next_run(const kdbib_record *r, kdbib_cursor *cursor, kdbib_run *run) {
    const kdb_cell *cell = walk(r, cursor, KDB_CELL_RUN, ANY);
    if (cell)
        *run = (kdbib_run){text_of(cell), cell->tag};
    return cell != NULL;
}

/* A name's data: bits for the parts that are there, their sizes, then the parts, each with its NUL.
 */
#define NAME_PARTS 5

static kdbib_str *name_part(kdbib_name *name, size_t i) {
    kdbib_str *parts[NAME_PARTS] = {&name->family, &name->given, &name->particle, &name->suffix,
                                    &name->literal};
    return parts[i];
}

/* The part of a name whose bit is set in `there`; what is before it is gone past. */
static kdbib_str read_part(unsigned there, unsigned bit, const char **sizes, const char **at) {
    if (!(there & bit))
        return KDBIB_STR("");
    uint16_t size;
    memcpy(&size, *sizes, sizeof size);
    kdbib_str part = {*at, size};
    *sizes += sizeof size;
    *at += size + 1;
    return part;
}

bool kdbib_record_next_name(const kdbib_record *r, kdbib_field which, kdbib_cursor *cursor,
                            kdbib_name *name) {
    const kdb_cell *cell =
        r->parts & name_bit(which) ? walk(r, cursor, KDB_CELL_NAME, which) : NULL;
    if (!cell)
        return false;
    const char *sizes = kdb_cell_text(cell).data;
    const unsigned there = (unsigned char)*sizes++;
    const char *at = sizes;
    for (unsigned left = there; left; left &= left - 1)
        at += sizeof(uint16_t);
    name->family = read_part(there, 1, &sizes, &at);
    name->given = read_part(there, 2, &sizes, &at);
    name->particle = read_part(there, 4, &sizes, &at);
    name->suffix = read_part(there, 8, &sizes, &at);
    name->literal = read_part(there, 16, &sizes, &at);
    return true;
}

bool kdbib_record_next_link(const kdbib_record *r, kdbib_role role, kdbib_cursor *cursor,
                            kdbib_str *url, kdbib_role *found) {
    bool any = role == KDBIB_ROLE_COUNT;
    bool one = role == KDBIB_LINK_PAPER || role == KDBIB_LINK_PDF;
    if ((!any && !(r->parts & link_bit(role))) || (one && cursor->started))
        return false;
    const kdb_cell *cell = walk(r, cursor, KDB_CELL_LINK, any ? ANY : (unsigned)role);
    if (!cell)
        return false;
    *url = text_of(cell);
    if (found)
        *found = (kdbib_role)cell->tag;
    return true;
}

unsigned kdb_record_roles(const kdbib_record *r) {
    return r->parts & LINK_BITS;
}

kdbib_str kdbib_record_link(const kdbib_record *r, kdbib_role role) {
    return text_of(r->parts & link_bit(role) ? find_cell(r, KDB_CELL_LINK, role) : NULL);
}

bool kdbib_record_next_section(const kdbib_record *r, kdbib_cursor *cursor,
                               const kdbib_section **section) {
    const kdb_cell *cell = walk(r, cursor, KDB_CELL_SECTION, ANY);
    if (cell)
        memcpy(section, kdb_cell_text(cell).data, sizeof *section);
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

/* Texts that as a rule are the end of the paper link: they need not stand in the record twice. */
static bool is_of_link(kdbib_field field) {
    return field == KDBIB_CANONICAL_URL || field == KDBIB_DOI;
}

static kdb_cell *add_field(kdbib_record *r, kdbib_field field, kdbib_str text, kdbib_basis basis) {
    kdb_cell *cell = NULL;
    if (is_of_link(field) && text.size > sizeof text.data && text.size < UINT16_MAX) {
        kdbib_str link = kdbib_record_link(r, KDBIB_LINK_PAPER);
        if (kdb_ends_with(link, text))
            cell =
                kdb_record_add_shared(r, KDB_CELL_TEXT, field, basis,
                                      (kdbib_str){link.data + (link.size - text.size), text.size});
    }
    if (!cell)
        cell = add_text_cell(r, KDB_CELL_TEXT, field, basis, text);
    if (cell)
        r->texts |= (uint64_t)1 << field;
    return cell;
}

bool kdbib_record_set_text(kdbib_record *r, kdbib_field field, kdbib_str text, kdbib_basis basis) {
    if (field < KDBIB_TITLE)
        return true;
    if (field == KDBIB_TITLE)
        return kdbib_record_set_title(r, &(kdbib_run){text, 0}, 1, basis);
    const kdb_cell *old = find_text(r, field);
    if (text.size && !add_field(r, field, text, basis))
        return false;
    if (old)
        kdb_cell_remove((kdb_cell *)old);
    if (!text.size)
        r->texts &= ~((uint64_t)1 << field);
    return true;
}

void kdb_record_remove_texts(kdbib_record *r, uint64_t fields) {
    if (!(r->texts & fields))
        return;
    r->texts &= ~fields;
    const kdb_cell *cell = NULL;
    while ((cell = kdb_record_next_cell(r, cell)) != NULL)
        if (kdb_cell_kind_of(cell) == KDB_CELL_TEXT && fields >> cell->tag & 1)
            kdb_cell_remove((kdb_cell *)cell);
}

bool kdb_record_append_text(kdbib_record *r, kdbib_field field, kdbib_str text, kdbib_basis basis) {
    return !text.size || add_field(r, field, text, basis);
}

/* A cell with the texts of runs, `size` bytes in all. NULL when memory is out. */
static kdb_cell *add_runs(kdbib_record *r, kdb_cell_kind kind, unsigned tag, const kdbib_run *runs,
                          size_t count, size_t size, kdbib_basis basis) {
    kdb_cell *cell = kdb_record_add_cell(r, kind, tag, basis, size);
    char *at = cell ? kdb_cell_data(cell) : NULL;
    for (size_t i = 0; cell && i < count; i++)
        if (runs[i].text.size) {
            memcpy(at, runs[i].text.data, runs[i].text.size);
            at += runs[i].text.size;
        }
    return cell;
}

bool kdbib_record_set_title(kdbib_record *r, const kdbib_run *runs, size_t count,
                            kdbib_basis basis) {
    kdb_cell *first = NULL;
    size_t total = 0, cells = 0;
    bool fine = true;
    for (size_t i = 0; fine && i < count;) {
        size_t size = 0, next = i;
        while (next < count && (runs[next].style == runs[i].style || !runs[next].text.size))
            size += runs[next++].text.size;
        if (size) {
            kdb_cell *cell =
                add_runs(r, KDB_CELL_RUN, runs[i].style, runs + i, next - i, size, basis);
            fine = cell != NULL;
            first = first ? first : cell;
            total += size;
            cells++;
        }
        i = next > i ? next : i + 1;
    }
    fine =
        fine && (cells < 2 || add_runs(r, KDB_CELL_TEXT, KDBIB_TITLE, runs, count, total, basis));
    if (!fine) { /* what was added goes again */
        for (const kdb_cell *cell = first; cell; cell = kdb_record_next_cell(r, cell))
            kdb_cell_remove((kdb_cell *)cell);
        return false;
    }
    remove_cells(r, KDB_CELL_RUN, ANY, first);
    if (kdb_record_has(r, KDBIB_TITLE))
        remove_cells(r, KDB_CELL_TEXT, KDBIB_TITLE, first);
    r->texts &= ~((uint64_t)1 << KDBIB_TITLE);
    r->texts |= (uint64_t)(cells > 1) << KDBIB_TITLE;
    r->basis[KDBIB_TITLE] = (uint8_t)(total ? basis : KDBIB_BASIS_NONE);
    return true;
}

bool kdbib_record_add_name(kdbib_record *r, kdbib_field which, const kdbib_name *name,
                           kdbib_basis basis) {
    kdbib_name parts = *name;
    if (!parts.family.size && !parts.literal.size)
        return true;
    unsigned there = 0;
    size_t total = 1;
    for (size_t i = 0; i < NAME_PARTS; i++) {
        size_t size = name_part(&parts, i)->size;
        if (!size || size > UINT16_MAX)
            continue; /* no name is that long */
        there |= 1u << i;
        total += sizeof(uint16_t) + size + 1;
    }
    kdb_cell *cell = kdb_record_add_cell(r, KDB_CELL_NAME, which, basis, total);
    if (!cell)
        return false;
    char *at = kdb_cell_data(cell);
    *at++ = (char)there;
    for (size_t i = 0; i < NAME_PARTS; i++)
        if (there >> i & 1) {
            memcpy(at, &(uint16_t){(uint16_t)name_part(&parts, i)->size}, sizeof(uint16_t));
            at += sizeof(uint16_t);
        }
    for (size_t i = 0; i < NAME_PARTS; i++)
        if (there >> i & 1) {
            kdbib_str part = *name_part(&parts, i);
            memcpy(at, part.data, part.size);
            at += part.size;
            *at++ = '\0';
        }
    r->basis[which] = (uint8_t)basis;
    r->parts |= (uint16_t)name_bit(which);
    return true;
}

void kdbib_record_clear_names(kdbib_record *r, kdbib_field which) {
    if (which != KDBIB_AUTHORS && which != KDBIB_EDITORS)
        return;
    if (r->parts & name_bit(which))
        remove_cells(r, KDB_CELL_NAME, which, NULL);
    r->parts &= (uint16_t)~name_bit(which);
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

/* False for `javascript:`, `data:`, `file:` and any other scheme that leads to no page. Browsers
 * skip blanks and controls before and inside of a scheme. */
static bool leads_to_page(kdbib_str url) {
    static const char *const schemes[] = {"http", "https", "ftp", "doi", "arxiv"};
    char scheme[16];
    size_t size = 0;
    if (kdb_starts_with(url, KDBIB_STR("https:")) || kdb_starts_with(url, KDBIB_STR("http:")))
        return true; /* as nearly all do */
    for (size_t i = 0; i < url.size; i++) {
        const char c = url.data[i];
        if ((unsigned char)c <= ' ')
            continue;
        if (c == ':') {
            if (i + 1 < url.size && kdb_is_digit(url.data[i + 1]))
                return true; /* host and port */
            for (size_t j = 0; j < sizeof schemes / sizeof *schemes; j++)
                if (kdb_equal_nocase((kdbib_str){scheme, size}, kdbib_str_of(schemes[j])))
                    return true;
            return size == 0;
        }
        if (!kdb_is_alnum(c) && !kdb_is_one_of(c, "+.-"))
            return true;
        if (size < sizeof scheme)
            scheme[size++] = c;
    }
    return true;
}

bool kdbib_record_add_link(kdbib_record *r, kdbib_role role, kdbib_str url) {
    if (!url.size || !leads_to_page(url))
        return true;
    size_t links = 0;
    bool replaces =
        r->parts & link_bit(role) && (role == KDBIB_LINK_PAPER || role == KDBIB_LINK_PDF);
    const kdb_cell *cell = NULL;
    while (r->parts & LINK_BITS && (cell = kdb_record_next_cell(r, cell)) != NULL) {
        if (matches(cell, KDB_CELL_LINK, role) && kdbib_str_equal(kdb_cell_text(cell), url))
            return true;
        links += kdb_cell_kind_of(cell) == KDB_CELL_LINK;
    }
    if (links >= KDBIB_LARGEST_PARTS)
        return true;
    kdb_cell *added = add_text_cell(r, KDB_CELL_LINK, role, KDBIB_BASIS_LIST, url);
    if (added && replaces)
        remove_cells(r, KDB_CELL_LINK, role, added);
    if (added)
        r->parts |= (uint16_t)link_bit(role);
    return added != NULL;
}

void kdbib_record_clear_links(kdbib_record *r, kdbib_role role) {
    remove_cells(r, KDB_CELL_LINK, role, NULL);
    r->parts &= (uint16_t)~link_bit(role);
}

bool kdbib_record_add_section(kdbib_record *r, const kdbib_section *section) {
    const kdbib_section *have;
    size_t sections = 0;
    for (kdbib_cursor c = {0}; r->parts & SECTION_BIT && kdbib_record_next_section(r, &c, &have);
         sections++)
        if (have == section)
            return true;
    if (sections >= KDBIB_LARGEST_PARTS)
        return true;
    kdb_cell *cell = kdb_record_add_cell(r, KDB_CELL_SECTION, 0, KDBIB_BASIS_LIST, sizeof section);
    if (cell)
        memcpy(kdb_cell_data(cell), &section, sizeof section);
    r->parts |= (uint16_t)(cell ? SECTION_BIT : 0);
    return cell != NULL;
}

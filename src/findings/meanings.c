/* What the names of findings mean. */
#include "findings/meanings.h"

#include "base/embedded.h"
#include "base/strings.h"
#include "findings/findings.h"

/* A cell of a table's row, from `at` on, which moves behind it. */
static kdbib_str next_cell(kdbib_str row, size_t *at) {
    size_t end = kdb_find(row, KDBIB_STR(" |"), *at);
    kdbib_str cell = kdb_trim(kdb_slice(row, *at, end));
    *at = end == SIZE_MAX ? row.size : end + 2;
    return cell;
}

/* "`a`, `b`" */
static bool names(kdbib_str cell, kdbib_str name) {
    for (size_t at = 0; (at = kdb_find(cell, name, at)) != SIZE_MAX; at++)
        if (at > 0 && cell.data[at - 1] == '`' && at + name.size < cell.size &&
            cell.data[at + name.size] == '`')
            return true;
    return false;
}

static bool take_level(kdbib_str cell, kdbib_severity *severity) {
    for (int level = KDBIB_SEVERITY_NOTE; level <= KDBIB_SEVERITY_ERROR; level++)
        if (kdb_starts_with(cell, kdbib_str_of(kdb_severity_name((kdbib_severity)level)))) {
            *severity = (kdbib_severity)level;
            return true;
        }
    return false;
}

bool kdb_meaning_of(kdbib_str name, kdb_meaning *meaning) {
    kdbib_str page = kdb_embedded(KDBIB_STR("../docs/diagnostics.md"));
    for (size_t from = 0, end; from < page.size; from = end + 1) {
        end = kdb_find_char(page, '\n', from);
        if (end == SIZE_MAX)
            end = page.size;
        kdbib_str row = kdb_slice(page, from, end);
        size_t at = 2;
        if (!kdb_starts_with(row, KDBIB_STR("| `")) || !names(next_cell(row, &at), name) ||
            !take_level(next_cell(row, &at), &meaning->severity))
            continue;
        meaning->text = next_cell(row, &at);
        return true;
    }
    return false;
}

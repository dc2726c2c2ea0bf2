/* Text in LaTeX: ASCII by a switch, everything else by the table or by its accents. */
#include "latex_text.h"

#include <utf8proc.h>

#include "base/buffer.h"
#include "base/csv.h"
#include "base/embedded.h"
#include "base/strings.h"

#define LARGEST_CLUSTER 8 /* combining marks on one letter that LaTeX is asked to stack */

static const char *ascii_escape(char c);

static void read_plain_bytes(kdb_latex *latex) {
    for (int c = ' ' + 1; c < 0x7F; c++) {
        latex->plain[c] = c != '-' && !ascii_escape((char)c);
        latex->plain_in_url[c] = c != '%' && c != '{' && c != '}' && c != '\\';
        latex->plain_in_both[c] = latex->plain[c] && latex->plain_in_url[c];
    }
    latex->plain[' '] = true;
}

/* ---- the table ---- */

bool kdb_latex_init(kdb_latex *latex, bool unicode) {
    *latex = (kdb_latex){.unicode = unicode};
    read_plain_bytes(latex);
    const kdb_table *table = &latex->table;
    if (!kdb_table_read(&latex->arena, kdb_embedded(KDBIB_STR("latex-escapes.csv")), &latex->table))
        return false;
    latex->kind = kdb_table_column(table, KDBIB_STR("kind"));
    latex->text = kdb_table_column(table, KDBIB_STR("latex"));
    latex->initial = kdb_table_column(table, KDBIB_STR("initial"));
    latex->fallback = kdb_table_column(table, KDBIB_STR("fallback"));
    latex->used = kdb_arena_array(&latex->arena, table->rows, sizeof *latex->used);
    return latex->used != NULL;
}

void kdb_latex_free(kdb_latex *latex) {
    kdb_arena_free(&latex->arena);
}

kdb_latex_row kdb_latex_row_at(const kdb_latex *latex, size_t number) {
    const kdb_table *table = &latex->table;
    return (kdb_latex_row){.number = number,
                           .kind = kdb_table_cell(table, number, latex->kind).data[0],
                           .latex = kdb_table_cell(table, number, latex->text),
                           .initial = kdb_table_cell(table, number, latex->initial),
                           .fallback = kdb_table_cell(table, number, latex->fallback)};
}

static kdb_latex_row find_row(const kdb_latex *latex, utf8proc_int32_t code_point) {
    static const char digits[] = "0123456789ABCDEF";
    char name[10];
    size_t size = 0, at = sizeof name;
    for (uint32_t left = (uint32_t)code_point; left || size < 4; left >>= 4, size++)
        name[--at] = digits[left & 15];
    name[--at] = '+';
    name[--at] = 'U';
    const size_t number = kdb_table_row(&latex->table, (kdbib_str){name + at, size + 2});
    return number == SIZE_MAX ? (kdb_latex_row){0} : kdb_latex_row_at(latex, number);
}

/* Its fallback is to be defined when it has one. */
static void use(kdb_latex *latex, const kdb_latex_row *row) {
    latex->used[row->number] = true;
    latex->defines |= row->fallback.size > 0;
}

/* ---- ASCII ---- */

/* How a character of ASCII is written; NULL: as it stands. */
static const char *ascii_escape(char c) {
    switch (c) {
    case '#':
        return "\\#";
    case '$':
        return "\\$";
    case '%':
        return "\\%";
    case '&':
        return "\\&";
    case '_':
        return "\\_";
    case '\\':
        return "{\\textbackslash}";
    case '^':
        return "{\\textasciicircum}";
    case '`':
        return "{\\textasciigrave}";
    case '{':
        return "{\\textbraceleft}";
    case '|':
        return "{\\textbar}";
    case '}':
        return "{\\textbraceright}";
    case '~':
        return "{\\textasciitilde}";
    case '<':
        return "{\\textless}";
    case '>':
        return "{\\textgreater}";
    default:
        return NULL;
    }
}

/* ---- letters with accents ---- */

/* A letter and what stands on and under it, in canonical decomposition. */
typedef struct cluster {
    utf8proc_int32_t points[LARGEST_CLUSTER + 1]; /* base first */
    size_t count;
    size_t size; /* bytes of the input */
    bool too_long;
} cluster;

static bool is_mark(utf8proc_int32_t c) {
    return utf8proc_category(c) == UTF8PROC_CATEGORY_MN;
}

static void add_decomposed(cluster *k, utf8proc_int32_t c) {
    utf8proc_int32_t parts[LARGEST_CLUSTER];
    int last_class = 0;
    utf8proc_ssize_t count =
        utf8proc_decompose_char(c, parts, LARGEST_CLUSTER, UTF8PROC_DECOMPOSE, &last_class);
    if (count < 1 || count > LARGEST_CLUSTER || k->count + (size_t)count > LARGEST_CLUSTER + 1) {
        k->too_long = true;
        return;
    }
    for (utf8proc_ssize_t i = 0; i < count; i++)
        k->points[k->count++] = parts[i];
}

static size_t next_point(kdbib_str text, size_t at, utf8proc_int32_t *c) {
    utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text.data + at,
                                             (utf8proc_ssize_t)(text.size - at), c);
    if (size > 0)
        return (size_t)size;
    *c = -1; /* no UTF-8: one byte, dropped */
    return 1;
}

static cluster read_cluster(kdbib_str text, size_t at) {
    cluster k = {0};
    utf8proc_int32_t c;
    k.size = next_point(text, at, &c);
    add_decomposed(&k, c);
    while (at + k.size < text.size && (unsigned char)text.data[at + k.size] >= 0x80) {
        size_t size = next_point(text, at + k.size, &c);
        if (c < 0 || !is_mark(c))
            break;
        add_decomposed(&k, c);
        k.size += size;
    }
    return k;
}

static bool is_below(utf8proc_int32_t mark) {
    const utf8proc_property_t *property = utf8proc_get_property(mark);
    return property->combining_class < 230;
}

static bool needs_group(const kdb_latex_row *mark, bool more) {
    return more || kdb_is_alpha(mark->latex.data[mark->latex.size - 1]);
}

/* `{\d{\^a}}`: what stands below goes outside, since TeX's \accent wants a letter. */
static bool write_accents(kdb_latex *latex, kdbib_output *out, const cluster *k) {
    kdb_latex_row marks[LARGEST_CLUSTER], base = {0};
    size_t count = 0;
    if (k->too_long || k->count < 2)
        return false;
    for (int below = 1; below >= 0; below--)
        for (size_t i = k->count - 1; i > 0; i--)
            if (is_below(k->points[i]) == (below != 0)) {
                marks[count] = find_row(latex, k->points[i]);
                if (marks[count++].kind != 'a')
                    return false;
            }
    const utf8proc_int32_t letter = k->points[0];
    if (letter >= 0x80 || !kdb_is_alnum((char)letter)) {
        base = find_row(latex, letter);
        if (base.kind != 't')
            return false;
    }
    /* {\^e}, {\v{s}}, {\~{\^e}}: an argument that is a letter's name or a group stands in braces */
    kdbib_output_char(out, '{');
    for (size_t i = 0; i < count; i++) {
        use(latex, &marks[i]);
        kdbib_output_str(out, marks[i].latex);
        if (needs_group(&marks[i], i + 1 < count))
            kdbib_output_char(out, '{');
    }
    if (base.kind) {
        use(latex, &base);
        kdbib_output_str(out, base.latex);
    } else {
        kdbib_output_char(out, (char)letter);
    }
    for (size_t i = 0; i < count; i++)
        if (needs_group(&marks[i], i + 1 < count))
            kdbib_output_char(out, '}');
    kdbib_output_char(out, '}');
    return true;
}

/* ---- the whole ---- */

static void write_row(kdb_latex *latex, kdbib_output *out, const kdb_latex_row *row) {
    use(latex, row);
    if (row->kind == 'm')
        kdbib_output_text(out, "{$");
    kdbib_output_str(out, row->latex);
    if (row->kind == 'm')
        kdbib_output_text(out, "$}");
}

/* One character that is no ASCII, with its marks. Gives its size. */
static size_t write_other(kdb_latex *latex, kdbib_output *out, kdbib_str text, size_t at) {
    utf8proc_int32_t first;
    const size_t first_size = next_point(text, at, &first);
    if (first == 0x85 || first == 0x2028 || first == 0x2029) { /* ends of lines */
        kdbib_output_char(out, ' ');
        return first_size;
    }
    if (first < 0 || (first >= 0x80 && first < 0xA0) || (first & 0xFFFE) == 0xFFFE ||
        (first >= 0xFDD0 && first <= 0xFDEF))
        return first_size; /* controls, no characters */
    if (latex->unicode) {
        kdbib_output_bytes(out, text.data + at, first_size);
        return first_size;
    }
    const cluster k = read_cluster(text, at);
    kdb_latex_row row = {0};
    if (first >= 0x80 && k.size == first_size)
        row = find_row(latex, first);
    const bool begins = at == 0 || text.data[at - 1] == ' ' || text.data[at - 1] == '-';
    if (row.initial.size && begins && latex->in_given)
        kdbib_output_str(out, row.initial);
    else if (row.kind == 'k') {
        use(latex, &row);
        kdbib_output_bytes(out, text.data + at, first_size);
    } else if (row.kind && row.kind != 'a' && !(latex->in_name && row.kind == 'm'))
        write_row(latex, out, &row);
    else if (!write_accents(latex, out, &k))
        kdbib_output_bytes(out, text.data + at, k.size);
    return k.size;
}

/* `{\textless}`, but in a name `\textless{}`: biber takes `}` for the first letter of the group. */
static void write_escape(const kdb_latex *latex, kdbib_output *out, const char *escape) {
    if (!latex->in_name || escape[0] != '{' || escape[1] != '\\') {
        kdbib_output_text(out, escape);
        return;
    }
    kdbib_output_bytes(out, escape + 1, strlen(escape) - 2);
    kdbib_output_text(out, "{}");
}

static bool is_control(char c) {
    return (unsigned char)c < ' ' || c == 0x7F;
}

/* Where the bytes from `at` on that are set in `plain` end; four at a time. */
static size_t plain_end(const bool plain[256], kdbib_str text, size_t at) {
    const unsigned char *bytes = (const unsigned char *)text.data;
    while (text.size - at >= 4 &&
           (plain[bytes[at]] & plain[bytes[at + 1]] & plain[bytes[at + 2]] & plain[bytes[at + 3]]))
        at += 4;
    while (at < text.size && plain[bytes[at]])
        at++;
    return at;
}

void kdb_latex_text(kdb_latex *latex, kdbib_output *out, kdbib_str text) {
    size_t plain = 0, at = 0;
    while ((at = plain_end(latex->plain, text, at)) < text.size) {
        const char c = text.data[at];
        const char *escape = NULL;
        if ((unsigned char)c >= 0x80) {
            /* a mark behind an ASCII letter takes the letter along */
            utf8proc_int32_t mark;
            next_point(text, at, &mark);
            if (at > plain && !latex->unicode && mark > 0 && is_mark(mark) &&
                kdb_is_alnum(text.data[at - 1]))
                at--;
            kdbib_output_bytes(out, text.data + plain, at - plain);
            at += write_other(latex, out, text, at);
            plain = at;
            continue;
        }
        if (is_control(c)) {
            escape = kdb_is_space(c) ? " " : "";
        } else if (c == '-' && at && text.data[at - 1] == '-') {
            escape = "{}-"; /* no ligature */
        } else {
            escape = ascii_escape(c);
        }
        if (escape) {
            kdbib_output_bytes(out, text.data + plain, at - plain);
            write_escape(latex, out, escape);
            plain = at + 1;
        }
        at++;
    }
    if (at > plain)
        kdbib_output_bytes(out, text.data + plain, at - plain);
}

static bool is_plain_in_math(char c) {
    return kdb_is_alnum(c) || (c && kdb_is_one_of(c, "+-=()[]/*.,:;!?'<>|"));
}

/* The row of a character that mathematics knows and that is no script itself. */
static kdb_latex_row math_row(const kdb_latex *latex, utf8proc_int32_t point) {
    kdb_latex_row row = {0};
    if (point >= 0x80)
        row = find_row(latex, point);
    const bool script = row.latex.size && (row.latex.data[0] == '^' || row.latex.data[0] == '_');
    return row.kind == 'm' && !script ? row : (kdb_latex_row){0};
}

bool kdb_latex_is_script(const kdb_latex *latex, kdbib_str text) {
    utf8proc_int32_t point;
    for (size_t at = 0; at < text.size;) {
        const char c = text.data[at];
        at += next_point(text, at, &point);
        if (!is_plain_in_math(c) && !math_row(latex, point).kind)
            return false;
    }
    return true;
}

void kdb_latex_script(kdb_latex *latex, kdbib_output *out, kdbib_str text) {
    utf8proc_int32_t point;
    for (size_t at = 0; at < text.size;) {
        const char c = text.data[at];
        at += next_point(text, at, &point);
        kdb_latex_row row = {0};
        if (!is_plain_in_math(c))
            row = math_row(latex, point);
        if (!row.kind) {
            kdbib_output_char(out, c);
            continue;
        }
        kdbib_output_str(out, row.latex);
        if (row.latex.data[0] == '\\')
            kdbib_output_text(out, "{}"); /* ends the command's name */
    }
}

static bool is_hex(char c) {
    return kdb_is_digit(c) || (kdb_to_lower(c) >= 'a' && kdb_to_lower(c) <= 'f');
}

void kdb_latex_verbatim(const kdb_latex *latex, kdbib_output *out, kdbib_str url, bool escape) {
    static const char digits[] = "0123456789ABCDEF";
    const bool *is_plain = escape ? latex->plain_in_both : latex->plain_in_url;
    for (size_t i = 0; i < url.size; i++) {
        const size_t plain = plain_end(is_plain, url, i);
        kdbib_output_bytes(out, url.data + i, plain - i);
        i = plain;
        if (i == url.size)
            break;
        const unsigned char c = (unsigned char)url.data[i];
        const bool stray =
            c == '%' && !(i + 2 < url.size && is_hex(url.data[i + 1]) && is_hex(url.data[i + 2]));
        if (c <= ' ' || c >= 0x7F || c == '{' || c == '}' || c == '\\' || stray) {
            const char encoded[4] = {'%', digits[c >> 4], digits[c & 15], '\0'};
            if (escape)
                kdbib_output_char(out, '\\');
            kdbib_output_bytes(out, encoded, 3);
        } else if (escape && ascii_escape((char)c)) {
            kdbib_output_text(out, ascii_escape((char)c));
        } else {
            kdbib_output_char(out, (char)c);
        }
    }
}

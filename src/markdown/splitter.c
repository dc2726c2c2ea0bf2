/* Cuts a Markdown text into pieces that cmark can read one by one. */
#include "markdown/splitter.h"

#include "base/diagnose.h"
#include "base/strings.h"

/* Sizes in bytes. A piece ends at a heading when it has SOON, at any boundary when it has ENOUGH,
 * at whatever line when it has TOO_MUCH. */
#define SOON ((size_t)12 * 1024)
#define ENOUGH ((size_t)24 * 1024)
#define TOO_MUCH ((size_t)256 * 1024)
/* cmark needs quadratic time in these: in one leaf block, and in one line. */
#define MOST_SPECIALS 1024
#define MOST_PIPES 512
#define MOST_MARKERS 64 /* of quotes and lists, nested on one line */
#define LONGEST_LINE ((size_t)128 * 1024)
#define DEEPEST_INDENT 400
#define MOST_MISSING_CELLS 50000

/* Of a small list the pieces are smaller, so that no thread waits long for another; but not those
 * of a long table or list, whose entries are told by what is around them. */
static size_t soon(size_t source) {
    const size_t least = (size_t)3 * 1024, pieces = 8;
    return source / pieces < least ? least : source / pieces > SOON ? SOON : source / pieces;
}

void kdb_splitter_init(kdb_splitter *s, kdbib *context, const char *file, kdbib_str source,
                       kdb_references *references) {
    *s = (kdb_splitter){.context = context,
                        .file = file,
                        .source = source,
                        .soon = soon(source.size),
                        .references = references,
                        .line = 1,
                        .after_blank = true};
}

void kdb_splitter_free(kdb_splitter *s) {
    kdb_buffer_free(&s->buffer);
}

/* What a line looks like from outside. */
typedef struct look {
    kdbib_str text; /* without its end */
    size_t indent;  /* in columns */
    kdbib_str body; /* behind the indent */
    size_t pipes, specials;
    bool blank, heading, marker;
} look;

static bool is_list_marker(kdbib_str body) {
    if (body.size < 2)
        return false;
    char c = body.data[0];
    if (c == '-' || c == '*' || c == '+')
        return body.data[1] == ' ' || body.data[1] == '\t';
    size_t digits = 0;
    while (digits < body.size && digits < 10 && kdb_is_digit(body.data[digits]))
        digits++;
    return digits && digits < 10 && digits + 1 < body.size &&
           (body.data[digits] == '.' || body.data[digits] == ')') && body.data[digits + 1] == ' ';
}

static size_t count_char(kdbib_str text, char c) {
    size_t count = 0;
    for (size_t at = 0; (at = kdb_find_char(text, c, at)) != SIZE_MAX; at++)
        count++;
    return count;
}

static look look_at(kdbib_str line) {
    look l = {.text = line};
    size_t i = 0;
    for (; i < line.size && (line.data[i] == ' ' || line.data[i] == '\t'); i++)
        l.indent = line.data[i] == '\t' ? (l.indent / 4 + 1) * 4 : l.indent + 1;
    l.body = kdb_slice(line, i, line.size);
    l.blank = l.body.size == 0;
    if (!l.blank) {
        l.pipes = count_char(l.body, '|');
        l.specials = count_char(l.body, '[') + count_char(l.body, '<');
        size_t hashes = 0;
        while (hashes < l.body.size && l.body.data[hashes] == '#')
            hashes++;
        l.heading = hashes >= 1 && hashes <= 6 && l.indent == 0 &&
                    (hashes == l.body.size || l.body.data[hashes] == ' ');
        l.marker = is_list_marker(l.body);
    }
    return l;
}

/* Nested quotes and lists that one line opens: "> > - - -". */
static size_t count_markers(kdbib_str body) {
    size_t count = 0;
    for (size_t i = 0; i < body.size; i++) {
        char c = body.data[i];
        if (c == '>' || ((c == '-' || c == '+' || c == '*') && i + 1 < body.size &&
                         kdb_is_space(body.data[i + 1])))
            count++;
        else if (kdb_is_digit(c) && i + 2 < body.size &&
                 (body.data[i + 1] == '.' || body.data[i + 1] == ')') && body.data[i + 2] == ' ')
            count++, i++;
        else if (!kdb_is_space(c))
            break;
    }
    return count;
}

static size_t run_of(kdbib_str text, char c) {
    size_t size = 0;
    while (size < text.size && text.data[size] == c)
        size++;
    return size;
}

static bool opens_fence(const look *l, char *fence, size_t *size) {
    if (l->indent > 3 || l->body.size < 3)
        return false;
    char c = l->body.data[0];
    if (c != '`' && c != '~')
        return false;
    *size = run_of(l->body, c);
    *fence = c;
    return *size >= 3 && (c == '~' || kdb_find_char(l->body, '`', *size) == SIZE_MAX);
}

/* HTML blocks that do not end at a blank line. */
static const char *opens_html(const look *l) {
    static const struct {
        const char *begin, *end;
    } blocks[] = {{"<!--", "-->"},    {"<script", "</script>"},
                  {"<pre", "</pre>"}, {"<style", "</style>"},
                  {"<?", "?>"},       {"<![CDATA[", "]]>"}};
    if (l->indent > 3 || l->body.size == 0 || l->body.data[0] != '<')
        return NULL;
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        kdbib_str begin = kdbib_str_of(blocks[i].begin);
        if (kdb_starts_with_nocase(l->body, begin) &&
            kdb_find(l->body, kdbib_str_of(blocks[i].end), begin.size - (i == 0 ? 2 : 0)) ==
                SIZE_MAX)
            return blocks[i].end;
    }
    return NULL;
}

static bool is_table_rule(const look *l) {
    if (l->pipes == 0 || l->indent > 3)
        return false;
    for (size_t i = 0; i < l->body.size; i++)
        if (!memchr("|-: \t", l->body.data[i], 5))
            return false;
    return kdb_find_char(l->body, '-', 0) != SIZE_MAX;
}

static size_t count_cells(kdbib_str row) {
    row = kdb_trim(row);
    size_t cells = 1;
    for (size_t i = 1; i + 1 < row.size; i++)
        cells += row.data[i] == '|';
    return cells;
}

/* Why cmark must not see this line, or NULL. */
static const char *too_much(const kdb_splitter *s, const look *l) {
    if (l->text.size > LONGEST_LINE)
        return "line-too-long";
    if (l->specials > MOST_SPECIALS || l->pipes > MOST_PIPES ||
        (l->body.size > MOST_MARKERS && count_markers(l->body) > MOST_MARKERS) ||
        (l->indent > DEEPEST_INDENT && !s->fence))
        return "line-too-complex";
    if (s->missing_cells > MOST_MISSING_CELLS && s->table_rule.size &&
        count_cells(l->text) < s->table_columns)
        return "table-too-ragged";
    return NULL;
}

/* Takes the line into account, after it was decided which piece it belongs to. */
static void pass(kdb_splitter *s, const look *l) {
    char fence;
    size_t size;
    if (s->html_end) {
        if (kdb_find(l->text, kdbib_str_of(s->html_end), 0) != SIZE_MAX)
            s->html_end = NULL;
    } else if (s->fence) {
        if (!l->blank && l->body.data[0] == s->fence &&
            run_of(l->body, s->fence) >= s->fence_size &&
            kdb_trim(kdb_slice(l->body, run_of(l->body, s->fence), l->body.size)).size == 0)
            s->fence = 0;
    } else if (opens_fence(l, &fence, &size)) {
        s->fence = fence;
        s->fence_size = size;
    } else if ((s->html_end = opens_html(l)) != NULL) {
    } else if (l->blank || l->heading) {
        s->table_rule = s->table_header = (kdbib_str){NULL, 0};
        s->in_list = s->in_list && l->blank;
    } else if (s->table_rule.size) {
        size_t cells = count_cells(l->text);
        s->missing_cells += cells < s->table_columns ? s->table_columns - cells : 0;
    } else if (is_table_rule(l) && kdb_find_char(s->last_line, '|', 0) != SIZE_MAX) {
        s->table_rule = l->text;
        s->table_header = s->last_line;
        s->table_columns = count_cells(l->text);
    } else if (l->indent == 0) {
        s->in_list = l->marker || (s->in_list && !s->after_blank);
    }
    if (l->blank || l->heading || l->marker || s->table_rule.size)
        s->specials = 0;
    s->specials += l->specials;
    s->after_blank = l->blank;
    s->last_line = l->text;
}

static bool may_cut(const kdb_splitter *s, const look *l, size_t size, bool *table) {
    *table = false;
    if (size == 0)
        return false;
    if (s->specials + l->specials > MOST_SPECIALS && !s->fence && !s->table_rule.size)
        return true;
    if (size < s->soon || s->html_end || s->fence)
        return size >= TOO_MUCH;
    if (l->heading)
        return true;
    if (size < ENOUGH || l->blank)
        return false;
    if (s->table_rule.size && l->pipes) {
        *table = true;
        return true;
    }
    if (l->indent == 0 && l->marker && (s->in_list || s->after_blank))
        return true;
    return size >= TOO_MUCH || (l->indent == 0 && s->after_blank && size >= 2 * ENOUGH);
}

size_t kdb_splitter_needs_from(const kdb_splitter *s) {
    if (s->references && s->references->slots) /* their lines are said again */
        return 0;
    kdbib_str first = s->table_header.size ? s->table_header : s->last_line;
    return first.size ? (size_t)(first.data - s->source.data) : s->at;
}

bool kdb_splitter_next(kdb_splitter *s, kdb_piece *piece) {
    size_t begin = s->at, copied = s->at;
    bool table = false, cut = false;
    if (begin >= s->source.size || s->buffer.failed)
        return false;
    piece->line = s->line;
    piece->prefix_lines = 0;
    kdb_buffer_clear(&s->buffer);
    kdbib_str header = s->table_header, rule = s->table_rule;
    bool go_on_table = header.size > 0 && s->at > 0;
    while (s->at < s->source.size) {
        size_t end = kdb_find_char(s->source, '\n', s->at);
        if (end == SIZE_MAX)
            end = s->source.size;
        look l = look_at(kdb_slice(s->source, s->at, end));
        if ((cut = may_cut(s, &l, s->at - begin, &table)))
            break;
        const char *trouble = too_much(s, &l);
        if (trouble) {
            kdb_report(s->context, KDBIB_SEVERITY_WARNING, trouble, s->file, s->line, 0,
                       "a line that is too long or too entangled to be read, left out");
            kdb_buffer_add(&s->buffer, s->source.data + copied, s->at - copied);
            copied = end;
            l = look_at((kdbib_str){"", 0});
        }
        pass(s, &l);
        s->at = end < s->source.size ? end + 1 : end;
        s->line++;
    }
    if (!table && cut)
        s->table_header = s->table_rule = (kdbib_str){NULL, 0};
    if (cut)
        s->specials = 0;
    bool whole = copied == begin;
    kdbib_str body = kdb_slice(s->source, begin, s->at);
    kdb_references *references = s->references;
    if (whole && !go_on_table && (!references || !references->slots)) {
        piece->text = body;
        return true;
    }
    kdb_buffer lines = s->buffer; /* what was copied so far */
    s->buffer = (kdb_buffer){0};
    kdb_buffer_add(&lines, s->source.data + copied, s->at - copied);
    if (references)
        piece->prefix_lines =
            kdb_references_add_used(references, kdb_buffer_str(&lines), &s->buffer);
    if (go_on_table) {
        kdb_buffer_add_str(&s->buffer, header);
        kdb_buffer_add_char(&s->buffer, '\n');
        kdb_buffer_add_str(&s->buffer, rule);
        kdb_buffer_add_char(&s->buffer, '\n');
        piece->prefix_lines += 2;
    }
    kdb_buffer_add_str(&s->buffer, kdb_buffer_str(&lines));
    s->buffer.failed = s->buffer.failed || lines.failed;
    kdb_buffer_free(&lines);
    piece->text = kdb_buffer_str(&s->buffer);
    return !s->buffer.failed;
}

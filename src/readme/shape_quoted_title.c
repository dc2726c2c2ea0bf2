/* Shape: the title stands in quotes: `**NAME**: "Title", *venue*`, `A. Lee. “Title.” Venue 2020`.
 */
#include "base/strings.h"
#include "fields/title.h"
#include "readme/reader.h"

typedef struct place {
    size_t open, open_at, open_size; /* token and offset of the opening quote */
    size_t close, close_at;
    unsigned score;
} place;

static const struct {
    const char *open, *close;
} quotes[] = {{"\"", "\""}, {"“", "”"},   {"“", "\""}, {"\"", "”"},
              {"``", "''"}, {"《", "》"}, {"„", "“"},  {"«", "»"}};

/* What stands before the quote leaves room for a title: nothing, a nickname, authors. */
static bool may_begin(kdb_reader *reader, const kdb_entry *entry, size_t token, size_t at) {
    size_t count;
    kdb_span *spans = kdb_entry_spans(reader, entry, 0, token, &count);
    kdbib_str before = kdb_spans_text(reader->arena, spans, count);
    kdbib_str here = kdb_slice(entry->tokens[token].text, 0, at);
    here = kdb_trim(here).size ? kdb_trim(here) : kdb_trim(before);
    if (here.size == 0 || strchr(".,:;)]|-0123456789", here.data[here.size - 1]))
        return true;
    return kdb_score_names(reader, here) >= 50;
}

static bool may_end(const kdb_entry *entry, size_t token, size_t at) {
    kdbib_str rest = kdb_slice(entry->tokens[token].text, at, SIZE_MAX);
    if (rest.size == 0)
        return true;
    if (rest.data[0] == ':' || kdb_is_alnum(rest.data[0]) || rest.data[0] == '-')
        return false;
    rest = kdb_trim(rest);
    return rest.size == 0 || !kdb_is_lower(rest.data[0]) ||
           kdb_starts_with(rest, KDBIB_STR("by ")) || kdb_starts_with(rest, KDBIB_STR("in "));
}

/* None of the opening quotes is in most texts. */
static bool may_hold_quote(kdbib_str text) {
    return kdb_find_char(text, '"', 0) != SIZE_MAX || kdb_find_char(text, '`', 0) != SIZE_MAX ||
           !kdb_is_ascii(text);
}

static bool find_title(kdb_reader *reader, const kdb_entry *entry, place *p) {
    for (size_t i = 0; i < entry->lead; i++) {
        if (entry->tokens[i].kind != KDB_TOKEN_TEXT || entry->tokens[i].used ||
            !may_hold_quote(entry->tokens[i].text))
            continue;
        for (size_t q = 0; q < sizeof quotes / sizeof *quotes; q++) {
            kdbib_str open = kdbib_str_of(quotes[q].open), close = kdbib_str_of(quotes[q].close);
            size_t at = kdb_find(entry->tokens[i].text, open, 0);
            if (at == SIZE_MAX)
                continue;
            size_t from = at + open.size;
            for (size_t k = i; k < entry->lead && k < i + 8; k++, from = 0) {
                if (entry->tokens[k].kind == KDB_TOKEN_BREAK && entry->tokens[k].soft)
                    continue;
                if (entry->tokens[k].kind != KDB_TOKEN_TEXT)
                    break;
                size_t end = kdb_find(entry->tokens[k].text, close, from);
                if (end == SIZE_MAX)
                    continue;
                *p = (place){i, at, open.size, k, end, 0};
                size_t count;
                kdb_span *spans = kdb_entry_spans(reader, entry, i, k + 1, &count);
                kdbib_str text = kdb_spans_text(reader->arena, spans, count);
                size_t cut = entry->tokens[k].text.size - end;
                if (text.size < at + open.size + cut)
                    break;
                text = kdb_slice(text, at + open.size, text.size - cut);
                p->score = kdb_score_title(reader, text);
                if (text.size >= 12 && p->score >= 40 && may_begin(reader, entry, i, at) &&
                    may_end(entry, k, end + close.size))
                    return true;
                break;
            }
        }
    }
    return false;
}

static unsigned bid(kdb_reader *reader, const kdb_entry *entry) {
    place p;
    if (!find_title(reader, entry, &p))
        return 0;
    size_t count; /* authors before it: no doubt */
    kdb_span *spans = kdb_entry_spans(reader, entry, 0, p.open + 1, &count);
    kdbib_str before = kdb_spans_text(reader->arena, spans, count);
    if (kdb_arena_failed(reader->arena))
        return 0;
    before.size -= entry->tokens[p.open].text.size - p.open_at;
    before = kdb_strip(before);
    return before.size > 8 && p.score >= 50 && kdb_score_names(reader, before) >= 60
               ? 100
               : 48 + p.score / 2;
}

static void read(kdb_reader *reader, kdb_entry *entry, kdb_draft *draft) {
    place p;
    if (!find_title(reader, entry, &p))
        return;
    size_t last =
        kdb_entry_split(reader, entry, p.close, p.close_at, entry->tokens[p.close].text.size);
    /* the rest behind the closing quote is `last`; the title ends before it */
    kdbib_str tail = entry->tokens[last].text;
    size_t quote = (unsigned char)tail.data[0] >= 0xE0   ? 3
                   : (unsigned char)tail.data[0] >= 0x80 ? 2
                   : tail.data[0] == '\''                ? 2
                                                         : 1;
    entry->tokens[last].text = kdb_slice(tail, quote, tail.size);
    size_t first = p.open_at + p.open_size;
    size_t begin = kdb_entry_split(reader, entry, p.open, first, entry->tokens[p.open].text.size);
    last += begin - p.open;
    entry->tokens[p.open].text =
        kdb_slice(entry->tokens[p.open].text, 0, begin > p.open ? p.open_at : 0);
    size_t count;
    kdb_span *spans = kdb_entry_spans(reader, entry, begin, last, &count);
    kdbib_str text = kdb_spans_text(reader->arena, spans, count);
    kdb_draft_set_title(reader, draft, text);
    for (size_t i = begin; i < last; i++)
        entry->tokens[i].used = true;
}

const kdb_shape kdb_shape_quoted_title = {"quoted-title", bid, read};

/* What an entry says, collected, and made a record. */
#include "base/buffer.h"
#include "base/diagnose.h"
#include "base/strings.h"
#include "fields/title.h"
#include "fields/word.h"
#include "readme/reader.h"
#include "text/rich_text.h"

#define LONGEST_TITLE 500 /* bytes; longer text is prose */

void kdb_draft_add_link(kdb_reader *reader, kdb_draft *draft, kdb_token *token, kdbib_role role,
                        bool title) {
    kdb_label label = {0};
    if (title && kdbib_str_equal(draft->title, token->text))
        draft->title_score = kdb_link_score_title(reader, token);
    draft->bad_link = draft->bad_link || token->mended;
    if (token->citing)
        kdb_draft_read_citing_link(reader, draft, token->citing);
    kdbib_str text = token->bare || title ? (kdbib_str){"", 0} : token->text;
    kdbib_str url = kdb_clean_url(reader->arena, token->url);
    size_t sign = text.size < 40 ? kdb_find_char(text, '+', 0) : SIZE_MAX; /* "Project+Code" */
    if (sign != SIZE_MAX)
        text = kdb_trim(kdb_slice(text, 0, sign));
    kdbib_role said = kdb_link_role(reader->arena, reader->fields, text,
                                    kdb_link_leads_to(reader, token), &label);
    if (!title && text.size && !label.is_label && !token->picture) {
        if (label.host == KDBIB_ROLE_COUNT && said == KDBIB_LINK_PAPER)
            said = KDBIB_LINK_OTHER; /* words that are no title, to somewhere */
    }
    /* "[[arXiv]](…)", "[[Cognitive Computation]](…)": the label is the venue */
    bool other = label.host == KDBIB_LINK_BLOG || label.host == KDBIB_LINK_VIDEO ||
                 label.host == KDBIB_LINK_CODE;
    if (!title && !other && text.size > 3 && text.size < 80 &&
        (label.venue.name.size == 0 || !label.is_label) && (label.preprint || !label.is_label)) {
        kdb_venue venue = {0};
        unsigned score = kdb_read_venue(reader, text, &venue);
        bool told = label.preprint || token->boxed || (venue.name.size && venue.date.year);
        if (score >= 35 && told && (venue.known || !label.is_label)) {
            kdb_draft_add_venue(draft, &venue, 35);
            if (said == KDBIB_LINK_OTHER || said == KDBIB_ROLE_COUNT)
                said = KDBIB_LINK_PAPER;
        }
    }
    if (label.is_label && label.score >= 50)
        kdb_draft_add_venue(draft, &label.venue, label.score);
    if (url.size == 0) {
        draft->empty_link = draft->empty_link || said == KDBIB_LINK_PAPER || said == KDBIB_LINK_PDF;
        return;
    }
    if (!kdbib_str_equal(url, token->url))
        label.host = (kdbib_role)kdb_link_host(reader->fields, url).role;
    kdb_draft_link *links = kdb_arena_grow(reader->arena, draft->links, draft->link_count,
                                           &draft->link_capacity, sizeof *links);
    if (!links)
        return;
    draft->links = links;
    draft->links[draft->link_count++] =
        (kdb_draft_link){.role = role == KDBIB_ROLE_COUNT ? said : role,
                         .url = url,
                         .title = title,
                         .host = label.host,
                         .preprint = label.preprint,
                         .search = label.search,
                         .labelled = label.is_label && !label.generic};
}

static void fill(kdbib_str *have, kdbib_str other) {
    if (have->size == 0)
        *have = other;
}

/* "Algorithm: DQN" */
static bool is_remark(kdbib_str name) {
    size_t colon = 1;
    while (colon < name.size && kdb_is_lower(name.data[colon]))
        colon++;
    return colon > 3 && colon + 2 < name.size && name.size < 40 && name.data[colon] == ':' &&
           name.data[colon + 1] == ' ';
}

void kdb_draft_add_venue(kdb_draft *draft, const kdb_venue *venue, unsigned score) {
    kdb_venue *have = &draft->venue, old, nameless = *venue;
    if (score < 30)
        return;
    if (!venue->known && is_remark(venue->name)) {
        nameless.name.size = 0;
        venue = &nameless;
    }
    if (have->name.size == 0 || (venue->name.size && score > draft->venue_score + 30)) {
        kdbib_date date = have->date;
        old = *have;
        *have = *venue;
        draft->venue_score = score;
        if (date.year && !(have->date.year && venue->name.size))
            have->date = date;
        venue = &old;
    }
    if (have->date.year == 0 ||
        (have->date.month == 0 && venue->date.month && venue->date.year == have->date.year))
        have->date = venue->date;
    fill(&have->volume, venue->volume);
    fill(&have->issue, venue->issue);
    fill(&have->pages, venue->pages);
    fill(&have->article_number, venue->article_number);
    fill(&have->doi, venue->doi);
    fill(&have->arxiv, venue->arxiv);
    fill(&have->publisher, venue->publisher);
}

/* "[J]", "[EB/OL]": what kind of work it is, by the Chinese standard. */
static kdbib_str without_kind(kdbib_str title) {
    if (title.size < 5 || title.data[title.size - 1] != ']')
        return title;
    size_t open = title.size - 1;
    while (open && title.data[open] != '[' && title.size - open < 10)
        open--;
    kdbib_str kind = kdb_slice(title, open + 1, title.size - 1);
    bool mark = title.data[open] == '[' && kind.size > 0;
    for (size_t i = 0; i < kind.size && mark; i++)
        mark = strchr("JCDMARNPSZBOLE/", kind.data[i]) != NULL;
    return mark ? kdb_trim(kdb_slice(title, 0, open)) : title;
}

/* The title without brackets around all of it, and the period. */
static kdbib_str without_wrapping(kdbib_str title) {
    for (size_t before = SIZE_MAX; before != title.size && title.size > 2;) {
        before = title.size;
        char last = title.data[title.size - 1];
        if (last == ',' || last == ';' || (last == '.' && title.data[title.size - 2] != '.'))
            title = kdb_trim(kdb_slice(title, 0, title.size - 1));
        if (title.size > 2 && title.data[0] == '[' &&
            kdb_find_char(title, ']', 0) == title.size - 1)
            title = kdb_trim(kdb_slice(title, 1, title.size - 1));
        title = without_kind(title);
    }
    if (kdb_find_char(title, '(', 0) == SIZE_MAX)
        return title;
    size_t open = title.size; /* "… (Springer, Cham" */
    while (open && title.data[open - 1] != '(' && title.data[open - 1] != ')')
        open--;
    if (open > 12 && title.data[open - 1] == '(' && title.data[open - 2] == ' ')
        title = kdb_trim(kdb_slice(title, 0, open - 1));
    return title;
}

static bool has_odd_blanks(kdbib_str text) {
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.data[i] <= ' ' &&
            (text.data[i] != ' ' || i == 0 || text.data[i - 1] == ' '))
            return true;
    return false;
}

/* A copy in which runs of blanks are one. */
static kdbib_str with_single_blanks(kdb_arena *arena, kdbib_str text) {
    char *out = has_odd_blanks(text) ? kdb_arena_alloc(arena, text.size + 1) : NULL;
    if (!out)
        return kdb_arena_copy(arena, text);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++)
        if (!kdb_is_space(text.data[i]))
            out[size++] = text.data[i];
        else if (size && out[size - 1] != ' ')
            out[size++] = ' ';
    out[size] = '\0';
    return (kdbib_str){out, size};
}

/* "(2022-2-18) Title": when the curator read it. */
static kdbib_str without_day(kdbib_str title) {
    size_t end = 1;
    if (title.size < 12 || title.data[0] != '(')
        return title;
    while (end < title.size &&
           (kdb_is_digit(title.data[end]) || kdb_is_one_of(title.data[end], "-./")))
        end++;
    return end >= 8 && end + 2 < title.size && title.data[end] == ')' && title.data[end + 1] == ' '
               ? kdb_trim(kdb_slice(title, end + 1, title.size))
               : title;
}

static void keep_title(kdb_reader *reader, kdb_draft *draft, kdbib_str title) {
    draft->title = title;
    draft->title_score = 0;
    draft->styled = (kdb_rich_text){NULL, 0};
    size_t word = kdb_find_char(title, ' ', 0);
    kdb_word first = kdb_word_of(reader->fields, kdb_slice(title, 0, word));
    draft->other_list = (first.title_kinds & KDB_WORD_LIST) != 0;
}

void kdb_draft_set_title(kdb_reader *reader, kdb_draft *draft, kdbib_str typed) {
    typed = without_day(without_wrapping(kdb_trim(kdb_without_emoji(reader->arena, typed))));
    if (typed.size > 8 && kdb_ends_with(typed, KDBIB_STR(".pdf"))) /* the name of a file */
        typed.size -= 4;
    kdb_field_label label; /* "Title: …" */
    size_t head = kdb_field_label_before(reader, kdb_slice(typed, 0, 24), &label);
    if (head && label == KDB_FIELD_LABEL_TITLE && head + 8 < typed.size)
        typed = kdb_trim(kdb_slice(typed, head, typed.size));
    keep_title(reader, draft, with_single_blanks(reader->arena, typed));
}

void kdb_draft_set_bare_title(kdb_reader *reader, kdb_draft *draft, kdbib_str title) {
    keep_title(reader, draft, title);
    if (!kdb_rich_text_plain(reader->arena, title, &draft->styled))
        reader->failed = true;
}

void kdb_draft_title_from(kdb_reader *reader, kdb_draft *draft, const kdb_span *spans,
                          size_t count) {
    kdb_title title;
    if (!kdb_title_parse(reader->arena, reader->fields, spans, count, &title)) {
        reader->failed = true;
        return;
    }
    kdb_draft_add_venue(draft, &title.venue, title.score);
    if (title.authors.size && !draft->authors.count)
        kdb_draft_read_field(reader, draft, KDB_FIELD_LABEL_AUTHORS, title.authors);
    bool italic = false, upright = false;
    for (size_t i = 0; i < count; i++)
        *(spans[i].marks & KDB_MARK_ITALIC ? &italic : &upright) = true;
    if (!italic || !upright) {
        kdbib_str text = kdb_spans_text(reader->arena, spans, count);
        kdb_draft_set_title(reader, draft, kdb_slice(text, title.from, title.to));
        return;
    }
    /* Italics within the title are part of it. */
    kdb_buffer typed = {0};
    size_t at = 0;
    for (size_t i = 0; i < count; at += spans[i++].text.size) {
        size_t from = title.from > at ? title.from - at : 0;
        size_t to = title.to > at ? title.to - at : 0;
        kdbib_str part = kdb_slice(spans[i].text, from, to);
        if (part.size == 0)
            continue;
        bool mark = (spans[i].marks & KDB_MARK_ITALIC) && kdb_trim(part).size;
        if (mark)
            kdb_buffer_add_str(&typed, KDBIB_STR("<i>"));
        kdb_buffer_add_str(&typed, part);
        if (mark)
            kdb_buffer_add_str(&typed, KDBIB_STR("</i>"));
    }
    if (typed.failed)
        reader->failed = true;
    kdb_draft_set_title(reader, draft, kdb_arena_copy(reader->arena, kdb_buffer_str(&typed)));
    kdb_buffer_free(&typed);
}

bool kdb_draft_read_field(kdb_reader *reader, kdb_draft *draft, kdb_field_label label,
                          kdbib_str text) {
    text = kdb_trim(text);
    if (text.size == 0)
        return label != KDB_FIELD_LABEL_NONE;
    kdb_venue venue = {0};
    kdb_name_list names = {0};
    switch (label) {
    case KDB_FIELD_LABEL_AUTHORS:
        if (!kdb_names_parse(reader->arena, reader->fields, text, &names))
            reader->failed = true;
        if (names.count)
            draft->authors = names;
        return true;
    case KDB_FIELD_LABEL_VENUE:
    case KDB_FIELD_LABEL_DATE: {
        if (label == KDB_FIELD_LABEL_VENUE && text.size > 6 && text.size < 60 &&
            text.data[4] == '/' && kdb_is_digit(text.data[3]) && kdb_is_alpha(text.data[5]))
            text = kdb_arena_format(reader->arena, "%.*s %.4s", (int)text.size - 5, text.data + 5,
                                    text.data); /* "2021/CVPR" */
        unsigned score = kdb_read_venue(reader, text, &venue);
        if (label == KDB_FIELD_LABEL_DATE && score < 90)
            venue.name.size = 0;
        if (label == KDB_FIELD_LABEL_VENUE && score < 60)
            score = 60;
        kdb_draft_add_venue(draft, &venue, score < 30 ? 30 : score);
        return true;
    }
    case KDB_FIELD_LABEL_TITLE:
        if (draft->title.size == 0)
            kdb_draft_set_title(reader, draft, text);
        return true;
    case KDB_FIELD_LABEL_NONE:
        return false;
    default:
        return true;
    }
}

/* Nothing may be left of a title when its tags are taken away. */
static bool is_blank(const kdb_rich_text *title) {
    for (size_t i = 0; i < title->count; i++)
        if (kdb_trim(title->runs[i].text).size)
            return false;
    return true;
}

/* "Lee, Ann. Soup. MIT Press, 2016.": who published it is not where it appeared. */
static void tell_publisher(kdb_reader *reader, kdb_venue *venue) {
    const kdb_known_venue *known = venue->known;
    if (!venue->name.size || !venue->date.year || venue->publisher.size || venue->volume.size ||
        venue->pages.size || (known && known->kind != KDB_VENUE_BOOK))
        return;
    uint32_t kinds = kdb_word_index_find(&reader->fields->title_words, venue->name);
    if (kinds == KDB_NOT_FOUND || !(kinds & KDB_WORD_PUBLISHER))
        return;
    venue->publisher = venue->name;
    venue->name = (kdbib_str){NULL, 0};
    venue->known = NULL;
}

void kdb_draft_finish(kdb_reader *reader, kdb_draft *draft) {
    tell_publisher(reader, &draft->venue);
    if (!draft->styled.count && draft->title.size && draft->title.size <= LONGEST_TITLE &&
        !kdb_rich_text_from_list(reader->arena, draft->title, &draft->styled)) {
        reader->failed = true;
        return;
    }
    if (is_blank(&draft->styled)) {
        kdbib_diagnostic finding = {KDBIB_SEVERITY_NOTE, "no-title", reader->file, draft->line,
                                    .about =
                                        draft->link_count ? draft->links[0].url : draft->title};
        kdb_report_finding(reader->context, &finding, "an entry without a title, left out");
        return;
    }
    if (draft->bad_link) {
        kdbib_diagnostic finding = {KDBIB_SEVERITY_NOTE, "bad-link", reader->file, draft->line,
                                    .about = draft->title};
        kdb_report_finding(
            reader->context, &finding,
            "a link of “%.*s” that Markdown does not read as one: unclosed, or blanks in it",
            KDB_SHOW(draft->title));
    }
    if (!draft->title_score)
        draft->title_score = kdb_score_title(reader, draft->title);
    kdb_step *step = kdb_step_add(&reader->steps, reader->arena, KDB_STEP_ENTRY);
    kdb_draft *kept = step ? kdb_arena_alloc(reader->arena, sizeof *kept) : NULL;
    if (!kept) {
        reader->failed = true;
        return;
    }
    *kept = *draft;
    step->draft = kept;
}

/* A draft becomes a record of its list. */
#include "base/strings.h"
#include "readme/outline.h"
#include "record/bibliography.h"
#include "record/record.h"

/* "http://2019.midl.io/", "https://soup.org/2019/": the home page of a conference. */
static bool is_home_page(kdbib_str url) {
    size_t at = kdb_find(url, KDBIB_STR("://"), 0);
    at = at == SIZE_MAX ? at : kdb_find_char(url, '/', at + 3);
    if (at == SIZE_MAX)
        return true;
    for (at++; at < url.size; at++)
        if (!kdb_is_digit(url.data[at]) && url.data[at] != '/')
            return false;
    return true;
}

/* The id in "https://arxiv.org/abs/2004.03042v2", ".../pdf/hep-th/9901001.pdf"; absent: none. */
static kdbib_str arxiv_id(kdbib_str url) {
    size_t at = kdb_find(url, KDBIB_STR("arxiv.org/"), 0), end;
    if (at == SIZE_MAX)
        return (kdbib_str){NULL, 0};
    url = kdb_slice(url, at + 10, url.size);
    if (!kdb_starts_with(url, KDBIB_STR("abs/")) && !kdb_starts_with(url, KDBIB_STR("pdf/")))
        return (kdbib_str){NULL, 0};
    url = kdb_slice(url, 4, url.size);
    for (end = 0; end < url.size && (kdb_is_digit(url.data[end]) || url.data[end] == '.');)
        end++;
    while (end && url.data[end - 1] == '.') /* "….pdf" */
        end--;
    bool known = end >= 9 && end <= 10 && url.data[4] == '.';
    return known ? kdb_slice(url, 0, end) : (kdbib_str){NULL, 0};
}

/* A file beside the list. */
static bool is_local(kdbib_str url) {
    return kdb_find(url, KDBIB_STR("://"), 0) == SIZE_MAX && !kdb_is_digit(url.data[0]) &&
           arxiv_id(url).size == 0 && !kdb_starts_with(url, KDBIB_STR("www."));
}

/* Roles of the links: which one is the paper. */
static void choose_paper(kdb_draft *draft, size_t *paper, size_t *pdf) {
    *paper = *pdf = SIZE_MAX;
    for (size_t i = 0; i < draft->link_count; i++) {
        const kdb_draft_link *link = &draft->links[i];
        if (link->role == KDBIB_LINK_PDF && *pdf == SIZE_MAX)
            *pdf = i;
        if (link->role != KDBIB_LINK_PAPER || link->search)
            continue;
        const kdb_draft_link *best = *paper == SIZE_MAX ? NULL : &draft->links[*paper];
        if (!best || (link->title && !best->title) ||
            (best->weak && !link->weak && (!link->preprint || is_home_page(best->url))) ||
            (best->preprint && !best->title && !link->preprint &&
             !(link->weak && is_home_page(link->url))) ||
            (best->title && link->labelled && is_local(best->url) && !is_local(link->url)))
            *paper = i;
    }
    if (*pdf != SIZE_MAX &&
        (*paper == SIZE_MAX || (draft->links[*pdf].title && !draft->links[*paper].title &&
                                !is_local(draft->links[*pdf].url)))) {
        *paper = *pdf;
        *pdf = SIZE_MAX;
        for (size_t i = *paper + 1; i < draft->link_count; i++)
            if (draft->links[i].role == KDBIB_LINK_PDF) {
                *pdf = i;
                break;
            }
    }
    for (size_t i = 0; *paper == SIZE_MAX && i < draft->link_count; i++)
        if (draft->links[i].title)
            *paper = i;
    for (size_t i = 0; *paper == SIZE_MAX && i < draft->link_count; i++)
        if (draft->links[i].role == KDBIB_LINK_PROJECT)
            *paper = i;
    /* nothing but somebody's page at Scholar, though it is called the paper */
    for (size_t i = 0; *paper == SIZE_MAX && i < draft->link_count; i++)
        if (draft->links[i].role == KDBIB_LINK_PAPER && draft->links[i].labelled)
            *paper = i;
}

static bool add_links(const kdb_draft *draft, size_t paper, size_t pdf, kdbib_record *record) {
    bool fine = paper == SIZE_MAX ||
                kdbib_record_add_link(record, KDBIB_LINK_PAPER, draft->links[paper].url);
    if (pdf != SIZE_MAX && !kdbib_str_equal(draft->links[pdf].url, draft->links[paper].url))
        fine = fine && kdbib_record_add_link(record, KDBIB_LINK_PDF, draft->links[pdf].url);
    for (size_t i = 0; i < draft->link_count && fine; i++) {
        const kdb_draft_link *link = &draft->links[i];
        kdbib_role role = link->role;
        if (i == pdf || (i == paper && (role == KDBIB_LINK_PAPER || role == KDBIB_LINK_PDF)))
            continue;
        if (role == KDBIB_LINK_PAPER || role == KDBIB_LINK_PDF || role >= KDBIB_ROLE_COUNT)
            role = KDBIB_LINK_OTHER;
        if (i == paper && role == KDBIB_LINK_OTHER)
            continue;
        if (role == KDBIB_LINK_OTHER && paper != SIZE_MAX &&
            kdbib_str_equal(link->url, draft->links[paper].url))
            continue;
        fine = kdbib_record_add_link(record, role, link->url);
    }
    return fine;
}

/* The preprint of a published paper, whose link is `paper`: its number is kept. */
static void keep_preprint(kdb_draft *draft, size_t paper) {
    for (size_t i = 0; i < draft->link_count && draft->venue.arxiv.size == 0; i++) {
        const kdb_draft_link *link = &draft->links[i];
        if (i == paper || paper == SIZE_MAX || !link->preprint || !link->labelled ||
            (link->role != KDBIB_LINK_PAPER && link->role != KDBIB_LINK_PDF))
            continue;
        if (arxiv_id(draft->links[paper].url).size)
            return;
        draft->venue.arxiv = arxiv_id(link->url);
    }
}

/* "arXiv 2005" of https://arxiv.org/abs/2005.10884 is the year 2020: years and months. */
static void mend_year(kdb_draft *draft) {
    int year = draft->venue.date.year, month = year % 100;
    if (!month || month > 12) /* the number of no preprint begins so */
        return;
    for (size_t i = 0; i < draft->link_count; i++) {
        kdbib_str id = arxiv_id(draft->links[i].url);
        int number = 0;
        for (size_t k = 0; k < 4 && id.size; k++)
            number = number * 10 + (id.data[k] - '0');
        if (number && number == year) {
            draft->venue.date.year = (int16_t)(2000 + number / 100);
            return;
        }
    }
}

static bool fill_record(kdb_outline *outline, kdb_draft *draft, kdbib_record *record) {
    kdbib_type other;
    mend_year(draft);
    kdb_open_section *open = outline->count ? &outline->sections[outline->count - 1] : NULL;
    draft->siblings = open && open->entries >= 3 ? open->papers * 100 / open->entries : 0;
    unsigned sure = kdb_draft_is_paper(outline, draft, &other);
    bool paper = sure >= 50;
    if (!paper && kdb_draft_may_be_paper(outline, draft, sure) &&
        !kdb_outline_doubt(outline, record))
        return false;
    if (open) {
        open->entries++;
        open->papers += paper;
    }
    if (!paper) {
        kdbib_record_set_not_paper(record, true);
        kdbib_record_set_type(record, other, KDBIB_BASIS_LIST);
    } else if (draft->type != KDBIB_TYPE_DOCUMENT) {
        kdbib_record_set_type(record, draft->type, KDBIB_BASIS_LIST);
    }
    /* The year that only a heading tells. */
    for (size_t i = outline->count; i-- && draft->venue.date.year == 0;)
        if (outline->sections[i].heading.venue_score >= 60)
            draft->venue.date = outline->sections[i].heading.venue.date;
    if (open && open->heading.venue_score >= 90 && open->heading.venue.known &&
        open->heading.venue.date.year && draft->venue.name.size == 0)
        draft->venue.name = open->heading.venue.name;
    /* "Year 2024", and below it "CVPR" */
    bool below = false;
    for (size_t i = 0; i + 1 < outline->count; i++)
        below = below || outline->sections[i].heading.venue.date.year;
    if (open && below && open->heading.venue_score >= 90 && open->heading.venue.known &&
        draft->venue.name.size == 0)
        draft->venue.name = open->heading.venue.name;
    size_t link, pdf;
    choose_paper(draft, &link, &pdf);
    keep_preprint(draft, link);
    return kdbib_record_set_title(record, draft->styled.runs, draft->styled.count,
                                  KDBIB_BASIS_LIST) &&
           (!draft->authors.count ||
            kdb_names_to_record(&draft->authors, record, KDBIB_AUTHORS, KDBIB_BASIS_LIST)) &&
           (!draft->editors.count ||
            kdb_names_to_record(&draft->editors, record, KDBIB_EDITORS, KDBIB_BASIS_LIST)) &&
           kdb_venue_to_record(&draft->venue, record) &&
           (!draft->abstract.size ||
            kdbib_record_set_text(record, KDBIB_ABSTRACT, draft->abstract, KDBIB_BASIS_LIST)) &&
           (!open || kdbib_record_add_section(record, open->section)) &&
           add_links(draft, link, pdf, record);
}

bool kdb_draft_to_record(kdb_outline *outline, kdb_draft *draft) {
    kdbib_record *record =
        kdbib_bibliography_add(outline->bibliography, outline->file, draft->line);
    if (!record || !fill_record(outline, draft, record))
        return false;
    if (kdbib_record_not_paper(record))
        return true;
    kdbib *context = kdbib_bibliography_context(outline->bibliography);
    bool fine = !outline->record_read || outline->record_read(context, record);
    kdb_record_keep_room(record);
    if (record->settled && !kdb_record_has(record, KDBIB_KEY))
        kdb_bibliography_settled_last(outline->bibliography);
    return fine;
}

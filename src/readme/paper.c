/* What is a paper and what is not: the evidence that an entry gives. */
#include "readme/outline.h"

/* "## ICSE 2024", or "## 2018" and below it "### NDSS", or "# CVPR 2021" and topics below it: what
 * is listed there appeared there. */
static bool is_told_by_heading(const kdb_outline *outline) {
    bool venue = false, year = false, both = false;
    for (size_t i = 0; i < outline->count; i++) {
        const kdb_heading *heading = &outline->sections[i].heading;
        venue = heading->venue_score >= 90 && heading->venue.known; /* the nearest */
        both = both || (venue && heading->venue.date.year);
        year = year || heading->venue.date.year;
    }
    return both || (venue && year);
}

unsigned kdb_draft_is_paper(const kdb_outline *outline, const kdb_draft *draft, kdbib_type *type) {
    int points = 0;
    bool paper_link = draft->empty_link, any_link = draft->link_count > 0, code = false,
         dataset = false, known_host = false, other_title = false, talk = false, blog = false;
    for (size_t i = 0; i < draft->link_count; i++) {
        const kdb_draft_link *link = &draft->links[i];
        if (link->role == KDBIB_LINK_PAPER || link->role == KDBIB_LINK_PDF) {
            bool known = link->host == KDBIB_LINK_PAPER || link->host == KDBIB_LINK_PDF;
            known_host = known_host || known;
            points += known ? 45 : link->labelled ? 30 : 5;
            paper_link = true;
        }
        other_title =
            other_title || (link->title && link->role != KDBIB_LINK_CODE &&
                            link->role != KDBIB_LINK_DATASET && link->role != KDBIB_LINK_VIDEO);
        blog = blog || (link->title && link->role == KDBIB_LINK_BLOG);
        talk = talk || link->role == KDBIB_LINK_VIDEO || link->role == KDBIB_LINK_SLIDES;
        code = code || link->role == KDBIB_LINK_CODE;
        dataset = dataset || link->role == KDBIB_LINK_DATASET;
    }
    if (draft->authors.count) /* a company alone makes tools, too */
        points += draft->authors.count == 1 && draft->authors.names[0].literal.size ? 10 : 25;
    bool told = draft->venue.known && draft->venue.date.year;
    if (draft->venue_score >= 90 || draft->venue.known)
        points += told ? 35 : 30;
    else if (draft->venue.name.size || draft->venue.date.year)
        points += 12;
    if (draft->venue.doi.size || draft->venue.arxiv.size)
        points += 35;
    if (draft->title_score >= 60)
        points += 10;
    if (draft->citation || draft->table)
        points += 30;
    if (draft->siblings >= 80)
        points += 20;
    else if (draft->siblings >= 60)
        points += 10;
    if (draft->empty_link)
        points += 25;
    if (!any_link)
        points -= 10;
    if (!paper_link && (code || dataset) && !other_title)
        points -= dataset ? 40 : told || draft->table || draft->authors.count > 1 ? 10 : 25;
    if (!paper_link && blog)
        points -= 30;
    if (!paper_link && talk && !code && !other_title)
        points -= 30;
    if (draft->other_list && !paper_link)
        points -= 40;
    bool heading = draft->title_score >= 60 && is_told_by_heading(outline);
    if (heading)
        points += 25;
    /* The nearest heading that says something counts. */
    kdb_section_about about = KDB_ABOUT_UNKNOWN;
    for (size_t i = 0; i < outline->count; i++)
        if (outline->sections[i].heading.about != KDB_ABOUT_UNKNOWN &&
            outline->sections[i].heading.about != KDB_ABOUT_NOTHING)
            about = outline->sections[i].heading.about;
    if (about == KDB_ABOUT_PAPERS)
        points += 20;
    else if (about != KDB_ABOUT_UNKNOWN)
        points -= known_host || told || about == KDB_ABOUT_DATASETS ? 25 : 35;
    *type = dataset || about == KDB_ABOUT_DATASETS ? KDBIB_TYPE_DATASET
            : code || about == KDB_ABOUT_SOFTWARE  ? KDBIB_TYPE_SOFTWARE
                                                   : KDBIB_TYPE_WEBPAGE;
    /* A title alone is no paper. */
    if (!any_link && !draft->empty_link && !draft->authors.count && !draft->venue.name.size &&
        !draft->venue.date.year && !draft->citation && !draft->table && !heading)
        points -= 40;
    int sure = 25 + points;
    return (unsigned)(sure < 0 ? 0 : sure > 100 ? 100 : sure);
}

bool kdb_draft_may_be_paper(const kdb_outline *outline, const kdb_draft *draft, unsigned sure) {
    for (size_t i = 0; i < outline->count; i++)
        if (outline->sections[i].heading.about != KDB_ABOUT_UNKNOWN &&
            outline->sections[i].heading.about != KDB_ABOUT_NOTHING &&
            outline->sections[i].heading.about != KDB_ABOUT_PAPERS && !draft->empty_link)
            return false;
    if ((draft->title_score < 60 && !(draft->title_score >= 40 && is_told_by_heading(outline))) ||
        draft->other_list)
        return false;
    bool link = false, code = false;
    for (size_t i = 0; i < draft->link_count; i++) {
        if (draft->links[i].title && draft->links[i].role == KDBIB_LINK_VIDEO)
            return false;
        link = link || draft->links[i].role == KDBIB_LINK_PROJECT ||
               (draft->links[i].title && draft->links[i].role == KDBIB_LINK_PAPER);
        code = code || (draft->links[i].title && draft->links[i].role == KDBIB_LINK_CODE);
    }
    bool question = draft->title.size && draft->title.data[draft->title.size - 1] == '?';
    if (question && !draft->link_count && !draft->venue.name.size && !draft->venue.date.year)
        return false;
    if (draft->venue.name.size || draft->venue.date.year || (code && draft->title_score >= 68))
        return sure >= 20;
    return link ? sure >= 30 : draft->link_count == 0;
}

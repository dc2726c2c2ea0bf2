/* What is known of a link, found out once. */
#include "fields/title.h"
#include "readme/reader.h"

/* Most links are titles at first sight: then all is known at once. */
static bool is_plain_title(kdb_reader *reader, kdb_token *link) {
    kdb_link_answers *asked = &link->asked;
    kdb_plain_title title;
    if (asked->seen || !kdb_title_is_plain(reader->fields, link->text, &title)) {
        asked->seen = true;
        return false;
    }
    asked->seen = asked->has_label = asked->has_title = asked->has_names = true;
    asked->bare = title.bare;
    asked->colon = (uint16_t)title.colon;
    asked->title = (uint8_t)title.score;
    asked->names = KDB_NAMES_OF_PHRASE;
    return true;
}

bool kdb_link_says_label(kdb_reader *reader, kdb_token *link) {
    if (!link->asked.has_label && !is_plain_title(reader, link)) {
        link->asked.label = kdb_says_label(reader, link->text);
        link->asked.has_label = true;
    }
    return link->asked.label;
}

unsigned kdb_link_score_title(kdb_reader *reader, kdb_token *link) {
    if (!link->asked.has_title && !is_plain_title(reader, link)) {
        link->asked.title = (uint8_t)kdb_score_title(reader, link->text);
        link->asked.has_title = true;
    }
    return link->asked.title;
}

unsigned kdb_link_score_names(kdb_reader *reader, kdb_token *link) {
    if (!link->asked.has_names && !is_plain_title(reader, link)) {
        link->asked.names = (uint8_t)kdb_score_names(reader, link->text);
        link->asked.has_names = true;
    }
    return link->asked.names;
}

bool kdb_link_is_bare_title(kdb_reader *reader, kdb_token *link) {
    if (!link->asked.seen)
        is_plain_title(reader, link);
    size_t colon = link->asked.colon;
    return link->asked.bare &&
           (!colon || kdb_title_has_nickname(reader->fields, link->text, colon));
}

kdb_link_word kdb_link_leads_to(kdb_reader *reader, kdb_token *link) {
    if (!link->asked.has_host) {
        link->asked.host = kdb_link_host(reader->fields, link->url);
        link->asked.has_host = true;
    }
    return link->asked.host;
}

static bool is_labelled(kdb_reader *reader, kdb_token *link) {
    if (!kdb_link_says_label(reader, link))
        return false;
    kdb_label label;
    kdb_label_parse(reader->arena, reader->fields, link->text, &label);
    if (label.preprint || !label.venue.name.size || label.venue.date.year || link->boxed)
        return true;
    return kdb_link_leads_to(reader, link).role != KDBIB_LINK_CODE;
}

bool kdb_link_is_labelled(kdb_reader *reader, kdb_token *link) {
    if (!link->asked.has_labelled) {
        link->asked.labelled = is_labelled(reader, link);
        link->asked.has_labelled = true;
    }
    return link->asked.labelled;
}

/* What is known of a link, found out once. */
#include "readme/reader.h"

bool kdb_link_says_label(kdb_reader *reader, kdb_token *link) {
    if (!link->asked.has_label) {
        link->asked.label = kdb_says_label(reader, link->text);
        link->asked.has_label = true;
    }
    return link->asked.label;
}

unsigned kdb_link_score_title(kdb_reader *reader, kdb_token *link) {
    if (!link->asked.has_title) {
        link->asked.title = (uint8_t)kdb_score_title(reader, link->text);
        link->asked.has_title = true;
    }
    return link->asked.title;
}

unsigned kdb_link_score_names(kdb_reader *reader, kdb_token *link) {
    if (!link->asked.has_names) {
        link->asked.names = (uint8_t)kdb_score_names(reader, link->text);
        link->asked.has_names = true;
    }
    return link->asked.names;
}

kdb_link_word kdb_link_leads_to(kdb_reader *reader, kdb_token *link) {
    if (!link->asked.has_host) {
        link->asked.host = kdb_link_host(reader->fields, link->url);
        link->asked.has_host = true;
    }
    return link->asked.host;
}

bool kdb_link_is_labelled(kdb_reader *reader, kdb_token *link) {
    if (!kdb_link_says_label(reader, link))
        return false;
    kdb_label label;
    kdb_label_parse(reader->arena, reader->fields, link->text, &label);
    if (label.preprint || !label.venue.name.size || label.venue.date.year || link->boxed)
        return true;
    return kdb_link_leads_to(reader, link).role != KDBIB_LINK_CODE;
}

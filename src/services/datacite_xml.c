/* DataCite's own XML. */
#include "services/datacite_xml.h"

#include "base/strings.h"
#include "services/facts.h"
#include "services/nodes.h"

static void add_person(kdb_answer *answer, kdb_hit *hit, xmlNode *person, const char *name_element,
                       kdbib_field which) {
    xmlNode *element = kdb_node_child(person, name_element);
    kdbib_str name = element ? kdb_node_text(answer, element, false) : (kdbib_str){0};
    kdbib_str kind = kdb_node_attribute(answer, element, "nameType");
    kdbib_str family = kdb_trim(kdb_node_child_text(answer, person, "familyName"));
    if (kdb_equal_nocase(kind, KDBIB_STR("Organizational")))
        kdb_fact_body(answer, hit, which, name);
    else if (family.size)
        kdb_fact_name(answer, hit, which, family, kdb_node_child_text(answer, person, "givenName"),
                      (kdbib_str){0});
    else if (kind.size || kdb_find_char(name, ',', 0) != SIZE_MAX)
        kdb_fact_display_name(answer, hit, which, name);
    else
        kdb_fact_body(answer, hit, which, name);
}

static void add_titles(kdb_answer *answer, kdb_hit *hit, xmlNode *titles) {
    kdbib_str title = {0}, subtitle = {0};
    for (xmlNode *node = kdb_node_child(titles, "title"); node;
         node = kdb_node_next(node->next, "title")) {
        kdbib_str type = kdb_node_attribute(answer, node, "titleType");
        if (!type.size && !title.size)
            title = kdb_node_text(answer, node, true);
        else if (kdb_equal_nocase(type, KDBIB_STR("Subtitle")) && !subtitle.size)
            subtitle = kdb_node_text(answer, node, true);
    }
    if (!title.size && kdb_node_child(titles, "title"))
        title = kdb_node_text(answer, kdb_node_child(titles, "title"), true);
    kdb_fact_title(answer, hit, title, subtitle);
}

static kdbib_date date_of(kdb_answer *answer, xmlNode *root) {
    static const char *const kinds[] = {"Issued", "Available", "Submitted", "Created"};
    kdbib_date best = kdb_parse_date(kdb_node_child_text(answer, root, "publicationYear"));
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (xmlNode *node = kdb_node_child(kdb_node_child(root, "dates"), "date"); node;
             node = kdb_node_next(node->next, "date")) {
            kdbib_str kind = kdb_node_attribute(answer, node, "dateType");
            if (!kdb_equal_nocase(kind, kdbib_str_of(kinds[k])))
                continue;
            kdbib_date found = kdb_parse_date(kdb_node_text(answer, node, false));
            if (!best.year || (found.year == best.year && found.month && !best.month))
                best = found;
        }
    return best;
}

static bool add_resource(kdb_answer *answer, xmlNode *root) {
    kdb_hit *hit = kdb_answer_add(answer);
    if (!hit)
        return false;
    kdb_fact_doi(answer, hit, kdb_node_child_text(answer, root, "identifier"));
    xmlNode *type = kdb_node_child(root, "resourceType");
    kdb_datacite_type(answer, hit, kdb_node_attribute(answer, type, "resourceTypeGeneral"),
                      type ? kdb_node_text(answer, type, false) : (kdbib_str){0}, (kdbib_str){0});
    add_titles(answer, hit, kdb_node_child(root, "titles"));
    for (xmlNode *node = kdb_node_child(kdb_node_child(root, "creators"), "creator"); node;
         node = kdb_node_next(node->next, "creator"))
        add_person(answer, hit, node, "creatorName", KDBIB_AUTHORS);
    for (xmlNode *node = kdb_node_child(kdb_node_child(root, "contributors"), "contributor"); node;
         node = kdb_node_next(node->next, "contributor"))
        if (kdb_equal_nocase(kdb_node_attribute(answer, node, "contributorType"),
                             KDBIB_STR("Editor")))
            add_person(answer, hit, node, "contributorName", KDBIB_EDITORS);
    kdbib_record_set_issued(hit->record, date_of(answer, root), KDBIB_BASIS_SERVICE);
    kdbib_type found = kdbib_record_type(hit->record);
    if (found == KDBIB_TYPE_SOFTWARE || found == KDBIB_TYPE_DATASET)
        kdb_fact_text(answer, hit, KDBIB_VERSION, kdb_node_child_text(answer, root, "version"));
    kdb_fact_text(answer, hit, KDBIB_LANGUAGE, kdb_node_child_text(answer, root, "language"));
    kdb_datacite_finish(answer, hit, kdb_node_child_text(answer, root, "publisher"));
    return !kdb_arena_failed(answer->arena);
}

bool kdb_datacite_parse_xml(kdb_answer *answer, kdbib_str body) {
    xmlDoc *document = kdb_node_load(answer, body);
    bool fine = true;
    if (!answer->problem) {
        xmlNode *root = kdb_node_find(xmlDocGetRootElement(document), "resource");
        if (root)
            fine = add_resource(answer, root);
        else
            answer->problem = "the answer holds no DOI record";
    }
    xmlFreeDoc(document);
    return fine;
}

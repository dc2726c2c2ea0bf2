/* arXiv: the query API's Atom, and OAI-PMH's oai_dc, arXiv and arXivRaw. */
#include "base/strings.h"
#include "services/facts.h"
#include "services/nodes.h"

static bool build(kdb_arena *arena, kdb_ask ask, kdbib_str value, kdbib_str extra, kdbib_str mailto,
                  kdbib_str *path, kdb_media *media, const char **accept) {
    (void)extra, (void)mailto;
    if (ask != KDB_ASK_ARXIV)
        return false;
    size_t ids = 1;
    for (size_t i = 0; i < value.size; i++)
        ids += value.data[i] == ',';
    *media = KDB_MEDIA_XML;
    *accept = "application/atom+xml";
    *path = kdb_arena_format(arena, "/api/query?id_list=%s&max_results=%zu",
                             kdb_url_encode(arena, value, ",/").data, ids);
    return true;
}

/* "Anna B. Lee, Bo Li (2) and C. van Dyk": arXivRaw's line of authors. */
static void add_author_line(kdb_answer *answer, kdb_hit *hit, kdbib_str line) {
    size_t from = 0, depth = 0;
    line = kdb_trim(kdb_plain_text(answer, line));
    for (size_t i = 0; i <= line.size; i++) {
        char c = i < line.size ? line.data[i] : ',';
        kdbib_str rest = kdb_slice(line, i, line.size);
        size_t gap = 0;
        if (c == '(')
            depth++;
        else if (c == ')' && depth)
            depth--;
        else if (depth == 0 && c == ',')
            gap = 1;
        else if (depth == 0 && kdb_starts_with(rest, KDBIB_STR(" and ")))
            gap = 5;
        if (!gap && i < line.size)
            continue;
        kdbib_str name = kdb_slice(line, from, i);
        size_t note = kdb_find_char(name, '(', 0);
        name = kdb_trim(kdb_slice(name, 0, note));
        if (kdb_starts_with(name, KDBIB_STR("and ")))
            name = kdb_slice(name, 4, name.size);
        if (name.size)
            kdb_fact_display_name(answer, hit, KDBIB_AUTHORS, name);
        i += gap ? gap - 1 : 0;
        from = i + 1;
    }
}

/* "Mon, 22 Oct 2018 22:41:50 GMT" */
static kdbib_date mail_date(kdbib_str text) {
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    size_t comma = kdb_find_char(text, ',', 0);
    text = kdb_trim(kdb_slice(text, comma == SIZE_MAX ? 0 : comma + 1, text.size));
    unsigned day = 0, year = 0;
    size_t at = 0;
    while (at < text.size && kdb_is_digit(text.data[at]) && day < 100)
        day = day * 10 + (unsigned)(text.data[at++] - '0');
    kdbib_str month = kdb_slice(text, at + 1, at + 4);
    for (at += 5; at < text.size && kdb_is_digit(text.data[at]) && year < 1000; at++)
        year = year * 10 + (unsigned)(text.data[at] - '0');
    size_t found = month.size == 3 ? kdb_find(kdbib_str_of(months), month, 0) : SIZE_MAX;
    if (found == SIZE_MAX || found % 3 || year < 1990)
        return (kdbib_date){0};
    return (kdbib_date){(int16_t)year, (uint8_t)(found / 3 + 1), (uint8_t)(day > 31 ? 0 : day)};
}

static kdb_hit *add_preprint(kdb_answer *answer, kdbib_str id) {
    kdb_hit *hit = kdb_answer_add(answer);
    if (!hit)
        return NULL;
    id = kdb_arxiv_id(id);
    hit->preprint = true;
    kdbib_record_set_type(hit->record, KDBIB_TYPE_ARTICLE, KDBIB_BASIS_SERVICE);
    kdb_fact_text(answer, hit, KDBIB_ARCHIVE, KDBIB_STR("arXiv"));
    kdb_fact_text(answer, hit, KDBIB_PUBLISHER, KDBIB_STR("arXiv"));
    kdb_fact_text(answer, hit, KDBIB_GENRE, KDBIB_STR("preprint"));
    kdb_fact_text(answer, hit, KDBIB_ARXIV, id);
    if (id.size)
        kdb_fact_doi(answer, hit,
                     kdb_arena_format(answer->arena, "10.48550/arxiv.%.*s", (int)id.size, id.data));
    return hit;
}

static void set_published(kdb_answer *answer, kdb_hit *hit, kdbib_str doi) {
    size_t end = kdb_find_char(kdb_trim(doi), ' ', 0); /* sometimes several */
    hit->published = kdb_clean_doi(answer->arena, kdb_slice(kdb_trim(doi), 0, end));
}

static bool add_atom_entry(kdb_answer *answer, xmlNode *entry) {
    kdbib_str id = kdb_node_child_text(answer, entry, "id");
    if (kdb_find(id, KDBIB_STR("api/errors"), 0) != SIZE_MAX || !kdb_node_child(entry, "title"))
        return true; /* the API says so when an id is malformed */
    kdb_hit *hit = add_preprint(answer, id);
    if (!hit)
        return false;
    kdb_fact_title(answer, hit, kdb_node_child_text(answer, entry, "title"), (kdbib_str){0});
    for (xmlNode *node = kdb_node_child(entry, "author"); node;
         node = kdb_node_next(node->next, "author"))
        kdb_fact_display_name(answer, hit, KDBIB_AUTHORS,
                              kdb_node_child_text(answer, node, "name"));
    kdbib_record_set_issued(hit->record,
                            kdb_parse_date(kdb_node_child_text(answer, entry, "published")),
                            KDBIB_BASIS_SERVICE);
    xmlNode *category = kdb_node_child(entry, "primary_category");
    if (!category)
        category = kdb_node_child(entry, "category");
    kdb_fact_text(answer, hit, KDBIB_ARXIV_CLASS, kdb_node_attribute(answer, category, "term"));
    set_published(answer, hit, kdb_node_child_text(answer, entry, "doi"));
    return true;
}

static bool add_dublin_core(kdb_answer *answer, xmlNode *dc) {
    kdbib_str id = {0}, doi = {0};
    for (xmlNode *node = kdb_node_child(dc, "identifier"); node;
         node = kdb_node_next(node->next, "identifier")) {
        kdbib_str text = kdb_node_text(answer, node, false);
        if (kdb_find(text, KDBIB_STR("arxiv.org/abs/"), 0) != SIZE_MAX)
            id = text;
        else if (kdb_starts_with(text, KDBIB_STR("doi:")))
            doi = kdb_slice(text, 4, text.size);
    }
    kdb_hit *hit = add_preprint(answer, id);
    if (!hit)
        return false;
    kdb_fact_title(answer, hit, kdb_node_child_text(answer, dc, "title"), (kdbib_str){0});
    for (xmlNode *node = kdb_node_child(dc, "creator"); node;
         node = kdb_node_next(node->next, "creator"))
        kdb_fact_display_name(answer, hit, KDBIB_AUTHORS, kdb_node_text(answer, node, false));
    kdbib_record_set_issued(hit->record, kdb_parse_date(kdb_node_child_text(answer, dc, "date")),
                            KDBIB_BASIS_SERVICE);
    set_published(answer, hit, doi);
    return true;
}

static bool add_raw(kdb_answer *answer, xmlNode *raw) {
    kdb_hit *hit = add_preprint(answer, kdb_node_child_text(answer, raw, "id"));
    if (!hit)
        return false;
    kdb_fact_title(answer, hit, kdb_node_child_text(answer, raw, "title"), (kdbib_str){0});
    xmlNode *authors = kdb_node_child(raw, "authors");
    if (kdb_node_child(authors, "author")) {
        for (xmlNode *node = kdb_node_child(authors, "author"); node;
             node = kdb_node_next(node->next, "author"))
            kdb_fact_name(answer, hit, KDBIB_AUTHORS, kdb_node_child_text(answer, node, "keyname"),
                          kdb_node_child_text(answer, node, "forenames"),
                          kdb_node_child_text(answer, node, "suffix"));
    } else if (authors) {
        add_author_line(answer, hit, kdb_node_text(answer, authors, false));
    }
    kdbib_date date = kdb_parse_date(kdb_node_child_text(answer, raw, "created"));
    xmlNode *version = kdb_node_child(raw, "version");
    if (!date.year)
        date = mail_date(kdb_node_child_text(answer, version, "date"));
    kdbib_record_set_issued(hit->record, date, KDBIB_BASIS_SERVICE);
    kdbib_str classes = kdb_trim(kdb_node_child_text(answer, raw, "categories"));
    kdb_fact_text(answer, hit, KDBIB_ARXIV_CLASS,
                  kdb_slice(classes, 0, kdb_find_char(classes, ' ', 0)));
    set_published(answer, hit, kdb_node_child_text(answer, raw, "doi"));
    return true;
}

static bool add_metadata(kdb_answer *answer, xmlNode *root) {
    bool fine = true;
    xmlNode *list = kdb_node_find(root, "record");
    for (xmlNode *record = list; record && fine; record = kdb_node_next(record->next, "record")) {
        xmlNode *metadata = kdb_node_child(record, "metadata");
        xmlNode *dc = kdb_node_child(metadata, "dc"), *raw = kdb_node_child(metadata, "arXivRaw");
        if (!raw)
            raw = kdb_node_child(metadata, "arXiv");
        if (dc)
            fine = add_dublin_core(answer, dc);
        else if (raw)
            fine = add_raw(answer, raw);
    }
    if (!list)
        answer->problem = "the answer is no feed";
    return fine;
}

static bool parse(kdb_answer *answer, kdbib_str body) {
    xmlDoc *document = kdb_node_load(answer, body);
    bool fine = true;
    if (!answer->problem) {
        xmlNode *root = xmlDocGetRootElement(document);
        if (kdb_node_is(root, "feed")) {
            for (xmlNode *entry = kdb_node_child(root, "entry"); entry && fine;
                 entry = kdb_node_next(entry->next, "entry"))
                fine = add_atom_entry(answer, entry);
        } else {
            fine = add_metadata(answer, root);
        }
    }
    xmlFreeDoc(document);
    return fine && !kdb_arena_failed(answer->arena);
}

const kdb_service kdb_arxiv = {
    .name = "arxiv",
    .title = "arXiv",
    .base = "https://export.arxiv.org",
    .concurrency = 1,
    .interval = 3000,
    .build = build,
    .parse = parse,
};

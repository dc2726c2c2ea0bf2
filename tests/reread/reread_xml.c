/* JATS, MODS and EndNote XML, by expat. */
#include <expat.h>

#include "reread.h"

#define DEEPEST 64

/* An entry is an element of that path; its title the first element of one of these below it. */
typedef struct schema {
    const char *entry;
    const char *titles[6];
} schema;

static const schema jats = {
    "/ref/element-citation",
    {"/article-title", "/chapter-title", "/data-title", "/part-title", "/source", NULL}};
static const schema mods = {"/modsCollection/mods", {"/titleInfo/title", NULL}};
static const schema endnote = {"/xml/records/record", {"/titles/title", NULL}};

typedef struct reading {
    const schema *schema;
    XML_Parser parser;
    kdb_buffer path, text;
    size_t starts[DEEPEST]; /* where the name of each open element begins in the path */
    size_t depth, entry_depth, title_depth;
    bool has_title;
    reread *result;
} reading;

static bool ends_with(kdbib_str text, const char *end) {
    const size_t size = strlen(end);
    return text.size >= size && memcmp(text.data + text.size - size, end, size) == 0;
}

static void XMLCALL on_start(void *user, const char *name, const char **attributes) {
    reading *r = user;
    (void)attributes;
    if (r->depth == DEEPEST) {
        reread_refuse(r->result, "too deep");
        XML_StopParser(r->parser, XML_FALSE);
        return;
    }
    r->starts[r->depth++] = r->path.size;
    kdb_buffer_add_char(&r->path, '/');
    kdb_buffer_add_str(&r->path, kdbib_str_of(name));
    if (!r->entry_depth && ends_with(kdb_buffer_str(&r->path), r->schema->entry)) {
        r->entry_depth = r->depth;
        r->has_title = false;
        kdb_buffer_clear(&r->text);
        return;
    }
    if (!r->entry_depth || r->has_title || r->title_depth)
        return;
    const size_t below = r->starts[r->entry_depth - 1] +
                         strcspn(r->path.data + r->starts[r->entry_depth - 1] + 1, "/") + 1;
    for (size_t i = 0; r->schema->titles[i]; i++)
        if (strcmp(r->path.data + below, r->schema->titles[i]) == 0)
            r->title_depth = r->depth;
}

static void XMLCALL on_end(void *user, const char *name) {
    reading *r = user;
    (void)name;
    if (r->title_depth == r->depth) {
        r->title_depth = 0;
        r->has_title = true;
    }
    if (r->entry_depth == r->depth) {
        r->entry_depth = 0;
        reread_title(r->result, kdb_buffer_str(&r->text).data, r->text.size);
    }
    r->path.size = r->starts[--r->depth];
    if (r->path.data)
        r->path.data[r->path.size] = '\0';
}

static void XMLCALL on_text(void *user, const char *text, int size) {
    reading *r = user;
    if (r->title_depth)
        kdb_buffer_add(&r->text, text, (size_t)size);
}

/* A document type may only name its DTD; a processing instruction or a comment is never written. */
static void XMLCALL on_entity(void *user, const char *name, int is_parameter, const char *value,
                              int value_size, const char *base, const char *system_id,
                              const char *public_id, const char *notation) {
    (void)is_parameter, (void)value, (void)value_size, (void)base, (void)system_id;
    (void)public_id, (void)notation;
    reread_refuse(((reading *)user)->result, "it declares an entity, %.40s", name);
}

static void XMLCALL on_instruction(void *user, const char *target, const char *data) {
    (void)data;
    reread_refuse(((reading *)user)->result, "a processing instruction, %.40s", target);
}

static void XMLCALL on_cdata(void *user) {
    reread_refuse(((reading *)user)->result, "a CDATA section");
}

static bool read_xml(kdbib_str text, const schema *kind, reread *result) {
    reading r = {.schema = kind, .parser = XML_ParserCreate(NULL), .result = result};
    if (!r.parser)
        return reread_refuse(result, "memory");
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, on_start, on_end);
    XML_SetCharacterDataHandler(r.parser, on_text);
    XML_SetEntityDeclHandler(r.parser, on_entity);
    XML_SetProcessingInstructionHandler(r.parser, on_instruction);
    XML_SetCdataSectionHandler(r.parser, on_cdata, NULL);
    if (XML_Parse(r.parser, text.data, (int)text.size, 1) != XML_STATUS_OK)
        reread_refuse(result, "line %lu: %s", XML_GetCurrentLineNumber(r.parser),
                      XML_ErrorString(XML_GetErrorCode(r.parser)));
    XML_ParserFree(r.parser);
    kdb_buffer_free(&r.path);
    kdb_buffer_free(&r.text);
    return true;
}

bool reread_jats(kdbib_str text, reread *result) {
    return read_xml(text, &jats, result);
}

bool reread_mods(kdbib_str text, reread *result) {
    return read_xml(text, &mods, result);
}

bool reread_endnote(kdbib_str text, reread *result) {
    return read_xml(text, &endnote, result);
}

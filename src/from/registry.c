/* Which formats can be read. A new one is a file beside this one and a line here. */
#include "base/diagnose.h"
#include "base/strings.h"
#include "from/from.h"
#include "from/keywords.h"
#include "text/decode.h"
#include "text/legacy.h"

static const kdb_input_class *const classes[] = {
    &kdb_from_bibtex,
    &kdb_from_ris,
    &kdb_from_jsonl,
    &kdb_from_csl_json,
};

const kdb_input_class *kdb_input_at(size_t index) {
    return index < sizeof classes / sizeof *classes ? classes[index] : NULL;
}

static bool is_one_of(const char *const *words, kdbib_str word) {
    for (; words && *words; words++)
        if (kdb_equal_nocase(kdbib_str_of(*words), word))
            return true;
    return false;
}

const kdb_input_class *kdb_input_find(kdbib_str name) {
    const kdb_input_class *class;
    for (size_t i = 0; (class = kdb_input_at(i)) != NULL; i++)
        if (kdb_equal_nocase(kdbib_str_of(class->name), name) || is_one_of(class->aliases, name))
            return class;
    return NULL;
}

const kdb_input_class *kdb_input_for_file(kdbib_str file_name) {
    size_t dot = file_name.size;
    while (dot && file_name.data[dot - 1] != '.' && file_name.data[dot - 1] != '/')
        dot--;
    if (dot == 0 || file_name.data[dot - 1] != '.')
        return NULL;
    const kdb_input_class *class;
    for (size_t i = 0; (class = kdb_input_at(i)) != NULL; i++)
        if (is_one_of(class->extensions, kdb_slice(file_name, dot, file_name.size)))
            return class;
    return NULL;
}

const kdb_input_class *kdb_input_for_bytes(kdbib_str bytes) {
    const kdb_input_class *class, *surest = NULL;
    unsigned most = 50;
    if (kdb_starts_with(bytes, KDBIB_STR("\xEF\xBB\xBF")))
        bytes = kdb_slice(bytes, 3, bytes.size);
    for (size_t i = 0; (class = kdb_input_at(i)) != NULL; i++) {
        unsigned bid = class->bid(bytes);
        if (bid > most) {
            most = bid;
            surest = class;
        }
    }
    return surest;
}

void kdb_from_report(kdb_from *from, kdbib_severity severity, const char *name, uint32_t line,
                     const char *message, kdbib_str about) {
    if (about.size)
        kdb_report(from->context, severity, name, from->file, line, 0, "%s: “%.*s”", message,
                   KDB_SHOW(about));
    else
        kdb_report(from->context, severity, name, from->file, line, 0, "%s", message);
}

bool kdb_from_bytes(kdbib_bibliography *list, const kdb_input_class *class, const char *file,
                    kdbib_str bytes, bool passing) {
    kdb_arena arena = {0};
    kdb_keywords keywords = {.list = list};
    kdb_from from = {.context = kdbib_bibliography_context(list),
                     .list = list,
                     .file = file,
                     .arena = &arena,
                     .keywords = &keywords};
    kdb_buffer utf8 = {0}, storage = {0};
    kdbib_str text;
    if (kdb_is_legacy(bytes)) {
        kdb_report(from.context, KDBIB_SEVERITY_WARNING, "legacy-encoding", file, 0, 0,
                   "it is no UTF-8: read as Windows-1252, which Latin-1 is a part of");
        kdb_legacy_to_utf8(bytes, &utf8);
        bytes = kdb_buffer_str(&utf8);
    }
    bool fine =
        !utf8.failed && (class->exact ? kdb_decode_exact(from.context, file, bytes, &storage, &text)
                                      : kdb_decode(from.context, file, bytes, &storage, &text));
    from.passing = passing || utf8.data || storage.data;
    fine = fine && class->read(&from, text) && !kdb_arena_failed(&arena);
    kdb_keywords_free(&keywords);
    kdb_buffer_free(&storage);
    kdb_buffer_free(&utf8);
    kdb_arena_free(&arena);
    kdb_arena_free(&from.tables);
    return fine;
}

/* The formats that kdbib brings: a new one is one file beside this one and one line here. */
#include "registry.h"

#define FORMATS(X)                                                                                 \
    X(bibtex)                                                                                      \
    X(biblatex)                                                                                    \
    X(ris)                                                                                         \
    X(csl_json)                                                                                    \
    X(jats)                                                                                        \
    X(mods)                                                                                        \
    X(endnote_xml)                                                                                 \
    X(hayagriva)                                                                                   \
    X(csv)                                                                                         \
    X(html)                                                                                        \
    X(markdown)                                                                                    \
    X(jsonl)

#define DECLARE(name) extern const kdbib_writer_class kdb_##name##_writer;
FORMATS(DECLARE)

#define POINTER(name) &kdb_##name##_writer,
static const kdbib_writer_class *const writers[] = {FORMATS(POINTER)};

const kdbib_writer_class *kdb_builtin_writer(size_t index) {
    return index < sizeof writers / sizeof *writers ? writers[index] : NULL;
}

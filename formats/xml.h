/* XML by libxml2's writer, straight into an output. Errors stick; kdb_xml_close() tells. */
#ifndef KDB_XML_H
#define KDB_XML_H

#include "base/buffer.h"
#include "kdbib/writer.h"
#include "libxml.h"

typedef struct kdb_xml {
    kdb_libxml library;
    xmlTextWriterPtr writer;
    kdb_buffer text;
    unsigned depth; /* of indentation */
    bool failed;
} kdb_xml;

/* Begins a document with its XML declaration in the writer's output. `xml` is {0} before. False:
 * memory is out, or libxml2 cannot be loaded (reported). */
bool kdb_xml_open(kdb_xml *xml, kdbib_writer *writer);
/* Flushes and frees; also after a failure, also when nothing was opened. False: something failed.
 */
bool kdb_xml_close(kdb_xml *xml);

/* An element on lines of its own, its children indented. */
void kdb_xml_start(kdb_xml *xml, const char *name);
void kdb_xml_end(kdb_xml *xml);
/* An element on one line: kdb_xml_start_line(), text and inline elements, kdb_xml_end_line(). */
void kdb_xml_start_line(kdb_xml *xml, const char *name);
void kdb_xml_end_line(kdb_xml *xml);
/* An element inside a line. */
void kdb_xml_start_inline(kdb_xml *xml, const char *name);
void kdb_xml_end_inline(kdb_xml *xml);

/* Right after a start. The value has every character that XML 1.0 cannot hold replaced. */
void kdb_xml_attribute(kdb_xml *xml, const char *name, kdbib_str value);
/* The one place where text becomes XML: control characters are replaced, `<` and the like escaped.
 */
void kdb_xml_text(kdb_xml *xml, kdbib_str text);
/* An element with a text, on one line; nothing for an absent text. */
void kdb_xml_element(kdb_xml *xml, const char *name, kdbib_str text);
/* The same with one attribute. */
void kdb_xml_element_with(kdb_xml *xml, const char *name, const char *attribute, const char *value,
                          kdbib_str text);
/* Markup as it stands: a DOCTYPE, a line break. */
void kdb_xml_raw(kdb_xml *xml, const char *markup);

#endif

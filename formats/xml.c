/* XML by libxml2's writer. Its own indentation would put blanks into mixed content, so the line
 * breaks are made here. */
#include "xml.h"

#include "base/diagnose.h"
#include "parts.h"

static int pass_on(void *user, const char *data, int size) {
    kdbib_output_bytes(user, data, (size_t)size);
    return size;
}

static const xmlChar *x(const char *text) {
    return (const xmlChar *)text;
}

bool kdb_xml_open(kdb_xml *xml, kdbib_writer *writer) {
    const char *why;
    if (!kdb_libxml_load(&xml->library, &why)) {
        xml->failed = true;
        kdb_report(kdbib_writer_context(writer), KDBIB_SEVERITY_ERROR, "no-library", NULL, 0, 0,
                   "XML is written by libxml2, which cannot be loaded: %s", why ? why : "");
        return false;
    }
    kdbib_output *out = kdbib_writer_output(writer);
    xmlOutputBufferPtr buffer = xml->library.xmlOutputBufferCreateIO(pass_on, NULL, out, NULL);
    if (buffer && !(xml->writer = xml->library.xmlNewTextWriter(buffer)))
        xml->library.xmlOutputBufferClose(buffer);
    xml->failed = !xml->writer;
    kdb_xml_raw(xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    return !xml->failed;
}

bool kdb_xml_close(kdb_xml *xml) {
    if (xml->writer) {
        if (!xml->failed && xml->library.xmlTextWriterEndDocument(xml->writer) < 0)
            xml->failed = true;
        xml->library.xmlFreeTextWriter(xml->writer);
        xml->writer = NULL;
    }
    if (xml->failed && xml->library.xmlResetLastError)
        xml->library.xmlResetLastError(); /* libxml2 keeps its text otherwise */
    kdb_buffer_free(&xml->text);
    return !xml->failed;
}

static void check(kdb_xml *xml, int result) {
    if (result < 0)
        xml->failed = true;
}

static void write_raw(kdb_xml *xml, kdbib_str markup) {
    if (!xml->failed && markup.size)
        check(xml,
              xml->library.xmlTextWriterWriteRawLen(xml->writer, x(markup.data), (int)markup.size));
}

void kdb_xml_raw(kdb_xml *xml, const char *markup) {
    write_raw(xml, kdbib_str_of(markup));
}

static void new_line(kdb_xml *xml) {
    static const char blanks[] = "\n                    ";
    unsigned deepest = (sizeof blanks - 2) / 2;
    unsigned depth = xml->depth < deepest ? xml->depth : deepest;
    write_raw(xml, (kdbib_str){blanks, 1 + 2 * depth});
}

void kdb_xml_start_inline(kdb_xml *xml, const char *name) {
    if (!xml->failed)
        check(xml, xml->library.xmlTextWriterStartElement(xml->writer, x(name)));
}

void kdb_xml_end_inline(kdb_xml *xml) {
    if (!xml->failed)
        check(xml, xml->library.xmlTextWriterEndElement(xml->writer));
}

void kdb_xml_start_line(kdb_xml *xml, const char *name) {
    if (xml->depth)
        new_line(xml);
    kdb_xml_start_inline(xml, name);
}

void kdb_xml_end_line(kdb_xml *xml) {
    kdb_xml_end_inline(xml);
}

void kdb_xml_start(kdb_xml *xml, const char *name) {
    kdb_xml_start_line(xml, name);
    xml->depth++;
}

void kdb_xml_end(kdb_xml *xml) {
    xml->depth--;
    new_line(xml);
    kdb_xml_end_inline(xml);
}

/* `text` clean and NUL-terminated. */
static const xmlChar *clean(kdb_xml *xml, kdbib_str text) {
    kdbib_str fit = kdb_clean(text, KDB_KEEP_BREAKS, &xml->text);
    if (fit.data == text.data) {
        kdb_buffer_clear(&xml->text);
        kdb_buffer_add_str(&xml->text, fit);
    }
    if (xml->text.failed)
        xml->failed = true;
    return x(xml->text.data ? xml->text.data : "");
}

/* A byte that stands as it is in texts and attributes. */
static bool is_plain(unsigned char c) {
    return c >= ' ' && c < 0x7F && c != '<' && c != '>' && c != '&' && c != '"';
}

static bool all_plain(kdbib_str text) {
    size_t i = 0;
    while (i < text.size && is_plain((unsigned char)text.data[i]))
        i++;
    return i == text.size;
}

void kdb_xml_attribute(kdb_xml *xml, const char *name, kdbib_str value) {
    if (!xml->failed && all_plain(value)) { /* as a rule; libxml2 is slow to find that out */
        check(xml, xml->library.xmlTextWriterStartAttribute(xml->writer, x(name)));
        write_raw(xml, value);
        check(xml, xml->library.xmlTextWriterEndAttribute(xml->writer));
        return;
    }
    const xmlChar *text = clean(xml, value);
    if (!xml->failed)
        check(xml, xml->library.xmlTextWriterWriteAttribute(xml->writer, x(name), text));
}

void kdb_xml_text(kdb_xml *xml, kdbib_str text) {
    if (all_plain(text)) {
        write_raw(xml, text);
        return;
    }
    const xmlChar *fit = clean(xml, text);
    /* xmlTextWriterWriteString would do both, but leave the text out when memory is out */
    xmlChar *escaped = xml->failed ? NULL : xml->library.xmlEncodeSpecialChars(NULL, fit);
    check(xml, escaped ? 0 : -1);
    if (escaped) {
        write_raw(xml, kdbib_str_of((const char *)escaped));
        xml->library.free(escaped);
    }
}

void kdb_xml_element(kdb_xml *xml, const char *name, kdbib_str text) {
    kdb_xml_element_with(xml, name, NULL, NULL, text);
}

void kdb_xml_element_with(kdb_xml *xml, const char *name, const char *attribute, const char *value,
                          kdbib_str text) {
    if (!text.size)
        return;
    kdb_xml_start_line(xml, name);
    if (attribute)
        kdb_xml_attribute(xml, attribute, kdbib_str_of(value));
    kdb_xml_text(xml, text);
    kdb_xml_end_line(xml);
}

/* The functions of libxml2 that the XML formats call. They are looked up when the first document is
 * opened: libxml2 brings five libraries along, which take longer to load than most conversions, and
 * those to other formats need none of them. */
#ifndef KDB_LIBXML_H
#define KDB_LIBXML_H

#include <stdbool.h>

#include <libxml/parser.h>
#include <libxml/xmlwriter.h>

#define KDB_LIBXML_FUNCTIONS(F)                                                                    \
    F(xmlInitParser)                                                                               \
    F(xmlOutputBufferCreateIO)                                                                     \
    F(xmlOutputBufferClose)                                                                        \
    F(xmlNewTextWriter)                                                                            \
    F(xmlFreeTextWriter)                                                                           \
    F(xmlTextWriterEndDocument)                                                                    \
    F(xmlTextWriterStartElement)                                                                   \
    F(xmlTextWriterEndElement)                                                                     \
    F(xmlTextWriterStartAttribute)                                                                 \
    F(xmlTextWriterEndAttribute)                                                                   \
    F(xmlTextWriterWriteAttribute)                                                                 \
    F(xmlTextWriterWriteRawLen)                                                                    \
    F(xmlEncodeSpecialChars)                                                                       \
    F(xmlResetLastError)

typedef struct kdb_libxml {
/* a declarator takes no parentheses. NOLINTNEXTLINE(bugprone-macro-parentheses) */
#define KDB_LIBXML_FUNCTION(name) __typeof__(name) *name;
    KDB_LIBXML_FUNCTIONS(KDB_LIBXML_FUNCTION)
#undef KDB_LIBXML_FUNCTION
    xmlFreeFunc free;
} kdb_libxml;

/* False when the library cannot be loaded; `*why`, borrowed until the next call, says so. Once
 * loaded, it stays. */
bool kdb_libxml_load(kdb_libxml *library, const char **why);

#endif

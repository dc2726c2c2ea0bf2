/* Reading XML and HTML answers by libxml2: no network, no DTD, no entities but the five, no huge
 * documents. Names are compared without prefix. */
#ifndef KDB_NODES_H
#define KDB_NODES_H

#include <libxml/tree.h>

#include "services/service.h"

/* The document, to be freed by xmlFreeDoc(); NULL with answer->problem set when it is none. */
xmlDoc *kdb_node_load(kdb_answer *answer, kdbib_str body);
bool kdb_node_is(const xmlNode *node, const char *name);
/* The next element called `name` from `node` on (itself, then its siblings); NULL: none. */
xmlNode *kdb_node_next(xmlNode *node, const char *name);
/* The first child element called `name`; `node` may be NULL. */
xmlNode *kdb_node_child(xmlNode *node, const char *name);
/* The first descendant called `name` in document order. */
xmlNode *kdb_node_find(xmlNode *node, const char *name);
/* All text below `node`; inline elements (i, b, sub, sup, …) as tags when `markup`. Arena. */
kdbib_str kdb_node_text(kdb_answer *answer, xmlNode *node, bool markup);
kdbib_str kdb_node_child_text(kdb_answer *answer, xmlNode *node, const char *name);
kdbib_str kdb_node_attribute(kdb_answer *answer, xmlNode *node, const char *name);

#endif

/* kdbib: the README of a paper list becomes a bibliography.
 *
 * A context holds what is shared: the diagnostic handler, the formats, the data tables. There is no
 * global state: two contexts know nothing of each other; one context is used by one thread at a
 * time. Every function that can run out of memory says so in its result and never exits.
 */
#ifndef KDBIB_KDBIB_H
#define KDBIB_KDBIB_H

#include "kdbib/bibliography.h"
#include "kdbib/convert.h"
#include "kdbib/diagnostic.h"
#include "kdbib/doi.h"
#include "kdbib/output.h"
#include "kdbib/record.h"
#include "kdbib/str.h"
#include "kdbib/writer.h"

#define KDBIB_RELEASE "0.1.0" /* KDBIB_VERSION is a field of records */

typedef struct kdbib kdbib;

/* A new context with the built-in formats and tables. NULL when memory is out. */
kdbib *kdbib_new(void);
void kdbib_free(kdbib *context);

/* Findings go to `handler`; without one they are dropped. */
void kdbib_set_diagnostic_handler(kdbib *context, kdbib_diagnostic_fn *handler, void *user);

/* How many threads may work for the context, the caller's among them; 1 until this is called. They
 * are started when there is work for them and end before a function returns; handlers are called on
 * the caller's thread alone. What comes out does not depend on them. */
void kdbib_set_threads(kdbib *context, unsigned threads);

/* Makes a format known; it comes before built-in ones of the same name. `class` is borrowed. */
bool kdbib_add_writer(kdbib *context, const kdbib_writer_class *class);
/* By name or alias, any case; NULL when there is none. */
const kdbib_writer_class *kdbib_find_writer(const kdbib *context, kdbib_str name);
/* By file name extension; NULL when there is none. */
const kdbib_writer_class *kdbib_find_writer_for_file(const kdbib *context, kdbib_str file_name);
/* Format `index` in order of registration, or NULL past the last one. */
const kdbib_writer_class *kdbib_writer_at(const kdbib *context, size_t index);

#endif

/* A bibliography: the records of one or more lists, and the memory they live in. */
#ifndef KDBIB_BIBLIOGRAPHY_H
#define KDBIB_BIBLIOGRAPHY_H

#include "kdbib/record.h"

struct kdbib;
typedef struct kdbib_bibliography kdbib_bibliography;

/* A new, empty bibliography, freed by kdbib_bibliography_free(). `context` must outlive it. Of some
 * 350,000 records and more a part lies in files without a name in $TMPDIR or /var/tmp, if that is
 * on a disk, and in memory only while it is looked at. NULL when memory is out. */
kdbib_bibliography *kdbib_bibliography_new(struct kdbib *context);
void kdbib_bibliography_free(kdbib_bibliography *bibliography);

struct kdbib *kdbib_bibliography_context(const kdbib_bibliography *bibliography);

size_t kdbib_bibliography_count(const kdbib_bibliography *bibliography);
/* Record `index`, 0-based, in the order of the lists. */
kdbib_record *kdbib_bibliography_record(const kdbib_bibliography *bibliography, size_t index);

/* Appends a new, empty record. `file` is copied once per distinct name. NULL: memory is out. */
kdbib_record *kdbib_bibliography_add(kdbib_bibliography *bibliography, const char *file,
                                     uint32_t line);
/* Takes back the record added last (a reader found that it was none). */
void kdbib_bibliography_drop_last(kdbib_bibliography *bibliography);
/* Keeps the records for which `keep` says true, in order. */
void kdbib_bibliography_filter(kdbib_bibliography *bibliography,
                               bool (*keep)(void *user, const kdbib_record *record), void *user);
/* A new section node; `parent` may be NULL. NULL: memory is out. */
kdbib_section *kdbib_bibliography_add_section(kdbib_bibliography *bibliography,
                                              const kdbib_section *parent, unsigned level,
                                              kdbib_str title);

#endif

/* The front end: the bytes of READMEs become records. The pieces of all lists are read side by side
 * by the threads of the context; what they say is put together in the order of the lists, so that
 * the number of threads changes nothing but the time. */
#ifndef KDB_README_H
#define KDB_README_H

#include "base/buffer.h"
#include "kdbib/kdbib.h"

/* Called for each record that is surely a paper as soon as it is there, while other threads read
 * on. False: memory is out. */
typedef bool kdb_record_read_fn(kdbib *context, kdbib_record *record);

/* Appends the entries of a Markdown list to `bibliography`: papers, and what is none with
 * kdbib_record_not_paper(). `file` is for diagnostics and sources. Damage in the list is reported
 * and never fatal; false when memory is out or a limit was passed (reported). */
bool kdb_read_markdown(kdbib_bibliography *bibliography, const char *file, kdbib_str bytes,
                       kdb_record_read_fn *record);

/* Several lists, one after the other. */
typedef struct kdb_reading kdb_reading;

/* Told when a list is read: how many bytes it had, and how many entries it gave. */
typedef void kdb_list_read_fn(void *user, const char *file, size_t bytes, size_t entries);

/* Until kdb_reading_free() the findings of the bibliography's context pass through the reading, so
 * that they come in the order of the lists. `record` and `told` may be NULL. NULL: memory is out.
 */
kdb_reading *kdb_reading_new(kdbib_bibliography *bibliography, kdb_record_read_fn *record,
                             kdb_list_read_fn *told, void *user);
/* Takes the text over and leaves `bytes` empty. False: as kdb_read_markdown(), for this list or one
 * before it; nothing more should be added then. */
bool kdb_reading_add(kdb_reading *reading, const char *file, kdb_buffer *bytes);
/* Waits until all lists that were added are in the bibliography. */
bool kdb_reading_wait(kdb_reading *reading);
/* Gives up what is not read yet. May be NULL. */
void kdb_reading_free(kdb_reading *reading);

#endif

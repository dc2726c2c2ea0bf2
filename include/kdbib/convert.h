/* The whole way: lists are read into a bibliography, completed, and written. */
#ifndef KDBIB_CONVERT_H
#define KDBIB_CONVERT_H

#include "kdbib/bibliography.h"
#include "kdbib/writer.h"

/* The bytes of a list or a bibliography: appended as records. `file` names it in sources and
 * diagnostics. `format` is "markdown" or another name or alias of kdbib_input_format_at(). False:
 * memory is out, a limit was passed or the format is unknown (reported, but for memory). */
bool kdbib_read(kdbib_bibliography *bibliography, const char *format, const char *file,
                kdbib_str bytes);

/* The format of an input: by the ending of its name, or else by how its bytes begin; "markdown"
 * when nothing speaks for another one. */
const char *kdbib_input_format(kdbib_str file_name, kdbib_str bytes);
/* Format `index` that can be read, "markdown" first; NULL past the last one. */
const char *kdbib_input_format_at(size_t index);

typedef struct kdbib_complete_options {
    const char *lock_file; /* named in diagnostics; NULL: no lock */
    kdbib_str lock;        /* the lock's bytes */
    bool all;              /* keep what is no paper */
    bool prefer_preprint;  /* of a preprint and its published version, keep the preprint */
    bool keep_parts;       /* keep what is united also as it was: kdbib_record_next_part() */
} kdbib_complete_options;

/* After the last list: DOIs and facts from URLs, the lock, duplicates united, keys given. */
bool kdbib_complete(kdbib_bibliography *bibliography, const kdbib_complete_options *options);

/* As kdbib_complete(), and then the lock of this state to `lock`, as `kdbib resolve --offline`
 * writes it: the rows of options->lock, and for every record its key and what its URLs tell.
 * Nothing is looked up; rows and cells that people wrote stay. False: memory is out, or the lock
 * that is there must be repaired first (reported). */
bool kdbib_complete_and_lock(kdbib_bibliography *bibliography,
                             const kdbib_complete_options *options, kdbib_output *lock);

/* Of a completed bibliography keeps the records of works that another one, the bytes of `file`,
 * does not have: by DOI, arXiv id, a key that the lock gave, URL or title, as duplicates are found.
 * Those that stay get keys that are not in `file`. False: memory is out, or it could not be read
 * (reported). */
bool kdbib_keep_new(kdbib_bibliography *bibliography, const char *format, const char *file,
                    kdbib_str bytes, const kdbib_complete_options *options);

/* Every record to `writer`, in order, and the end of the document; frees the writer. */
bool kdbib_write(const kdbib_bibliography *bibliography, kdbib_writer *writer);

/* The list that comes with kdbib, and its lock; NUL-terminated, they live for ever. */
kdbib_str kdbib_bundled_list(void);
kdbib_str kdbib_bundled_lock(void);

#endif

/* Citation keys. */
#include "record/keys.h"

#include "base/arena.h"

bool kdb_assign_keys(kdbib_bibliography *bibliography, const kdb_lock *lock) {
    (void)lock;
    for (size_t i = 0; i < kdbib_bibliography_count(bibliography); i++) {
        kdb_arena scratch = {0};
        kdbib_str key = kdb_arena_format(&scratch, "entry%zu", i);
        bool fine = kdbib_record_set_text(kdbib_bibliography_record(bibliography, i), KDBIB_KEY,
                                          key, KDBIB_BASIS_COMPUTED);
        kdb_arena_free(&scratch);
        if (!fine)
            return false;
    }
    return true;
}

/* kdbib check on any bytes: fixes come to an end, done again they change nothing, and what a list
 * yields does not change. */
#include "check/check.h"

#include "fuzz.h"

static void ignore(void *user, const kdbib_diagnostic *diagnostic) {
    (void)user;
    (void)diagnostic;
}

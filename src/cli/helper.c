/* Going on in kdbib-resolve. */
#include "cli/helper.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/say.h"

#define HELPER "kdbib-resolve"

/* The folder of this program, with a slash; false when the system does not tell. */
static bool own_folder(char *folder, size_t size) {
    ssize_t length = readlink("/proc/self/exe", folder, size - 1);
    if (length <= 0)
        return false;
    folder[length] = '\0';
    char *slash = strrchr(folder, '/');
    if (slash)
        slash[1] = '\0';
    return slash != NULL;
}

int kdb_run_helper(kdb_program *program) {
    static const char *const places[] = {"", "../libexec/kdbib/", "../lib/kdbib/"};
    char folder[PATH_MAX], path[PATH_MAX + 64];
    size_t count = 0;
    while (program->arguments[count])
        count++;
    char **arguments = calloc(count + 2, sizeof *arguments);
    if (!arguments) {
        kdb_say("memory is out");
        return KDB_NOT_DONE;
    }
    arguments[0] = HELPER;
    for (size_t i = 0; i < count; i++)
        arguments[i + 1] = program->arguments[i];
    bool known = own_folder(folder, sizeof folder);
    for (size_t i = 0; known && i < sizeof places / sizeof *places; i++) {
        snprintf(path, sizeof path, "%s%s" HELPER, folder, places[i]);
        if (access(path, X_OK) == 0)
            execv(path, arguments);
    }
    kdb_say("the program that asks the network, " HELPER ", is not where it belongs (%s): %s",
            known ? folder : "?", strerror(errno));
    free(arguments);
    return KDB_NOT_DONE;
}

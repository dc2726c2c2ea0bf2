/* Loading libxml2. */
#include "libxml.h"

#include <dlfcn.h>
#include <string.h>

#include "base/process.h"

/* C has no conversion from an object's address to a function's, POSIX has. */
static bool find(void *handle, const char *name, void *function) {
    void *address = dlsym(handle, name);
    memcpy(function, &address, sizeof address);
    return address != NULL;
}

static bool load(kdb_libxml *library, const char **why) {
    void *handle = dlopen(KDB_LIBXML_NAME, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    xmlFreeFunc *release = NULL;
    bool fine = handle && find(handle, "xmlFree", &release);
#define FIND(name) fine = fine && find(handle, #name, &library->name);
    KDB_LIBXML_FUNCTIONS(FIND)
#undef FIND
    *why = fine ? NULL : dlerror();
    if (fine)
        library->free = *release;
    if (handle)
        dlclose(handle); /* it stays loaded */
    return fine;
}

bool kdb_libxml_load(kdb_libxml *library, const char **why) {
    kdb_process_lock();
    bool fine = load(library, why);
    if (fine)
        library->xmlInitParser();
    kdb_process_unlock();
    return fine;
}

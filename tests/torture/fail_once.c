/* A preloaded library in which one chosen call fails: FAIL_CALL names it (alloc, write, fsync,
 * rename, read, open), FAIL_AT says which one, counted from 1. At the end of the process the number of
 * calls seen and that of blocks not freed are written to the file FAIL_COUNT. The backtrace of the
 * call that fails is written to the file FAIL_TRACE. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void __libc_free(void *);

static long fail_at, seen, live;
static const char *fail_call, *trace;
static int armed;

__attribute__((constructor)) static void start(void) {
    fail_call = getenv("FAIL_CALL");
    const char *at = getenv("FAIL_AT");
    fail_at = at ? atol(at) : 0;
    void *warm[1];
    backtrace(warm, 1); /* loads libgcc now: it allocates */
    trace = getenv("FAIL_TRACE");
    armed = fail_call != NULL;
}

__attribute__((destructor)) static void stop(void) {
    const char *path = getenv("FAIL_COUNT");
    armed = 0;
    if (!path)
        return;
    char text[64];
    int size = snprintf(text, sizeof text, "%ld %ld\n", seen, live);
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (fd >= 0) {
        syscall(SYS_write, fd, text, (size_t)size);
        syscall(SYS_close, fd);
    }
}

/* True when this is the call that shall fail. */
static int fails(const char *call) {
    if (!armed || strcmp(call, fail_call) != 0 || ++seen != fail_at)
        return 0;
    if (trace) {
        void *frames[40];
        int fd = (int)syscall(SYS_openat, AT_FDCWD, trace, O_WRONLY | O_CREAT | O_TRUNC, 0644);
        armed = 0;
        backtrace_symbols_fd(frames, backtrace(frames, 40), fd);
        armed = 1;
        syscall(SYS_close, fd);
    }
    return 1;
}

void *malloc(size_t size) {
    if (fails("alloc")) {
        errno = ENOMEM;
        return NULL;
    }
    live++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    if (fails("alloc")) {
        errno = ENOMEM;
        return NULL;
    }
    live++;
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
    if (fails("alloc")) {
        errno = ENOMEM;
        return NULL;
    }
    live += old == NULL;
    return __libc_realloc(old, size);
}

void free(void *memory) {
    live -= memory != NULL;
    __libc_free(memory);
}

ssize_t write(int fd, const void *data, size_t size) {
    if (fd != 2 && fails("write")) {
        errno = ENOSPC;
        return -1;
    }
    return syscall(SYS_write, fd, data, size);
}

ssize_t read(int fd, void *data, size_t size) {
    if (fails("read")) {
        errno = EIO;
        return -1;
    }
    return syscall(SYS_read, fd, data, size);
}

int fsync(int fd) {
    if (fails("fsync")) {
        errno = EIO;
        return -1;
    }
    return (int)syscall(SYS_fsync, fd);
}

int rename(const char *from, const char *to) {
    if (fails("rename")) {
        errno = EACCES;
        return -1;
    }
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

/* Makes one chosen call of a program fail. FAIL_CALL names the kind (see `kinds`), FAIL_AT says
 * which one, counted from 1. At the end of the process the number of calls seen and that of blocks
 * not freed are written to the file FAIL_COUNT; when a call failed, its place and backtrace to the
 * file FAIL_TRACE. With FAIL_SITES nothing fails, but of every place from which a call came (its
 * FAIL_DEPTH nearest callers) place, first and last number are written to that file.
 *
 * Preloaded as a library it sees the calls of all libraries. With -DFAIL_WRAP it is linked into the
 * program by `-Wl,--wrap=malloc,…`: then it sees those of the program, and AddressSanitizer the
 * rest. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef FAIL_WRAP
#define HOOK(name) __wrap_##name
#define REAL(name) __real_##name
#else
#define HOOK(name) name
#define REAL(name) real_##name
#endif

typedef enum kind {
    ALLOC,
    READ,
    READ_SHORT,
    READ_INTERRUPTED,
    WRITE,
    WRITE_SHORT,
    WRITE_INTERRUPTED,
    OPEN,
    STAT,
    CHMOD,
    FSYNC,
    RENAME,
    CLOSE,
    THREAD,
    KINDS
} kind;

static const struct {
    const char *name;
    int error; /* 0: less is done, and that is no error */
} kinds[KINDS] = {
    [ALLOC] = {"alloc", ENOMEM},
    [READ] = {"read", EIO},
    [READ_SHORT] = {"read-short", 0},
    [READ_INTERRUPTED] = {"read-interrupted", EINTR},
    [WRITE] = {"write", ENOSPC},
    [WRITE_SHORT] = {"write-short", 0},
    [WRITE_INTERRUPTED] = {"write-interrupted", EINTR},
    [OPEN] = {"open", EACCES},
    [STAT] = {"stat", EIO},
    [CHMOD] = {"chmod", EPERM},
    [FSYNC] = {"fsync", EIO},
    [RENAME] = {"rename", EROFS},
    [CLOSE] = {"close", EIO},
    [THREAD] = {"thread", EAGAIN},
};

static long fail_at, seen, live;
static kind chosen = KINDS;
static const char *trace, *sites_file;
static int depth = 8;
static _Thread_local bool inside; /* our own calls are not counted */

/* ---- places ---- */

#define MOST_SITES (1u << 16)
static struct site {
    uint64_t place;
    long first, last;
} sites[MOST_SITES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int find_module(struct dl_phdr_info *info, size_t size, void *user) {
    uintptr_t *address = user;
    (void)size;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const uintptr_t from = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
        if (info->dlpi_phdr[i].p_type == PT_LOAD && *address >= from &&
            *address < from + info->dlpi_phdr[i].p_memsz) {
            *address -= info->dlpi_addr; /* the same in every run */
            return 1;
        }
    }
    return 0;
}

/* The nearest callers as one number. */
static uint64_t place_of_call(void) {
    void *frames[64];
    const int count = backtrace(frames, depth + 4 < 64 ? depth + 4 : 64);
    uint64_t hash = 0xCBF29CE484222325u;
    for (int i = 3; i < count; i++) {
        uintptr_t address = (uintptr_t)frames[i];
        dl_iterate_phdr(find_module, &address);
        hash = (hash ^ address) * 0x100000001B3u;
    }
    return hash ? hash : 1;
}

static void note_site(long number) {
    const uint64_t place = place_of_call();
    for (uint32_t at = (uint32_t)place % MOST_SITES, tries = 0; tries < MOST_SITES;
         at = (at + 1) % MOST_SITES, tries++) {
        if (!sites[at].place)
            sites[at] = (struct site){place, number, number};
        if (sites[at].place == place) {
            sites[at].last = number;
            return;
        }
    }
}

static int create(const char *path) {
    return (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
}

static void put(int fd, const char *text, int size) {
    if (fd >= 0 && syscall(SYS_write, fd, text, (size_t)size) != size)
        _exit(99);
}

__attribute__((constructor)) static void start(void) {
    const char *call = getenv("FAIL_CALL"), *at = getenv("FAIL_AT"), *deep = getenv("FAIL_DEPTH");
    void *warm[1];
    inside = true;
    backtrace(warm, 1); /* loads libgcc now: it allocates */
    fail_at = at ? atol(at) : 0;
    depth = deep ? atoi(deep) : depth;
    trace = getenv("FAIL_TRACE");
    sites_file = getenv("FAIL_SITES");
    for (int i = 0; call && i < KINDS; i++)
        if (strcmp(call, kinds[i].name) == 0)
            chosen = (kind)i;
    inside = false;
}

__attribute__((destructor)) static void stop(void) {
    const char *path = getenv("FAIL_COUNT");
    char text[96];
    chosen = KINDS;
    if (path) {
        const int fd = create(path);
        put(fd, text, snprintf(text, sizeof text, "%ld %ld\n", seen, live));
        syscall(SYS_close, fd);
    }
    if (sites_file) {
        const int fd = create(sites_file);
        for (uint32_t i = 0; i < MOST_SITES; i++)
            if (sites[i].place)
                put(fd, text,
                    snprintf(text, sizeof text, "%016lx %ld %ld\n", (unsigned long)sites[i].place,
                             sites[i].first, sites[i].last));
        syscall(SYS_close, fd);
    }
}

static void tell_trace(void) {
    void *frames[40];
    char text[32];
    const int fd = create(trace);
    put(fd, text, snprintf(text, sizeof text, "%016lx\n", (unsigned long)place_of_call()));
    backtrace_symbols_fd(frames, backtrace(frames, 40), fd);
    syscall(SYS_close, fd);
}

/* True when this is the call that shall fail. */
static bool fails(kind call) {
    if (call != chosen || inside)
        return false;
    const long number = __atomic_add_fetch(&seen, 1, __ATOMIC_RELAXED);
    if (number != fail_at && !sites_file)
        return false;
    inside = true;
    if (sites_file) {
        pthread_mutex_lock(&lock);
        note_site(number);
        pthread_mutex_unlock(&lock);
    } else if (trace) {
        tell_trace();
    }
    inside = false;
    if (number != fail_at)
        return false;
    errno = kinds[call].error;
    return true;
}

/* ---- memory ---- */

#ifdef FAIL_WRAP
extern void *REAL(malloc)(size_t);
extern void *REAL(calloc)(size_t, size_t);
extern void *REAL(realloc)(void *, size_t);
#else
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void __libc_free(void *);
#define real_malloc __libc_malloc
#define real_calloc __libc_calloc
#define real_realloc __libc_realloc
#endif

static void count(int blocks) {
    __atomic_add_fetch(&live, blocks, __ATOMIC_RELAXED);
}

void *HOOK(malloc)(size_t size) {
    if (fails(ALLOC))
        return NULL;
    count(1);
    return REAL(malloc)(size);
}

void *HOOK(calloc)(size_t number, size_t size) {
    if (fails(ALLOC))
        return NULL;
    count(1);
    return REAL(calloc)(number, size);
}

void *HOOK(realloc)(void *old, size_t size) {
    if (fails(ALLOC))
        return NULL;
    count(old == NULL);
    return REAL(realloc)(old, size);
}

#ifndef FAIL_WRAP
void free(void *memory) {
    count(-(memory != NULL));
    __libc_free(memory);
}
#endif

/* ---- files ---- */

#ifdef FAIL_WRAP
extern int REAL(mkostemp)(char *, int);
extern int REAL(pthread_create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
#define NEXT(name) REAL(name)
#else
/* The function behind ours. */
static void *next(const char *name) {
    inside = true;
    void *function = dlsym(RTLD_NEXT, name);
    inside = false;
    return function;
}
#define NEXT(name) ((__typeof__(&name))next(#name))
#endif

ssize_t HOOK(read)(int fd, void *data, size_t size) {
    if (fails(READ) || fails(READ_INTERRUPTED))
        return -1;
    if (size > 1 && fails(READ_SHORT))
        size = 1;
    return syscall(SYS_read, fd, data, size);
}

/* What goes to standard error is no output. */
ssize_t HOOK(write)(int fd, const void *data, size_t size) {
    if (fd != STDERR_FILENO && (fails(WRITE) || fails(WRITE_INTERRUPTED)))
        return -1;
    if (fd != STDERR_FILENO && size > 1 && fails(WRITE_SHORT))
        size /= 2;
    return syscall(SYS_write, fd, data, size);
}

int HOOK(open)(const char *path, int flags, ...) {
    va_list args;
    va_start(args, flags);
    const int mode = flags & O_CREAT ? va_arg(args, int) : 0;
    va_end(args);
    return fails(OPEN) ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int HOOK(openat)(int folder, const char *path, int flags, ...) {
    va_list args;
    va_start(args, flags);
    const int mode = flags & O_CREAT ? va_arg(args, int) : 0;
    va_end(args);
    return fails(OPEN) ? -1 : (int)syscall(SYS_openat, folder, path, flags, mode);
}

int HOOK(mkostemp)(char *template, int flags) {
    return fails(OPEN) ? -1 : NEXT(mkostemp)(template, flags);
}

int HOOK(fstat)(int fd, struct stat *about) {
    return fails(STAT) ? -1 : (int)syscall(SYS_fstat, fd, about);
}

int HOOK(stat)(const char *path, struct stat *about) {
    return fails(STAT) ? -1 : (int)syscall(SYS_stat, path, about);
}

int HOOK(fchmod)(int fd, mode_t mode) {
    return fails(CHMOD) ? -1 : (int)syscall(SYS_fchmod, fd, mode);
}

int HOOK(fsync)(int fd) {
    return fails(FSYNC) ? -1 : (int)syscall(SYS_fsync, fd);
}

int HOOK(rename)(const char *from, const char *to) {
    return fails(RENAME) ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

/* The file is closed in any case, as the kernel does it. */
int HOOK(close)(int fd) {
    const bool bad = fails(CLOSE);
    const int result = (int)syscall(SYS_close, fd);
    if (bad)
        errno = EIO;
    return bad ? -1 : result;
}

int HOOK(pthread_create)(pthread_t *id, const pthread_attr_t *attributes, void *(*work)(void *),
                         void *user) {
    return fails(THREAD) ? EAGAIN : NEXT(pthread_create)(id, attributes, work, user);
}

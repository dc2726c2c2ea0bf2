/* A file of its own for each piece of memory; the mapping alone keeps it alive. */
#include "base/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/vfs.h>
#include <unistd.h>

/* Meant for what is large; /tmp may be memory itself. */
#define FOLDER "/var/tmp"

/* Not every file system has files without a name. */
static int open_unnamed(const char *folder) {
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR))
        return fd;
    char name[] = FOLDER "/kdbib-XXXXXX";
    fd = mkostemp(name, O_CLOEXEC);
    if (fd >= 0)
        (void)unlink(name);
    return fd;
}

static bool is_on_disk(int fd) {
    struct statfs status;
    return fstatfs(fd, &status) == 0 && status.f_type != TMPFS_MAGIC &&
           status.f_type != RAMFS_MAGIC;
}

/* A file that grows past the limit would end the program by a signal. */
static bool may_be_so_large(size_t size) {
    struct rlimit limit;
    return getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur >= size;
}

/* Zeros that are written come to memory in pages of that size, where the file system has such: less
 * is to be done to go over them. Still larger ones take longer to be written to. */
#define PART ((size_t)64 * 1024)

static bool write_zeros(int fd, size_t size) {
    char *zeros = calloc(1, PART);
    size_t at = 0;
    while (zeros && at < size) {
        ssize_t done = pwrite(fd, zeros, size - at < PART ? size - at : PART, (off_t)at);
        if (done <= 0 && !(done < 0 && errno == EINTR))
            break;
        at += done > 0 ? (size_t)done : 0;
    }
    free(zeros);
    return at == size;
}

/* All pages are taken at once, for less than one by one at their first touch. */
static void take_pages(void *memory, size_t size) {
#ifdef MADV_POPULATE_WRITE
    (void)madvise(memory, size, MADV_POPULATE_WRITE);
#else
    (void)memory;
    (void)size;
#endif
}

void *kdb_spool_new(size_t size) {
    const char *folder = getenv("TMPDIR");
    int fd = may_be_so_large(size) ? open_unnamed(folder && *folder ? folder : FOLDER) : -1;
    void *memory = MAP_FAILED;
    /* the room is taken now: a disk that is full later would end the program */
    if (fd >= 0 && is_on_disk(fd) && fallocate(fd, 0, 0, (off_t)size) == 0 && write_zeros(fd, size))
        memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (fd >= 0)
        close(fd);
    if (memory == MAP_FAILED)
        return NULL;
    take_pages(memory, size);
    return memory;
}

void kdb_spool_free(void *memory, size_t size) {
    (void)munmap(memory, size);
}

void kdb_spool_forget(void *memory, size_t size) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE), before = -(uintptr_t)memory & (page - 1);
    if (size > before && (size - before) / page)
        (void)madvise((char *)memory + before, (size - before) / page * page, MADV_DONTNEED);
}

void kdb_spool_rest(void *memory, size_t size) {
    (void)madvise(memory, size, MADV_DONTNEED);
}

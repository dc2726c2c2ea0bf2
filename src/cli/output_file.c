/* Output that is whole or not there: temporary file, fsync, rename. */
#include "cli/output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/strings.h"
#include "cli/say.h"

struct kdb_output_file {
    char *name;   /* for messages */
    char *target; /* what the temporary file becomes; NULL when written directly */
    int fd;
    kdbib_output *output;
    bool abandoned;
};

/* The one temporary file of the process, for the signal handler; "" when there is none. */
static char temporary[PATH_MAX];
static const int deadly[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGXCPU, SIGXFSZ};
#define DEADLY (sizeof deadly / sizeof *deadly)

static void remove_and_die(int number) {
    if (temporary[0])
        unlink(temporary);
    signal(number, SIG_DFL);
    raise(number);
}

/* A signal that the caller ignores (nohup) stays ignored. */
static void catch_signals(void) {
    struct sigaction action = {.sa_handler = remove_and_die}, before;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < DEADLY; i++)
        if (sigaction(deadly[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
            sigaction(deadly[i], &action, NULL);
}

static void hold_signals(sigset_t *before) {
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < DEADLY; i++)
        sigaddset(&set, deadly[i]);
    sigprocmask(SIG_BLOCK, &set, before);
}

static int write_all(void *user, const void *data, size_t size) {
    const kdb_output_file *file = user;
    const char *at = data;
    if (file->abandoned)
        return ECANCELED;
    while (size) {
        ssize_t written = write(file->fd, at, size);
        if (written >= 0) {
            at += written;
            size -= (size_t)written;
        } else if (errno == EAGAIN) {
            poll(&(struct pollfd){file->fd, POLLOUT, 0}, 1, -1);
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

static kdb_output_file *fail(kdb_output_file *file, int error) {
    kdb_say("cannot write %s: %s", file->name ? file->name : "the output", strerror(error));
    if (file->fd > STDERR_FILENO)
        close(file->fd);
    free(file->name);
    free(file->target);
    free(file);
    return NULL;
}

/* ---- which file ---- */

/* The descriptor that /dev/stdout or /dev/fd/N stands for, or -1. Opening these again would begin
 * at the file's start, not where the shell's `>>` left it. */
static int descriptor_named(const char *path) {
    static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
    if (strcmp(path, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    if (strcmp(path, "/dev/stderr") == 0)
        return STDERR_FILENO;
    for (size_t i = 0; i < 2; i++) {
        size_t size = strlen(folders[i]);
        if (strncmp(path, folders[i], size) != 0 || !kdb_is_digit(path[size]))
            continue;
        char *end;
        long number = strtol(path + size, &end, 10);
        if (*end == '\0' && number <= INT_MAX)
            return (int)number;
    }
    return -1;
}

/* `path` with its symbolic links followed, also where the last one points to nothing yet. Returns
 * malloc'ed memory; NULL with errno. */
static char *follow_links(const char *path) {
    char *at = strdup(path), link[PATH_MAX];
    for (int steps = 0; at; steps++) {
        ssize_t size = readlink(at, link, sizeof link - 1);
        if (size < 0)
            return at; /* no link, or not there */
        link[size] = '\0';
        if (steps == 40) {
            errno = ELOOP;
            break;
        }
        char *slash = strrchr(at, '/'), *next = NULL;
        int folder = *link != '/' && slash ? (int)(slash - at + 1) : 0;
        if (asprintf(&next, "%.*s%s", folder, at, link) < 0)
            next = NULL;
        free(at);
        at = next;
    }
    free(at);
    return NULL;
}

/* Makes the temporary file beside `target`, with the mode and as far as possible the owner that the
 * file has or would get. Returns a descriptor, or -1 with errno. */
static int make_temporary(const char *target) {
    const char *slash = strrchr(target, '/');
    int folder = slash ? (int)(slash - target + 1) : 0;
    sigset_t before;
    hold_signals(&before);
    int size = snprintf(temporary, sizeof temporary, "%.*s.kdbib-XXXXXX", folder, target);
    int fd = -1;
    if (size < 0 || size >= (int)sizeof temporary)
        errno = ENAMETOOLONG;
    else
        fd = mkostemp(temporary, O_CLOEXEC);
    int error = errno;
    if (fd < 0)
        temporary[0] = '\0';
    catch_signals();
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return fd;
}

static void set_mode(int fd, const struct stat *existing) {
    mode_t mask = umask(0);
    umask(mask);
    mode_t mode = existing ? existing->st_mode & 07777 : (mode_t)0666 & ~mask;
    struct stat made;
    if (existing && fstat(fd, &made) == 0 &&
        (made.st_uid != existing->st_uid || made.st_gid != existing->st_gid) &&
        fchown(fd, existing->st_uid, existing->st_gid) != 0)
        mode &= 0777; /* another's file: without its set-user bits */
    (void)fchmod(fd, mode);
}

static int open_regular(kdb_output_file *file, const struct stat *existing) {
    if (!(file->target = follow_links(file->name)))
        return -1;
    if (existing && access(file->target, W_OK) != 0)
        return -1; /* the folder would let us, but the file says no */
    int fd = make_temporary(file->target);
    if (fd >= 0)
        set_mode(fd, existing);
    return fd;
}

static int open_path(kdb_output_file *file, const char *path) {
    int descriptor = descriptor_named(path);
    if (descriptor >= 0)
        return descriptor <= STDERR_FILENO ? descriptor : dup(descriptor);
    struct stat status;
    bool exists = stat(path, &status) == 0;
    if (exists && !S_ISREG(status.st_mode))
        return open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY); /* a directory: EISDIR */
    return open_regular(file, exists ? &status : NULL);
}

kdb_output_file *kdb_output_file_open(const char *path) {
    bool is_stdout = !path || strcmp(path, "-") == 0;
    kdb_output_file *file = calloc(1, sizeof *file);
    if (!file) {
        kdb_say("memory is out");
        return NULL;
    }
    file->fd = -1;
    file->name = strdup(is_stdout ? "standard output" : path);
    if (!file->name)
        return fail(file, ENOMEM);
    file->fd = is_stdout ? STDOUT_FILENO : open_path(file, path);
    if (file->fd < 0)
        return fail(file, errno);
    file->output = kdbib_output_new(write_all, file);
    if (file->output)
        return file;
    if (temporary[0])
        unlink(temporary);
    return fail(file, ENOMEM);
}

kdbib_output *kdb_output_file_output(kdb_output_file *file) {
    return file->output;
}

/* ---- the end ---- */

static void free_file(kdb_output_file *file) {
    if (file->target && temporary[0]) {
        unlink(temporary);
        temporary[0] = '\0';
    }
    free(file->name);
    free(file->target);
    free(file);
}

/* So that the new name survives a crash of the machine too; no reason to fail. */
static void sync_folder(const char *target) {
    const char *slash = strrchr(target, '/');
    char *folder = slash == target ? strdup("/")
                   : slash         ? strndup(target, (size_t)(slash - target))
                                   : strdup(".");
    int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
    free(folder);
}

static int put_in_place(const kdb_output_file *file) {
    sigset_t before;
    hold_signals(&before);
    int error = rename(temporary, file->target) == 0 ? 0 : errno;
    if (!error)
        temporary[0] = '\0';
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (!error)
        sync_folder(file->target);
    return error;
}

bool kdb_output_file_sync(kdb_output_file *file) {
    int error = kdbib_output_flush(file->output);
    if (!error && file->target && fsync(file->fd) != 0)
        error = errno;
    if (error)
        kdb_say("cannot write %s: %s", file->name, strerror(error));
    return error == 0;
}

bool kdb_output_file_commit(kdb_output_file *file) {
    int error = kdbib_output_close(file->output);
    if (!error && file->target && fsync(file->fd) != 0)
        error = errno;
    if (file->fd != STDERR_FILENO && close(file->fd) != 0 && !error && errno != EINTR)
        error = errno; /* of standard output too: some disks say only now that they are full */
    if (!error && file->target)
        error = put_in_place(file);
    if (error && error != EPIPE)
        kdb_say("cannot write %s: %s", file->name, strerror(error));
    free_file(file);
    return error == 0;
}

void kdb_output_file_abandon(kdb_output_file *file) {
    if (!file)
        return;
    file->abandoned = true; /* what is still in the buffer is not written */
    kdbib_output_close(file->output);
    if (file->fd != STDERR_FILENO)
        close(file->fd);
    free_file(file);
}

void kdb_output_file_guard_standard(void) {
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            /* Writing to what is open for reading fails, as writing to what is closed does. */
            if (open("/dev/null", fd == STDERR_FILENO ? O_WRONLY : O_RDONLY) < 0)
                return;
}

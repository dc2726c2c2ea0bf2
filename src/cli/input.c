/* Bytes of files and of standard input. */
#include "cli/input.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diagnose.h"
#include "base/strings.h"

#define LEAST_READ ((size_t)64 * 1024)

static void report(kdbib *context, const char *path, int error) {
    kdb_report(context, KDBIB_SEVERITY_ERROR, "unreadable", path, 0, 0, "cannot read it: %s",
               strerror(error));
}

/* Returns 0 or an errno value; EFBIG past the limit. */
static int read_all(int fd, kdb_buffer *bytes) {
    struct stat status;
    size_t expected = LEAST_READ;
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0 &&
        (uint64_t)status.st_size <= KDB_INPUT_LIMIT)
        expected = (size_t)status.st_size + 1; /* one more, so that the end is seen at once */
    for (;;) {
        bool full = bytes->capacity - bytes->size < 2; /* one is for the NUL */
        if (full && !kdb_buffer_reserve(bytes, bytes->size ? LEAST_READ : expected))
            return ENOMEM;
        ssize_t got = read(fd, bytes->data + bytes->size, bytes->capacity - bytes->size - 1);
        if (got < 0 && errno == EAGAIN)
            poll(&(struct pollfd){fd, POLLIN, 0}, 1, -1);
        else if (got < 0 && errno != EINTR)
            return errno;
        else if (got == 0)
            break;
        else if (got > 0)
            bytes->size += (size_t)got;
        if (bytes->size > KDB_INPUT_LIMIT)
            return EFBIG;
    }
    bytes->data[bytes->size] = '\0';
    return 0;
}

bool kdb_input_read(kdbib *context, const char *path, kdb_buffer *bytes) {
    bool is_stdin = strcmp(path, "-") == 0;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    kdb_buffer_clear(bytes);
    int error = fd < 0 ? errno : read_all(fd, bytes);
    if (fd >= 0 && !is_stdin)
        close(fd);
    if (error == EFBIG)
        kdb_report(context, KDBIB_SEVERITY_ERROR, "too-large", path, 0, 0,
                   "it is larger than %zu MiB", KDB_INPUT_LIMIT >> 20);
    else if (error)
        report(context, path, error);
    return error == 0;
}

static bool is_control(unsigned char c) {
    return c < ' ' ? !(c >= '\t' && c <= '\r') && c != 0x1B : c == 0x7F;
}

/* In UTF-16 without a BOM the zeros stand at every other byte, in UTF-32 at three of four. */
bool kdb_input_is_binary(kdbib_str bytes) {
    size_t size = bytes.size < LEAST_READ ? bytes.size : LEAST_READ, controls[2] = {0, 0};
    if (kdb_starts_with(bytes, KDBIB_STR("\xFF\xFE")) ||
        kdb_starts_with(bytes, KDBIB_STR("\xFE\xFF")))
        return false;
    size_t any = 0; /* most inputs have none, and a sum is quickly made */
    for (size_t i = 0; i < size; i++)
        any += (unsigned char)bytes.data[i] < '\t';
    for (size_t i = 0; any && i < size; i++)
        controls[i & 1] += is_control((unsigned char)bytes.data[i]);
    size_t few = size / 50;
    bool one_sided = controls[0] <= few / 2 || controls[1] <= few / 2;
    return controls[0] + controls[1] > few &&
           !(one_sided && size > 3 && controls[0] + controls[1] > size / 3);
}

bool kdb_input_waits(void) {
    struct stat status;
    if (fstat(STDIN_FILENO, &status) != 0)
        return false;
    if (S_ISREG(status.st_mode))
        return lseek(STDIN_FILENO, 0, SEEK_CUR) < status.st_size;
    if (!S_ISFIFO(status.st_mode) && !S_ISSOCK(status.st_mode))
        return false;
    int waiting = 0;
    return ioctl(STDIN_FILENO, FIONREAD, &waiting) == 0 && waiting > 0;
}

ssize_t kdb_input_some(void *data, size_t size) {
    for (;;) {
        ssize_t got = read(STDIN_FILENO, data, size);
        if (got >= 0 || (errno != EINTR && errno != EAGAIN))
            return got;
        if (errno == EAGAIN)
            poll(&(struct pollfd){STDIN_FILENO, POLLIN, 0}, 1, -1);
    }
}

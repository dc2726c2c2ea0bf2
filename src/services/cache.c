/* The cache of answers. A file: "kdbib 1 STATUS UNTIL SIZE", a line with the key, the body. */
#include "services/cache.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/strings.h"

#define LARGEST_FILE ((off_t)64 * 1024 * 1024)
#define SWEEP_EVERY (24L * 3600)
#define SWEEP_AGE (60L * 24 * 3600)

struct kdb_cache {
    int folder; /* descriptor */
};

/* Removes what nobody has asked for in two months. */
static void sweep(int folder) {
    struct stat status;
    time_t now = time(NULL);
    if (fstatat(folder, "swept", &status, 0) == 0 && now - status.st_mtime < SWEEP_EVERY)
        return;
    int stamp = openat(folder, "swept", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (stamp >= 0) {
        (void)futimens(stamp, NULL);
        close(stamp);
    }
    int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *files = again >= 0 ? fdopendir(again) : NULL;
    if (!files) {
        if (again >= 0)
            close(again);
        return;
    }
    for (const struct dirent *file; (file = readdir(files)) != NULL;) {
        kdbib_str name = kdbib_str_of(file->d_name);
        bool ours =
            kdb_ends_with(name, KDBIB_STR(".answer")) || kdb_ends_with(name, KDBIB_STR(".part"));
        if (ours && fstatat(folder, file->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
            now - status.st_mtime > SWEEP_AGE)
            (void)unlinkat(folder, file->d_name, 0);
    }
    closedir(files);
}

static int open_folder(const char *parent, const char *child) {
    char path[4096];
    if (snprintf(path, sizeof path, "%s%s", parent, child) >= (int)sizeof path)
        return -1;
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        (void)mkdir(path, 0700);
        *slash = '/';
    }
    (void)mkdir(path, 0700);
    return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

kdb_cache *kdb_cache_new(void) {
    const char *cache_home = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    int folder = -1;
    if (cache_home && cache_home[0] == '/')
        folder = open_folder(cache_home, "/kdbib");
    else if (home && home[0] == '/')
        folder = open_folder(home, "/.cache/kdbib");
    kdb_cache *cache = folder >= 0 ? malloc(sizeof *cache) : NULL;
    if (cache) {
        cache->folder = folder;
        sweep(folder);
    } else if (folder >= 0) {
        close(folder);
    }
    return cache;
}

void kdb_cache_free(kdb_cache *cache) {
    if (cache)
        close(cache->folder);
    free(cache);
}

static void file_name(kdbib_str key, const char *ending, char name[64]) {
    snprintf(name, 64, "%016llx%s", (unsigned long long)kdb_hash(key), ending);
}

static bool read_all(int fd, kdb_buffer *bytes) {
    struct stat status;
    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size > LARGEST_FILE ||
        !kdb_buffer_reserve(bytes, (size_t)status.st_size + 1))
        return false;
    for (;;) {
        ssize_t got = read(fd, bytes->data + bytes->size, bytes->capacity - bytes->size - 1);
        if (got <= 0)
            return got == 0;
        bytes->size += (size_t)got;
        if (bytes->capacity - bytes->size < 2)
            return false; /* it grew meanwhile */
    }
}

bool kdb_cache_get(const kdb_cache *cache, kdbib_str key, long *status, kdb_buffer *body) {
    char name[64];
    kdb_buffer bytes = {0};
    long found_status;
    long long until;
    size_t size;
    int header = 0;
    bool found = false;
    if (!cache)
        return false;
    file_name(key, ".answer", name);
    int fd = openat(cache->folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return false;
    if (read_all(fd, &bytes)) {
        bytes.data[bytes.size] = '\0';
        kdbib_str all = kdb_buffer_str(&bytes);
        if (sscanf(all.data, "kdbib 1 %ld %lld %zu\n%n", &found_status, &until, &size, &header) ==
                3 &&
            header > 0 && until > (long long)time(NULL)) {
            kdbib_str rest = kdb_slice(all, (size_t)header, all.size);
            size_t line = kdb_find_char(rest, '\n', 0);
            found = line != SIZE_MAX && kdbib_str_equal(kdb_slice(rest, 0, line), key) &&
                    rest.size - line - 1 == size;
            if (found) {
                *status = found_status;
                kdb_buffer_clear(body);
                kdb_buffer_add_str(body, kdb_slice(rest, line + 1, rest.size));
                found = !body->failed;
            }
        }
    }
    close(fd);
    kdb_buffer_free(&bytes);
    return found;
}

void kdb_cache_put(const kdb_cache *cache, kdbib_str key, long status, kdbib_str body,
                   long seconds) {
    char name[64], part[64], ending[32];
    if (!cache || kdb_find_char(key, '\n', 0) != SIZE_MAX)
        return;
    snprintf(ending, sizeof ending, ".%ld.part", (long)getpid());
    file_name(key, ".answer", name);
    file_name(key, ending, part);
    int fd =
        openat(cache->folder, part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    FILE *file = fd >= 0 ? fdopen(fd, "wb") : NULL;
    if (!file) {
        if (fd >= 0)
            close(fd);
        return;
    }
    fprintf(file, "kdbib 1 %ld %lld %zu\n", status, (long long)time(NULL) + seconds, body.size);
    fwrite(key.data, 1, key.size, file);
    fputc('\n', file);
    if (body.size)
        fwrite(body.data, 1, body.size, file);
    bool fine = !ferror(file);
    fine = fclose(file) == 0 && fine;
    if (!fine || renameat(cache->folder, part, cache->folder, name) != 0)
        (void)unlinkat(cache->folder, part, 0);
}

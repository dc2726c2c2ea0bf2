/* The program. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "kdbib/kdbib.h"

static int write_out(void *user, const void *data, size_t size) {
    return fwrite(data, 1, size, user) == size ? 0 : errno ? errno : EIO;
}

static void show(void *user, const kdbib_diagnostic *d) {
    (void)user;
    fprintf(stderr, "%s:%u: %s [%s]\n", d->file ? d->file : "kdbib", d->line, d->message, d->name);
}

static kdbib_str slurp(const char *path) {
    FILE *in = fopen(path, "rb");
    char *data = malloc(100000000);
    size_t size = in && data ? fread(data, 1, 100000000, in) : 0;
    if (in)
        fclose(in);
    return (kdbib_str){data, size};
}

/* A first cut, to be replaced: kdbib --to FORMAT [--no-lock] [FILE] */
int main(int argc, char **argv) {
    kdbib *context = kdbib_new();
    kdbib_bibliography *b = kdbib_bibliography_new(context);
    kdbib_set_diagnostic_handler(context, show, NULL);
    const char *file = NULL, *to = "jsonl";
    bool lock = true;
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--to") == 0 && i + 1 < argc)
            to = argv[++i];
        else if (strcmp(argv[i], "--no-lock") == 0)
            lock = false;
        else
            file = argv[i];
    kdbib_str bytes = file ? slurp(file) : kdbib_bundled_list();
    kdbib_complete_options options = {0};
    if (!file && lock) {
        options.lock_file = "kdbib.lock.csv";
        options.lock = kdbib_bundled_lock();
    }
    kdbib_output *out = kdbib_output_new(write_out, stdout);
    const kdbib_writer_class *class = kdbib_find_writer(context, kdbib_str_of(to));
    bool fine = class && kdbib_read(b, "markdown", file ? file : "bundled.md", bytes) &&
                kdbib_complete(b, &options) &&
                kdbib_write(b, kdbib_writer_new(context, class, out));
    fine = kdbib_output_close(out) == 0 && fine;
    kdbib_bibliography_free(b);
    kdbib_free(context);
    return fine ? 0 : 2;
}

/* mangle [--cuts N] [--splices N] [--flips N] [--keep FOLDER EVERY] [--show LIST CASE] LIST...:
 * each list cut off at random places, spliced into another one at random places, and with 1 % of
 * its bytes flipped, through every format; each output is taken back by the strict reader of its
 * format with as many entries and the same titles. The same numbers give the same cases everywhere.
 *
 * Prints one line a format. --keep: every EVERYth output goes to FOLDER, as FORMAT.NUMBER.ENTRIES,
 * for readers that are programs. --show: the mangled bytes of one case on standard output. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "reread/reread.h"

#define MOST_FORMATS 32
#define MOST_LISTS 1024
#define TOLD 10 /* failures that are shown */

typedef struct original {
    const char *name;
    kdbib_str bytes;
} original;

typedef struct mangling {
    kdbib *context;
    original lists[MOST_LISTS];
    size_t list_count;
    unsigned long cuts, splices, flips, every;
    const char *folder;
    unsigned long documents[MOST_FORMATS], entries[MOST_FORMATS], failures[MOST_FORMATS];
    unsigned long cases, empty;
} mangling;

/* For the handler of signals: what was being done. */
static char doing[256];

static void on_crash(int number) {
    static const char said[] = "not ok - mangle: a crash in ";
    if (write(STDOUT_FILENO, said, sizeof said - 1) < 0 ||
        write(STDOUT_FILENO, doing, strlen(doing)) < 0 || write(STDOUT_FILENO, "\n", 1) < 0)
        _exit(3);
    signal(number, SIG_DFL);
    raise(number);
}

/* xorshift64 */
static uint64_t next_random(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state >> 11;
}

static void cut(const mangling *m, size_t list, uint64_t *random, kdb_buffer *mangled) {
    const kdbib_str bytes = m->lists[list].bytes;
    kdb_buffer_add(mangled, bytes.data, (size_t)(next_random(random) % (bytes.size + 1)));
}

/* The head of one list and the tail of another. */
static void splice(const mangling *m, size_t list, uint64_t *random, kdb_buffer *mangled) {
    const kdbib_str other = m->lists[next_random(random) % m->list_count].bytes;
    cut(m, list, random, mangled);
    const size_t from = (size_t)(next_random(random) % (other.size + 1));
    kdb_buffer_add(mangled, other.data + from, other.size - from);
}

/* Of one byte in a hundred one bit. */
static void flip(const mangling *m, size_t list, uint64_t *random, kdb_buffer *mangled) {
    kdb_buffer_add_str(mangled, m->lists[list].bytes);
    for (size_t i = 0; i < mangled->size / 100; i++)
        mangled->data[next_random(random) % mangled->size] ^= (char)(1 << next_random(random) % 8);
}

/* Case `number` of a list: first the cuts, then the splices, then the flips. */
static const char *mangle(const mangling *m, size_t list, unsigned long number,
                          kdb_buffer *mangled) {
    uint64_t random =
        0x9E3779B97F4A7C15u ^ (list * 0xD1B54A32D192ED03u + number * 0x2545F4914F6CDD1Du);
    for (int i = 0; i < 8; i++)
        next_random(&random);
    kdb_buffer_clear(mangled);
    if (number < m->cuts) {
        cut(m, list, &random, mangled);
        return "cut";
    }
    if (number < m->cuts + m->splices) {
        splice(m, list, &random, mangled);
        return "splice";
    }
    flip(m, list, &random, mangled);
    return "flip";
}

static void keep(const mangling *m, const char *format, unsigned long number, size_t entries,
                 kdbib_str text) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.%lu.%zu", m->folder, format, number, entries);
    FILE *file = fopen(path, "w");
    if (!file || fwrite(text.data, 1, text.size, file) != text.size || fclose(file) != 0) {
        perror(path);
        exit(2);
    }
}

static void write_and_reread(mangling *m, const kdbib_bibliography *b, size_t index) {
    const kdbib_writer_class *class = kdbib_writer_at(m->context, index);
    kdbib_output *out = kdbib_output_new_memory();
    reread result = {0};
    bool fine = kdbib_write(b, kdbib_writer_new(m->context, class, out));
    const kdbib_str text = kdbib_output_memory(out);
    fine = (fine || reread_refuse(&result, "it was not written")) &&
           reread_format(class->name, text, &result) && reread_is_same(b, &result);
    if (!fine && m->failures[index]++ < TOLD)
        printf("    %s: %s: %s\n", class->name, doing, result.problem);
    const unsigned long number = m->documents[index]++;
    m->entries[index] += kdbib_bibliography_count(b);
    if (m->folder && number % m->every == index % m->every)
        keep(m, class->name, number, kdbib_bibliography_count(b), text);
    reread_free(&result);
    kdbib_output_close(out);
}

static void try(mangling *m, kdbib_str bytes) {
    kdbib_bibliography *b = kdbib_bibliography_new(m->context);
    m->cases++;
    if (kdbib_read(b, "markdown", "mangled.md", bytes) &&
        kdbib_complete(b, &(kdbib_complete_options){0}) && kdbib_bibliography_count(b))
        for (size_t i = 0; kdbib_writer_at(m->context, i); i++)
            write_and_reread(m, b, i);
    else
        m->empty++;
    kdbib_bibliography_free(b);
}

static void read_list(mangling *m, const char *path) {
    kdb_buffer buffer = {0};
    char chunk[65536];
    FILE *file = fopen(path, "r");
    if (!file || m->list_count == MOST_LISTS) {
        perror(path);
        exit(2);
    }
    for (size_t size; (size = fread(chunk, 1, sizeof chunk, file)) > 0;)
        kdb_buffer_add(&buffer, chunk, size);
    fclose(file);
    const char *name = strrchr(path, '/');
    if (buffer.size)
        m->lists[m->list_count++] = (original){name ? name + 1 : path, kdb_buffer_str(&buffer)};
}

static int report(const mangling *m) {
    const kdbib_writer_class *class;
    unsigned long failures = 0;
    for (size_t i = 0; (class = kdbib_writer_at(m->context, i)) != NULL; i++) {
        const bool fine = m->documents[i] && !m->failures[i];
        printf("%s - %s: %lu mangled documents, %lu entries, %lu not taken back\n",
               fine ? "ok" : "not ok", class->name, m->documents[i], m->entries[i], m->failures[i]);
        failures += !fine;
    }
    printf("# %zu lists, %lu cases, %lu of them without an entry\n", m->list_count, m->cases,
           m->empty);
    return failures ? 1 : 0;
}

int main(int argc, char **argv) {
    mangling m = {.context = kdbib_new(), .cuts = 20, .splices = 20, .flips = 20, .every = 1};
    kdb_buffer mangled = {0};
    const char *shown = NULL;
    unsigned long shown_case = 0;
    for (int i = 1; i < argc; i++) {
        const char *next = i + 1 < argc ? argv[i + 1] : "0";
        if (strcmp(argv[i], "--cuts") == 0) {
            m.cuts = strtoul(next, NULL, 10), i++;
        } else if (strcmp(argv[i], "--splices") == 0) {
            m.splices = strtoul(next, NULL, 10), i++;
        } else if (strcmp(argv[i], "--flips") == 0) {
            m.flips = strtoul(next, NULL, 10), i++;
        } else if (strcmp(argv[i], "--keep") == 0 && i + 2 < argc) {
            m.folder = next;
            m.every = strtoul(argv[i + 2], NULL, 10);
            i += 2;
        } else if (strcmp(argv[i], "--show") == 0 && i + 2 < argc) {
            shown = next;
            shown_case = strtoul(argv[i + 2], NULL, 10);
            i += 2;
        } else {
            read_list(&m, argv[i]);
        }
    }
    for (int i = 0; i < 3; i++)
        signal((int[]){SIGSEGV, SIGABRT, SIGBUS}[i], on_crash);
    for (size_t list = 0; list < m.list_count; list++)
        for (unsigned long i = 0; i < m.cuts + m.splices + m.flips; i++) {
            if (shown && (strcmp(shown, m.lists[list].name) != 0 || i != shown_case))
                continue;
            const char *how = mangle(&m, list, i, &mangled);
            snprintf(doing, sizeof doing, "%s, case %lu (%s)", m.lists[list].name, i, how);
            if (!shown)
                try(&m, kdb_buffer_str(&mangled));
            else if (fwrite(mangled.data, 1, mangled.size, stdout) == mangled.size)
                return 0;
        }
    kdb_buffer_free(&mangled);
    return report(&m);
}

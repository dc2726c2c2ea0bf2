/* Lists and their lock: which files, and how they are read. */
#include "cli/lists.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diagnose.h"
#include "base/strings.h"
#include "cli/folder.h"
#include "cli/input.h"
#include "cli/say.h"
#include "library/complete.h"
#include "readme/readme.h"

#define LOCK_NAME "kdbib.lock.csv"
#define BUNDLED_LIST "kd-medical-imaging.md"
#define BUNDLED_LOCK "kd-medical-imaging.lock.csv"

static bool is_stdin(const char *path) {
    return strcmp(path, "-") == 0;
}

static const char *shown_name(const char *path) {
    return is_stdin(path) ? "<stdin>" : path;
}

/* ---- reading ---- */

/* The format of an input: --from, or what its ending or its bytes tell. */
static const char *format_of(const kdb_program *program, const char *path, kdbib_str bytes) {
    static const char *const markdown[] = {"md", "gfm", "commonmark", "markdown"};
    const char *from = program->options->from;
    for (size_t i = 0; from && i < sizeof markdown / sizeof *markdown; i++)
        if (kdb_equal_nocase(kdbib_str_of(markdown[i]), kdbib_str_of(from)))
            return "markdown";
    if (from)
        return from;
    const char *format = kdbib_input_format(kdbib_str_of(path), bytes);
    const kdbib_writer_class *class =
        kdbib_find_writer_for_file(program->context, kdbib_str_of(path));
    bool is_text = !class || strcmp(format, "markdown") != 0 ||
                   strcmp(class->name, "markdown") == 0 || strcmp(class->name, "html") == 0;
    return is_text ? format : class->name; /* what is only written is told to be no input */
}

typedef struct list_reader {
    kdb_program *program;
    kdb_lists *lists;
    kdb_reading *reading;
} list_reader;

static void warn_of_nothing(void *user, const char *file, size_t bytes, size_t entries) {
    const list_reader *reader = user;
    if (!entries && reader->program->options->operand_count > 1)
        kdb_report(reader->program->context, KDBIB_SEVERITY_WARNING, "no-entries", file, 0, 0,
                   bytes ? "no entries found" : "the list is empty");
}

/* May take over what `bytes` holds, or use it up. False: told, or memory is out. */
static bool add_bytes(list_reader *reader, const char *path, kdb_buffer *bytes) {
    const kdb_program *program = reader->program;
    const kdb_list_visitor *visitor = &reader->lists->visitor;
    const char *name = shown_name(path);
    kdbib_str text = kdb_buffer_str(bytes);
    if (kdb_input_is_binary(text)) {
        kdb_report(program->context, KDBIB_SEVERITY_ERROR, "not-text", name, 0, 0,
                   "this is a binary file, not a list");
        return false;
    }
    const char *format = format_of(program, path, text);
    if (!visitor->visit && strcmp(format, "markdown") == 0)
        return kdb_reading_add(reader->reading, name, bytes);
    kdbib_bibliography *bibliography = reader->lists->bibliography;
    if (!kdb_reading_wait(reader->reading) ||
        (visitor->visit && !visitor->visit(visitor->user, path, name, format, &text)))
        return false;
    size_t before = kdbib_bibliography_count(bibliography);
    bool fine = visitor->visit ? kdbib_read(bibliography, format, name, text)
                               : kdb_read_passing(bibliography, format, name, text);
    if (!fine)
        return false;
    warn_of_nothing(reader, name, text.size, kdbib_bibliography_count(bibliography) - before);
    return true;
}

static bool read_file(void *user, const char *path) {
    list_reader *reader = user;
    kdb_buffer bytes = {0};
    bool fine =
        kdb_input_read(reader->program->context, path, &bytes) && add_bytes(reader, path, &bytes);
    kdb_buffer_free(&bytes);
    return fine;
}

static bool is_folder(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* A name that is a format's and no file's was meant for --to. */
static void hint_at_format(const kdb_program *program, const char *path) {
    if (access(path, F_OK) != 0 && kdbib_find_writer(program->context, kdbib_str_of(path)))
        kdb_say("%s is a format: say `--to %s`", path, path);
}

static bool read_operands(list_reader *reader) {
    const kdb_options *options = reader->program->options;
    bool fine = true; /* all are tried, so that all that is wrong is told */
    for (size_t i = 0; i < options->operand_count; i++) {
        const char *path = options->operands[i];
        if (is_folder(path))
            fine &= kdb_folder_each_list(reader->program->context, path, read_file, reader);
        else if (!read_file(reader, path)) {
            hint_at_format(reader->program, path);
            fine = false;
        }
    }
    return fine;
}

static bool read_bundled(list_reader *reader) {
    const kdb_program *program = reader->program;
    kdbib_str list = kdbib_bundled_list();
    kdb_buffer bytes = {0};
    if (!program->options->quiet)
        kdb_say("no FILE named: this is the bundled list (%s)%s", BUNDLED_LIST,
                kdb_input_waits() ? "; to read what waits on standard input, name it `-`" : "");
    kdb_buffer_add_str(&bytes, list);
    bool fine = !bytes.failed && add_bytes(reader, BUNDLED_LIST, &bytes);
    kdb_buffer_free(&bytes);
    return fine;
}

/* A lock may speak of the records, one that is there or the one to be made. */
static bool may_be_locked(const kdb_lists *lists) {
    return lists->lock_exists || lists->resolving || lists->keep_lock;
}

static bool read_lists(kdb_program *program, kdb_lists *lists) {
    size_t errors = kdb_diagnostics_count(program->diagnostics, KDBIB_SEVERITY_ERROR);
    list_reader reader = {program, lists, NULL};
    lists->bibliography = kdbib_bibliography_new(program->context);
    if (lists->bibliography)
        reader.reading = kdb_reading_new(
            lists->bibliography, may_be_locked(lists) ? kdb_complete_early : kdb_settle_early,
            warn_of_nothing, &reader);
    bool fine = reader.reading &&
                (program->options->operand_count ? read_operands(&reader) : read_bundled(&reader));
    fine = reader.reading && kdb_reading_wait(reader.reading) && fine;
    kdb_reading_free(reader.reading);
    if (!fine && errors == kdb_diagnostics_count(program->diagnostics, KDBIB_SEVERITY_ERROR))
        kdb_say("memory is out");
    return fine;
}

/* ---- the lock ---- */

/* kdbib.lock.csv in the folder of `list`, or in `list` when it is a folder. */
static const char *lock_beside(kdb_arena *arena, const char *list) {
    const char *slash = strrchr(list, '/');
    size_t folder = slash ? (size_t)(slash - list + 1) : 0;
    if (is_folder(list))
        return kdb_arena_format(arena, "%s%s" LOCK_NAME, list,
                                list[strlen(list) - 1] == '/' ? "" : "/")
            .data;
    return kdb_arena_format(arena, "%.*s" LOCK_NAME, (int)folder, list).data;
}

/* One bibliography has one lock; that of another list's folder is not looked at, and that is told.
 */
static void find_lock(kdb_program *program, kdb_lists *lists) {
    const kdb_options *options = program->options;
    for (size_t i = 0; i < options->operand_count; i++) {
        if (is_stdin(options->operands[i]))
            continue;
        const char *beside = lock_beside(&lists->arena, options->operands[i]);
        if (!lists->lock_file)
            lists->lock_file = beside;
        else if (strcmp(beside, lists->lock_file) != 0 && access(beside, F_OK) == 0)
            kdb_report(program->context, KDBIB_SEVERITY_WARNING, "other-lock", beside, 0, 0,
                       "not used: the lock is %s", lists->lock_file);
    }
}

static bool read_lock(kdb_program *program, kdb_lists *lists) {
    const kdb_options *options = program->options;
    if (options->no_lock)
        return true;
    bool missing = access(LOCK_NAME, F_OK) != 0;
    if (!options->lock && lists->bundled && (!lists->resolving || missing)) {
        lists->lock_file = lists->resolving ? LOCK_NAME : BUNDLED_LOCK;
        lists->lock = kdbib_bundled_lock();
        lists->lock_exists = true;
        return true;
    }
    if (options->lock || lists->bundled)
        lists->lock_file = options->lock ? options->lock : LOCK_NAME;
    else
        find_lock(program, lists);
    if (!lists->lock_file)
        return true;
    if (access(lists->lock_file, F_OK) != 0 && errno == ENOENT &&
        (!options->lock || lists->resolving))
        return true;
    if (!kdb_input_read(program->context, lists->lock_file, &lists->lock_bytes))
        return false;
    lists->lock = kdb_buffer_str(&lists->lock_bytes);
    lists->lock_exists = true;
    return true;
}

/* A lock that is only asked may be read while the lists are read. */
static bool read_ahead(kdb_program *program, kdb_lists *lists) {
    if (!lists->lock_exists || lists->resolving || lists->keep_lock)
        return true;
    lists->ahead = kdb_lock_ahead_new(program->context, lists->lock_file, lists->lock);
    if (!lists->ahead)
        kdb_say("memory is out");
    return lists->ahead != NULL;
}

bool kdb_lists_read(kdb_program *program, kdb_lists *lists) {
    lists->bundled = program->options->operand_count == 0;
    bool fine = read_lock(program, lists) && read_ahead(program, lists);
    fine = read_lists(program, lists) && fine;
    if (kdb_arena_failed(&lists->arena)) {
        kdb_say("memory is out");
        fine = false;
    }
    return fine;
}

/* ---- completing ---- */

static void report_nothing(kdb_program *program, size_t entries) {
    const kdb_options *options = program->options;
    const char *file = options->operand_count == 1 ? shown_name(options->operands[0]) : NULL;
    if (entries)
        kdb_report(program->context, KDBIB_SEVERITY_ERROR, "no-entries", file, 0, 0,
                   "none of its %zu entries is a paper; --all keeps them", entries);
    else
        kdb_report(program->context, KDBIB_SEVERITY_ERROR, "no-entries", file, 0, 0,
                   "no entries found: nothing that looks like a list of papers");
}

bool kdb_lists_complete(kdb_program *program, kdb_lists *lists) {
    const kdb_options *options = program->options;
    size_t entries = kdbib_bibliography_count(lists->bibliography);
    size_t errors = kdb_diagnostics_count(program->diagnostics, KDBIB_SEVERITY_ERROR);
    kdbib_complete_options complete = {
        .lock_file = lists->lock_exists ? lists->lock_file : NULL,
        .lock = lists->lock,
        .all = options->all,
        .prefer_preprint = options->prefer_preprint,
        .keep_parts = lists->keep_parts,
    };
    if (lists->resolving)
        complete.lock_file = lists->lock_file;
    kdbib_bibliography *bibliography = lists->bibliography;
    if (lists->new_lock    ? !kdbib_complete_and_lock(bibliography, &complete, lists->new_lock)
        : lists->keep_lock ? !kdb_complete(bibliography, &complete, lists->keep_lock)
        : lists->ahead     ? !kdb_complete_with(bibliography, &complete, lists->ahead)
                           : !kdbib_complete(bibliography, &complete)) {
        if (errors == kdb_diagnostics_count(program->diagnostics, KDBIB_SEVERITY_ERROR))
            kdb_say("memory is out");
        return false;
    }
    if (kdbib_bibliography_count(lists->bibliography) == 0) {
        report_nothing(program, entries);
        return false;
    }
    return true;
}

void kdb_lists_free(kdb_lists *lists) {
    kdbib_bibliography_free(lists->bibliography);
    kdb_lock_ahead_free(lists->ahead);
    kdb_buffer_free(&lists->lock_bytes);
    kdb_arena_free(&lists->arena);
}

static bool same_file(const struct stat *a, const char *path) {
    struct stat b;
    return stat(path, &b) == 0 && a->st_dev == b.st_dev && a->st_ino == b.st_ino;
}

bool kdb_lists_include(const kdb_program *program, const char *path) {
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return false;
    for (size_t i = 0; i < program->options->operand_count; i++)
        if (!is_stdin(program->options->operands[i]) &&
            same_file(&status, program->options->operands[i]))
            return true;
    return false;
}

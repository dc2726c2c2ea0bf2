/* kdbib doi: a line for every URL, as soon as it is read. */
#include <stdio.h>
#include <unistd.h>

#include "base/strings.h"
#include "cli/input.h"
#include "cli/output_file.h"
#include "cli/program.h"
#include "cli/say.h"
#include "lock/lock_inside.h"

#define CHUNK ((size_t)256 * 1024)

typedef struct job {
    kdb_program *program;
    kdbib_output *out;
    kdb_lock *lock; /* NULL: none */
    kdb_buffer lock_bytes;
    size_t unresolved;
    bool failed;
} job;

/* The size of the UTF-8 sequence at `at` that may stand in a line: no control character, nothing
 * broken; 0 when there is none. */
static size_t sound_sequence(kdbib_str text, size_t at) {
    unsigned char c = (unsigned char)text.data[at];
    if (c < 0x80)
        return c >= 0x20 && c != 0x7f;
    size_t size = c >= 0xf0 && c < 0xf5   ? 4
                  : c >= 0xe0 && c < 0xf0 ? 3
                  : c >= 0xc2 && c < 0xe0 ? 2
                                          : 0;
    if (!size || at + size > text.size)
        return 0;
    for (size_t i = 1; i < size; i++)
        if (((unsigned char)text.data[at + i] & 0xc0) != 0x80)
            return 0;
    unsigned char next = (unsigned char)text.data[at + 1];
    bool bad = (c == 0xe0 && next < 0xa0) || (c == 0xed && next >= 0xa0) ||
               (c == 0xf0 && next < 0x90) || (c == 0xf4 && next >= 0x90) ||
               (c == 0xc2 && next < 0xa0) || /* C1 control characters */
               (c == 0xe2 && next == 0x80 && ((unsigned char)text.data[at + 2] & 0xfe) == 0xa8);
    return bad ? 0 : size;
}

/* The line as it was, but for what would break a table: that is escaped as in a URL. */
static void write_line(kdbib_output *out, kdbib_str text) {
    static const char digits[] = "0123456789ABCDEF";
    size_t start = 0, at = 0;
    while (at < text.size) {
        size_t size = sound_sequence(text, at);
        if (size) {
            at += size;
            continue;
        }
        kdbib_output_bytes(out, text.data + start, at - start);
        char escape[3] = {'%', digits[(unsigned char)text.data[at] >> 4],
                          digits[(unsigned char)text.data[at] & 15]};
        kdbib_output_bytes(out, escape, sizeof escape);
        start = ++at;
    }
    if (text.size > start)
        kdbib_output_bytes(out, text.data + start, text.size - start);
}

static void explain(job *j, const kdbib_doi_result *result) {
    kdbib_output_char(j->out, '\t');
    kdbib_output_str(j->out, result->canonical_url);
    kdbib_output_char(j->out, '\t');
    if (result->rule_file) {
        write_line(j->out, kdbib_str_of(result->rule_file));
        kdbib_output_char(j->out, ':');
        kdbib_output_number(j->out, result->rule_line);
    }
    kdbib_output_char(j->out, '\t');
    kdbib_output_str(j->out, result->candidate);
}

static void answer(job *j, kdbib_str url) {
    kdbib_doi_result result;
    if (!kdbib_doi_from_url(j->program->context, url, &result)) {
        kdb_say("memory is out");
        j->failed = true;
        return;
    }
    if (j->lock && result.canonical_url.size) {
        uint32_t row = kdb_lock_find(j->lock, result.canonical_url);
        kdbib_str doi =
            row == KDB_LOCK_NO_ROW ? KDBIB_STR("") : kdb_lock_cell(j->lock, row, KDBIB_STR("doi"));
        if (doi.size) {
            result.doi = doi;
            result.basis = KDBIB_BASIS_LOCK;
        }
    }
    write_line(j->out, url);
    kdbib_output_char(j->out, '\t');
    write_line(j->out, result.doi);
    kdbib_output_char(j->out, '\t');
    kdbib_output_text(j->out, kdbib_basis_name(result.doi.size ? result.basis : KDBIB_BASIS_NONE));
    if (j->program->options->explain)
        explain(j, &result);
    kdbib_output_char(j->out, '\n');
    j->unresolved += result.doi.size == 0;
}

static void answer_line(job *j, kdbib_str line) {
    if (line.size && line.data[line.size - 1] == '\r')
        line.size--;
    answer(j, line);
}

/* All complete lines of `pending`; what is left moves to the front. */
static void answer_lines(job *j, kdb_buffer *pending, size_t looked_at) {
    kdbib_str text = kdb_buffer_str(pending);
    size_t start = 0, end = kdb_find_char(text, '\n', looked_at);
    for (; end != SIZE_MAX && !j->failed; end = kdb_find_char(text, '\n', start)) {
        answer_line(j, kdb_slice(text, start, end));
        start = end + 1;
    }
    memmove(pending->data, pending->data + start, pending->size - start);
    pending->size -= start;
}

static void answer_input(job *j) {
    kdb_buffer pending = {0};
    bool terminal = isatty(STDIN_FILENO);
    while (!j->failed && !kdbib_output_error(j->out)) {
        if (!kdb_buffer_reserve(&pending, CHUNK))
            break;
        ssize_t got = kdb_input_some(pending.data + pending.size, CHUNK);
        if (got < 0) {
            kdb_say("cannot read standard input");
            j->failed = true;
        }
        if (got <= 0)
            break;
        size_t before = pending.size;
        pending.size += (size_t)got;
        answer_lines(j, &pending, before);
        if (terminal || (size_t)got < CHUNK / 4) /* a pipe that waits for its answer */
            kdbib_output_flush(j->out);
        if (pending.size > KDB_INPUT_LIMIT) {
            kdb_say("a line is longer than %zu MiB", KDB_INPUT_LIMIT >> 20);
            j->failed = true;
        }
    }
    if (pending.failed)
        j->failed = true;
    if (pending.size && !j->failed)
        answer_line(j, kdb_buffer_str(&pending));
    kdb_buffer_free(&pending);
}

static bool prepare(job *j) {
    const kdb_options *options = j->program->options;
    kdbib *context = j->program->context;
    if (!options->lock || options->no_lock)
        return true;
    if (kdb_input_read(context, options->lock, &j->lock_bytes))
        j->lock = kdb_lock_read(context, options->lock, kdb_buffer_str(&j->lock_bytes));
    return j->lock != NULL;
}

static bool answer_all(job *j) {
    const kdb_options *options = j->program->options;
    kdb_output_file *file = kdb_output_file_open(options->output);
    if (!file)
        return false;
    j->out = kdb_output_file_output(file);
    for (size_t i = 0; i < options->operand_count && !j->failed; i++)
        if (strcmp(options->operands[i], "-") == 0)
            answer_input(j);
        else
            answer(j, kdbib_str_of(options->operands[i]));
    if (options->operand_count == 0)
        answer_input(j);
    return kdb_output_file_commit(file) && !j->failed;
}

static int doi(kdb_program *program) {
    job j = {.program = program};
    bool fine = prepare(&j) && answer_all(&j);
    kdb_lock_free(j.lock);
    kdb_buffer_free(&j.lock_bytes);
    return !fine ? KDB_NOT_DONE : j.unresolved ? KDB_FELL_SHORT : KDB_DONE;
}

static const char help[] = "\
kdbib doi https://arxiv.org/abs/1409.1556   the DOI that a URL tells, offline\n\
kdbib doi < urls.txt > dois.tsv             one line for each line, in order\n\
\n\
usage: kdbib doi [OPTION]... [URL]...    no URL: standard input, one a line\n\
\n\
prints URL, DOI and BASIS, separated by tabs; BASIS says where the DOI is from:\n\
  literal    it stands in the URL\n\
  computed   it follows from the URL by a rule (see docs/rules.md)\n\
  lock       the lock file says so\n\
  none       the URL does not tell it; kdbib resolve looks it up\n\
\n\
      --explain       three more columns: canonical URL, rule (file:line), a DOI\n\
                      that only a look-up can confirm\n\
      --rules FILE    rules of your own, before the built-in ones\n\
      --lock FILE     take DOIs from this lock\n\
      --no-lock       without one (the default)\n\
  -o, --output FILE   write there\n\
  -h, --help\n\
\n\
exit: 0 every URL resolved, 1 some were not, 2 not done\n";

const kdb_command kdb_doi_command = {"doi", KDB_DOI, help, doi};

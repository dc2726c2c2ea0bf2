/* Findings: which are shown, once each, and how. */
#include "cli/diagnostics.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/strings.h"
#include "cli/say.h"

/* So many findings of one name does a conversion show; `kdbib check` and -v show all. */
#define SHOWN_OF_A_NAME 10

typedef struct named_count {
    char *name;
    size_t count;
} named_count;

struct kdb_diagnostics {
    const kdb_options *options;
    kdbib_output *report;
    kdb_findings *findings; /* take them, instead of showing; or NULL */
    bool lost;              /* a finding was not shown: memory was out */
    bool colour, all;
    size_t counts[KDBIB_SEVERITY_ERROR + 1];
    uint64_t *seen; /* hashes of what was told; open addressing, 0 is free */
    size_t seen_count, seen_room;
    named_count *names;
    size_t name_count;
    kdb_buffer line;
};

static bool terminal_has_colour(void) {
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    return !(no_color && *no_color) && term && strcmp(term, "dumb") != 0 && isatty(STDERR_FILENO);
}

kdb_diagnostics *kdb_diagnostics_new(const kdb_options *options) {
    kdb_diagnostics *diagnostics = calloc(1, sizeof *diagnostics);
    if (diagnostics) {
        diagnostics->options = options;
        diagnostics->colour = terminal_has_colour();
    }
    return diagnostics;
}

void kdb_diagnostics_free(kdb_diagnostics *diagnostics) {
    if (!diagnostics)
        return;
    for (size_t i = 0; i < diagnostics->name_count; i++)
        free(diagnostics->names[i].name);
    free(diagnostics->names);
    free(diagnostics->seen);
    kdb_buffer_free(&diagnostics->line);
    free(diagnostics);
}

void kdb_diagnostics_show_all(kdb_diagnostics *diagnostics) {
    diagnostics->all = true;
}

bool kdb_diagnostics_lost(const kdb_diagnostics *diagnostics) {
    return diagnostics->lost;
}

void kdb_diagnostics_to(kdb_diagnostics *diagnostics, kdbib_output *report) {
    diagnostics->report = report;
}

void kdb_diagnostics_collect(kdb_diagnostics *diagnostics, kdb_findings *findings) {
    diagnostics->findings = findings;
}

size_t kdb_diagnostics_count(const kdb_diagnostics *diagnostics, kdbib_severity severity) {
    return diagnostics->counts[severity];
}

/* ---- which ---- */

/* -W no-NAME; of a name that begins with "no-", as no-doi does, the name itself will do. An error
 * cannot be silenced. */
bool kdb_diagnostics_silence(const kdb_diagnostics *diagnostics, const kdbib_diagnostic *d) {
    const kdb_values *warnings = &diagnostics->options->warnings;
    if (d->severity == KDBIB_SEVERITY_ERROR)
        return false;
    for (size_t i = 0; i < warnings->count; i++) {
        const char *value = warnings->items[i];
        if (strcmp(value, d->name) == 0 || strcmp(value + strlen("no-"), d->name) == 0)
            return true;
    }
    return false;
}

static uint64_t fingerprint(const kdbib_diagnostic *d) {
    uint64_t hash = kdb_hash(kdbib_str_of(d->message));
    hash = hash * 31 + kdb_hash(kdbib_str_of(d->name));
    hash = hash * 31 + kdb_hash(kdbib_str_of(d->file));
    hash = (hash * 31 + d->line) * 31 + d->column;
    return hash ? hash : 1;
}

static void insert(uint64_t *seen, size_t room, uint64_t hash) {
    size_t at = (size_t)hash & (room - 1);
    while (seen[at])
        at = (at + 1) & (room - 1);
    seen[at] = hash;
}

static bool grow(kdb_diagnostics *diagnostics) {
    size_t room = diagnostics->seen_room ? 2 * diagnostics->seen_room : 256;
    uint64_t *seen = calloc(room, sizeof *seen);
    if (!seen)
        return false;
    for (size_t i = 0; i < diagnostics->seen_room; i++)
        if (diagnostics->seen[i])
            insert(seen, room, diagnostics->seen[i]);
    free(diagnostics->seen);
    diagnostics->seen = seen;
    diagnostics->seen_room = room;
    return true;
}

/* Out of memory it forgets, and tells a finding twice. */
static bool was_told(kdb_diagnostics *diagnostics, const kdbib_diagnostic *d) {
    if (2 * diagnostics->seen_count >= diagnostics->seen_room && !grow(diagnostics))
        return false;
    uint64_t hash = fingerprint(d);
    size_t mask = diagnostics->seen_room - 1, at = (size_t)hash & mask;
    for (; diagnostics->seen[at]; at = (at + 1) & mask)
        if (diagnostics->seen[at] == hash)
            return true;
    diagnostics->seen[at] = hash;
    diagnostics->seen_count++;
    return false;
}

/* How many of that name were told, this one included; 0 when memory is out. */
static size_t count_name(kdb_diagnostics *diagnostics, const char *name) {
    for (size_t i = 0; i < diagnostics->name_count; i++)
        if (strcmp(diagnostics->names[i].name, name) == 0)
            return ++diagnostics->names[i].count;
    named_count *names = realloc(diagnostics->names, (diagnostics->name_count + 1) * sizeof *names);
    if (!names)
        return 0;
    diagnostics->names = names;
    char *copy = strdup(name);
    if (copy)
        names[diagnostics->name_count++] = (named_count){copy, 1};
    return copy ? 1 : 0;
}

static bool shows_all(const kdb_diagnostics *diagnostics) {
    return diagnostics->report || diagnostics->all || diagnostics->options->verbose;
}

static bool is_shown(kdb_diagnostics *diagnostics, const kdbib_diagnostic *d) {
    if (d->severity == KDBIB_SEVERITY_ERROR || diagnostics->report || diagnostics->all)
        return true;
    if (diagnostics->options->quiet)
        return false;
    if (d->severity == KDBIB_SEVERITY_NOTE && !diagnostics->options->verbose)
        return false;
    return count_name(diagnostics, d->name) <= SHOWN_OF_A_NAME || shows_all(diagnostics);
}

/* ---- how ---- */

static void add_number(kdb_buffer *line, unsigned number) {
    char text[16];
    snprintf(text, sizeof text, ":%u", number);
    kdb_buffer_add_str(line, kdbib_str_of(text));
}

static void add_coloured(kdb_diagnostics *diagnostics, const char *colour, const char *text) {
    bool colours = diagnostics->colour && !diagnostics->report;
    if (colours)
        kdb_buffer_add_str(&diagnostics->line, kdbib_str_of(colour));
    kdb_buffer_add_str(&diagnostics->line, kdbib_str_of(text));
    if (colours)
        kdb_buffer_add_str(&diagnostics->line, KDBIB_STR("\033[0m"));
}

void kdb_diagnostics_show(kdb_diagnostics *diagnostics, const kdbib_diagnostic *d) {
    static const struct {
        const char *name, *colour;
    } severities[] = {
        {"note: ", "\033[1;36m"}, {"warning: ", "\033[1;35m"}, {"error: ", "\033[1;31m"}};
    kdb_buffer *line = &diagnostics->line;
    if (line->failed) /* one line was lost; the next one may fit */
        kdb_buffer_free(line);
    kdb_buffer_clear(line);
    kdb_add_visible(line, kdbib_str_of(d->file ? d->file : "kdbib"));
    if (d->file && d->line) {
        add_number(line, d->line);
        if (d->column)
            add_number(line, d->column);
    }
    kdb_buffer_add_str(line, KDBIB_STR(": "));
    add_coloured(diagnostics, severities[d->severity].colour, severities[d->severity].name);
    kdb_add_visible(line, kdbib_str_of(d->message));
    kdb_buffer_add_str(line, KDBIB_STR(" ["));
    kdb_add_visible(line, kdbib_str_of(d->name));
    kdb_buffer_add_str(line, KDBIB_STR("]\n"));
    if (line->failed) {
        kdb_say("memory is out");
        diagnostics->lost = true;
        kdb_buffer_free(line);
    } else if (diagnostics->report) {
        kdbib_output_str(diagnostics->report, kdb_buffer_str(line));
    } else {
        fwrite(line->data, 1, line->size, stderr);
    }
}

void kdb_diagnostics_take(void *user, const kdbib_diagnostic *diagnostic) {
    kdb_diagnostics *diagnostics = user;
    if (kdb_diagnostics_silence(diagnostics, diagnostic) || was_told(diagnostics, diagnostic))
        return;
    diagnostics->counts[diagnostic->severity]++;
    if (diagnostics->findings)
        kdb_findings_add(diagnostics->findings, diagnostic);
    else if (is_shown(diagnostics, diagnostic))
        kdb_diagnostics_show(diagnostics, diagnostic);
}

void kdb_diagnostics_finish(kdb_diagnostics *diagnostics) {
    if (shows_all(diagnostics))
        return;
    for (size_t i = 0; i < diagnostics->name_count; i++) {
        named_count *one = &diagnostics->names[i];
        if (one->count > SHOWN_OF_A_NAME)
            kdb_say("%zu more [%s]; `kdbib check` lists all, `-W no-%s` none",
                    one->count - SHOWN_OF_A_NAME, one->name, one->name);
    }
}

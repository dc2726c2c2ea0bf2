/* --update: what is there stays byte for byte; what is new comes behind it. */
#include "cli/update.h"

#include <errno.h>
#include <unistd.h>

#include "base/diagnose.h"
#include "base/strings.h"
#include "cli/input.h"
#include "cli/say.h"
#include "text/bibtex_syntax.h"
#include "text/legacy.h"

/* ---- a .bib file ---- */

static void note_unclosed(void *user, uint32_t line, const char *name, const char *message,
                          kdbib_str about) {
    (void)message, (void)about;
    if (strcmp(name, "unclosed-entry") == 0 && !*(uint32_t *)user)
        *(uint32_t *)user = line;
}

/* The fields show for which program the file is. `*line` is that of an entry that is never closed.
 */
static const char *dialect_of(kdbib_str bytes, bool *broken, uint32_t *line) {
    static const char *const biblatex[] = {"date", "journaltitle", "eprinttype", "location",
                                           "eprintclass"};
    static const char *const bibtex[] = {"year", "journal", "archiveprefix", "address",
                                         "primaryclass"};
    kdb_arena arena = {0};
    kdb_bibtex parser;
    kdb_bibtex_entry entry;
    size_t signs[2] = {0, 0};
    *line = 0;
    kdb_bibtex_init(&parser, &arena, bytes);
    parser.complain = note_unclosed;
    parser.user = line;
    while (kdb_bibtex_next(&parser, &entry))
        for (size_t i = 0; i < sizeof bibtex / sizeof *bibtex; i++) {
            signs[0] += kdb_bibtex_get(&entry, bibtex[i]).size > 0;
            signs[1] += kdb_bibtex_get(&entry, biblatex[i]).size > 0;
        }
    *broken = *line || kdb_arena_failed(&arena);
    kdb_bibtex_free(&parser);
    kdb_arena_free(&arena);
    return signs[1] > signs[0] ? "biblatex" : "bibtex";
}

static bool has_ending(const char *file, const char *ending) {
    kdbib_str name = kdbib_str_of(file), tail = kdbib_str_of(ending);
    return name.size > tail.size &&
           kdb_equal_nocase(kdb_slice(name, name.size - tail.size, name.size), tail);
}

static bool refuse(kdb_program *program, const kdb_update *update, uint32_t line, const char *why) {
    kdb_report(program->context, KDBIB_SEVERITY_ERROR, "not-updated", update->file, line, 0,
               "nothing was added: %s", why);
    return false;
}

/* Nothing may be put behind an entry that is open. */
static bool choose_format(kdb_program *program, kdb_update *update) {
    const char *to = program->options->to, *format = NULL;
    bool broken = false;
    uint32_t line = 0;
    if (has_ending(update->file, ".bib"))
        format = dialect_of(kdb_buffer_str(&update->bytes), &broken, &line);
    else if (has_ending(update->file, ".ris"))
        format = "ris";
    else
        return refuse(program, update, 0, "--update takes a file that ends in .bib or .ris");
    if (broken)
        return refuse(program, update, line, "an entry is never closed; repair it first");
    update->class = kdbib_find_writer(program->context, kdbib_str_of(to ? to : format));
    if (!update->class) {
        kdb_say("unknown format “%s”", to);
        return false;
    }
    const char *name = update->class->name;
    bool bib = strcmp(name, "bibtex") == 0 || strcmp(name, "biblatex") == 0;
    if (strcmp(format, "ris") == 0 ? strcmp(name, "ris") != 0 : !bib)
        return refuse(program, update, 0, "it is a file of another format than --to says");
    return true;
}

bool kdb_update_begin(kdb_program *program, kdb_update *update) {
    update->file = program->options->update;
    if (kdb_lists_include(program, update->file)) {
        kdb_say("%s is one of the lists: it cannot be updated from itself", update->file);
        return false;
    }
    update->exists = access(update->file, F_OK) == 0 || errno != ENOENT;
    if (update->exists && !kdb_input_read(program->context, update->file, &update->bytes))
        return false;
    kdbib_str bytes = kdb_buffer_str(&update->bytes);
    if (kdb_is_legacy(bytes) || kdb_starts_with(bytes, KDBIB_STR("\xFF\xFE")) ||
        kdb_starts_with(bytes, KDBIB_STR("\xFE\xFF")))
        return refuse(program, update, 0, "the file is no UTF-8; convert it first");
    return choose_format(program, update);
}

bool kdb_update_keep_new(kdb_program *program, const kdb_update *update, kdb_lists *lists) {
    size_t errors = kdb_diagnostics_count(program->diagnostics, KDBIB_SEVERITY_ERROR);
    kdbib_complete_options options = {
        .lock_file = lists->lock_exists ? lists->lock_file : NULL,
        .lock = lists->lock,
        .prefer_preprint = program->options->prefer_preprint,
    };
    const char *format = strcmp(update->class->name, "ris") == 0 ? "ris" : "bibtex";
    if (kdbib_keep_new(lists->bibliography, format, update->file, kdb_buffer_str(&update->bytes),
                       &options))
        return true;
    if (errors == kdb_diagnostics_count(program->diagnostics, KDBIB_SEVERITY_ERROR))
        kdb_say("memory is out");
    return false;
}

/* The file's own ends of lines. */
static void write_lines(kdbib_output *output, kdbib_str text, bool crlf) {
    for (size_t at = 0, end; at < text.size; at = end + 1) {
        end = kdb_find_char(text, '\n', at);
        if (end == SIZE_MAX) {
            kdbib_output_str(output, kdb_slice(text, at, text.size));
            return;
        }
        size_t stop = end > at && text.data[end - 1] == '\r' ? end - 1 : end;
        kdbib_output_str(output, kdb_slice(text, at, stop));
        kdbib_output_text(output, crlf ? "\r\n" : "\n");
    }
}

void kdb_update_write(const kdb_update *update, kdbib_str added, kdbib_output *output) {
    kdbib_str bytes = kdb_buffer_str(&update->bytes);
    size_t line_end = kdb_find_char(bytes, '\n', 0);
    bool crlf = line_end == SIZE_MAX ? strcmp(update->class->name, "ris") == 0
                                     : line_end && bytes.data[line_end - 1] == '\r';
    const char *end = crlf ? "\r\n" : "\n";
    kdbib_output_str(output, bytes);
    if (bytes.size && bytes.data[bytes.size - 1] != '\n')
        kdbib_output_text(output, end);
    if (kdb_trim(bytes).size)
        kdbib_output_text(output, end);
    write_lines(output, added, crlf);
}

void kdb_update_free(kdb_update *update) {
    kdb_buffer_free(&update->bytes);
}

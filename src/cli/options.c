/* The command line, read by getopt_long from one table. */
#include "cli/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strings.h"
#include "cli/files0.h"
#include "cli/say.h"

#define READS_LISTS (KDB_CONVERT | KDB_RESOLVE | KDB_CHECK)
#define EVERY (READS_LISTS | KDB_DOI | KDB_FORMATS)

typedef enum value_kind {
    FLAG,   /* the bool at `place` becomes true */
    TEXT,   /* the const char * at `place` */
    LIST,   /* one more of the kdb_values at `place` */
    FORMAT, /* an option of the format under its own name: --unicode is -O unicode */
    OTHER,  /* see take_other() */
} value_kind;

static const struct known_option {
    const char *name;
    char letter; /* or 0 */
    value_kind kind;
    size_t place; /* in kdb_options */
    unsigned commands;
} known[] = {
#define AT(member) offsetof(kdb_options, member)
    {"from", 'f', TEXT, AT(from), READS_LISTS},
    {"to", 't', TEXT, AT(to), KDB_CONVERT | KDB_CHECK},
    {"update", 0, TEXT, AT(update), KDB_CONVERT},
    {"files0-from", 0, TEXT, AT(files0_from), READS_LISTS},
    {"output", 'o', TEXT, AT(output), KDB_CONVERT | KDB_CHECK | KDB_DOI},
    {"option", 'O', LIST, AT(writer_options), KDB_CONVERT},
    {"unicode", 0, FORMAT, 0, KDB_CONVERT},
    {"standalone", 0, FORMAT, 0, KDB_CONVERT},
    {"lock", 0, TEXT, AT(lock), READS_LISTS | KDB_DOI},
    {"no-lock", 0, FLAG, AT(no_lock), KDB_CONVERT | KDB_CHECK | KDB_DOI},
    {"frozen", 0, FLAG, AT(frozen), KDB_CONVERT},
    {"strict", 0, FLAG, AT(strict), KDB_CONVERT | KDB_CHECK},
    {"all", 0, FLAG, AT(all), READS_LISTS},
    {"prefer", 0, OTHER, 0, KDB_CONVERT | KDB_CHECK},
    {"jobs", 'j', OTHER, 0, READS_LISTS},
    {"rules", 0, TEXT, AT(rules), READS_LISTS | KDB_DOI},
    {"service", 0, LIST, AT(services), KDB_RESOLVE | KDB_CHECK},
    {"mailto", 0, TEXT, AT(mailto), KDB_RESOLVE | KDB_CHECK},
    {"timeout", 0, TEXT, AT(timeout), KDB_RESOLVE | KDB_CHECK},
    {"refresh", 0, FLAG, AT(refresh), KDB_RESOLVE | KDB_CHECK},
    {"no-cache", 0, FLAG, AT(no_cache), KDB_RESOLVE | KDB_CHECK},
    {"with", 0, LIST, AT(with), KDB_RESOLVE},
    {"pages", 0, FLAG, AT(pages), KDB_RESOLVE},
    {"interactive", 'i', FLAG, AT(interactive), KDB_RESOLVE},
    {"json", 0, FLAG, AT(json), KDB_RESOLVE},
    {"fix", 0, FLAG, AT(fix), KDB_CHECK},
    {"level", 0, TEXT, AT(level), KDB_CHECK},
    {"online", 0, FLAG, AT(online), KDB_CHECK},
    {"offline", 0, FLAG, AT(offline), KDB_RESOLVE},
    {"dry-run", 0, FLAG, AT(dry_run), KDB_RESOLVE},
    {"explain", 0, FLAG, AT(explain), KDB_DOI},
    {"warning", 'W', LIST, AT(warnings), EVERY},
    {"quiet", 'q', FLAG, AT(quiet), EVERY},
    {"verbose", 'v', FLAG, AT(verbose), EVERY},
    {"help", 'h', OTHER, 0, EVERY},
    {"version", 'V', OTHER, 0, EVERY},
#undef AT
};
#define KNOWN (sizeof known / sizeof *known)
#define NO_LETTER 256 /* and the index: what getopt_long() returns for an option without one */

static bool has_argument(const struct known_option *one) {
    return one->kind == TEXT || one->kind == LIST || strcmp(one->name, "prefer") == 0 ||
           strcmp(one->name, "jobs") == 0;
}

/* What getopt_long() wants, of the options that `command` takes. */
static void select_options(unsigned command, struct option *longs, char *letters) {
    *letters++ = ':'; /* tell a missing argument from an unknown option, and print nothing */
    for (size_t i = 0; i < KNOWN; i++) {
        const struct known_option *one = &known[i];
        if (!(one->commands & command))
            continue;
        int value = one->letter ? one->letter : NO_LETTER + (int)i;
        *longs++ = (struct option){one->name, has_argument(one), NULL, value};
        if (one->letter) {
            *letters++ = one->letter;
            if (has_argument(one))
                *letters++ = ':';
        }
    }
    *longs = (struct option){0};
    *letters = '\0';
}

static const struct known_option *find_option(int found) {
    if (found >= NO_LETTER)
        return &known[found - NO_LETTER];
    for (size_t i = 0; i < KNOWN; i++)
        if (known[i].letter == found)
            return &known[i];
    return NULL;
}

static const char *command_that_takes(kdbib_str name) {
    static const char *const names[] = {"convert", "doi", "resolve", "check", "formats"};
    for (size_t i = 0; i < KNOWN; i++)
        if (kdbib_str_equal(kdbib_str_of(known[i].name), name))
            for (unsigned bit = 0; bit < 5; bit++)
                if (known[i].commands & (1U << bit))
                    return names[bit];
    return NULL;
}

static void refuse(int found, const char *argument) {
    char letter[3] = {'-', (char)optopt, '\0'};
    bool is_long = strncmp(argument, "--", 2) == 0;
    const char *shown = is_long ? argument : letter;
    kdbib_str name = kdbib_str_of(is_long ? argument + 2 : "");
    name = kdb_slice(name, 0, kdb_find_char(name, '=', 0));
    const char *other = command_that_takes(name);
    if (found == ':')
        kdb_say("%s needs an argument", shown);
    else if (is_long && optopt)
        kdb_say("%s takes no argument", shown);
    else if (other)
        kdb_say("%s is an option of `kdbib %s`", shown, other);
    else
        kdb_say("unknown option %s", shown);
}

static void add(kdb_values *values, const char *value) {
    values->items[values->count++] = value;
}

static kdb_options_result take_jobs(kdb_options *options) {
    char *end;
    errno = 0;
    unsigned long jobs = strtoul(optarg, &end, 10);
    if (errno || end == optarg || *end || strchr(optarg, '-') || jobs > KDB_MOST_JOBS) {
        kdb_say("--jobs takes a number from 0 (one for each processor) to %d, not “%s”",
                KDB_MOST_JOBS, optarg);
        return KDB_OPTIONS_WRONG;
    }
    options->jobs = (unsigned)jobs;
    return KDB_OPTIONS_FINE;
}

static kdb_options_result take_other(kdb_options *options, const char *name) {
    if (strcmp(name, "help") == 0)
        return KDB_OPTIONS_HELP;
    if (strcmp(name, "version") == 0)
        return KDB_OPTIONS_VERSION;
    if (strcmp(name, "jobs") == 0)
        return take_jobs(options);
    options->prefer_preprint = strcmp(optarg, "preprint") == 0;
    if (options->prefer_preprint || strcmp(optarg, "published") == 0)
        return KDB_OPTIONS_FINE;
    kdb_say("--prefer takes `preprint` or `published`, not “%s”", optarg);
    return KDB_OPTIONS_WRONG;
}

static kdb_options_result take(kdb_options *options, const struct known_option *one) {
    char *place = (char *)options + one->place;
    switch (one->kind) {
    case FLAG:
        *(bool *)place = true;
        break;
    case TEXT:
        *(const char **)(void *)place = optarg;
        break;
    case LIST:
        add((kdb_values *)(void *)place, optarg);
        break;
    case FORMAT:
        add(&options->writer_options, one->name);
        break;
    case OTHER:
        return take_other(options, one->name);
    }
    return KDB_OPTIONS_FINE;
}

static kdb_options_result check_values(kdb_options *options) {
    if (options->lock && options->no_lock) {
        kdb_say("--lock and --no-lock exclude each other");
        return KDB_OPTIONS_WRONG;
    }
    if (options->update && options->output) {
        kdb_say("--update says where to write: no --output beside it");
        return KDB_OPTIONS_WRONG;
    }
    if (options->files0_from && options->operand_count) {
        kdb_say("--files0-from names the lists: no FILE beside it, such as “%s”",
                options->operands[0]);
        return KDB_OPTIONS_WRONG;
    }
    for (size_t i = 0; i < options->warnings.count; i++) {
        const char *value = options->warnings.items[i];
        if (strncmp(value, "no-", 3) != 0 && strcmp(value, "error") != 0) {
            kdb_say("-W takes no-NAME or error, not “%s”", value);
            return KDB_OPTIONS_WRONG;
        }
        options->strict |= strcmp(value, "error") == 0;
    }
    for (size_t i = 0; i < options->services.count; i++) {
        const char *value = options->services.items[i], *sign = strchr(value, '=');
        if (!sign || sign == value || !sign[1]) {
            kdb_say("--service takes NAME=URL, not “%s”", value);
            return KDB_OPTIONS_WRONG;
        }
    }
    return KDB_OPTIONS_FINE;
}

kdb_options_result kdb_options_read(kdb_options *options, int argc, char **argv, unsigned command) {
    size_t room = (size_t)argc + 1;
    options->memory = calloc(4 * room, sizeof *options->memory);
    if (!options->memory) {
        kdb_say("memory is out");
        return KDB_OPTIONS_WRONG;
    }
    options->writer_options.items = options->memory;
    options->warnings.items = options->memory + room;
    options->services.items = options->memory + 2 * room;
    options->with.items = options->memory + 3 * room;
    struct option longs[KNOWN + 1];
    char letters[2 * KNOWN + 2];
    select_options(command, longs, letters);
    opterr = 0;
    optind = 1;
    for (int found; (found = getopt_long(argc, argv, letters, longs, NULL)) != -1;) {
        if (found == '?' || found == ':') {
            refuse(found, argv[optind - 1]);
            return KDB_OPTIONS_WRONG;
        }
        kdb_options_result result = take(options, find_option(found));
        if (result != KDB_OPTIONS_FINE)
            return result;
    }
    options->operands = argv + optind;
    options->operand_count = (size_t)(argc - optind);
    return check_values(options);
}

void kdb_options_free(kdb_options *options) {
    kdb_files0_free(options);
    free(options->memory);
}

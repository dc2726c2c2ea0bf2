/* write-records FORMAT [--hostile | --attacks] [OPTION[=VALUE]]...: generated records on standard
 * output, for the tests with other programs' readers. FORMAT jsonl is what they compare with.
 * --hostile: a record for each attack, in its title; --attacks: in every field. */
#include <errno.h>
#include <stdlib.h>

#include "generated.h"

static int write_out(void *user, const void *data, size_t size) {
    return fwrite(data, 1, size, user) == size ? 0 : EIO;
}

static bool add_attacks(kdbib_bibliography *b, bool everywhere) {
    for (size_t i = 0; i < GENERATED_ATTACKS; i++) {
        const generated_attack *attack = &generated_attacks[i];
        size_t size = strlen(attack->text), times = attack->repeat ? attack->repeat : 1;
        char *text = malloc(size * times);
        if (!text)
            return false;
        for (size_t j = 0; j < times; j++)
            memcpy(text + j * size, attack->text, size);
        generate_attack(b, i, (kdbib_str){text, size * times}, everywhere);
        free(text);
    }
    return true;
}

int main(int argc, char **argv) {
    kdbib *context = kdbib_new();
    kdbib_bibliography *b = kdbib_bibliography_new(context);
    kdbib_output *out = kdbib_output_new(write_out, stdout);
    const kdbib_writer_class *class = kdbib_find_writer(context, kdbib_str_of(argv[1]));
    bool generated = true, fine = class != NULL;
    kdbib_writer *writer = fine ? kdbib_writer_new(context, class, out) : NULL;
    for (int i = 2; fine && i < argc; i++) {
        char *value = strchr(argv[i], '=');
        if (strncmp(argv[i], "--", 2) == 0) {
            fine = add_attacks(b, strcmp(argv[i], "--attacks") == 0);
            generated = false;
            continue;
        }
        if (value)
            *value++ = '\0';
        fine = kdbib_writer_set_option(writer, argv[i], value);
    }
    if (generated)
        generate_records(b, 500);
    fine = fine && kdbib_write(b, writer);
    fine = kdbib_output_close(out) == 0 && fine;
    fine = fflush(stdout) == 0 && fine;
    kdbib_bibliography_free(b);
    kdbib_free(context);
    return fine ? 0 : 2;
}

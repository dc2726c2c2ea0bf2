/* embed OUT.c DIR FILE...: writes a C file that holds the bytes of DIR/FILE... for kdb_embedded().
 * Runs at build time. */
#include <stdio.h>
#include <stdlib.h>

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void write_array(FILE *out, const char *path, int number) {
    FILE *in = fopen(path, "rb");
    if (!in)
        fail(path);
    fprintf(out, "static const unsigned char data%d[] = {", number);
    long size = 0;
    int c;
    while ((c = getc(in)) != EOF)
        fprintf(out, "%s%d,", size++ % 24 ? "" : "\n", c);
    if (ferror(in))
        fail(path);
    fclose(in);
    fprintf(out, "0};\n#define SIZE%d %ld\n", number, size);
}

int main(int argc, char **argv) {
    if (argc < 4)
        return 2;
    FILE *out = fopen(argv[1], "wb");
    if (!out)
        fail(argv[1]);
    fputs("#include \"base/embedded.h\"\n", out);
    char path[4096];
    for (int i = 3; i < argc; i++) {
        if (snprintf(path, sizeof path, "%s/%s", argv[2], argv[i]) >= (int)sizeof path)
            return 2;
        write_array(out, path, i);
    }
    fputs("kdbib_str kdb_embedded(kdbib_str name) {\n", out);
    for (int i = 3; i < argc; i++)
        fprintf(out,
                "    if (kdbib_str_equal(name, KDBIB_STR(\"%s\")))\n"
                "        return (kdbib_str){(const char *)data%d, SIZE%d};\n",
                argv[i], i, i);
    fputs("    return (kdbib_str){NULL, 0};\n}\n", out);
    if (fclose(out) != 0)
        fail(argv[1]);
    return 0;
}

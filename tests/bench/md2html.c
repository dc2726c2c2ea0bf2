/* md2html FILE: GitHub's Markdown to HTML by md4c, which Debian has as a library only. */
#include <md4c-html.h>
#include <stdio.h>
#include <stdlib.h>

static void print(const char *text, unsigned size, void *out) {
    fwrite(text, 1, size, out);
}

int main(int argc, char **argv) {
    FILE *in = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!in || fseek(in, 0, SEEK_END) != 0)
        return 2;
    long size = ftell(in);
    char *text = size > 0 ? malloc((size_t)size) : NULL;
    rewind(in);
    if (!text || fread(text, 1, (size_t)size, in) != (size_t)size)
        return 2;
    fclose(in);
    int status = md_html(text, (unsigned)size, print, stdout, MD_DIALECT_GITHUB, 0);
    free(text);
    return status != 0 || fflush(stdout) != 0;
}

/* The JSON of findings, by yajl's generator. */
#include "findings/put.h"

#include <utf8proc.h>

#include "cli/say.h"

/* yajl does not look whether there was memory. It wants little, and all of it at the beginning. */
static void *give(void *user, size_t size) {
    kdb_put *put = user;
    size_t step = sizeof *put->room, at = put->used;
    if (size > sizeof put->room - at)
        return NULL;
    put->used += (size + step - 1) / step * step;
    return (char *)put->room + at;
}

static void *give_more(void *user, void *memory, size_t size) {
    (void)memory; /* what grows is yajl's own buffer, which is not used */
    return give(user, size);
}

static void take(void *user, void *memory) {
    (void)user;
    (void)memory;
}

static void write_some(void *user, const char *data, size_t size) {
    kdbib_output_bytes(user, data, size); /* the output remembers its errors */
}

void kdb_put_begin(kdb_put *put, kdbib_output *output, const char *indent) {
    const yajl_alloc_funcs memory = {give, give_more, take, put};
    put->gen = yajl_gen_alloc(&memory);
    yajl_gen_config(put->gen, yajl_gen_print_callback, write_some, output);
    if (!indent)
        return;
    yajl_gen_config(put->gen, yajl_gen_beautify, 1);
    yajl_gen_config(put->gen, yajl_gen_indent_string, indent);
}

bool kdb_put_end(kdb_put *put) {
    bool fine = !put->visible.failed;
    yajl_gen_free(put->gen);
    kdb_buffer_free(&put->visible);
    return fine;
}

void kdb_put_next(kdb_put *put) {
    yajl_gen_reset(put->gen, NULL);
}

void kdb_put_object(kdb_put *put) {
    yajl_gen_map_open(put->gen);
}
void kdb_put_object_end(kdb_put *put) {
    yajl_gen_map_close(put->gen);
}
void kdb_put_list(kdb_put *put) {
    yajl_gen_array_open(put->gen);
}
void kdb_put_list_end(kdb_put *put) {
    yajl_gen_array_close(put->gen);
}

/* yajl's own has an empty line in it. */
void kdb_put_empty_list(kdb_put *put) {
    yajl_gen_number(put->gen, "[]", 2);
}

void kdb_put_number(kdb_put *put, long long number) {
    yajl_gen_integer(put->gen, number);
}

void kdb_put_str(kdb_put *put, kdbib_str text) {
    yajl_gen_string(put->gen, (const unsigned char *)text.data, text.size);
}
void kdb_put_text(kdb_put *put, const char *text) {
    kdb_put_str(put, kdbib_str_of(text));
}
void kdb_put_name(kdb_put *put, const char *name) {
    kdb_put_text(put, name);
}

void kdb_put_visible(kdb_put *put, const char *text) {
    kdb_buffer_clear(&put->visible);
    kdb_add_visible(&put->visible, kdbib_str_of(text));
    kdb_put_str(put, kdb_buffer_str(&put->visible));
}

bool kdb_is_utf8(const char *text) {
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    for (utf8proc_int32_t c; *at;) {
        utf8proc_ssize_t size = utf8proc_iterate(at, -1, &c);
        if (size <= 0)
            return false;
        at += size;
    }
    return true;
}

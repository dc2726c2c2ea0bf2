/* What the JSON of findings is made of. */
#include "findings/values.h"

#include <utf8proc.h>

#include "base/buffer.h"
#include "cli/say.h"

json_t *kdb_json_visible(const char *text) {
    kdb_buffer buffer = {0};
    kdb_add_visible(&buffer, kdbib_str_of(text));
    json_t *value = buffer.failed ? NULL : json_string(kdb_buffer_str(&buffer).data);
    kdb_buffer_free(&buffer);
    return value;
}

bool kdb_json_is_text(const char *text) {
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    for (utf8proc_int32_t c; *at;) {
        utf8proc_ssize_t size = utf8proc_iterate(at, -1, &c);
        if (size <= 0)
            return false;
        at += size;
    }
    return true;
}

void kdb_json_set(json_t **whole, const char *key, json_t *value) {
    if (json_object_set_new(*whole, key, value) == 0)
        return;
    json_decref(*whole);
    *whole = NULL;
}

void kdb_json_append(json_t **whole, json_t *value) {
    if (json_array_append_new(*whole, value) == 0)
        return;
    json_decref(*whole);
    *whole = NULL;
}

static int write_some(const char *data, size_t size, void *user) {
    kdbib_output *output = user;
    kdbib_output_str(output, (kdbib_str){data, size});
    return 0; /* the output remembers its errors */
}

bool kdb_json_write(json_t *value, size_t flags, kdbib_output *output) {
    bool fine = value && json_dump_callback(value, write_some, output, flags) == 0;
    json_decref(value);
    return fine;
}

/* What yajl tells becomes a tree. */
#include "from/json.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdlib.h>
#include <yajl/yajl_parse.h>

#include "base/strings.h"

#define DEEPEST 2048 /* values within each other */
#define FEW_DIGITS 9 /* make a number that is a long, and written as it is read */

typedef struct building {
    kdb_arena *arena;
    kdbib_str text;
    yajl_handle handle;
    kdbib_str name;  /* of the value that comes */
    kdb_json **open; /* room for DEEPEST */
    size_t depth;    /* arrays and objects that are open */
    kdb_json *whole;
    size_t checked;      /* behind the last string with escapes */
    const char *mistake; /* that yajl does not know; or NULL */
    jmp_buf no_memory;
} building;

/* ---- memory ---- */

/* In front of what yajl gets: it wants some of it longer. */
typedef struct head {
    size_t size;
} head;

/* yajl does not look whether there was memory, so it does not get back without. */
static void *give(void *user, size_t size) {
    building *b = user;
    head *h = size <= SIZE_MAX - sizeof *h ? kdb_arena_alloc(b->arena, sizeof *h + size) : NULL;
    if (!h) {
        b->arena->failed = true;
        longjmp(b->no_memory, 1);
    }
    h->size = size;
    return h + 1;
}

static void *give_more(void *user, void *old, size_t size) {
    void *more = give(user, size);
    size_t had = old ? ((const head *)old - 1)->size : 0;
    if (had)
        memcpy(more, old, had < size ? had : size);
    return more;
}

static void take(void *user, void *memory) {
    (void)user;
    (void)memory;
}

/* ---- values ---- */

static int refuse(building *b, const char *mistake) {
    b->mistake = mistake;
    return 0;
}

static kdb_json *add(building *b, kdb_json_kind kind) {
    if (b->depth == DEEPEST) {
        b->mistake = "nested too deeply";
        return NULL;
    }
    if (!b->depth && kind < KDB_JSON_ARRAY) {
        b->mistake = "neither an object nor an array";
        return NULL;
    }
    kdb_json *value = kdb_arena_alloc(b->arena, sizeof *value);
    if (!value)
        return NULL;
    *value = (kdb_json){.kind = kind, .name = b->name};
    b->name = (kdbib_str){0};
    kdb_json *around = b->depth ? b->open[b->depth - 1] : NULL;
    if (!around)
        b->whole = value;
    else if (around->last)
        around->last->next = value;
    else
        around->first = value;
    if (around)
        around->last = value;
    return value;
}

static int on_null(void *user) {
    return add(user, KDB_JSON_NULL) != NULL;
}

static int on_boolean(void *user, int truth) {
    return add(user, truth ? KDB_JSON_TRUE : KDB_JSON_FALSE) != NULL;
}

/* A part of the text, and not what yajl made of it. */
static bool is_inside(const building *b, const void *data) {
    uintptr_t at = (uintptr_t)data, begin = (uintptr_t)b->text.data;
    return at >= begin && at < begin + b->text.size;
}

static bool has_few_digits(kdbib_str number) {
    if (number.size > FEW_DIGITS)
        return false;
    for (size_t i = number.data[0] == '-'; i < number.size; i++)
        if (!kdb_is_digit(number.data[i]))
            return false;
    return true;
}

/* Of a number as JSON spells it, in whatever locale. */
static double value_of(kdb_arena *arena, kdbib_str number) {
    if (has_few_digits(number)) {
        long value = 0;
        for (size_t i = number.data[0] == '-'; i < number.size; i++)
            value = 10 * value + (number.data[i] - '0');
        return (double)(number.data[0] == '-' ? -value : value);
    }
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!plain) {
        arena->failed = true;
        return 0;
    }
    double value = strtod_l(kdb_arena_copy(arena, number).data, NULL, plain);
    freelocale(plain);
    return value;
}

static int on_number(void *user, const char *digits, size_t size) {
    building *b = user;
    kdb_json *value = add(b, KDB_JSON_NUMBER);
    if (!value)
        return 0;
    value->text = (kdbib_str){digits, size};
    if (!is_inside(b, digits))
        value->text = kdb_arena_copy(b->arena, value->text);
    return isfinite(value_of(b->arena, value->text)) || refuse(b, "a number that is too large");
}

/* The code unit that `\uXXXX` at `at` stands for; anything else has none: 0. */
static unsigned long code_unit(kdbib_str text, size_t at) {
    char hex[5] = {0};
    if (text.size - at < 6 || text.data[at] != '\\' || text.data[at + 1] != 'u')
        return 0;
    memcpy(hex, text.data + at + 2, 4);
    return strtoul(hex, NULL, 16);
}

/* Halves of surrogate pairs, which yajl takes for characters. */
static bool has_half_character(kdbib_str text) {
    for (size_t at = 0; (at = kdb_find_char(text, '\\', at)) != SIZE_MAX && at + 1 < text.size;
         at += 2) {
        unsigned long unit = code_unit(text, at);
        if ((unit & 0xFC00) == 0xDC00)
            return true;
        if ((unit & 0xFC00) != 0xD800)
            continue;
        at += 6;
        if (at >= text.size || (code_unit(text, at) & 0xFC00) != 0xDC00)
            return true;
    }
    return false;
}

/* What becomes of a string with escapes. False: it is refused, or memory is out. */
static bool keep(building *b, kdbib_str *string) {
    size_t end = yajl_get_bytes_consumed(b->handle);
    if (has_half_character(kdb_slice(b->text, b->checked, end)))
        return refuse(b, "half of a surrogate pair");
    b->checked = end;
    *string = kdb_arena_copy(b->arena, *string);
    return !kdb_arena_failed(b->arena);
}

static int on_string(void *user, const unsigned char *string, size_t size) {
    building *b = user;
    kdb_json *value = add(b, KDB_JSON_STRING);
    if (!value)
        return 0;
    value->text = (kdbib_str){(const char *)string, size};
    if (is_inside(b, string))
        return 1;
    bool kept = keep(b, &value->text);
    value->text.size = strnlen(value->text.data, value->text.size);
    return kept;
}

static int on_name(void *user, const unsigned char *string, size_t size) {
    building *b = user;
    b->name = (kdbib_str){(const char *)string, size};
    if (is_inside(b, string))
        return 1;
    return keep(b, &b->name) &&
           (!memchr(b->name.data, '\0', size) || refuse(b, "a NUL in the name of a member"));
}

static int open_value(building *b, kdb_json_kind kind) {
    kdb_json *value = add(b, kind);
    if (!value)
        return 0;
    b->open[b->depth++] = value;
    return 1;
}

static int on_object(void *user) {
    return open_value(user, KDB_JSON_OBJECT);
}

static int on_array(void *user) {
    return open_value(user, KDB_JSON_ARRAY);
}

static int on_end(void *user) {
    ((building *)user)->depth--;
    return 1;
}

/* ---- a whole value ---- */

static kdb_json_mistake explain(const building *b, size_t at) {
    const unsigned char *told = b->mistake ? NULL : yajl_get_error(b->handle, 0, NULL, 0);
    kdbib_str message = kdbib_str_of(told ? (const char *)told : b->mistake);
    return (kdb_json_mistake){kdb_trim(message), at};
}

/* Vertical tabs and form feeds part nothing in JSON, but yajl thinks so. */
static bool has_odd_space(kdbib_str text, kdb_json_mistake *mistake) {
    size_t tab = kdb_find_char(text, '\v', 0), feed = kdb_find_char(text, '\f', 0);
    size_t at = tab < feed ? tab : feed;
    if (at != SIZE_MAX)
        *mistake = (kdb_json_mistake){KDBIB_STR("a control character"), at};
    return at != SIZE_MAX;
}

/* False: `mistake` is set, or memory is out. */
static bool read(building *b, size_t *size, kdb_json_mistake *mistake) {
    static const yajl_callbacks callbacks = {
        .yajl_null = on_null,
        .yajl_boolean = on_boolean,
        .yajl_number = on_number,
        .yajl_string = on_string,
        .yajl_start_map = on_object,
        .yajl_map_key = on_name,
        .yajl_end_map = on_end,
        .yajl_start_array = on_array,
        .yajl_end_array = on_end,
    };
    yajl_alloc_funcs memory = {give, give_more, take, b};
    if (setjmp(b->no_memory))
        return false;
    b->handle = yajl_alloc(&callbacks, &memory, b);
    yajl_config(b->handle, yajl_dont_validate_strings, 1);
    yajl_config(b->handle, yajl_allow_trailing_garbage, 1);
    yajl_status status = yajl_parse(b->handle, (const unsigned char *)b->text.data, b->text.size);
    size_t end = yajl_get_bytes_consumed(b->handle);
    if (status == yajl_status_ok && (b->depth || !b->whole))
        status = yajl_complete_parse(b->handle);
    if (status != yajl_status_ok)
        *mistake = explain(b, end);
    if (has_odd_space(kdb_slice(b->text, 0, end), mistake) || status != yajl_status_ok)
        return false;
    *size = end;
    return true;
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

const kdb_json *kdb_json_read(kdb_arena *arena, kdbib_str text, size_t *size,
                              kdb_json_mistake *mistake) {
    kdb_json *open[DEEPEST];
    building b = {.arena = arena, .text = text, .open = open};
    size_t end;
    if (!read(&b, &end, mistake) || kdb_arena_failed(arena))
        return NULL;
    if (size) {
        *size = end;
        return b.whole;
    }
    while (end < text.size && is_space(text.data[end]))
        end++;
    if (end == text.size)
        return b.whole;
    *mistake = (kdb_json_mistake){KDBIB_STR("something behind the value"), end};
    return NULL;
}

/* ---- what it says ---- */

bool kdb_json_is(const kdb_json *value, kdb_json_kind kind) {
    return value && value->kind == kind;
}

const kdb_json *kdb_json_first(const kdb_json *array) {
    return kdb_json_is(array, KDB_JSON_ARRAY) ? array->first : NULL;
}

const kdb_json *kdb_json_get(const kdb_json *object, const char *name) {
    const kdb_json *found = NULL;
    kdbib_str wanted = kdbib_str_of(name);
    if (!kdb_json_is(object, KDB_JSON_OBJECT))
        return NULL;
    for (const kdb_json *member = object->first; member; member = member->next)
        if (kdbib_str_equal(member->name, wanted))
            found = member;
    return found;
}

void kdb_json_get_all(const kdb_json *object, const kdbib_str *names, size_t count,
                      const kdb_json **members) {
    memset(members, 0, count * sizeof *members);
    if (!kdb_json_is(object, KDB_JSON_OBJECT))
        return;
    size_t at = 0; /* of the name that was found last */
    for (const kdb_json *member = object->first; member; member = member->next)
        for (size_t tried = 0; tried < count; tried++) {
            if (kdbib_str_equal(member->name, names[at])) {
                members[at] = member;
                break;
            }
            at = at + 1 < count ? at + 1 : 0;
        }
}

kdbib_str kdb_json_text_of(kdb_arena *arena, const kdb_json *value) {
    if (kdb_json_is(value, KDB_JSON_ARRAY))
        value = value->first;
    if (kdb_json_is(value, KDB_JSON_STRING))
        return value->text;
    if (!kdb_json_is(value, KDB_JSON_NUMBER))
        return (kdbib_str){NULL, 0};
    return has_few_digits(value->text)
               ? value->text
               : kdb_arena_format(arena, "%.15g", value_of(arena, value->text));
}

kdbib_str kdb_json_get_text(kdb_arena *arena, const kdb_json *object, const char *name) {
    return kdb_json_text_of(arena, kdb_json_get(object, name));
}

long kdb_json_number_of(kdb_arena *arena, const kdb_json *value) {
    double number = 0;
    if (kdb_json_is(value, KDB_JSON_STRING))
        number = strtod(kdb_arena_copy(arena, value->text).data, NULL);
    else if (kdb_json_is(value, KDB_JSON_NUMBER))
        number = value_of(arena, value->text);
    return number > -1e9 && number < 1e9 ? (long)number : 0;
}

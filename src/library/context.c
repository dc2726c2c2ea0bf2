/* The context: what is shared by everything that one program does with kdbib. */
#include "library/context.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/diagnose.h"
#include "base/strings.h"
#include "record/kind.h"
#include "registry.h"
#include "resolve/resolver.h"
#include "url/tables.h"

kdbib *kdbib_new(void) {
    return calloc(1, sizeof(kdbib));
}

void kdbib_free(kdbib *context) {
    if (!context)
        return;
    kdb_kinds_free(context->kinds);
    kdb_resolver_free(context->resolver);
    kdb_url_tables_free(context->url_tables);
    kdb_arena_free(&context->arena);
    free(context);
}

void kdbib_set_diagnostic_handler(kdbib *context, kdbib_diagnostic_fn *handler, void *user) {
    context->handler = handler;
    context->handler_user = user;
}

kdb_hearer kdb_set_hearer(kdbib *context, kdb_hearer hearer) {
    kdb_hearer before = {context->handler, context->handler_user};
    kdbib_set_diagnostic_handler(context, hearer.handler, hearer.user);
    return before;
}

void kdbib_set_threads(kdbib *context, unsigned threads) {
    context->threads = threads;
}

static void report(kdbib *context, kdbib_diagnostic finding, const char *format, va_list args) {
    char message[1024];
    if (!context->handler)
        return;
    if (vsnprintf(message, sizeof message, format, args) < 0)
        message[0] = '\0';
    finding.message = message;
    context->handler(context->handler_user, &finding);
}

void kdb_report(kdbib *context, kdbib_severity severity, const char *name, const char *file,
                uint32_t line, uint32_t column, const char *format, ...) {
    va_list args;
    va_start(args, format);
    report(context, (kdbib_diagnostic){severity, name, file, line, column, .message = ""}, format,
           args);
    va_end(args);
}

void kdb_report_finding(kdbib *context, const kdbib_diagnostic *finding, const char *format, ...) {
    va_list args;
    va_start(args, format);
    report(context, *finding, format, args);
    va_end(args);
}

bool kdbib_add_writer(kdbib *context, const kdbib_writer_class *class) {
    kdb_added_writer *added = kdb_arena_alloc(&context->arena, sizeof *added);
    if (!added)
        return false;
    *added = (kdb_added_writer){class, context->writers};
    context->writers = added;
    return true;
}

const kdbib_writer_class *kdbib_writer_at(const kdbib *context, size_t index) {
    for (const kdb_added_writer *added = context->writers; added; added = added->next)
        if (index-- == 0)
            return added->class;
    return kdb_builtin_writer(index);
}

static bool is_called(const kdbib_writer_class *class, kdbib_str name) {
    if (kdb_equal_nocase(kdbib_str_of(class->name), name))
        return true;
    for (const char *const *alias = class->aliases; alias && *alias; alias++)
        if (kdb_equal_nocase(kdbib_str_of(*alias), name))
            return true;
    return false;
}

const kdbib_writer_class *kdbib_find_writer(const kdbib *context, kdbib_str name) {
    const kdbib_writer_class *class;
    for (size_t i = 0; (class = kdbib_writer_at(context, i)) != NULL; i++)
        if (is_called(class, name))
            return class;
    return NULL;
}

const kdbib_writer_class *kdbib_find_writer_for_file(const kdbib *context, kdbib_str file_name) {
    size_t dot = file_name.size;
    while (dot && file_name.data[dot - 1] != '.' && file_name.data[dot - 1] != '/')
        dot--;
    if (dot == 0 || file_name.data[dot - 1] != '.')
        return NULL;
    kdbib_str extension = kdb_slice(file_name, dot, file_name.size);
    const kdbib_writer_class *class;
    for (size_t i = 0; (class = kdbib_writer_at(context, i)) != NULL; i++)
        if (class->extension && kdb_equal_nocase(kdbib_str_of(class->extension), extension))
            return class;
    return NULL;
}

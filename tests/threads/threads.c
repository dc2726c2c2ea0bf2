/* Several threads use the library at once, each with a context of its own, some of which read with
 * several threads themselves: every thread gets the same bytes. Built with ThreadSanitizer by
 * scripts/test, which tells of whatever two of them share. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include <kdbib/kdbib.h>

#define THREADS 6
#define ROUNDS 2

static size_t findings_of[THREADS]; /* each thread its own */
static kdbib_output *outputs[THREADS];

static void count(void *user, const kdbib_diagnostic *diagnostic) {
    if (diagnostic->severity >= KDBIB_SEVERITY_WARNING)
        ++*(size_t *)user;
}

/* The bundled list in every format, and what a URL tells. */
static bool convert(kdbib *context, kdbib_output *out) {
    kdbib_bibliography *list = kdbib_bibliography_new(context);
    kdbib_complete_options options = {.lock_file = "lock", .lock = kdbib_bundled_lock()};
    bool fine = list && kdbib_read(list, "markdown", "list", kdbib_bundled_list()) &&
                kdbib_complete(list, &options);
    const kdbib_writer_class *class;
    for (size_t i = 0; fine && (class = kdbib_writer_at(context, i)) != NULL; i++)
        fine = kdbib_write(list, kdbib_writer_new(context, class, out));
    kdbib_doi_result result;
    fine =
        fine && kdbib_doi_from_url(context, KDBIB_STR("https://arxiv.org/abs/1409.1556"), &result);
    if (fine)
        kdbib_output_str(out, result.doi);
    kdbib_bibliography_free(list);
    return fine;
}

static void *work(void *user) {
    size_t number = (size_t)((kdbib_output **)user - outputs);
    bool fine = true;
    for (int round = 0; fine && round < ROUNDS; round++) {
        kdbib *context = kdbib_new();
        if (!context)
            return NULL;
        kdbib_set_threads(context, number % 3 == 0 ? 3 : 1);
        kdbib_set_diagnostic_handler(context, count, &findings_of[number]);
        fine = convert(context, outputs[number]);
        kdbib_free(context);
    }
    return fine ? user : NULL;
}

int main(void) {
    pthread_t threads[THREADS];
    bool fine = true;
    for (size_t i = 0; i < THREADS; i++) {
        outputs[i] = kdbib_output_new_memory();
        if (!outputs[i] || pthread_create(&threads[i], NULL, work, &outputs[i]) != 0)
            return 2;
    }
    for (size_t i = 0; i < THREADS; i++) {
        void *result;
        fine = pthread_join(threads[i], &result) == 0 && result && fine;
    }
    kdbib_str first = kdbib_output_memory(outputs[0]);
    printf("%zu bytes, %zu findings\n", first.size, findings_of[0]);
    fine = fine && first.size > 100000 && findings_of[0] > 0;
    for (size_t i = 0; i < THREADS; i++) {
        fine = fine && kdbib_str_equal(first, kdbib_output_memory(outputs[i])) &&
               findings_of[i] == findings_of[0];
    }
    for (size_t i = 0; i < THREADS; i++)
        kdbib_output_close(outputs[i]);
    puts(fine ? "all the same" : "not all the same");
    return fine ? 0 : 1;
}

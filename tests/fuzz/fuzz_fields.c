/* Free text of an entry -> authors, venue, dates, as the recognisers ask for them: the input's
 * lines stand as the text of a bullet, a table's cells, a paragraph and an entry under a heading.
 */
#include "fuzz.h"

#include "base/buffer.h"

static const char *const frames[] = {
    "- [%: A title of some words](https://arxiv.org/abs/1706.03762)\n",
    "- **A title of some words.** % [[paper]](https://example.org/a) "
    "[[code]](https://github.com/a/b)\n",
    "- Doe, J., Roe, R.: A title of some words. % (2020) [link](https://example.org/b)\n",
    "|Title|Authors|Venue|Year|Link|\n|---|---|---|---|---|\n|A "
    "title|%|%|%|[x](https://example.org)|\n",
    "### A title of some words\n\n%\n\n[PDF](https://example.org/c.pdf)\n",
    "1. %, \"A title of some words,\" %. [Paper](https://example.org/d)\n",
    "- A title of some words [[%]](https://example.org/e)\n",
    "```bibtex\n@article{a, title={A title}, author={%}, journal={%}, year={2020}}\n```\n",
};

static void add_frame(kdb_buffer *list, const char *frame, kdbib_str text) {
    for (; *frame; frame++)
        if (*frame == '%')
            kdb_buffer_add_str(list, text);
        else
            kdb_buffer_add_char(list, *frame);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static kdbib *context;
    if (!context)
        context = kdbib_new();
    kdbib_bibliography *b = context ? kdbib_bibliography_new(context) : NULL;
    PROMISE(b);
    kdb_buffer list = {0};
    kdb_buffer_add_str(&list, KDBIB_STR("# Papers\n\n## Section\n\n"));
    kdbib_str rest = {(const char *)data, size};
    for (size_t i = 0; rest.size && i < 64; i++) {
        const char *end = memchr(rest.data, '\n', rest.size);
        size_t line = end ? (size_t)(end - rest.data) : rest.size, skip = end ? line + 1 : line;
        add_frame(&list, frames[i % (sizeof frames / sizeof *frames)],
                  (kdbib_str){rest.data, line});
        kdb_buffer_add_char(&list, '\n');
        rest = (kdbib_str){rest.data + skip, rest.size - skip};
    }
    PROMISE(!list.failed);
    if (kdbib_read(b, "markdown", "fuzz.md", kdb_buffer_str(&list)))
        for (size_t i = 0; i < kdbib_bibliography_count(b); i++) {
            const kdbib_record *record = kdbib_bibliography_record(b, i);
            kdbib_name name;
            PROMISE(kdbib_record_text(record, KDBIB_TITLE).size > 0);
            for (kdbib_cursor c = {0}; kdbib_record_next_name(record, KDBIB_AUTHORS, &c, &name);)
                PROMISE(name.family.size || name.literal.size);
        }
    kdb_buffer_free(&list);
    kdbib_bibliography_free(b);
    return 0;
}

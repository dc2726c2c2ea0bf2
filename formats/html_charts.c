/* The charts of the html page. They carry no colour or size of their own: data/page.css does. */
#include "html_charts.h"

#include <stdarg.h>
#include <stdio.h>

#include "html_text.h"
#include "parts.h"

#define VENUES_SHOWN 12
#define YEARS_SHOWN 40

/* What the chart calls the place of publication: the short name if there is one. */
static kdbib_str venue_name(const kdbib_record *record) {
    kdbib_str name = kdb_short_container(record);
    if (!name.size)
        name = kdb_container(record);
    return name.size ? name : kdb_preprint_server(record);
}

bool kdb_charts_count(kdb_charts *charts, const kdbib_record *record) {
    int year = kdbib_record_issued(record).year - KDB_CHART_FIRST_YEAR;
    if (year >= 0 && year < KDB_CHART_YEARS)
        charts->years[year]++;
    kdbib_str name = venue_name(record);
    if (!name.size)
        return true;
    if (kdb_index_get(&charts->venues, name) == KDB_INDEX_NONE) {
        name = kdb_arena_copy(&charts->arena, name);
        if (kdb_arena_failed(&charts->arena))
            return false;
    }
    uint32_t *count = kdb_index_put(&charts->venues, name);
    if (count)
        *count = *count == KDB_INDEX_NONE ? 1 : *count + 1;
    return count != NULL;
}

void kdb_charts_free(kdb_charts *charts) {
    kdb_index_free(&charts->venues);
    kdb_arena_free(&charts->arena);
}

/* A place between characters, at or before `at`. */
static size_t between(kdbib_str name, size_t at) {
    while (at && at < name.size && ((unsigned char)name.data[at] & 0xC0) == 0x80)
        at--;
    return at;
}

static kdbib_str cut(kdbib_str name, size_t most) {
    return name.size <= most ? name : (kdbib_str){name.data, between(name, most)};
}

/* Proceedings differ at their ends: a long name loses its middle. */
static void write_label(kdbib_output *out, kdbib_str name, kdb_buffer *scratch) {
    const size_t head = 26, tail = 18;
    if (name.size <= head + tail + 3) {
        kdb_html_text(out, name, scratch);
        return;
    }
    kdb_html_text(out, cut(name, head), scratch);
    kdbib_output_text(out, "…");
    size_t from = between(name, name.size - tail);
    kdb_html_text(out, (kdbib_str){name.data + from, name.size - from}, scratch);
}

static void format(kdbib_output *out, const char *pattern, ...)
    __attribute__((format(printf, 2, 3)));

static void format(kdbib_output *out, const char *pattern, ...) {
    char text[512];
    va_list arguments;
    va_start(arguments, pattern);
    int size = vsnprintf(text, sizeof text, pattern, arguments);
    va_end(arguments);
    if (size > 0)
        kdbib_output_bytes(out, text, (size_t)size < sizeof text ? (size_t)size : sizeof text - 1);
}

/* ---- years ---- */

static void write_year_table(const kdb_charts *charts, kdbib_output *out, int from, int to) {
    kdbib_output_text(out, "<details><summary>As a table</summary><table><thead><tr>"
                           "<th scope=\"col\">Year</th><th scope=\"col\">Papers</th></tr></thead>"
                           "<tbody>\n");
    for (int i = to; i >= from; i--)
        if (charts->years[i])
            format(out, "<tr><th scope=\"row\">%d</th><td>%u</td></tr>\n", KDB_CHART_FIRST_YEAR + i,
                   charts->years[i]);
    kdbib_output_text(out, "</tbody></table></details>\n");
}

static void write_years(const kdb_charts *charts, kdbib_output *out) {
    int first = -1, last = -1;
    uint32_t most = 0, earlier = 0;
    for (int i = 0; i < KDB_CHART_YEARS; i++)
        if (charts->years[i]) {
            first = first < 0 ? i : first;
            last = i;
        }
    if (first < 0)
        return;
    int from = last - first >= YEARS_SHOWN ? last - YEARS_SHOWN + 1 : first;
    for (int i = from; i <= last; i++)
        most = charts->years[i] > most ? charts->years[i] : most;
    for (int i = first; i < from; i++)
        earlier += charts->years[i];
    int bars = last - from + 1, step = bars > 8 ? (bars + 7) / 8 : 1;
    format(
        out,
        "<figure class=\"chart\"><figcaption>Papers by year</figcaption>\n"
        "<svg viewBox=\"0 0 320 160\" role=\"img\" aria-label=\"Bar chart: papers by year, %d to "
        "%d\">\n",
        KDB_CHART_FIRST_YEAR + from, KDB_CHART_FIRST_YEAR + last);
    double width = 316.0 / (bars > 5 ? bars : 5);
    for (int i = from; i <= last; i++) {
        double x = 2 + (i - from) * width, height = 120.0 * charts->years[i] / most;
        if (charts->years[i])
            format(out,
                   "<g><rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>"
                   "<title>%d: %u</title></g>\n",
                   x + width * 0.1, 138 - height, width * 0.8, height, KDB_CHART_FIRST_YEAR + i,
                   charts->years[i]);
        if (charts->years[i] && bars <= 16)
            format(out, "<text class=\"number\" x=\"%.1f\" y=\"%.1f\">%u</text>\n", x + width / 2,
                   133 - height, charts->years[i]);
        if ((last - i) % step == 0)
            format(out, "<text class=\"year\" x=\"%.1f\" y=\"154\">%d</text>\n", x + width / 2,
                   KDB_CHART_FIRST_YEAR + i);
    }
    kdbib_output_text(out, "</svg>\n");
    if (earlier)
        format(out, "<p class=\"note\">%u earlier, since %d.</p>\n", earlier,
               KDB_CHART_FIRST_YEAR + first);
    write_year_table(charts, out, first, last);
    kdbib_output_text(out, "</figure>\n");
}

/* ---- venues ---- */

/* More often first; among equals by name, so that every run writes the same. */
static bool comes_before(const kdb_index_slot *a, const kdb_index_slot *b) {
    if (a->value != b->value)
        return a->value > b->value;
    size_t size = a->text.size < b->text.size ? a->text.size : b->text.size;
    int order = memcmp(a->text.data, b->text.data, size);
    return order ? order < 0 : a->text.size < b->text.size;
}

/* The most frequent venues, best first; returns how many. */
static size_t find_top(const kdb_index *venues, const kdb_index_slot *top[VENUES_SHOWN]) {
    size_t count = 0;
    for (size_t i = 0; i < venues->capacity; i++) {
        const kdb_index_slot *slot = &venues->slots[i];
        if (!slot->text.data)
            continue;
        size_t at = count;
        while (at > 0 && comes_before(slot, top[at - 1]))
            at--;
        if (at == VENUES_SHOWN)
            continue;
        if (count < VENUES_SHOWN)
            count++;
        memmove(&top[at + 1], &top[at], (count - at - 1) * sizeof *top);
        top[at] = slot;
    }
    return count;
}

static void write_venues(const kdb_charts *charts, kdbib_output *out, kdb_buffer *scratch) {
    const kdb_index_slot *top[VENUES_SHOWN];
    size_t count = find_top(&charts->venues, top);
    if (!count)
        return;
    format(
        out,
        "<figure class=\"chart\"><figcaption>Papers by venue</figcaption>\n"
        "<svg viewBox=\"0 0 320 %zu\" role=\"img\" aria-label=\"Bar chart: papers by venue%s\">\n",
        2 + count * 30, charts->venues.count > count ? ", the most frequent ones" : "");
    for (size_t i = 0; i < count; i++) {
        double length = 280.0 * top[i]->value / top[0]->value;
        double y = 30.0 * (double)i;
        kdbib_output_text(out, "<g><title>");
        kdb_html_text(out, cut(top[i]->text, 200), scratch);
        format(out, ": %u</title><text x=\"1\" y=\"%.0f\">", top[i]->value, y + 12);
        write_label(out, top[i]->text, scratch);
        format(out,
               "</text><rect class=\"bar\" x=\"1\" y=\"%.0f\" width=\"%.1f\" height=\"9\"/>"
               "<text x=\"%.1f\" y=\"%.0f\">%u</text></g>\n",
               y + 16, length, length + 6, y + 25, top[i]->value);
    }
    kdbib_output_text(out, "</svg>\n<details><summary>As a table</summary><table><thead><tr>"
                           "<th scope=\"col\">Venue</th><th scope=\"col\">Papers</th></tr></thead>"
                           "<tbody>\n");
    for (size_t i = 0; i < count; i++) {
        kdbib_output_text(out, "<tr><th scope=\"row\">");
        kdb_html_text(out, cut(top[i]->text, 200), scratch);
        format(out, "</th><td>%u</td></tr>\n", top[i]->value);
    }
    kdbib_output_text(out, "</tbody></table></details></figure>\n");
}

void kdb_charts_write(const kdb_charts *charts, kdbib_output *out, kdb_buffer *scratch) {
    write_years(charts, out);
    write_venues(charts, out, scratch);
}

/* Facts: templates behind the names of fields. `venue` is a name that data/venues.csv knows: it
 * gives the type and the full name. */
#include "resolve/facts.h"

#include <stdio.h>

#include "base/embedded.h"
#include "base/strings.h"
#include "library/context.h"
#include "resolve/template.h"
#include "resolve/venue_name.h"

bool kdb_facts_load(kdbib *context) {
    kdb_resolver *r = kdb_resolver_of(context);
    if (r && !r->facts)
        r->facts = kdb_rules_read(context, &r->lookups, "url-facts.csv",
                                  kdb_embedded(KDBIB_STR("url-facts.csv")), "facts",
                                  "example_facts", NULL);
    return r && r->facts;
}

static void add_text(kdb_facts *facts, kdbib_field field, kdbib_str text) {
    if (!text.size || facts->fields >> field & 1)
        return;
    facts->fields |= (uint64_t)1 << field;
    facts->text[field] = text;
}

/* ---- a rule's template, taken apart once ---- */

typedef enum fact_kind {
    FACT_VENUE,
    FACT_AUTHOR,
    FACT_TYPE,
    FACT_YEAR,
    FACT_MONTH,
    FACT_FIELD
} fact_kind;

typedef struct fact {
    fact_kind kind;
    kdbib_field field; /* of FACT_FIELD */
    kdbib_str value;   /* what it is when it is `fixed`, or "$1" when it `is_group`: one of these */
    bool fixed, is_group;
    const kdb_template *template; /* of any other */
} fact;

typedef struct kdb_fact_list {
    uint64_t tells; /* see told_bit() */
    size_t count;
    fact facts[];
} kdb_fact_list;

static bool read_fact(kdbib_str name, kdbib_str value, fact *f) {
    static const char *const names[] = {"venue", "author", "type", "year", "month"};
    *f = (fact){.kind = FACT_FIELD, .value = value};
    f->fixed = kdb_find_char(value, '$', 0) == SIZE_MAX && kdb_find_char(value, '{', 0) == SIZE_MAX;
    f->is_group = value.size == 2 && value.data[0] == '$' && kdb_is_digit(value.data[1]);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (kdbib_str_equal(name, kdbib_str_of(names[i]))) {
            f->kind = (fact_kind)i;
            return true;
        }
    return kdbib_field_from_name(name, &f->field) && f->field > KDBIB_TITLE;
}

/* A bit for each thing that facts may tell: those of texts are their fields', and the others take
 * those of fields that are no texts. */
static uint64_t told_bit(fact_kind kind, kdbib_field field) {
    static const kdbib_field bits[] = {[FACT_AUTHOR] = KDBIB_AUTHORS,
                                       [FACT_TYPE] = KDBIB_TYPE,
                                       [FACT_YEAR] = KDBIB_ISSUED,
                                       [FACT_MONTH] = KDBIB_EDITORS};
    if (kind == FACT_VENUE)
        return (uint64_t)1 << KDBIB_FIELD_COUNT; /* one of several fields */
    return (uint64_t)1 << (kind == FACT_FIELD ? field : bits[kind]);
}

static uint64_t told(const kdb_facts *facts) {
    return facts->fields | (facts->author.size ? told_bit(FACT_AUTHOR, KDBIB_TYPE) : 0) |
           (facts->has_type ? told_bit(FACT_TYPE, KDBIB_TYPE) : 0) |
           (facts->date.year ? told_bit(FACT_YEAR, KDBIB_TYPE) : 0) |
           (facts->date.month ? told_bit(FACT_MONTH, KDBIB_TYPE) : 0);
}

/* NULL: memory is out; the tests see to it that the templates are good. */
static const kdb_fact_list *fact_list(kdb_arena *arena, kdb_lookups *lookups, kdbib_str template) {
    size_t room = 1;
    for (size_t at = 0; (at = kdb_find_char(template, ';', at)) != SIZE_MAX; at++)
        room++;
    kdb_fact_list *list = kdb_arena_alloc(arena, sizeof *list + room * sizeof *list->facts);
    if (!list)
        return NULL;
    list->count = 0;
    list->tells = 0;
    for (size_t at = 0; at < template.size;) {
        size_t end = kdb_find_char(template, ';', at);
        kdbib_str item = kdb_trim(kdb_slice(template, at, end));
        at = end == SIZE_MAX ? template.size : end + 1;
        size_t equals = kdb_find_char(item, '=', 0);
        if (equals != SIZE_MAX &&
            read_fact(kdb_slice(item, 0, equals), kdb_slice(item, equals + 1, item.size),
                      &list->facts[list->count])) {
            fact *f = &list->facts[list->count++];
            const char *fault;
            if (!f->fixed && !f->is_group &&
                !(f->template = kdb_template_read(arena, f->value, lookups, &fault)))
                return NULL;
            list->tells |= told_bit(f->kind, f->field);
        }
    }
    return list;
}

static const kdb_fact_list *facts_of_rule(kdb_resolver *r, kdb_rule *rule) {
    if (!rule->facts)
        rule->facts = fact_list(&r->facts->arena, &r->lookups, rule->template);
    return rule->facts;
}

/* ---- its facts ---- */

static void set_venue(kdbib_str name, kdb_facts *facts) {
    kdbib_str full;
    bool journal = false;
    kdb_venue_full_name(name, &full, &journal);
    if (!full.size)
        return;
    add_text(facts, journal ? KDBIB_CONTAINER_TITLE : KDBIB_EVENT_TITLE, full);
    if (!facts->has_type)
        facts->type = journal ? KDBIB_TYPE_ARTICLE_JOURNAL : KDBIB_TYPE_PAPER_CONFERENCE;
    facts->has_type = true;
}

static void set_fact(const fact *f, kdbib_str value, kdb_facts *facts) {
    uint32_t number;
    switch (f->kind) {
    case FACT_VENUE:
        set_venue(value, facts);
        break;
    case FACT_AUTHOR:
        if (!facts->author.size)
            facts->author = value;
        break;
    case FACT_TYPE:
        facts->has_type = facts->has_type || kdbib_type_from_name(value, &facts->type);
        break;
    case FACT_YEAR:
        if (!facts->date.year && kdb_read_number(value, &number) && number > 1600 && number < 2100)
            facts->date.year = (int16_t)number;
        break;
    case FACT_MONTH:
        if (!facts->date.month && kdb_read_number(value, &number) && number > 0 && number <= 12)
            facts->date.month = (uint8_t)number;
        break;
    case FACT_FIELD:
        add_text(facts, f->field, value);
        break;
    }
}

static bool apply(kdb_arena *arena, const kdb_fact_list *list, const kdb_template_values *values,
                  kdb_buffer *out, kdb_facts *facts) {
    bool fine = true;
    for (size_t i = 0; i < list->count && fine; i++) {
        const fact *f = &list->facts[i];
        if (f->fixed || f->is_group) {
            kdbib_str value = f->fixed ? f->value : values->groups[f->value.data[1] - '0'];
            if (value.size)
                set_fact(f, value, facts);
            continue;
        }
        kdb_buffer_clear(out);
        if (kdb_template_expand(f->template, values, out) && out->size)
            set_fact(f, kdb_arena_copy(arena, kdb_buffer_str(out)), facts);
        fine = !out->failed;
    }
    return fine && !kdb_arena_failed(arena);
}

static bool first_match(kdbib *context, kdb_arena *arena, kdbib_str host, kdbib_str subject,
                        bool exact, kdb_facts *facts) {
    if (!kdb_facts_load(context))
        return false;
    kdb_rules *rules = context->resolver->facts;
    const uint32_t *rows = kdb_rules_of(rules, host, exact);
    for (; rows && *rows != KDB_NO_RULE; rows++) {
        kdb_rule *rule = kdb_rules_at(rules, *rows);
        kdbib_str groups[KDB_GROUPS];
        if (!kdb_rule_matches(context, rules, rule, subject, groups))
            continue;
        kdb_template_values values = {groups, host, &context->resolver->arguments};
        const kdb_fact_list *list = facts_of_rule(context->resolver, rule);
        return list && apply(arena, list, &values, &context->resolver->value, facts);
    }
    return rows != NULL;
}

/* No rule of a DOI prefix tells anything that is not known, as where the URL holds the DOI. */
static bool all_is_told(kdbib *context, kdbib_str prefix, const kdb_facts *facts) {
    kdb_rules *rules = context->resolver->facts;
    const uint64_t known = told(facts);
    const uint32_t *rows = known ? kdb_rules_of(rules, prefix, true) : NULL;
    for (; rows && *rows != KDB_NO_RULE; rows++) {
        const kdb_fact_list *list = facts_of_rule(context->resolver, kdb_rules_at(rules, *rows));
        if (!list || list->tells & ~known)
            return false;
    }
    return rows != NULL;
}

bool kdb_facts_of_url(kdbib *context, kdb_arena *arena, const kdb_url *url, kdb_facts *facts) {
    kdbib_str subject = kdb_rule_subject(arena, url);
    if (!subject.data)
        return !kdb_arena_failed(arena);
    return first_match(context, arena, url->host, subject, false, facts);
}

bool kdb_facts_of_doi(kdbib *context, kdb_arena *arena, kdbib_str doi, kdb_facts *facts) {
    kdbib_str prefix = kdb_slice(doi, 0, kdb_find_char(doi, '/', 0));
    if (!doi.size)
        return true;
    if (!kdb_facts_load(context))
        return false;
    return all_is_told(context, prefix, facts) ||
           first_match(context, arena, prefix, doi, true, facts);
}

kdbib_str kdb_facts_show(kdb_arena *arena, const kdb_facts *facts) {
    kdb_buffer out = {0};
    char number[32];
    if (facts->has_type) {
        kdb_buffer_add_str(&out, KDBIB_STR("type="));
        kdb_buffer_add_str(&out, kdbib_str_of(kdbib_type_name(facts->type)));
    }
    for (int field = KDBIB_TITLE + 1; field < KDBIB_FIELD_COUNT; field++)
        if (facts->fields >> field & 1) {
            kdb_buffer_add_str(&out, KDBIB_STR("; "));
            kdb_buffer_add_str(&out, kdbib_str_of(kdbib_field_name((kdbib_field)field)));
            kdb_buffer_add_char(&out, '=');
            kdb_buffer_add_str(&out, facts->text[field]);
        }
    if (facts->date.year) {
        int size = snprintf(number, sizeof number, "; year=%d", facts->date.year);
        kdb_buffer_add(&out, number, (size_t)size);
    }
    if (facts->date.month) {
        int size = snprintf(number, sizeof number, "; month=%d", facts->date.month);
        kdb_buffer_add(&out, number, (size_t)size);
    }
    if (facts->author.size) {
        kdb_buffer_add_str(&out, KDBIB_STR("; author="));
        kdb_buffer_add_str(&out, facts->author);
    }
    kdbib_str text = kdb_buffer_str(&out);
    if (kdb_starts_with(text, KDBIB_STR("; ")))
        text = kdb_slice(text, 2, text.size);
    text = kdb_arena_copy(arena, text);
    kdb_buffer_free(&out);
    return text;
}

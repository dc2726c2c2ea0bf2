/* Records made from word lists by a generator that always gives the same ones: all types, names and
 * titles of many languages and scripts, dates of every precision. And hostile ones. */
#ifndef KDB_GENERATED_H
#define KDB_GENERATED_H

#include <stdint.h>
#include <stdio.h>

#include "kdbib/kdbib.h"

typedef struct generated_name {
    const char *family, *given;
} generated_name;

static const generated_name generated_names[] = {
    {"Müller-Weiß", "Jürgen"},
    {"Lefèvre", "Éric"},
    {"Núñez", "Íñigo"},
    {"Conceição", "João"},
    {"Wiśniewski", "Łukasz"},
    {"Dvořák", "Jiří"},
    {"Erdős", "Pál"},
    {"Ștefănescu", "Ioana"},
    {"Şahin", "İbrahim Çağrı"},
    {"Þórðarson", "Ævar"},
    {"Kjærgård", "Søren"},
    {"Åström", "Göran"},
    {"Mäkelä", "Päivi"},
    {"Õunapuu", "Ülle"},
    {"Bērziņš", "Jānis"},
    {"Žukauskas", "Ąžuolas"},
    {"Đorđević", "Željko"},
    {"Nguyễn", "Thị Hạnh"},
    {"Dell’Acqua", "Niccolò"},
    {"Ó Súilleabháin", "Seán"},
    {"Ħaż-Żebbuġ", "Ġorġ"},
    {"Παπαδόπουλος", "Γιώργος"},
    {"Иванов", "Пётр Ильич"},
    {"Ґалаґан", "Їжак"},
    {"王", "小明"},
    {"山田", "太郎"},
    {"김", "민준"},
    {"محمد", "أحمد"},
    {"כהן", "דוד"},
    {"शर्मा", "अनिल"},
    {"O’Neil", "C. J."},
    {"Smith", "Ann-Marie B."},
    {"Zhang", "Y."},
};
static const char *const generated_particles[] = {"van der", "von", "de la", "van", "d’", "dos"};
static const char *const generated_suffixes[] = {"Jr.", "III", "Sr."};
static const char *const generated_bodies[] = {
    "Google Research",  "Ministry of Health and Welfare", "Müller & Söhne GmbH", "MONAI Consortium",
    "国立情報学研究所",
};

static const char *const generated_words[] = {
    "Über",        "naïve",    "BERT",         "U-Net++",       "mRNA",
    "deep",        "Lernen:",  "Alzheimer’s",  "“quoted”",      "100% of",
    "C#",          "R&D",      "state_of_art", "coöperation",   "Ωmega",
    "深度学习",    "的",       "知識蒸留",     "의료 영상",     "التعلم العميق",
    "למידה עמוקה", "глубокое", "обучение",     "ñandú",         "Łódź",
    "işık",        "Đại học",  "— a survey",   "(part 1)",      "[MASK]",
    "x < y",       "a > b",    "{curly}",      "~tilde",        "caret^hat",
    "back\\slash", "$5",       "iPhone",       "eLife",         "the",
    "of",          "and",      "for",          "segmentation",  "distillation",
    "in",          "networks", "with",         "self-training", "teacher–student",
};

typedef struct generated_run {
    const char *text;
    unsigned style;
} generated_run;

static const generated_run generated_rich[] = {
    {"in vivo", KDBIB_ITALIC},
    {"2", KDBIB_SUP},
    {"2", KDBIB_SUB},
    {"bold claim", KDBIB_BOLD},
    {"\\alpha", KDBIB_MATH},
    {"x_{1}^{2}", KDBIB_MATH},
    {"Small Caps", KDBIB_SMALL_CAPS},
    {"NoCase", KDBIB_NOCASE},
    {"n log n", KDBIB_SUP},
    {"code", KDBIB_CODE},
    {"Escherichia", KDBIB_ITALIC | KDBIB_BOLD},
};

#define GENERATED_PICK(random, list) (list[next_random(random) % (sizeof list / sizeof *list)])

/* xorshift64: the same everywhere. */
static inline uint32_t next_random(uint64_t *random) {
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    return (uint32_t)(*random >> 33);
}

static inline void generated_text(kdbib_record *r, kdbib_field field, const char *text) {
    kdbib_record_set_text(r, field, kdbib_str_of(text), KDBIB_BASIS_LOCK);
}

static inline void generate_title(kdbib_record *r, uint64_t *random) {
    kdbib_run runs[5];
    char plain[3][256];
    size_t count = 0, pieces = 1 + next_random(random) % 3;
    for (size_t piece = 0; piece < pieces; piece++) {
        size_t size = 0, words = 2 + next_random(random) % 4;
        for (size_t i = 0; i < words; i++)
            size += (size_t)snprintf(plain[piece] + size, sizeof plain[piece] - size, "%s%s",
                                     piece == 0 && i == 0 ? "" : " ",
                                     GENERATED_PICK(random, generated_words));
        bool last = piece + 1 == pieces;
        runs[count++] = (kdbib_run){{plain[piece], size}, 0};
        if (!last) {
            generated_run rich = GENERATED_PICK(random, generated_rich);
            bool script = rich.style & (KDBIB_SUP | KDBIB_SUB);
            if (!script && size + 2 < sizeof plain[piece]) { /* a blank before a word */
                plain[piece][size] = ' ';
                runs[count - 1].text.size++;
            }
            runs[count++] = (kdbib_run){kdbib_str_of(rich.text), rich.style};
        }
    }
    kdbib_record_set_title(r, runs, count, KDBIB_BASIS_LOCK);
}

/* No name twice in a record: readers may take the second for a slip. */
static inline void generate_names(kdbib_record *r, kdbib_field which, uint64_t *random) {
    const size_t persons = sizeof generated_names / sizeof *generated_names;
    const size_t bodies = sizeof generated_bodies / sizeof *generated_bodies;
    size_t count = 1 + next_random(random) % 4, first = next_random(random);
    for (size_t i = 0; i < count; i++) {
        kdbib_name name = {0};
        uint32_t kind = next_random(random) % 12;
        generated_name person = generated_names[(first + i) % persons];
        if (kind == 0) {
            name.literal = kdbib_str_of(generated_bodies[(first + i) % bodies]);
        } else {
            name.family = kdbib_str_of(person.family);
            if (kind != 1)
                name.given = kdbib_str_of(person.given);
            if (kind == 2 || kind == 3)
                name.particle = kdbib_str_of(GENERATED_PICK(random, generated_particles));
            if (kind == 3 || kind == 4)
                name.suffix = kdbib_str_of(GENERATED_PICK(random, generated_suffixes));
        }
        kdbib_record_add_name(r, which, &name, KDBIB_BASIS_LOCK);
    }
}

static inline void generate_fields(kdbib_record *r, size_t number, uint64_t *random) {
    kdbib_type type = kdbib_record_type(r);
    bool article = type == KDBIB_TYPE_ARTICLE_JOURNAL;
    bool part = article || type == KDBIB_TYPE_PAPER_CONFERENCE || type == KDBIB_TYPE_CHAPTER;
    char text[96];
    if (article || next_random(random) % 3) {
        snprintf(text, sizeof text, "10.%u/k%zu_x%s", 1000 + next_random(random) % 9000, number,
                 next_random(random) % 4 ? ".y" : "(96)00-1");
        generated_text(r, KDBIB_DOI, text);
    }
    if (part) {
        generated_text(r, KDBIB_CONTAINER_TITLE,
                       article ? "Zeitschrift für Künstliche Intelligenz & Medizin"
                               : "Proceedings of Medical Imaging – MICCAI 2021");
        snprintf(text, sizeof text, "%u", 1 + next_random(random) % 400);
        generated_text(r, KDBIB_VOLUME, text);
        unsigned first = 1 + next_random(random) % 900;
        uint32_t locator = next_random(random) % 4;
        if (locator == 0 && article) {
            snprintf(text, sizeof text, "e%u", 100000 + first);
            generated_text(r, KDBIB_ARTICLE_NUMBER, text);
        } else if (locator == 1) {
            snprintf(text, sizeof text, "%u", first);
            generated_text(r, KDBIB_PAGES, text);
        } else {
            snprintf(text, sizeof text, "%u-%u", first, first + 1 + next_random(random) % 30);
            generated_text(r, KDBIB_PAGES, text);
        }
    }
    if (article) {
        snprintf(text, sizeof text, "%u", 1 + next_random(random) % 12);
        generated_text(r, KDBIB_ISSUE, text);
        generated_text(r, KDBIB_ISSN, "1361-8415");
    } else if (type == KDBIB_TYPE_ARTICLE) {
        snprintf(text, sizeof text, "%02u%02u.%05zu", 10 + next_random(random) % 15,
                 1 + next_random(random) % 12, number);
        generated_text(r, KDBIB_ARCHIVE, "arXiv");
        generated_text(r, KDBIB_ARXIV, text);
        generated_text(r, KDBIB_ARXIV_CLASS, "cs.CV");
    } else {
        generated_text(r, KDBIB_PUBLISHER, "Éditions Springer & Söhne");
    }
    if (type == KDBIB_TYPE_PAPER_CONFERENCE && next_random(random) % 2)
        generated_text(r, KDBIB_COLLECTION_TITLE, "Lecture Notes in Computer Science");
    if (type == KDBIB_TYPE_REPORT || type == KDBIB_TYPE_PATENT)
        generated_text(r, KDBIB_NUMBER, type == KDBIB_TYPE_PATENT ? "US1234567B2" : "TR-2021-7");
    if (type == KDBIB_TYPE_THESIS)
        generated_text(r, KDBIB_GENRE, "PhD thesis");
}

static inline kdbib_record *generate_record(kdbib_bibliography *b, size_t number,
                                            uint64_t *random) {
    kdbib_record *r = kdbib_bibliography_add(b, "generated.md", (uint32_t)number + 1);
    char text[64];
    kdbib_record_set_type(r, (kdbib_type)(number % KDBIB_TYPE_COUNT), KDBIB_BASIS_LOCK);
    snprintf(text, sizeof text, "author%zukey", 1000 + number);
    generated_text(r, KDBIB_KEY, text);
    generate_title(r, random);
    generate_names(r, KDBIB_AUTHORS, random);
    kdbib_type type = kdbib_record_type(r);
    if (type == KDBIB_TYPE_PAPER_CONFERENCE || type == KDBIB_TYPE_CHAPTER)
        generate_names(r, KDBIB_EDITORS, random);
    kdbib_date date = {(int16_t)(1990 + next_random(random) % 37), 0, 0};
    uint32_t precision = next_random(random) % 3;
    if (precision)
        date.month = (uint8_t)(1 + next_random(random) % 12);
    if (precision == 2)
        date.day = (uint8_t)(1 + next_random(random) % 28);
    kdbib_record_set_issued(r, date, KDBIB_BASIS_LOCK);
    generate_fields(r, number, random);
    snprintf(text, sizeof text, "https://example.org/p/%zu?a=1&b=%%20_~", number);
    kdbib_record_add_link(r, KDBIB_LINK_PAPER, kdbib_str_of(text));
    if (number % 3 == 0)
        kdbib_record_add_link(r, KDBIB_LINK_CODE, KDBIB_STR("https://github.com/a/b_c"));
    return r;
}

static inline void generate_records(kdbib_bibliography *b, size_t count) {
    uint64_t random = 0x9E3779B97F4A7C15u;
    for (size_t i = 0; i < count; i++)
        generate_record(b, i, &random);
}

/* ---- hostile text ---- */

typedef struct generated_attack {
    const char *name, *text;
    size_t repeat; /* the text that often; 0: once */
} generated_attack;

static const generated_attack generated_attacks[] = {
    {"tex-command", "Read \\input{/etc/passwd} now", 0},
    {"closing-brace", "one } two", 0},
    {"second-entry", "x}\n}\n@article{evil, title={y}", 0},
    {"at-entry", "@article{evil, title = {y}}", 0},
    {"comment", "half % of it", 0},
    {"unbalanced", "{{{ and \"quotes\" and }", 0},
    {"math-shift", "$ \\write18{rm} $$", 0},
    {"ris-end", "first\r\nER  - \r\nTY  - JOUR\r\nTI  - evil", 0},
    {"ris-separator",
     "first\xE2\x80\xA8"
     "ER  - \xE2\x80\xA9TY  - JOUR\xC2\x85",
     0},
    {"cdata-end", "a ]]> b <![CDATA[ c", 0},
    {"script", "<script>alert(1)</script><img src=x onerror=alert(1)>", 0},
    {"style", "</style></title></textarea><!-- --!> <svg onload=alert(1)>", 0},
    {"entity", "&#0; &lt; &amp; &nosuch; &", 0},
    {"formula", "=HYPERLINK(\"http://evil.example\",\"x\")", 0},
    {"formula-hidden", "x;=cmd|' /C calc'!A0", 0},
    {"bidi",
     "user \xE2\x80\xAE"
     "evil\xE2\x80\xAC \xE2\x81\xA6x\xE2\x81\xA9",
     0},
    {"terminal",
     "\x1B]0;evil\x07\x1B[31mred\xC2\x9B"
     "2J",
     0},
    {"controls",
     "a\x01"
     "b\x08"
     "c\x7F"
     "d",
     0},
    {"yaml", "- a: [b, *c, &d] # e\n---\nkey: |", 0},
    {"json", "\\\" , \"x\": 1}] \\u0000 /*", 0},
    {"markdown", "](javascript:alert(1)) ![x](y) `z` **b** <i>| # _q_", 0},
    {"backslash-end", "ends with \\", 0},
    {"long", "naïve ", 150000},
};
#define GENERATED_ATTACKS (sizeof generated_attacks / sizeof *generated_attacks)

/* A record with `text` in every place that can hold a text. */
static inline void generate_attack(kdbib_bibliography *b, size_t number, kdbib_str text,
                                   bool everywhere) {
    kdbib_record *r = kdbib_bibliography_add(b, "hostile.md", (uint32_t)number + 1);
    char key[32];
    kdbib_record_set_type(r, (kdbib_type)(number % KDBIB_TYPE_COUNT), KDBIB_BASIS_LIST);
    snprintf(key, sizeof key, "hostile%zukey", number);
    if (everywhere)
        for (int field = KDBIB_KEY + 1; field < KDBIB_FIELD_COUNT; field++)
            kdbib_record_set_text(r, (kdbib_field)field, text, KDBIB_BASIS_LIST);
    generated_text(r, KDBIB_KEY, key);
    kdbib_record_set_text(r, KDBIB_TITLE, text, KDBIB_BASIS_LIST);
    if (!everywhere) {
        generated_text(r, KDBIB_CONTAINER_TITLE, "A Journal");
        return;
    }
    const kdbib_str name = text.size > 200 ? KDBIB_STR("Long") : text;
    kdbib_record_add_name(r, KDBIB_AUTHORS, &(kdbib_name){.family = name, .given = name},
                          KDBIB_BASIS_LIST);
    kdbib_record_add_name(r, KDBIB_AUTHORS, &(kdbib_name){.literal = name}, KDBIB_BASIS_LIST);
    kdbib_record_add_name(r, KDBIB_EDITORS,
                          &(kdbib_name){.family = name, .particle = name, .suffix = name},
                          KDBIB_BASIS_LIST);
    kdbib_record_set_issued(r, (kdbib_date){2020, 2, 1}, KDBIB_BASIS_LIST);
    kdbib_record_add_link(r, KDBIB_LINK_PAPER, KDBIB_STR("javascript:alert(1)"));
    kdbib_record_add_link(r, KDBIB_LINK_CODE, text);
    const kdbib_section *section = kdbib_bibliography_add_section(b, NULL, 2, text);
    kdbib_record_add_section(r, section);
}

#endif

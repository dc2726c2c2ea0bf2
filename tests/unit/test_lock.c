/* The lock file: reading, applying, its notations. */
#include "listed.h"

#include "lock/ahead.h"
#include "lock/cell.h"
#include "lock/lock_inside.h"

static kdbib_record *add(fixture *f, const char *title, const char *url) {
    kdbib_record *r = kdbib_bibliography_add(f->list, "a.md", 1);
    kdbib_record_set_text(r, KDBIB_TITLE, kdbib_str_of(title), KDBIB_BASIS_LIST);
    kdbib_record_set_text(r, KDBIB_CANONICAL_URL, kdbib_str_of(url), KDBIB_BASIS_COMPUTED);
    return r;
}

static void apply(fixture *f, const char *bytes) {
    kdb_lock *lock = kdb_lock_read(f->context, "kdbib.lock.csv", kdbib_str_of(bytes));
    assert_non_null(lock);
    assert_true(kdb_lock_apply(lock, f->list));
    kdb_lock_free(lock);
}

static void test_values_and_bases(void **state) {
    fixture *f = *state;
    kdbib_record *r = add(f, "list title", "https://a.org/1");
    kdbib_record_set_text(r, KDBIB_DOI, KDBIB_STR("10.1234/url"), KDBIB_BASIS_LITERAL);
    kdbib_record_set_text(r, KDBIB_VOLUME, KDBIB_STR("1"), KDBIB_BASIS_COMPUTED);
    kdbib_record_set_text(r, KDBIB_ARTICLE_NUMBER, KDBIB_STR("77"), KDBIB_BASIS_COMPUTED);
    apply(f, "url,key,doi,type,title,authors,year,month,volume,pages,source,unverified,mine\n"
             "https://a.org/1,old1999key,,article-journal,Title,\"Li, Xin; Wang\",2020,4,7,"
             "1–9,crossref,volume; authors,x\n");
    assert_string_equal(f->reports, "");
    assert_str_is(kdbib_record_text(r, KDBIB_KEY), "old1999key");
    assert_int_equal(kdbib_record_basis(r, KDBIB_KEY), KDBIB_BASIS_LOCK);
    assert_str_is(kdbib_record_text(r, KDBIB_DOI),
                  "10.1234/url"); /* an empty cell changes nothing */
    assert_int_equal(kdbib_record_basis(r, KDBIB_DOI), KDBIB_BASIS_LITERAL);
    assert_str_is(kdbib_record_text(r, KDBIB_VOLUME), "7");
    assert_int_equal(kdbib_record_basis(r, KDBIB_VOLUME), KDBIB_BASIS_UNVERIFIED);
    assert_int_equal(kdbib_record_basis(r, KDBIB_AUTHORS), KDBIB_BASIS_UNVERIFIED);
    assert_int_equal(kdbib_record_basis(r, KDBIB_TITLE), KDBIB_BASIS_LOCK);
    assert_str_is(kdbib_record_text(r, KDBIB_PAGES), "1-9");
    assert_int_equal(kdbib_record_text(r, KDBIB_ARTICLE_NUMBER).size, 0);
    assert_int_equal(kdbib_record_type(r), KDBIB_TYPE_ARTICLE_JOURNAL);
    assert_int_equal(kdbib_record_issued(r).year, 2020);
    assert_int_equal(kdbib_record_issued(r).month, 4);
}

static void test_manual_and_unverified_rows(void **state) {
    fixture *f = *state;
    kdbib_record *a = add(f, "A", "https://a.org/1"), *b = add(f, "B", "https://a.org/2");
    apply(f, "\xEF\xBB\xBFURL,Title,Source\r\nhttps://a.org/1,X,manual\r\n"
             "https://a.org/2,Y,unverified\r\n");
    assert_int_equal(kdbib_record_basis(a, KDBIB_TITLE), KDBIB_BASIS_MANUAL);
    assert_int_equal(kdbib_record_basis(b, KDBIB_TITLE), KDBIB_BASIS_UNVERIFIED);
    assert_str_is(kdbib_record_text(b, KDBIB_TITLE), "Y");
}

static void test_broken_rows(void **state) {
    fixture *f = *state;
    kdbib_record *a = add(f, "A", "https://a.org/1"), *b = add(f, "B", "https://a.org/2");
    kdbib_record *c = add(f, "C", "https://a.org/3");
    apply(f, "url,doi,type,year\n"
             "https://a.org/1,10.1/x,\"article\n" /* unclosed */
             "https://a.org/2,https://doi.org/10.1234/B,nonsense,20\n"
             "https://a.org/3,10.1234/c,article,2020,too,many\n"
             ",10.1234/d,,\n"
             "https://a.org/2,10.1234/e,,\n");
    assert_string_equal(f->reports, "lock-broken-row:2 lock-bad-value:3 lock-bad-value:3 "
                                    "lock-broken-row:4 lock-broken-row:5 lock-duplicate:6 ");
    assert_int_equal(kdbib_record_text(a, KDBIB_DOI).size, 0);
    assert_str_is(kdbib_record_text(b, KDBIB_DOI), "10.1234/B");
    assert_int_equal(kdbib_record_text(c, KDBIB_DOI).size, 0);
}

static void test_unusable_files(void **state) {
    fixture *f = *state;
    add(f, "A", "https://a.org/1");
    apply(f, "");
    assert_string_equal(f->reports, "");
    apply(f, "some,other,file\n1,2,3\n");
    assert_string_equal(f->reports, "lock-header:1 ");
}

static void test_what_spreadsheets_make_of_it(void **state) {
    fixture *f = *state;
    kdbib_record *a = add(f, "A", "https://a.org/1");
    apply(f, "\xEF\xBB\xBFurl;key;authors\r\nhttps://a.org/1;one;\"Li, Xin; Wang\"\r\n");
    assert_str_is(kdbib_record_text(a, KDBIB_KEY), "one");
    apply(f, "url\tkey\nhttps://a.org/1\ttwo\n");
    assert_str_is(kdbib_record_text(a, KDBIB_KEY), "two");
    assert_string_equal(f->reports, "");
    /* UTF-16, as "Unicode text" is saved */
    static const char wide[] = "\xFF\xFEu\0r\0l\0\t\0k\0e\0y\0\n\0h\0t\0t\0p\0s\0:\0/\0/\0a\0.\0"
                               "o\0r\0g\0/\0001\0\t\0x\0\n\0";
    kdb_lock *lock = kdb_lock_read(f->context, "l.csv", (kdbib_str){wide, sizeof wide - 1});
    assert_non_null(lock);
    assert_true(kdb_lock_apply(lock, f->list));
    kdb_lock_free(lock);
    assert_str_is(kdbib_record_text(a, KDBIB_KEY), "x");
}

static void test_merge_conflict(void **state) {
    fixture *f = *state;
    kdbib_record *a = add(f, "A", "https://a.org/1"), *b = add(f, "B", "https://a.org/2");
    apply(f, "url,doi\n<<<<<<< HEAD\nhttps://a.org/1,10.1234/a\n||||||| base\n"
             "https://a.org/2,10.1234/old\n=======\nhttps://a.org/2,10.1234/b\n>>>>>>> other\n");
    assert_string_equal(f->reports, "lock-conflict:2 ");
    assert_str_is(kdbib_record_text(a, KDBIB_DOI), "10.1234/a");
    assert_str_is(kdbib_record_text(b, KDBIB_DOI), "10.1234/b");
}

static void test_entries_without_url(void **state) {
    fixture *f = *state;
    kdbib_record *a = add(f, "Deep — Learning!", "");
    apply(f, "url,key\ntitle:deep learning,lecun\n");
    assert_str_is(kdbib_record_text(a, KDBIB_KEY), "lecun");
}

static void test_two_papers_of_one_url(void **state) {
    fixture *f = *state;
    kdbib_record *a = add(f, "Green apples in winter", "https://a.org/repo");
    kdbib_record *b = add(f, "Red pears under snow", "https://a.org/repo");
    apply(f, "url,doi,title\nhttps://a.org/repo,10.1234/apples,Green Apples in Winter\n"
             "https://a.org/repo title:red pears under snow,10.1234/pears,\n");
    assert_str_is(kdbib_record_text(a, KDBIB_DOI), "10.1234/apples");
    assert_str_is(kdbib_record_text(b, KDBIB_DOI), "10.1234/pears");
}

static void test_a_paper_with_a_row_of_its_own(void **state) {
    fixture *f = *state;
    kdbib_record *red = add(f, "Red apples under snow", "https://a.org/repo");
    kdbib_record *green = add(f, "Green apples in winter", "https://a.org/repo");
    apply(f, "url,key,doi\nhttps://a.org/repo,greenapples,10.1234/green\n"
             "https://a.org/repo title:red apples under snow,redapples,10.1234/red\n");
    assert_str_is(kdbib_record_text(red, KDBIB_DOI), "10.1234/red");
    assert_str_is(kdbib_record_text(green, KDBIB_DOI), "10.1234/green");
}

static void test_a_paper_that_takes_another_s_url(void **state) {
    fixture *f = *state;
    kdbib_record *newcomer = add(f, "Green apples in winter", "https://a.org/repo");
    kdbib_record *old = add(f, "Red pears under snow", "https://a.org/repo");
    apply(f, "url,key\nhttps://a.org/repo,li2020red\n");
    assert_int_equal(kdbib_record_text(newcomer, KDBIB_KEY).size, 0);
    assert_str_is(kdbib_record_text(old, KDBIB_KEY), "li2020red");
}

static void test_keys_are_taken_in_any_case(void **state) {
    fixture *f = *state;
    kdb_lock *lock =
        kdb_lock_read(f->context, "l.csv", KDBIB_STR("url,key\nhttps://a.org,Li2020\n"));
    assert_true(kdb_lock_has_key(lock, KDBIB_STR("li2020"), KDBIB_STR("https://b.org")));
    assert_false(kdb_lock_has_key(lock, KDBIB_STR("li2020"), KDBIB_STR("https://a.org")));
    assert_false(kdb_lock_has_key(lock, KDBIB_STR("li2021"), KDBIB_STR("https://b.org")));
    kdb_lock_free(lock);
}

/* ---- writing ---- */

/* The lock `bytes` after an update by the fixture's records. */
static void check_update(fixture *f, const char *bytes, const char *expected) {
    kdb_lock *lock = kdb_lock_read(f->context, "kdbib.lock.csv", kdbib_str_of(bytes));
    kdbib_output *output = kdbib_output_new_memory();
    assert_true(kdb_lock_apply(lock, f->list));
    assert_true(kdb_lock_update(lock, f->list));
    assert_true(kdb_lock_write(lock, output));
    assert_str_is(kdbib_output_memory(output), expected);
    kdbib_output_close(output);
    kdb_lock_free(lock);
}

static void pin(kdbib_record *r, const char *key) {
    kdbib_record_set_text(r, KDBIB_KEY, kdbib_str_of(key), KDBIB_BASIS_COMPUTED);
}

static void test_rows_follow_the_list(void **state) {
    fixture *f = *state;
    add(f, "B", "https://a.org/2");
    kdbib_record *new_one = add(f, "C", "https://a.org/3");
    add(f, "A", "https://a.org/1");
    kdbib_record_set_text(new_one, KDBIB_DOI, KDBIB_STR("10.1234/c"), KDBIB_BASIS_LITERAL);
    kdbib_record_set_text(new_one, KDBIB_VOLUME, KDBIB_STR("9"), KDBIB_BASIS_LIST);
    pin(new_one, "c2020");
    check_update(f,
                 "url,mine,key,doi\r\n"
                 "https://a.org/gone,=keep,g,10.1234/g\r\n"
                 "\r\n"
                 "https://a.org/1,\"x\",a,\r\n"
                 "https://a.org/2,y,\"b\"\r\n"
                 "bro\"ken\r\n",
                 "url,mine,key,doi,source\r\n"
                 "https://a.org/2,y,b,,\r\n"
                 "https://a.org/3,,c2020,10.1234/c,url\r\n"
                 "https://a.org/1,x,a,,\r\n"
                 "https://a.org/gone,'=keep,g,10.1234/g,\r\n"
                 "bro\"ken\r\n");
}

static void test_unchanged_rows_keep_their_bytes(void **state) {
    fixture *f = *state;
    kdbib_record *a = add(f, "A", "https://a.org/1"), *b = add(f, "B", "https://a.org/2");
    kdbib_record_set_text(a, KDBIB_DOI, KDBIB_STR("10.1234/url"), KDBIB_BASIS_LITERAL);
    kdbib_record_set_text(b, KDBIB_DOI, KDBIB_STR("10.1234/url2"), KDBIB_BASIS_LITERAL);
    const char *bytes = "url,\"key\",doi,source\n"
                        "https://a.org/1,\"a\",\"10.1234/lock\",crossref\n"
                        "https://a.org/2,,,manual\n"; /* a person's row, whatever it lacks */
    check_update(f, bytes, bytes);
}

static void test_a_new_lock(void **state) {
    fixture *f = *state;
    pin(add(f, "=Deep, \"Learning\"", ""), "deep");
    pin(add(f, "Green apples in winter", "https://a.org/repo"), "green");
    pin(add(f, "Red pears under snow", "https://a.org/repo"), "red");
    kdb_lock *lock = kdb_lock_read(f->context, "kdbib.lock.csv", KDBIB_STR(""));
    assert_true(kdb_lock_apply(lock, f->list) && kdb_lock_update(lock, f->list));
    assert_int_equal(kdb_lock_row_count(lock), 3);
    assert_str_is(kdb_lock_cell(lock, 0, KDBIB_STR("url")), "title:deep learning");
    assert_str_is(kdb_lock_cell(lock, 1, KDBIB_STR("url")),
                  "https://a.org/repo title:green apples in winter");
    assert_str_is(kdb_lock_cell(lock, 2, KDBIB_STR("url")),
                  "https://a.org/repo title:red pears under snow");
    assert_str_is(kdb_lock_cell(lock, 2, KDBIB_STR("key")), "red");
    kdb_lock_free(lock);
}

static void test_services_replace(void **state) {
    fixture *f = *state;
    kdbib_record *r = add(f, "A", "https://a.org/1");
    kdb_lock *lock = kdb_lock_read(
        f->context, "kdbib.lock.csv",
        KDBIB_STR("url,key,title,volume,pages,year,article_number,source,unverified,checked\n"
                  "https://a.org/1,a,Old,1,1-2,2019,,unverified,volume;year;title,\n"));
    assert_true(kdb_lock_apply(lock, f->list));
    kdbib_record_set_text(r, KDBIB_TITLE, KDBIB_STR("New"), KDBIB_BASIS_SERVICE);
    kdbib_record_set_text(r, KDBIB_VOLUME, KDBIB_STR("5"), KDBIB_BASIS_SERVICE);
    kdbib_record_set_text(r, KDBIB_ARTICLE_NUMBER, KDBIB_STR("77"), KDBIB_BASIS_SERVICE);
    const kdb_lock_change change = {KDBIB_BASIS_SERVICE, true, "crossref", "2026-11-23"};
    assert_true(kdb_lock_put(lock, r, &change));
    assert_str_is(kdb_lock_cell(lock, 0, KDBIB_STR("volume")), "5");
    assert_str_is(kdb_lock_cell(lock, 0, KDBIB_STR("pages")), "");
    assert_str_is(kdb_lock_cell(lock, 0, KDBIB_STR("article_number")), "77");
    assert_str_is(kdb_lock_cell(lock, 0, KDBIB_STR("year")), "2019");
    assert_str_is(kdb_lock_cell(lock, 0, KDBIB_STR("unverified")), "year");
    assert_str_is(kdb_lock_cell(lock, 0, KDBIB_STR("source")), "crossref");
    assert_str_is(kdb_lock_cell(lock, 0, KDBIB_STR("checked")), "2026-11-23");
    assert_str_is(kdb_lock_cell(lock, 0, KDBIB_STR("title")), "New");
    kdb_lock_free(lock);
}

static void test_what_must_not_be_written(void **state) {
    fixture *f = *state;
    const struct {
        const char *bytes;
        bool writable;
    } cases[] = {{NULL, true},
                 {"", true},
                 {"url\nhttps://a.org\n", true},
                 {"url\n<<<<<<< HEAD\n", false},
                 {"a,b\n", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kdb_lock *lock = kdb_lock_read(f->context, "l.csv", kdbib_str_of(cases[i].bytes));
        assert_int_equal(kdb_lock_is_writable(lock), cases[i].writable);
        kdb_lock_free(lock);
    }
}

/* ---- notations ---- */

static void check_guard(const char *text, const char *expected) {
    kdb_buffer cell = {0}, again = {0};
    kdb_cell_guard(&cell, kdbib_str_of(text));
    assert_str_is(kdb_buffer_str(&cell), expected);
    kdb_cell_unguard(&again, kdb_buffer_str(&cell));
    assert_str_is(kdb_buffer_str(&again), text);
    kdb_buffer_free(&cell);
    kdb_buffer_free(&again);
}

static void test_formulas_are_guarded(void **state) {
    (void)state;
    check_guard("plain", "plain");
    check_guard("=1+1", "'=1+1");
    check_guard("+x", "'+x");
    check_guard("-x", "'-x");
    check_guard("@x", "'@x");
    check_guard("'=x", "''=x");
    check_guard("'t Hooft", "'t Hooft");
    check_guard("a;=x", "a;'=x");
    check_guard("a; b-c", "a; b-c");
    check_guard("\t=x", "'\t'=x");
    check_guard("\uFF1Dx", "'\uFF1Dx");
}

static void check_names(fixture *f, const char *cell, const char *expected) {
    kdbib_record *r = kdbib_bibliography_add(f->list, "a.md", 1);
    assert_true(kdb_cell_read_names(r, KDBIB_AUTHORS, kdbib_str_of(cell), KDBIB_BASIS_LOCK));
    char seen[1024] = "";
    kdbib_name n;
    for (kdbib_cursor c = {0}; kdbib_record_next_name(r, KDBIB_AUTHORS, &c, &n);) {
        size_t at = strlen(seen);
        snprintf(seen + at, sizeof seen - at, "[%s|%s|%s|%s|%s]", n.particle.data, n.family.data,
                 n.suffix.data, n.given.data, n.literal.data);
    }
    if (kdbib_record_authors_truncated(r))
        strcat(seen, "+");
    assert_string_equal(seen, expected);
    kdb_buffer written = {0};
    kdb_cell_write_names(&written, r, KDBIB_AUTHORS);
    kdbib_record *again = kdbib_bibliography_add(f->list, "a.md", 1);
    assert_true(kdb_cell_read_names(again, KDBIB_AUTHORS, kdb_buffer_str(&written), 0));
    kdb_buffer twice = {0};
    kdb_cell_write_names(&twice, again, KDBIB_AUTHORS);
    assert_str_is(kdb_buffer_str(&twice), written.data ? written.data : "");
    kdb_buffer_free(&written);
    kdb_buffer_free(&twice);
}

static void test_names(void **state) {
    fixture *f = *state;
    check_names(f, "", "");
    check_names(f, "Li, Xin; Wang", "[|Li||Xin|][|Wang|||]");
    check_names(f, "van der Maaten, Laurens; et al.", "[van der|Maaten||Laurens|]+");
    check_names(f, "Ben Ayed, Ismail", "[|Ben Ayed||Ismail|]");
    check_names(f, "King, Jr., Martin Luther; King, Martin, III",
                "[|King|Jr.|Martin Luther|][|King|III|Martin|]");
    check_names(f, "{World Health; Organization, The}; Xu, G.",
                "[||||World Health; Organization, The][|Xu||G.|]");
    check_names(f, "{hooks}, bell; {De La} Cruz, Ana", "[|hooks||bell|][De La|Cruz||Ana|]");
    check_names(f, "'t Hooft, Gerard; d'Alembert", "['t|Hooft||Gerard|][|d'Alembert|||]");
    check_names(f, "{open; Li, A", "[|open|||][|Li||A|]");
    check_names(f, ";;, ;", "");
}

static void test_names_come_back_as_they_were(void **state) {
    fixture *f = *state;
    const kdbib_name names[] = {
        {.family = KDBIB_STR("Maaten"), .particle = KDBIB_STR("van der")},
        {.family = KDBIB_STR("hooks"), .given = KDBIB_STR("bell")},
        {.family = KDBIB_STR("hooks")},
        {.family = KDBIB_STR("de la X"), .particle = KDBIB_STR("Von")},
        {.family = KDBIB_STR("A; B, C"), .suffix = KDBIB_STR("x"), .given = KDBIB_STR("{\\}")},
        {.family = KDBIB_STR("et al.")},
        {.family = KDBIB_STR("X"), .given = KDBIB_STR("Jr.")},
        {.family = KDBIB_STR("X"), .suffix = KDBIB_STR("PhD"), .given = KDBIB_STR("III")},
        {.literal = KDBIB_STR("et al.")},
        {.literal = KDBIB_STR("a{b\\c")},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        kdbib_record *r = kdbib_bibliography_add(f->list, "a.md", 1), *s;
        assert_true(kdbib_record_add_name(r, KDBIB_AUTHORS, &names[i], KDBIB_BASIS_LIST));
        kdb_buffer cell = {0};
        kdb_cell_write_names(&cell, r, KDBIB_AUTHORS);
        s = kdbib_bibliography_add(f->list, "a.md", 1);
        assert_true(kdb_cell_read_names(s, KDBIB_AUTHORS, kdb_buffer_str(&cell), 0));
        kdbib_name n = {0};
        kdbib_cursor c = {0};
        assert_true(kdbib_record_next_name(s, KDBIB_AUTHORS, &c, &n));
        assert_true(kdbib_str_equal(n.family, names[i].family));
        assert_true(kdbib_str_equal(n.given, names[i].given));
        assert_true(kdbib_str_equal(n.particle, names[i].particle));
        assert_true(kdbib_str_equal(n.suffix, names[i].suffix));
        assert_true(kdbib_str_equal(n.literal, names[i].literal));
        assert_false(kdbib_record_next_name(s, KDBIB_AUTHORS, &c, &n));
        kdb_buffer_free(&cell);
    }
}

/* What is built in is taken as it was taken apart; reading its bytes gives the same. */
static void test_built_in(void **state) {
    fixture *f = *state;
    kdb_arena arena = {0};
    const kdbib_str bytes = kdbib_bundled_lock();
    kdb_lock *built_in = kdb_lock_read(f->context, "kdbib.lock.csv", bytes);
    kdb_lock *read = kdb_lock_read(f->context, "kdbib.lock.csv", kdb_arena_copy(&arena, bytes));
    assert_non_null(built_in);
    assert_non_null(read);
    assert_string_equal(f->reports, "");
    assert_int_equal(built_in->row_count, read->row_count);
    assert_int_equal(built_in->column_count, read->column_count);
    assert_true(kdbib_str_equal(built_in->header, read->header));
    for (size_t i = 0; i < read->row_count; i++) {
        const kdb_lock_row *a = &built_in->rows[i], *b = &read->rows[i];
        assert_true(a->serves && b->serves);
        assert_int_equal(a->line, b->line);
        assert_true(kdbib_str_equal(a->raw, b->raw));
        assert_int_equal(a->size, b->size);
        assert_memory_equal(a->cells, b->cells, a->size);
    }
    kdb_lock_free(built_in);
    kdb_lock_free(read);
    kdb_arena_free(&arena);
}

/* A large lock is read by another thread, a small one by the caller: both as kdb_lock_read() does,
 * and what is wrong is told when the lock is taken, once. */
static void check_ahead(fixture *f, size_t rows) {
    kdb_buffer bytes = {0};
    char row[64];
    kdb_buffer_add_str(&bytes, KDBIB_STR("url,key\nhttps://a.org/bad,no key\n"));
    for (size_t i = 0; i < rows; i++) {
        snprintf(row, sizeof row, "https://a.org/%zu,key%zu\n", i, i);
        kdb_buffer_add_str(&bytes, kdbib_str_of(row));
    }
    assert_false(bytes.failed);
    f->reports[0] = '\0';
    kdbib_set_threads(f->context, 2);
    kdb_lock_ahead *ahead = kdb_lock_ahead_new(f->context, "l.csv", kdb_buffer_str(&bytes));
    assert_non_null(ahead);
    assert_string_equal(f->reports, "");
    kdb_lock *lock = kdb_lock_ahead_take(ahead);
    kdb_lock_ahead_free(ahead);
    assert_non_null(lock);
    assert_string_equal(f->reports, "lock-bad-value:2 ");
    assert_int_equal(kdb_lock_row_count(lock), rows + 1);
    row[strcspn(row, ",")] = '\0';
    assert_str_is(kdb_lock_cell(lock, (uint32_t)rows, KDBIB_STR("url")), row);
    assert_ptr_equal(lock->context, f->context);
    kdb_lock_free(lock);
    ahead = kdb_lock_ahead_new(f->context, "l.csv", kdb_buffer_str(&bytes));
    kdb_lock_ahead_free(ahead); /* nobody took it */
    assert_string_equal(f->reports, "lock-bad-value:2 ");
    kdb_buffer_free(&bytes);
}

static void test_ahead(void **state) {
    check_ahead(*state, 10);
    check_ahead(*state, 20000);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_values_and_bases),
        TEST(test_built_in),
        TEST(test_manual_and_unverified_rows),
        TEST(test_broken_rows),
        TEST(test_unusable_files),
        TEST(test_what_spreadsheets_make_of_it),
        TEST(test_merge_conflict),
        TEST(test_entries_without_url),
        TEST(test_two_papers_of_one_url),
        TEST(test_a_paper_with_a_row_of_its_own),
        TEST(test_a_paper_that_takes_another_s_url),
        TEST(test_keys_are_taken_in_any_case),
        TEST(test_rows_follow_the_list),
        TEST(test_unchanged_rows_keep_their_bytes),
        TEST(test_a_new_lock),
        TEST(test_services_replace),
        TEST(test_what_must_not_be_written),
        TEST(test_formulas_are_guarded),
        TEST(test_names),
        TEST(test_names_come_back_as_they_were),
        TEST(test_ahead),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

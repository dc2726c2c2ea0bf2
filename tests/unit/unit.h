/* What every unit test includes, in cmocka's order. */
#ifndef KDB_UNIT_H
#define KDB_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kdbib/str.h"

/* Compares a string view with a literal and shows both when they differ. */
#define assert_str_is(str, expected)                                                               \
    do {                                                                                           \
        kdbib_str str_ = (str);                                                                    \
        char copy_[4096];                                                                          \
        size_t size_ = str_.size < sizeof copy_ - 1 ? str_.size : sizeof copy_ - 1;                \
        if (size_)                                                                                 \
            memcpy(copy_, str_.data, size_);                                                       \
        copy_[size_] = '\0';                                                                       \
        assert_string_equal(copy_, expected);                                                      \
        assert_int_equal(str_.size, strlen(expected));                                             \
    } while (0)

#endif

# shellcheck shell=bash
# For the tests of tests/cli: a scratch folder, results, and runs of kdbib. Sourced with the path of
# kdbib as $1. A test is `it NAME` and then conditions by `must COMMAND...`; `done_testing` ends.
set -u
kdbib=$(readlink -f "$1")
source_root=$(readlink -f "${BASH_SOURCE[0]}")
source_root=${source_root%/*/*/*}
scratch=$(mktemp -d)
trap 'chmod -R u+rwx "$scratch"; rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
test_name='' test_failed='' any_failed=0

finish_test() {
    [ -n "$test_name" ] || return 0
    if [ -n "$test_failed" ]; then
        echo "not ok - $test_name: $test_failed"
        any_failed=1
        [ ! -s err ] || head -n 5 err
    else
        echo "ok - $test_name"
    fi
    test_name='' test_failed=''
}

it() {
    finish_test
    test_name=$*
}

must() {
    [ -z "$test_failed" ] || return 0
    "$@" || test_failed="not so: $*"
}

skip() { # NAME WHY
    finish_test
    if [ -n "${KDBIB_REQUIRE_TOOLS:-}" ]; then
        echo "not ok - $1: $2"
        any_failed=1
    else
        echo "skip - $1: $2"
    fi
}

done_testing() {
    finish_test
    exit $any_failed
}

# Runs kdbib with a closed-down input; leaves `status` and the files out and err.
run() {
    timeout -k 5 20 "$kdbib" "$@" <"${input:-/dev/null}" >out 2>err
    status=$?
}

status_is() { [ "$status" = "$1" ]; }
says() { grep -qE -- "$1" err; }
says_lines() { [ "$(wc -l <err)" -eq "$1" ]; }
is_empty() { [ ! -s "$1" ]; }
same() { cmp -s "$1" "$2"; }
no_litter() { [ -z "$(find . -name '.kdbib-*' -print -quit)" ]; }
absent() { [ ! -e "$1" ] && [ ! -L "$1" ]; }
contains() { grep -qE -- "$2" "$1"; }

# shellcheck shell=bash
# shellcheck disable=SC2034
# What the scripts share: finding the project, installing packages, building. Sourced, not run.
# All chatter goes to standard error. No <(…) here: a chroot may have no /dev/fd.

# The root of the project, also when the script was called through a symbolic link.
root=$(readlink -f "${BASH_SOURCE[0]}")
root=${root%/*/*}

# What a build needs on a bare Debian or Ubuntu.
build_packages=(gcc libc6-dev cmake ninja-build pkg-config libcmark-gfm-dev
    libcmark-gfm-extensions-dev libxml2-dev libcsv-dev libpcre2-dev libutf8proc-dev libyajl-dev
    libjansson-dev libcurl4-openssl-dev)
# What scripts/test needs besides: the unit tests' library and small readers of what kdbib writes.
test_packages=(libcmocka-dev libexpat1-dev libyaml-dev libgumbo-dev bibutils libxml2-utils pandoc bibclean bibtool jq python3
    python3-yaml sqlite3 cmark-gfm locales)
# What scripts/test --all needs besides. PACKAGE/COMMAND: a command from elsewhere will do.
all_packages=(texlive-latex-base texlive-latex-recommended texlive-latex-extra
    texlive-fonts-recommended texlive-lang-cyrillic texlive-lang-greek texlive-luatex texlive-xetex
    texlive-publishers texlive-science texlive-bibtex-extra biber nodejs/node npm/npm chromium/chromium poppler-utils
    valgrind clang-14 clang-tidy-14 cppcheck libclang-rt-14-dev shellcheck mandoc
    latexmk lmodern make zsh fish lintian debootstrap parallel openssh-server openssh-client)
# What scripts/bench compares kdbib with.
bench_packages=(cmark-gfm libmd4c-dev libmd4c-html0-dev pandoc bibutils valgrind python3 nodejs/node npm/npm)

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Acquire::Retries=5 \
        -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 "$@" </dev/null >&2
}

# Prints those of the packages that are not installed.
missing_packages() {
    local package status command
    declare -A installed=()
    while read -r status package; do
        [ "$status" != ii ] || installed[$package]=1
    done <<<"$(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' "${@%/*}" 2>/dev/null)"
    for package in "$@"; do
        command=${package#*/}
        if [ "$command" != "$package" ] && command -v "$command" >/dev/null; then continue; fi
        [ -n "${installed[${package%/*}]:-}" ] || echo "${package%/*}"
    done
}

# Installs what is missing. Elsewhere than on Debian and its kin CMake tells what it lacks.
need_packages() {
    command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || return 0
    local missing tries
    read -ra missing <<<"$(missing_packages "$@" | tr '\n' ' ')"
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        say "these packages are missing, and neither root nor sudo is here to install them:"
        say "${missing[*]}"
        return 1
    fi
    say "installing ${missing[*]}"
    for tries in 1 2 3; do
        # A package list that is missing or old is the common cause of a failure.
        if [ "$tries" -gt 1 ] || [ -z "$(find /var/lib/apt/lists -name '*_Packages*' -print -quit 2>/dev/null)" ]; then
            apt update || true
        fi
        apt install --no-install-recommends "${missing[@]}" && return 0
        sleep $((tries * 3))
    done
    say "apt could not install ${missing[*]}"
    return 1
}

# build FOLDER [CMAKE ARGUMENT]...: configures once and builds; quiet when all goes well.
build() {
    local folder=$1 log=$1/build.log
    shift
    mkdir -p "$folder"
    # A cache from before the project was moved or copied is of no use.
    if [ -f "$folder/CMakeCache.txt" ] &&
        ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$folder/CMakeCache.txt"; then
        rm -rf "$folder/CMakeCache.txt" "$folder/CMakeFiles" "$folder/build.ninja"
    fi
    local generator=()
    if [ ! -f "$folder/CMakeCache.txt" ] && command -v ninja >/dev/null; then
        generator=(-G Ninja)
    fi
    if ! { cmake -S "$root" -B "$folder" "${generator[@]}" "$@" &&
        cmake --build "$folder" -j "$(nproc)"; } </dev/null >"$log" 2>&1; then
        say "the build failed:"
        grep -E -A 6 'error|Error|FAILED' "$log" | head -n 60 >&2 || tail -n 30 "$log" >&2
        say "all of it: $log"
        return 1
    fi
}

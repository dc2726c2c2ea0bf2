# bash completion for kdbib(1). Formats and their options are asked of kdbib itself.

_kdbib_options() { # COMMAND
    local lists='--from --files0-from --lock --all --jobs --rules' every='--warning --quiet --verbose --help --version'
    local network='--service --mailto --timeout --refresh --no-cache'
    case $1 in
    convert) echo "$lists $every --to --update --output --option --unicode --standalone --no-lock --frozen --strict --prefer" ;;
    doi) echo "$every --output --lock --no-lock --rules --explain" ;;
    resolve) echo "$lists $every $network --with --pages --interactive --json --offline --dry-run" ;;
    check) echo "$lists $every $network --to --output --no-lock --fix --level --strict --prefer --online" ;;
    formats) echo "$every" ;;
    esac
}

# The options of the format that the line names by --to, by the ending of -o, or not at all.
_kdbib_format_options() {
    local i format=bibtex
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        -t | --to) format=${COMP_WORDS[i + 1]} ;;
        -o | --output) format=${COMP_WORDS[i + 1]##*.} ;;
        esac
        [ "$format" != = ] || format=${COMP_WORDS[i + 2]}
    done
    kdbib formats "$format" 2>/dev/null | sed -n 's/^ *-O \([^ ]*\).*/\1/p'
}

# Files whose names match the pattern, and folders.
_kdbib_files() { # WORD PATTERN
    local name
    compopt -o filenames 2>/dev/null
    while IFS= read -r name; do
        # shellcheck disable=SC2053 # a pattern is meant
        if [ -d "$name" ] || [[ ${name,,} == $2 ]]; then COMPREPLY+=("$name"); fi
    done < <(compgen -f -- "$1")
}

_kdbib() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=convert
    COMPREPLY=()
    # --to=ris are three words to bash, and the second one may be the last
    if [ "$word" = = ]; then
        word=''
    elif [ "$before" = = ] && [ "$COMP_CWORD" -gt 2 ]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    case ${COMP_WORDS[1]} in
    convert | doi | resolve | check | formats) [ "$COMP_CWORD" -eq 1 ] || command=${COMP_WORDS[1]} ;;
    esac
    case $before in
    -t | --to)
        local formats='text json github sarif'
        [ "$command" = check ] || formats=$(kdbib formats 2>/dev/null | cut -d ' ' -f 1)
        mapfile -t COMPREPLY < <(compgen -W "$formats" -- "$word")
        return
        ;;
    -f | --from)
        mapfile -t COMPREPLY < <(compgen -W 'markdown bibtex ris csl-json jsonl' -- "$word")
        return
        ;;
    -O | --option)
        mapfile -t COMPREPLY < <(compgen -W "$(_kdbib_format_options)" -- "$word")
        return
        ;;
    --level)
        mapfile -t COMPREPLY < <(compgen -W 'error warning note' -- "$word")
        return
        ;;
    --prefer)
        mapfile -t COMPREPLY < <(compgen -W 'published preprint' -- "$word")
        return
        ;;
    -W | --warning)
        mapfile -t COMPREPLY < <(compgen -W 'error no-' -- "$word")
        return
        ;;
    --service)
        compopt -o nospace 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -S = -W 'crossref datacite doi arxiv ncbi europepmc dblp openalex' -- "$word")
        return
        ;;
    --lock | --rules)
        _kdbib_files "$word" '*.csv'
        return
        ;;
    --with)
        _kdbib_files "$word" '*.@(bib|json|ris)'
        return
        ;;
    --update)
        _kdbib_files "$word" '*.@(bib|ris)'
        return
        ;;
    -o | --output | --files0-from)
        _kdbib_files "$word" '*'
        return
        ;;
    -j | --jobs | --mailto | --timeout) return ;;
    esac
    case $word in
    -*) mapfile -t COMPREPLY < <(compgen -W "$(_kdbib_options "$command")" -- "$word") ;;
    *)
        case $command in
        doi) return ;;
        formats)
            mapfile -t COMPREPLY < <(compgen -W "$(kdbib formats 2>/dev/null | cut -d ' ' -f 1)" -- "$word")
            return
            ;;
        esac
        _kdbib_files "$word" '*.@(md|markdown|mkd|txt|bib|ris|json|jsonl)'
        if [ "$COMP_CWORD" -eq 1 ]; then
            mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W 'convert doi resolve check formats' -- "$word")
        fi
        ;;
    esac
}

complete -F _kdbib kdbib

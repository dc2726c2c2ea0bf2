# fish completion for kdbib(1). Formats and their options are asked of kdbib itself.

# The command of the line; convert when it names none.
function __kdbib_command
    set -l words (commandline -opc)
    if set -q words[2]; and contains -- $words[2] convert doi resolve check formats
        echo $words[2]
    else
        echo convert
    end
end

function __kdbib_in
    contains -- (__kdbib_command) $argv
end

function __kdbib_no_word_yet
    test (count (commandline -opc)) -eq 1
end

function __kdbib_formats
    kdbib formats 2>/dev/null | string replace -r '^(\S+)\s.{15}\s*(.*?)( \(also.*)?$' '$1\t$2'
end

# The options of the format that the line names by --to, by the ending of -o, or not at all.
function __kdbib_format_options
    set -l format bibtex
    set -l words (commandline -opc)
    for i in (seq (count $words))
        switch $words[$i]
            case -t --to
                set format $words[(math $i + 1)]
            case -o --output
                set format (string replace -r '.*\.' '' -- $words[(math $i + 1)])
            case '--to=*' '--output=*'
                set format (string replace -r '.*[=.]' '' -- $words[$i])
        end
    end
    kdbib formats $format 2>/dev/null | string replace -rf '^ +-O (\S+) +(.*)' '$1\t$2'
end

# Files of these endings, whatever their case, and folders.
function __kdbib_files
    set -l endings (string join '|' $argv)
    __fish_complete_path (commandline -ct) | string match -ri ".*(?:/|\\.(?:$endings))(?:\t.*)?\$"
end

complete -c kdbib -f
complete -c kdbib -n __kdbib_no_word_yet -a convert -d 'write the bibliography of a list'
complete -c kdbib -n __kdbib_no_word_yet -a doi -d 'the DOI that a URL tells, offline'
complete -c kdbib -n __kdbib_no_word_yet -a resolve -d 'look up what is missing, once'
complete -c kdbib -n __kdbib_no_word_yet -a check -d 'what is wrong with a list'
complete -c kdbib -n __kdbib_no_word_yet -a formats -d 'what can be written'

complete -c kdbib -n '__kdbib_in convert resolve check' -a '(__kdbib_files md markdown mkd txt bib ris json jsonl)'
complete -c kdbib -n '__kdbib_in formats' -a '(__kdbib_formats)'

complete -c kdbib -n '__kdbib_in convert resolve check' -s f -l from -x -a 'markdown bibtex ris csl-json jsonl' -d 'how the lists are written'
complete -c kdbib -n '__kdbib_in convert' -s t -l to -x -a '(__kdbib_formats)' -d 'what to write'
complete -c kdbib -n '__kdbib_in check' -s t -l to -x -a 'text json github sarif' -d 'how findings are written'
complete -c kdbib -n '__kdbib_in check' -l fix -d 'mend what is sure'
complete -c kdbib -n '__kdbib_in check' -l level -x -a 'error warning note' -d 'exit 1 from here on'
complete -c kdbib -n '__kdbib_in convert' -l update -x -a '(__kdbib_files bib ris)' -d 'add to this bibliography what it lacks'
complete -c kdbib -n '__kdbib_in convert resolve check' -l files0-from -r -F -d 'a file with the names of the lists'
complete -c kdbib -n '__kdbib_in convert check doi' -s o -l output -r -F -d 'write there'
complete -c kdbib -n '__kdbib_in convert' -s O -l option -x -a '(__kdbib_format_options)' -d 'an option of the format'
complete -c kdbib -n '__kdbib_in convert' -l unicode -d 'the same as -O unicode'
complete -c kdbib -n '__kdbib_in convert' -l standalone -d 'the same as -O standalone'
complete -c kdbib -n '__kdbib_in convert resolve check doi' -l lock -x -a '(__kdbib_files csv)' -d 'the lock'
complete -c kdbib -n '__kdbib_in convert check doi' -l no-lock -d 'use no lock'
complete -c kdbib -n '__kdbib_in convert' -l frozen -d 'fail when an entry is not in the lock'
complete -c kdbib -n '__kdbib_in convert check' -l strict -d 'exit 1 after a warning'
complete -c kdbib -n '__kdbib_in convert resolve check' -l all -d 'keep what is no paper'
complete -c kdbib -n '__kdbib_in convert resolve check' -s j -l jobs -x -d 'threads that read'
complete -c kdbib -n '__kdbib_in convert check' -l prefer -x -a 'published preprint' -d 'of two versions'
complete -c kdbib -n '__kdbib_in convert resolve check doi' -l rules -x -a '(__kdbib_files csv)' -d 'DOI rules of your own'
complete -c kdbib -n '__kdbib_in resolve check' -l service -x -a 'crossref= datacite= doi= arxiv= ncbi= europepmc= dblp= openalex=' -d 'another address for a service'
complete -c kdbib -n '__kdbib_in resolve check' -l mailto -x -d 'your address, for polite pools'
complete -c kdbib -n '__kdbib_in resolve check' -l timeout -x -d 'seconds for one answer'
complete -c kdbib -n '__kdbib_in resolve check' -l refresh -d 'ask again, whatever lock and cache say'
complete -c kdbib -n '__kdbib_in resolve check' -l no-cache -d 'neither read nor keep answers'
complete -c kdbib -n '__kdbib_in resolve' -l with -x -a '(__kdbib_files bib json ris)' -d 'a bibliography that you have'
complete -c kdbib -n '__kdbib_in resolve' -l pages -d 'read landing pages too'
complete -c kdbib -n '__kdbib_in resolve' -s i -l interactive -d 'ask about what stays open'
complete -c kdbib -n '__kdbib_in resolve' -l json -d 'a report for programs'
complete -c kdbib -n '__kdbib_in check' -l online -d 'compare the lock with the registries'
complete -c kdbib -n '__kdbib_in resolve' -l offline -d 'ask nobody'
complete -c kdbib -n '__kdbib_in resolve' -l dry-run -d 'change nothing'
complete -c kdbib -n '__kdbib_in doi' -l explain -d 'how the DOI was found'
complete -c kdbib -s W -l warning -x -a 'error no-' -d 'silence a finding, or take warnings as failures'
complete -c kdbib -s q -l quiet -d 'only errors'
complete -c kdbib -s v -l verbose -d 'notes too, and a summary'
complete -c kdbib -s h -l help -d 'a screen of help'
complete -c kdbib -s V -l version -d 'the version'

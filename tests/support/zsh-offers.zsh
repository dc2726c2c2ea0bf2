# Sourced by the shell that zsh-offers drives, with the folder of _kdbib.
unset zle_bracketed_paste
PROMPT=
fpath=($1 $fpath)
autoload -Uz compinit
compinit -u -D
zstyle ':completion:*' completer _complete
zstyle ':completion:*' verbose no

compadd() {
    # With one of these it only fills an array for who called.
    if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
        builtin compadd "$@"
        return
    fi
    local -a kept
    local i prefix= folder=
    builtin compadd -O kept "$@"
    for ((i = 1; i < $#; i++)); do
        [[ $@[i] == -W ]] && folder=$@[i+1]
        [[ $@[i] == -p ]] && prefix=$@[i+1]
    done
    for i in $kept; do
        [[ -d $folder$prefix$i ]] && i+=/
        print -r -- "<offer>$prefix$i</offer>"
    done
    builtin compadd "$@"
}

offers() {
    print
    zle complete-word
    print '<end>'
    exit
}
zle -N offers
zle -C complete-word complete-word _main_complete
bindkey '^I' offers
stty -echo
print '<ready>'

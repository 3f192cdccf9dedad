# Prints what zsh would offer for a line: zsh capture.zsh <completion script> <line>
# After zsh-capture-completion by Valodim: a second zsh on a pseudo terminal, whose compadd prints its matches.
zmodload zsh/zpty
zpty z zsh -f -i
setup=$(mktemp)
cat > $setup <<'END'
PROMPT=
autoload -Uz compinit
compinit -u -D
bindkey '^M' undefined
bindkey '^J' undefined
bindkey '^I' complete-word
separator() { echo -E - $'\0' }
compprefuncs=(separator)
comppostfuncs=(separator exit)
compadd() {
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
    builtin compadd "$@"
    return
  fi
  typeset -a matched
  builtin compadd -A matched "$@"
  print -rl -- $matched
}
END
print -r -- "source ${(q)1}; echo ready" >> $setup
zpty -w z "source $setup"
while zpty -r z line; do [[ $line == *ready* ]] && break; done
rm $setup
zpty -w z "$2"$'\t'
integer seen=0
while zpty -r z line; do
  if [[ $line == *$'\0'* ]]; then (( ++seen == 2 )) && break; continue; fi
  (( seen == 1 )) && print -r -- ${line%$'\r\n'}
done

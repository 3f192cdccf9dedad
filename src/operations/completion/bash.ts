import type { Candidates, Grammar, GrammarOption } from "./grammar.js";
import { commandsBelow } from "./grammar.js";

/** A completion script for bash 3.2 (the one of macOS) and later. */
export function bashScript(grammar: Grammar): string {
  const { commands, globals } = grammar;
  const words = commands.map((command) => `"${command.words}"`).join(" | ");
  const levels = ["", ...commands.map((command) => command.words)];
  return `# Completion of promptsync for bash. Use it with: source <(promptsync completion bash)

# What the value of an option is, given the command and the option; empty when it takes none.
_promptsync_value() {
  case "$1:$2" in
${globals.flatMap((option) => valueCase("*", option)).join("\n")}
${commands.flatMap((command) => command.options.flatMap((option) => valueCase(command.words, option))).join("\n")}
    *) expected="" ;;
  esac
}

# What stands at a place, given the command and the number of arguments before it.
_promptsync_argument() {
  case "$1:$2" in
${levels.flatMap((level) => argumentCases(grammar, level)).join("\n")}
    *) expected="" ;;
  esac
}

_promptsync_options() {
  case "$1" in
${commands
  .filter(({ options }) => options.length > 0)
  .map(({ words, options }) => `    "${words}") expected=${quoted(flagsOf([...options, ...globals]))} ;;`)
  .join("\n")}
    *) expected=${quoted(flagsOf(globals))} ;;
  esac
}

# Names of files are never expanded: a candidate is compared as it is.
_promptsync_offer() {
  local candidate
  case "$expected" in
    "") ;;
    file | directory)
      compopt -o filenames 2>/dev/null
      while IFS= read -r candidate; do COMPREPLY+=("$candidate"); done < <(compgen -A "$expected" -- "$current")
      ;;
    :*)
      while IFS= read -r candidate; do
        [[ $candidate == "$current"* ]] && COMPREPLY+=("$candidate")
      done < <("\${COMP_WORDS[0]}" complete "\${expected#:}" -- "$current" 2>/dev/null)
      ;;
    *)
      for candidate in $expected; do
        [[ $candidate == "$current"* ]] && COMPREPLY+=("$candidate")
      done
      ;;
  esac
}

_promptsync() {
  local current="\${COMP_WORDS[COMP_CWORD]}" command="" expected="" word
  local -i index arguments=0
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    if [[ $word == "=" ]]; then continue; fi # bash splits --option=value
    if [[ $expected ]]; then expected="" && continue; fi
    if [[ $word == -* ]]; then _promptsync_value "$command" "$word" && continue; fi
    case "\${command:+$command }$word" in
      ${words}) command="\${command:+$command }$word" ;;
      *) arguments+=1 ;;
    esac
  done
  if [[ $current == "=" ]]; then current=""; fi
  if [[ -z $expected && $current == -* ]]; then
    _promptsync_options "$command"
  elif [[ -z $expected ]]; then
    _promptsync_argument "$command" "$arguments"
  fi
  _promptsync_offer
}

COMP_WORDBREAKS=\${COMP_WORDBREAKS//@/} # name@version is one word
complete -F _promptsync promptsync prompt`;
}

function valueCase(command: string, { flags, value }: GrammarOption): string[] {
  if (value === undefined) return [];
  const patterns = flags.map((flag) => (command === "*" ? `*:${flag}` : `"${command}:${flag}"`));
  return [`    ${patterns.join(" | ")}) expected=${expectation(value)} ;;`];
}

function argumentCases(grammar: Grammar, words: string): string[] {
  const below = commandsBelow(grammar, words);
  if (below.length > 0) return [`    "${words}:0") expected=${quoted(below.map(({ word }) => word))} ;;`];
  const command = grammar.commands.find((one) => one.words === words);
  return (command?.arguments ?? []).map(({ candidates, variadic }, index) => {
    const place = variadic ? `"${words}:"*` : `"${words}:${String(index)}"`;
    return `    ${place}) expected=${expectation(candidates)} ;;`;
  });
}

/** Words as they are; bash's own name for what is on the disk; a source behind a colon; a space where anything goes. */
function expectation(candidates: Candidates): string {
  if (typeof candidates !== "string") return quoted(candidates);
  if (candidates === "files") return "file";
  if (candidates === "folders") return "directory";
  return candidates === "anything" ? `" "` : `:${candidates}`;
}

const flagsOf = (options: readonly GrammarOption[]) => options.flatMap(({ flags }) => flags.slice(-1));
const quoted = (words: readonly string[]) => `"${words.join(" ")}"`;

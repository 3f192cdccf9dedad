import type { Candidates, Grammar, GrammarArgument, GrammarCommand, GrammarOption } from "./grammar.js";
import { commandsBelow } from "./grammar.js";

/** A completion script for zsh 5 and later, to be sourced or put into a folder of `$fpath` as `_promptsync`. */
export function zshScript(grammar: Grammar): string {
  const topics = grammar.commands.filter(({ words }) => commandsBelow(grammar, words).length > 0);
  return `#compdef promptsync
# Completion of promptsync for zsh. Use it with: source <(promptsync completion zsh)

_promptsync_offer() {
  local -a candidates
  candidates=(\${(f)"$($program complete $1 -- "$PREFIX" 2>/dev/null)"})
  compadd -a candidates
}

${[...topics, { words: "" }].map(({ words }) => topicFunction(grammar, words)).join("\n\n")}

if [ "$funcstack[1]" = "_promptsync" ]; then
  _promptsync "$@"
else
  compdef _promptsync promptsync
  # zsh has a function \`prompt\` of its own; where that is in use the short name is left to it.
  (( $+functions[prompt] )) || compdef _promptsync prompt
fi`;
}

/** Completes a command word, then hands the rest of the line to that command. */
function topicFunction(grammar: Grammar, topic: string): string {
  const below = commandsBelow(grammar, topic);
  const name = functionName(topic);
  const described = below.map(
    ({ word, summary }) => `    ${quote(`${word}:${summary.replaceAll(":", "\\:")}`)}`,
  );
  return `${name}() {
  local${topic === "" ? " program=$words[1]" : ""} state line
  local -A opt_args
  local -a commands=(
${described.join("\n")}
  )
  _arguments -C -s -S \\
${grammar.globals.map((option) => `    ${optionSpec(option)} \\`).join("\n")}
    '1: :->command' '*::: :->rest' && return
  case $state in
    command) _describe -t commands command commands ;;
    rest)
      words=($line[1] "\${words[@]}")
      ((CURRENT += 1))
      case $line[1] in
${below.map((command) => commandCase(grammar, command)).join("\n")}
      esac
      ;;
  esac
}`;
}

function commandCase(grammar: Grammar, command: GrammarCommand & { readonly word: string }): string {
  if (commandsBelow(grammar, command.words).length > 0) {
    return `        ${command.word}) ${functionName(command.words)} ;;`;
  }
  const specs = [...command.options, ...grammar.globals].map(optionSpec);
  const all = [...specs, ...command.arguments.map(argumentSpec)];
  return `        ${command.word})
          _arguments -s -S \\
${all.map((spec) => `            ${spec}`).join(" \\\n")}
          ;;`;
}

function optionSpec({ flags, summary, value, repeatable }: GrammarOption): string {
  const text = `[${summary.replace(/[[\]\\:]/g, "\\$&")}]${value === undefined ? "" : `:value:${action(value)}`}`;
  const others = repeatable ? "*" : flags.length > 1 ? `(${flags.join(" ")})` : "";
  return flags.length > 1
    ? `${quote(others)}{${flags.join(",")}}${quote(text)}`
    : quote(`${others}${flags.join()}${text}`);
}

function argumentSpec({ name, candidates, variadic }: GrammarArgument): string {
  return quote(`${variadic ? "*" : ""}:${name}:${action(candidates)}`);
}

function action(candidates: Candidates): string {
  if (typeof candidates !== "string") return `(${candidates.join(" ")})`;
  if (candidates === "files") return "_files";
  if (candidates === "folders") return "_files -/";
  // A leading space keeps _arguments from putting options for compadd before the source.
  return candidates === "anything" ? " " : ` _promptsync_offer ${candidates}`;
}

const functionName = (topic: string) => `_promptsync${topic === "" ? "" : `_${topic.replaceAll(" ", "_")}`}`;
const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

import type { Candidates, Grammar, GrammarArgument, GrammarOption } from "./grammar.js";
import { commandsBelow } from "./grammar.js";

/** A completion script for fish 3 and later. */
export function fishScript(grammar: Grammar): string {
  const { commands, globals } = grammar;
  const valued = [
    ...globals.flatMap((option) => valuedFlags("", option)),
    ...commands.flatMap(({ words, options }) => options.flatMap((option) => valuedFlags(words, option))),
  ];
  const topics = [
    "",
    ...commands.filter(({ words }) => commandsBelow(grammar, words).length > 0).map(({ words }) => words),
  ];
  return `# Completion of promptsync for fish. Use it with: promptsync completion fish | source

set -g __promptsync_commands ${commands.map(({ words }) => quote(words)).join(" ")}
set -g __promptsync_valued ${valued.map(quote).join(" ")}

# Says whether the line has come to this command and, when given, to this number of arguments.
function __promptsync_at
    set -l words (commandline -opc)
    set -l command ""
    set -l arguments 0
    set -l skip 0
    for word in $words[2..-1]
        if test $skip = 1
            set skip 0
        else if string match -q -- '-*' $word
            contains -- ":$word" $__promptsync_valued; or contains -- "$command:$word" $__promptsync_valued
            and set skip 1
        else if contains -- (string trim -- "$command $word") $__promptsync_commands
            set command (string trim -- "$command $word")
        else
            set arguments (math $arguments + 1)
        end
    end
    test "$command" = "$argv[1]"; and begin
        test (count $argv) = 1; or test $arguments $argv[2] $argv[3]
    end
end

function __promptsync_offer
    set -l words (commandline -opc)
    $words[1] complete $argv[1] -- (commandline -ct) 2>/dev/null
end

complete -c promptsync -f
${topics.flatMap((topic) => topicLines(grammar, topic)).join("\n")}
${commands.flatMap(({ words, arguments: list }) => argumentLines(words, list)).join("\n")}
${commands.flatMap(({ words, options }) => options.map((option) => optionLine(option, words))).join("\n")}
${globals.map((option) => optionLine(option)).join("\n")}
complete -c prompt -w promptsync`;
}

function topicLines(grammar: Grammar, topic: string): string[] {
  return commandsBelow(grammar, topic).map(({ word, summary }) =>
    line([`-n ${condition(topic, "-eq 0")}`, `-a ${word}`, `-d ${quote(summary)}`]),
  );
}

function argumentLines(words: string, list: readonly GrammarArgument[]): string[] {
  return list.flatMap(({ candidates, variadic }, index) => {
    const offer = offerOf(candidates);
    return offer === ""
      ? []
      : [line([`-n ${condition(words, `${variadic ? "-ge" : "-eq"} ${String(index)}`)}`, offer])];
  });
}

function optionLine({ flags, summary, value }: GrammarOption, words?: string): string {
  const names = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const at = words === undefined ? [] : [`-n ${condition(words)}`];
  const takes = value === undefined ? [] : [value === "files" ? "-r" : "-x", offerOf(value)];
  return line([...at, ...names, ...takes, `-d ${quote(summary)}`]);
}

function offerOf(candidates: Candidates): string {
  if (typeof candidates !== "string") return `-a ${quote(candidates.join(" "))}`;
  if (candidates === "files") return "-F";
  if (candidates === "folders") return `-a '(__fish_complete_directories)'`;
  return candidates === "anything" ? "" : `-a '(__promptsync_offer ${candidates})'`;
}

function valuedFlags(words: string, { flags, value }: GrammarOption): string[] {
  return value === undefined ? [] : flags.map((flag) => `${words}:${flag}`);
}

const condition = (words: string, place = "") => `"__promptsync_at '${words}' ${place}"`.replace(' "', '"');
const line = (parts: readonly string[]) => `complete -c promptsync ${parts.filter(Boolean).join(" ")}`;
const quote = (text: string) => `'${text.replace(/[\\']/g, "\\$&")}'`;

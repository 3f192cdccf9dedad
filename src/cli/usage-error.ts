import type { Command, Option } from "commander";
import { PromptSyncError } from "../core/errors.js";

/** Says in our words what commander found wrong with a command line. */
export function usageError(command: Command, message: string, code?: string): PromptSyncError {
  const [what = "", guess = ""] = message.replace(/^error: /, "").split("\n");
  const near = /\(Did you mean (?:one of )?(.+)\?\)/.exec(guess)?.[1]?.split(", ");
  const overview = overviewOf(command, code);
  const hint = near
    ? `did you mean ${alternatives(near.map((word) => inFull(command, word)))}? ${overview}`
    : overview;
  return new PromptSyncError("USAGE", inOurWords(command, what, code), { hint });
}

function overviewOf(command: Command, code?: string): string {
  const help = `\`${commandLine(command)} --help\``;
  if (code === "commander.unknownCommand") return `${help} shows all commands`;
  if (code === "commander.unknownOption" && !command.parent) {
    return `options of a command stand after its words; ${help} shows the others`;
  }
  return `${help} shows what it takes`;
}

/** A word as it is typed after `promptsync`: a command below a topic has the topic before it. */
function inFull(command: Command, word: string): string {
  return word.startsWith("-") ? word : `${commandLine(command)} ${word}`.replace(/^\S+ /, "");
}

/** Says that a line stops at a topic. */
export function commandMissing(words: string): PromptSyncError {
  return new PromptSyncError("USAGE", `\`${words}\` needs a command`, {
    hint: `\`${words} --help\` shows all commands`,
  });
}

/** Says that an option has a fixed list of values. */
export function choiceError(option: Option, value: string, choices: readonly string[]): PromptSyncError {
  const name = option.long ?? option.short ?? option.flags;
  return new PromptSyncError("USAGE", `\`${name}\` does not take \`${value}\``, {
    hint: `it takes ${alternatives(choices)}`,
  });
}

function inOurWords(command: Command, message: string, code?: string): string {
  const subject = /'(.*)'/s.exec(message)?.[1] ?? "";
  const words = commandLine(command);
  switch (code) {
    case "commander.unknownCommand":
      return `unknown command \`${inFull(command, subject)}\``;
    case "commander.unknownOption":
      return `unknown option \`${subject}\``;
    case "commander.missingArgument":
      return `\`${words}\` needs \`<${subject}>\``;
    case "commander.optionMissingArgument":
      return `option \`${subject}\` needs a value`;
    case "commander.missingMandatoryOptionValue":
      return `\`${words}\` needs \`${subject}\``;
    case "commander.excessArguments": {
      const extra = command.args.slice(command.registeredArguments.length).map((word) => `\`${word}\``);
      return `\`${words}\` does not take ${extra.join(", ")}`;
    }
    default:
      return message.replace(/'([^']*)'/g, "`$1`");
  }
}

/** The words up to a command, such as `promptsync alias set`. */
export function commandLine(command: Command): string {
  return command.parent ? `${commandLine(command.parent)} ${command.name()}` : command.name();
}

function alternatives(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``);
  return quoted.length > 1 ? `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1) ?? ""}` : quoted.join();
}

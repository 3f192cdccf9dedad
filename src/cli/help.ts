import type { Argument, Command, Help, Option } from "commander";
import type { Style } from "../operations/operation.js";
import type { AnyOperation } from "../operations/table.js";
import { exitCodes } from "./exit-codes.js";

const widest = 100; // columns; longer lines are hard to read

/** The help of one command, or of the program when it has no parent; no trailing line break. */
export function formatHelp(command: Command, operation: AnyOperation | undefined, style: Style): string {
  const help = Object.assign(command.createHelp(), {
    helpWidth: Math.min(style.width ?? widest, widest),
    minWidthToWrap: 24,
    subcommandTerm: (below: Command) => below.name(), // its arguments are known only to its module
    argumentTerm,
    optionDescription,
  });
  const sections: Section[] = [
    ["Arguments", help.visibleArguments(command).map((one) => [help.argumentTerm(one), one.description])],
    ...commandSections(command, help),
    ...optionSections(command, help),
    ...(command.parent ? [] : [["Exit codes", Object.entries(exitCodes)] as const]),
  ];
  const width = Math.max(...sections.flatMap(([, items]) => items.map(([term]) => term.length)));
  const item = ([term, summary]: Item) => help.formatItem(style.cyan(term), width, summary, help);
  return [
    `${style.bold("Usage:")} ${help.commandUsage(command)}`,
    ...[command.description(), operation?.description ?? ""]
      .filter(Boolean)
      .map((text) => help.boxWrap(text, help.helpWidth)),
    ...sections
      .filter(([, items]) => items.length > 0)
      .map(([heading, items]) => titled(heading, items.map(item), style)),
    lastWords(command, operation, style),
  ].join("\n\n");
}

/** The heading of what every command takes. */
export const globalHeading = "Global options";

type Item = readonly [term: string, summary: string];
type Section = readonly [heading: string, items: readonly Item[]];

function commandSections(command: Command, help: Help): Section[] {
  const below = help.visibleCommands(command);
  const groups = help.groupItems([...command.commands], below, (one) => one.helpGroup());
  return [...groups].map(([heading, some]) => [heading, some.map((one) => [one.name(), one.summary()])]);
}

function optionSections(command: Command, help: Help): Section[] {
  const visible = help.visibleOptions(command);
  const groups = help.groupItems(
    [...command.options],
    visible,
    (option) => option.helpGroupHeading ?? globalHeading,
  );
  return [...groups].map(([heading, some]) => [
    heading,
    some.map((option) => [option.short ? option.flags : `    ${option.flags}`, optionDescription(option)]),
  ]);
}

function argumentTerm(argument: Argument): string {
  const name = argument.variadic ? `${argument.name()}...` : argument.name();
  return argument.required ? `<${name}>` : `[${name}]`;
}

function optionDescription({ description, argChoices, defaultValue, negate, mandatory }: Option): string {
  const facts = [
    mandatory ? "required" : "",
    argChoices?.join(", ") ?? "",
    defaultValue === undefined || negate ? "" : `default: ${String(defaultValue)}`,
  ];
  const known = facts.filter(Boolean);
  return known.length > 0 ? `${description} (${known.join("; ")})` : description;
}

function titled(heading: string, lines: readonly string[], style: Style): string {
  return `${style.bold(`${heading}:`)}\n${lines.join("\n")}`;
}

/** What stands nearest to the prompt: the examples of a command, or how to see them. */
function lastWords(command: Command, operation: AnyOperation | undefined, style: Style): string {
  if (!operation) {
    const words = command.parent ? `${command.name()} <command>` : "<command>";
    return `\`promptsync help ${words}\` shows a command with examples`;
  }
  const examples = operation.examples.map(
    ({ command: line, does }) => `  ${style.dim(`# ${does}`)}\n  ${line}`,
  );
  return titled("Examples", [examples.join("\n\n")], style);
}

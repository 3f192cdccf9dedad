import type { Command } from "commander";
import type { Globals } from "./request.js";

/** The names under which commander keeps the global options, and the names they have here. */
const globalNames = {
  C: "directory",
  config: "config",
  json: "json",
  color: "color",
  quiet: "quiet",
} as const;

/** The global options wherever on the line they stand; the last level that has one wins. */
export function globalsOf(command: Command): Globals {
  const given: Record<string, unknown> = command.parent ? { ...globalsOf(command.parent) } : {};
  for (const [name, ours] of Object.entries(globalNames)) {
    const source = command.getOptionValueSource(name);
    if (source !== undefined && source !== "default") given[ours] = command.getOptionValue(name);
  }
  return { json: false, color: true, quiet: false, ...given };
}

/** The arguments by name and the options in camel case; what was not given is left out. */
export function inputOf(command: Command): Record<string, unknown> {
  const options = Object.entries(command.opts()).filter(([name]) => !(name in globalNames));
  const values = command.processedArgs as unknown[];
  const named = command.registeredArguments.map(
    (argument, index) => [camelCase(argument.name()), values[index]] as const,
  );
  return Object.fromEntries([...options, ...named].filter(([, value]) => value !== undefined));
}

const camelCase = (name: string) => name.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());

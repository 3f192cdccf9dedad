import { jsonEquals, type JsonObject } from "../json.js";
import { pathId } from "../yaml/block-entries.js";
import { readBlocks } from "../yaml/move-blocks.js";
import { printYaml } from "../yaml/patch-yaml.js";
import { readYaml } from "../yaml/read-yaml.js";
import { stateStyle } from "./edit-state.js";
import { stateLimits } from "./read-state.js";

/** The blocks of prompts in the text of a registry's state file, as files of their own, with their comments. */
export function ownBlocks(
  text: string,
  prompts: Readonly<Record<string, JsonObject>>,
): ReadonlyMap<string, string> {
  const names = Object.keys(prompts);
  const written = readBlocks(
    text,
    names.map((name) => ["prompts", name]),
  );
  return new Map(
    names.map((name) => [
      name,
      ownBlock(written.get(pathId(["prompts", name])) ?? "", name, prompts[name] ?? {}),
    ]),
  );
}

/** A text that says this of a prompt: the one given when it does, else its comments and the canonical form. */
export function ownBlock(text: string, name: string, value: JsonObject): string {
  const isPlain = !/^(%|---|\.\.\.)/m.test(text);
  if (isPlain && jsonEquals(readYaml(text, stateLimits).value ?? {}, value)) return text;
  return printYaml(text, value, stateStyle(["prompts", name]));
}

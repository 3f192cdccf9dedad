import type { Place, Problem } from "../finding.js";
import { isJsonObject, type JsonValue } from "../json.js";
import { checkSchema } from "../schema/check.js";
import { unmerged } from "../yaml/unmerged.js";
import { readYaml, type YamlText } from "../yaml/read-yaml.js";
import { emptyState, entryOf, type PromptState, type State } from "./state.js";

/** A state file: the registry's, or one prompt's own beside its versions. Paths are relative to the root. */
export interface StateFile {
  readonly path: string;
  readonly text: string;
  /** The prompt whose block this file is; left out for the registry's own file. */
  readonly prompt?: string;
}

/** Something wrong in a state file. */
export interface StateProblem extends Problem {
  readonly file: string;
}

/** The state files as one value. */
export interface StateText {
  /** The empty state where a file could not be used: see `problems`. */
  readonly state: State;
  readonly problems: readonly StateProblem[];
  /** What was read. */
  readonly files: readonly StateFile[];
  /** The file that holds the block of a prompt, or would. */
  readonly fileOf: (prompt: string) => string;
  /** Where an entry of the merged state stands. */
  readonly locate: (
    path: readonly (string | number)[],
    part?: "key" | "value",
  ) => Place & { readonly file: string };
}

/** State files grow with the number of prompts; depth is what the schema needs. */
export const stateLimits = { length: 16 * 1024 * 1024, depth: 16, keys: 1_000_000 };

/** Reads the state files of one registry; `home` is the path of the registry's own file, whether it exists or not. */
export function readState(files: readonly StateFile[], home: string): StateText {
  const problems: StateProblem[] = [];
  const owned = new Map<string, { file: string; yaml: YamlText }>();
  let main: { file: string; yaml: YamlText } | undefined;
  let state: State = emptyState;
  const blocks = new Map<string, { readonly file: string; readonly block: PromptState }>();
  for (const file of [...files].sort(
    (a, b) => Number(a.prompt !== undefined) - Number(b.prompt !== undefined),
  )) {
    const yaml = readYaml(file.text, stateLimits);
    const found = file.prompt === undefined ? check(yaml) : checkBlock(yaml, file.prompt);
    problems.push(...unmerged(file.text, found).map((problem) => ({ ...problem, file: file.path })));
    if (file.prompt === undefined) main = { file: file.path, yaml };
    else owned.set(file.prompt, { file: file.path, yaml });
    if (found.length > 0) continue;
    if (file.prompt === undefined) state = yaml.value as unknown as State;
    else if (blocks.has(file.prompt) || entryOf(state.prompts, file.prompt) !== undefined) {
      const other = blocks.get(file.prompt)?.file ?? home;
      problems.push({
        rule: "registry-invalid",
        message: `the block of \`${file.prompt}\` stands in \`${other}\` and in \`${file.path}\``,
        hint: `keep the right one: take the block out of \`${other}\`, or delete \`${file.path}\``,
        line: 1,
        column: 1,
        file: file.path,
      });
    } else blocks.set(file.prompt, { file: file.path, block: (yaml.value ?? {}) as unknown as PromptState });
  }
  return {
    state: withBlocks(state, blocks),
    problems,
    files,
    fileOf: (prompt) => owned.get(prompt)?.file ?? main?.file ?? home,
    locate: (path, part) => {
      const own = path[0] === "prompts" ? owned.get(String(path[1])) : undefined;
      if (own !== undefined) return { ...own.yaml.locate(path.slice(2), part), file: own.file };
      return { ...(main?.yaml.locate(path, part) ?? { line: 1, column: 1 }), file: main?.file ?? home };
    },
  };
}

function withBlocks(state: State, blocks: ReadonlyMap<string, { readonly block: PromptState }>): State {
  if (blocks.size === 0) return state;
  const prompts = Object.assign(Object.create(null), state.prompts) as Record<string, PromptState>;
  for (const [name, { block }] of blocks) prompts[name] = block;
  return { ...state, prompts };
}

function check(yaml: YamlText): Problem[] {
  return problemsOf(yaml, (value) => value, []);
}

/** A prompt's own file holds the block alone, so it is checked where it would stand. */
function checkBlock(yaml: YamlText, prompt: string): Problem[] {
  return problemsOf(yaml, (value) => ({ schema: "promptsync/v1", prompts: { [prompt]: value } }), [
    "prompts",
    prompt,
  ]);
}

function problemsOf(
  yaml: YamlText,
  place: (value: JsonValue) => JsonValue,
  above: readonly string[],
): Problem[] {
  const parsed = yaml.problems.map(({ code, ...problem }) => ({
    ...problem,
    rule: "registry-invalid",
    data: { yamlCode: code },
  }));
  if (parsed.length > 0 || yaml.value === undefined) return parsed;
  const isOwn = above.length > 0;
  if (isOwn && yaml.value === null) return []; // nothing is said of the prompt
  if (!isJsonObject(yaml.value)) {
    const hint = isOwn ? "write one `key: value` a line" : "begin the file with `schema: promptsync/v1`";
    return [{ rule: "registry-invalid", message: "the file holds no map", hint, line: 1, column: 1 }];
  }
  return checkSchema("state", place(yaml.value)).map((problem) => ({
    rule: "registry-invalid",
    message: problem.message,
    hint: problem.hint,
    ...yaml.locate(problem.path.slice(above.length), problem.isAboutKey ? "key" : "value"),
    data: {
      pointer: `/${problem.path.join("/")}`,
      ...(problem.suggestion === undefined ? {} : { suggestion: problem.suggestion }),
    },
  }));
}

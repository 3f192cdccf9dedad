import { lintCode } from "../../../src/rules/code/lint-code.js";
import type { CodeWorld, ServedPrompts } from "../../../src/rules/code/code-world.js";
import { scanSources } from "../../../src/scan/index.js";
import { registry, stateText } from "../../core/registry.js";

/** What versions take, such as `{ "refund@1.0.0": "order tone?" }`; `*` at the end takes anything. */
export type Inputs = Readonly<Record<string, string>>;

/** Prompts in memory. */
export function prompts(inputs: Inputs, state: string): ServedPrompts {
  const versions: Record<string, string[]> = {};
  for (const id of Object.keys(inputs)) {
    const [name = "", version = ""] = id.split("@");
    (versions[name] ??= []).push(version);
  }
  return {
    catalog: registry(versions, stateText(state)),
    inputsOf: (name, version) => {
      const words = inputs[`${name}@${version}`]?.split(" ").filter((word) => word !== "" && word !== "*");
      if (words === undefined) return undefined;
      return {
        required: words.filter((word) => !word.endsWith("?")),
        known: words.map((word) => word.replace("?", "")),
        isOpen: inputs[`${name}@${version}`]?.endsWith("*") ?? false,
      };
    },
  };
}

/** Lints TypeScript code that begins with a client called `prompts` on one line; places count from the line after. */
export async function findingsIn(
  code: string,
  world: Pick<CodeWorld, "head"> & Partial<CodeWorld>,
): Promise<readonly string[]> {
  const client = 'import { PromptManager } from "promptsync"; const prompts = new PromptManager();\n';
  const { calls, problems } = await scanSources([{ path: "a.ts", text: client + code }]);
  return lintCode({ calls, problems, ...world }).map(
    ({ rule, severity, message, line, column }) => `${line - 1}:${column} ${severity} ${message} (${rule})`,
  );
}

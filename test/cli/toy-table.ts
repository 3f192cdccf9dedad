import { PromptSyncError } from "../../src/core/errors.js";
import { operation } from "../../src/operations/operation.js";
import type { WriteInput } from "../../src/operations/operation.js";
import type { AnyOperation, OperationTable } from "../../src/operations/table.js";

/** Which modules of the toy table were loaded, in order. */
export const loaded: string[] = [];

const load = (name: string, definition: AnyOperation) => () => {
  loaded.push(name);
  return Promise.resolve({ default: definition });
};

/** Answers with what reached it. */
const push = operation<WriteInput & { names: string[]; var?: string[] }, { input: unknown }>({
  arguments: [{ name: "[names...]", summary: "Drafts to push; all that changed when left out" }],
  options: [
    { flags: "--path <dir>", summary: "Take the drafts from this folder", default: "prompts" },
    { flags: "-a, --alias <name>", summary: "Move this alias to the new versions" },
    { flags: "--version <v>", summary: "Give this version instead of the next one" },
    {
      flags: "--bump <step>",
      summary: "Ask for this step",
      choices: ["auto", "major", "minor", "patch"],
      default: "auto",
    },
    { flags: "--var <name=value>", summary: "Set a variable", repeatable: true },
  ],
  examples: [
    { command: "promptsync push", does: "Push every draft that changed" },
    { command: "promptsync push refund --alias dev", does: "Push one draft and let dev serve it" },
  ],
  writes: true,
  description: "A draft becomes the next version only when it differs from the newest one.",
  run: (input) => Promise.resolve({ input }),
  text: ({ input }) => JSON.stringify(input),
});

const aliasSet = operation<WriteInput & { alias: string; refs: string[] }, { input: unknown }>({
  arguments: [
    { name: "<alias>", summary: "The alias to move" },
    { name: "[refs...]", summary: "What it serves from now on" },
  ],
  options: [
    { flags: "--version <refs...>", summary: "The same, as an option" },
    { flags: "--reason <text>", summary: "Say why; protected aliases ask for it" },
  ],
  examples: [
    { command: "promptsync alias set production refund@1.2.0", does: "Serve 1.2.0 in production" },
    { command: "promptsync alias set stable --version v1.2.3", does: "Every prompt that has 1.2.3" },
  ],
  writes: true,
  run: (input) => Promise.resolve({ input }),
  text: ({ input }) => JSON.stringify(input),
});

const aliasList = operation<{ names: string[] }, { aliases: Record<string, string> }>({
  arguments: [{ name: "[names...]", summary: "Prompts to show; all when left out" }],
  examples: [
    { command: "promptsync alias list", does: "Show every alias" },
    { command: "promptsync alias list refund", does: "Show the aliases of one prompt" },
  ],
  run: (_input, context) => {
    context.note("1 prompt has no alias");
    return Promise.resolve({ aliases: { production: "refund@1.2.0" } });
  },
  text: ({ aliases }, style) =>
    Object.entries(aliases)
      .map(([alias, version]) => `${style.cyan(alias)}  ${version}`)
      .join("\n"),
});

/** Says what the file holds, as a hostile prompt would have it. */
const show = operation<{ name: string }, { name: string; body: string }>({
  arguments: [{ name: "<name>", summary: "The prompt" }],
  examples: [
    { command: "promptsync show refund", does: "Show the newest version" },
    { command: "promptsync show refund@1.0.0", does: "Show one version" },
  ],
  run: async ({ name }, context) => {
    if (name === "stdin") return { name, body: await context.stdin() };
    if (name === "broken") throw new TypeError("cannot read properties of undefined");
    if (name === "ahead") {
      context.note("made the commit 1a2b3c4");
      throw new PromptSyncError("REMOTE_REJECTED", "`origin` did not take the commit");
    }
    if (name === "damaged") {
      const place = { file: "prompts/damaged.md", line: 3, column: 5 };
      throw new PromptSyncError("PROMPT_INVALID", "unknown key `sumary`", {
        ...place,
        hint: "did you mean `summary`?",
      });
    }
    if (name === "edited") {
      throw new PromptSyncError("UNCOMMITTED_CHANGES", "`prompts/edited.md` has uncommitted edits", {
        file: "prompts/edited.md",
      });
    }
    if (name === "hooked") {
      throw new PromptSyncError(
        "HOOK_REFUSED",
        "the `pre-commit` hook refused the commit:\nlint: 2 problems",
        {
          hint: "nothing was changed; type one of\ngit hook run pre-commit\npromptsync push --no-commit",
        },
      );
    }
    return { name, body: "\u001b[2Jhello\u009b31m" };
  },
  text: ({ body }, style) => style.green(body),
  exitCode: ({ name }) => (name === "refused" ? 1 : 0),
});

export const toyTable: OperationTable = {
  push: { group: "Write", summary: "Turn drafts into versions", load: load("push", push) },
  show: { group: "Read", summary: "Show one version", load: load("show", show) },
  alias: { group: "Roll out", summary: "Name what is served, such as production" },
  "alias list": { summary: "Show the aliases", load: load("alias list", aliasList) },
  "alias set": { summary: "Move an alias to a version", load: load("alias set", aliasSet) },
  complete: { summary: "Print candidates", hidden: true, load: load("complete", show) },
};

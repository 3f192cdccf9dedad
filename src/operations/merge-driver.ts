import { resolve } from "node:path";
import type { JsonValue } from "../core/json.js";
import { operation, type Style } from "./operation.js";

interface Input {
  readonly ancestor: string;
  readonly ours: string;
  readonly theirs: string;
  readonly path?: string;
}

interface Result {
  readonly ok: boolean;
  /** Null where a side took the entry away. */
  readonly conflicts: readonly {
    readonly path: readonly string[];
    readonly ours: JsonValue;
    readonly theirs: JsonValue;
  }[];
}

export default operation({
  description: [
    "Merges promptsync.yaml on its values and writes the result into <ours>. Git runs it; `init --hooks` tells git how.",
    "Exit code 1 means that both sides changed the same entry: it stands there twice, between git's markers.",
  ].join(" "),
  arguments: [
    { name: "<ancestor>", summary: "The file as it was, `%O`" },
    { name: "<ours>", summary: "The file as this branch has it, `%A`; the result is written here" },
    { name: "<theirs>", summary: "The file as the other branch has it, `%B`" },
    { name: "[path]", summary: "Its path in the repository, `%P`" },
  ],
  examples: [
    {
      command: "git config merge.promptsync.driver 'promptsync merge-driver %O %A %B %P'",
      does: "let git merge the files with `merge=promptsync` this way",
    },
    {
      command: "promptsync merge-driver base.yaml mine.yaml other.yaml",
      does: "merge three files by hand, into mine.yaml",
    },
  ],
  async run({ path, ...files }: Input, { directory }): Promise<Result> {
    const [{ readSides }, { replaceFile }, { mergeStateTexts }] = await Promise.all([
      import("../store/read-sides.js"),
      import("../store/replace-file.js"),
      import("../core/state/merge-state-texts.js"),
    ]);
    const texts = readSides(directory, files);
    const { text, conflicts } = mergeStateTexts(texts, blockOf(path, texts.ours));
    if (text !== texts.ours) replaceFile(resolve(directory, files.ours), text);
    return {
      ok: conflicts.length === 0,
      conflicts: conflicts.map((it) => ({ ...it, ours: it.ours ?? null, theirs: it.theirs ?? null })),
    };
  },
  text: ({ conflicts }, style) => conflicts.map((it) => lineOf(it, style)).join("\n"),
  exitCode: ({ ok }) => (ok ? 0 : 1),
});

/** The registry's own file says its schema; the other ones hold the block of the prompt whose folder they are in. */
function blockOf(path: string | undefined, text: string): readonly string[] {
  if (path === undefined || /^schema:/m.test(text)) return [];
  const prompt = path.split("/").at(-2);
  return prompt === undefined ? [] : ["prompts", prompt];
}

function lineOf({ path, ours, theirs }: Result["conflicts"][number], style: Style): string {
  return `${style.red("conflict")} ${style.cyan(path.join("."))}: ${short(ours)} here, ${short(theirs)} there`;
}

function short(value: JsonValue): string {
  if (value === null) return "removed";
  const serve = typeof value === "object" && "serve" in value ? value.serve : undefined;
  const text = typeof serve === "string" ? serve : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

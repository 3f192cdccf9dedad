import type { Change } from "../core/bump.js";
import { jsonEquals, type JsonValue } from "../core/json.js";
import type { FrontMatter } from "../core/prompt.js";
import type { Contract } from "./contract.js";

/** What is told about a prompt to people and tools, and not to the model. */
const meta = ["title", "description", "scope", "examples", "metadata", "closure"] as const;

/** Compares tags and other labels. `selectors` are the tags by which somebody chooses prompts. */
export function compareLabels(
  { prompt: was }: Contract,
  { prompt: is }: Contract,
  selectors: readonly string[] = [],
): readonly Change[] {
  return [
    ...tagChanges(was.frontMatter.tags ?? [], is.frontMatter.tags ?? [], selectors),
    ...metaChanges(was.frontMatter, is.frontMatter),
  ];
}

function tagChanges(
  before: readonly string[],
  after: readonly string[],
  selectors: readonly string[],
): readonly Change[] {
  const removed = before.filter((tag) => !after.includes(tag));
  const added = after.filter((tag) => !before.includes(tag));
  return [
    ...removed.map((tag): Change => {
      const used = selectors.includes(tag);
      const message = `tag \`${tag}\` was removed${used ? "; it is used to select prompts" : ""}`;
      return { kind: "tag-removed", at: "/tags", bump: used ? "major" : "patch", message, from: tag };
    }),
    ...added.map((tag): Change => ({
      kind: "tag-added",
      at: "/tags",
      bump: "patch",
      message: `tag \`${tag}\` was added`,
      to: tag,
    })),
  ];
}

function metaChanges(before: FrontMatter, after: FrontMatter): readonly Change[] {
  const extensions = [...Object.keys(before), ...Object.keys(after)].filter((key) => key.startsWith("x-"));
  const keys = [...meta, ...new Set(extensions)] as readonly (keyof FrontMatter)[];
  const changed = keys.filter(
    (key) => !jsonEquals(before[key] as JsonValue | undefined, after[key] as JsonValue | undefined),
  );
  return changed.map((key) => {
    const included = key === "closure";
    const message = included ? "what the prompt includes changed" : `\`${key}\` changed`;
    return { kind: included ? "include-changed" : "meta-changed", at: `/${key}`, bump: "patch", message };
  });
}

import { triage } from "./story.js";

/** The text of a version of some prompt; `lines` are more variables. */
export const versionOf = (name: string, version: string, body = "Sort: {{ ticket }}", lines = ""): string =>
  triage(version, body, lines).replace("name: triage", `name: ${name}`);

/** Twenty-five prompts with ten versions each. */
export function fillers(): Record<string, string> {
  const files: Record<string, string> = {};
  for (let prompt = 0; prompt < 25; prompt++)
    for (let minor = 0; minor < 10; minor++)
      files[`prompt-templates/filler/filler-${prompt}/1.${minor}.0.md`] = versionOf(
        `filler-${prompt}`,
        `1.${minor}.0`,
        `Sort ${minor}: {{ ticket }}`,
      );
  return files;
}

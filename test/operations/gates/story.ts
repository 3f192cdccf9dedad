import { createDesk, type Desk } from "../../support/desk.js";
import { transcript, type World } from "../../support/terminal.js";

const version = (number: string, body: string) =>
  `---\nname: qualify-lead\nversion: "${number}"\nsummary: ${body}\n---\n${body}\n`;

/** A registry whose `production` is behind the gate of `gate`, written as YAML below `gates: release:`. */
export function gatedFiles(gate: string): Record<string, string> {
  return {
    "prompt-templates/promptsync.yaml": `schema: promptsync/v1
project:
  default_alias: production
aliases:
  production:
    protected: true
    gates: release
gates:
  release:
${gate.trimEnd().replaceAll(/^/gm, "    ")}
prompts:
  qualify-lead:
    owner: team-sales
    default: "1.0.0"
    aliases:
      dev:
        serve: "1.1.0"
      production:
        serve: "1.0.0"
`,
    "prompt-templates/qualify-lead/1.0.0.md": version("1.0.0", "Score the lead"),
    "prompt-templates/qualify-lead/1.1.0.md": version("1.1.0", "Ask for the budget"),
    "prompt-templates/qualify-lead/2.0.0.md": version("2.0.0", "Ask for the budget first"),
  };
}

/** A desk at that registry, with scripts that the checks run. */
export function openGated(gate: string, scripts: Readonly<Record<string, string>> = {}): Desk {
  return createDesk({ files: { ...gatedFiles(gate), ...scripts } });
}

/** The gate of one check `tests`, with more keys of the check as YAML. */
export const oneCheck = (run: string, more = ""): string =>
  `checks:\n  tests:\n    run: ${run}\n${more.replaceAll(/^(?=.)/gm, "    ")}`;

/** Runs a line; what a reader sees, without the ids of commits and the time that checks took. */
export async function seen(desk: Desk, line: string, world: World = {}): Promise<string> {
  return plain(transcript(await desk.type(line, world)));
}

/** A text without the ids of commits and the time that checks took. */
export function plain(text: string): string {
  return text
    .replaceAll(/\b[0-9a-f]{12}\b/g, "<commit>")
    .replaceAll(/\bok \d+(\.\d+)?m?s\b/g, "ok <time>")
    .replaceAll(/\bfailed \d+(\.\d+)?m?s\b/g, "failed <time>")
    .replaceAll(/ +\d+\.\d s\b/g, "  <time>");
}

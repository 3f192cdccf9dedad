import { createDesk, type Desk } from "../../support/desk.js";
import { transcript, type World } from "../../support/terminal.js";

const version = (name: string, number: string, body: string) =>
  `---\nname: ${name}\nversion: "${number}"\nsummary: ${body}\n---\n${body}\n`;

/** A registry with a history: two prompts with three versions each, all behind `production`. */
export const rolloutFiles = {
  "prompt-templates/promptsync.yaml": `schema: promptsync/v1
project:
  default_alias: production
aliases:
  audited:
    protected: true
    gates: release
prompts:
  qualify-lead:
    owner: team-sales
    default: "1.0.0"
    aliases:
      audited:
        serve: "1.0.0"
      production:
        serve: "1.1.0" # since the audit
  refund:
    owner: team-support
    default: "1.0.0"
    aliases:
      production:
        serve: "1.0.0"
`,
  "prompt-templates/task/qualify-lead/1.0.0.md": version("qualify-lead", "1.0.0", "Score the lead"),
  "prompt-templates/task/qualify-lead/1.1.0.md": version("qualify-lead", "1.1.0", "Ask for the budget"),
  "prompt-templates/task/qualify-lead/2.0.0.md": version("qualify-lead", "2.0.0", "Ask for the budget first"),
  "prompt-templates/refund/1.0.0.md": version("refund", "1.0.0", "Decide on the refund"),
  "prompt-templates/refund/2.0.0.md": version("refund", "2.0.0", "Decide on the refund kindly"),
} as const;

/** A desk at that registry. */
export const openRollout = (): Desk => createDesk({ files: rolloutFiles });

/** Runs a line; what a reader sees, without the ids of commits. */
export async function seen(desk: Desk, line: string, world: World = {}): Promise<string> {
  return transcript(await desk.type(line, world)).replaceAll(/\b[0-9a-f]{12}\b/g, "<commit>");
}

import { createDesk, type Desk } from "../support/desk.js";

const support = (version: string, body: string, summary?: string) =>
  `---\nname: customer_support\nversion: "${version}"\n${summary === undefined ? "" : `summary: ${summary}\n`}---\n${body}\n`;

/** The registry of a small shop: two prompts, one of them with a history, aliases and a deprecation. */
export const shopFiles = {
  ".promptsyncrc": "drafts: prompts\n",
  "prompt-templates/promptsync.yaml": `# What the shop serves.
schema: promptsync/v1
project:
  default_alias: production
prompts:
  customer_support:
    owner: team-support
    purpose: Answers customers
    default: "1.0.0"
    recommended: "1.0.0"
    aliases:
      dev:
        serve: "2.0.0"
      production:
        serve: "1.2.3"
      stable:
        serve: "1.2.3"
    deprecations:
      "1.0.0":
        reason: names no company
        replacement: "1.2.3"
        deprecated: 2026-09-01
        deadline: 2026-12-31
  qualify-lead:
    owner: team-sales
    purpose: Scores an inbound lead
    default: "1.0.0"
    recommended: "1.0.0"
    aliases:
      dev:
        serve: "1.0.0"
`,
  "prompt-templates/customer_support/1.0.0.md": support("1.0.0", "You are a helpful assistant."),
  "prompt-templates/customer_support/1.2.3.md": support(
    "1.2.3",
    "You are a helpful assistant of {{ company_name | default('the shop') }}.",
    "Names the company",
  ),
  "prompt-templates/customer_support/2.0.0.md": support(
    "2.0.0",
    "You are a helpful assistant for {{ company_name }}.",
    "The company has to be given",
  ),
  "prompt-templates/sales/qualify-lead/1.0.0.md": `---
name: qualify-lead
version: "1.0.0"
description: Scores a lead with BANT
input:
  schema:
    company: string, the lead's company
    notes?: string
output:
  format: json
  schema:
    score: integer
    reason: string
tags: [sales]
---
You qualify leads for {{ company }}.{% if notes %} Notes: {{ notes }}{% endif %}
`,
  "prompts/customer_support.txt": "You are a helpful assistant for {{ company_name }}.\n",
} as const;

/** The version files and the state file as they stood in the first commit. */
export const openShop = (): Desk => createDesk({ files: shopFiles });

/** What `createDesk` knows after `init`, with no file committed and the branch unborn. */
export async function emptyShop(): Promise<Desk> {
  const desk = createDesk();
  await desk.done("init");
  desk.remove("prompts/welcome.md");
  return desk;
}

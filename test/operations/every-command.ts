import { createDesk, type Desk } from "../support/desk.js";
import { shopFiles } from "./story.js";

const stateFile = "prompt-templates/promptsync.yaml";

/** What the user has beside the registry: drafts, a log, keys, code, and three sides of a merge. */
const files = {
  ...shopFiles,
  ".gitattributes": "prompt-templates/** -text\n",
  "prompts/refund.txt": "Refund {{ order }}.\n",
  "prompt-templates/grüße.txt": "no version\n", // git quotes such a path where it is let
  "keys.txt": "ada\ngrace\nlin\n",
  "usage.jsonl": "",
  "src/app.ts": 'import { prompts } from "./prompts.js";\nawait prompts.getPrompt("customer_support");\n',
  "base.yaml": shopFiles[stateFile],
  "ours.yaml": shopFiles[stateFile].replace('serve: "2.0.0"', 'serve: "1.2.3"'),
  "theirs.yaml": shopFiles[stateFile].replace("team-sales", "team-leads"),
};

/** Two days of the shop, and a remote beside it; the same ids in every run. */
export function openBusyShop(): Desk {
  const desk = createDesk({ files });
  desk.setDate("2026-01-02T00:00:00Z");
  desk.write({ [stateFile]: desk.read(stateFile).replace("team-support", "team-care") });
  desk.commit("grüße: hand over\n\nApproved-by: Grace Höpper <grace@example.com>");
  desk.setDate("2026-01-03T00:00:00Z");
  desk.git("clone", "--quiet", "--bare", ".", "../remote.git");
  desk.git("remote", "add", "origin", "../remote.git");
  desk.git("fetch", "--quiet", "origin");
  desk.write({ "staged.txt": "mine\n" });
  desk.git("add", "staged.txt");
  return desk;
}

/** Refused while there are edits; without them it quotes git when it cannot publish. */
export const unpublished = "alias set dev customer_support@1.2.3";

/** A story in which every command has its line: it reads, writes, publishes, and is refused. */
export const everyCommand: readonly string[] = [
  "init",
  "doctor",
  "new refund-note",
  "list",
  "show customer_support@1.2.3",
  "search company",
  "diff customer_support@1.0.0 customer_support@2.0.0",
  "status",
  "push refund --alias dev",
  "push refund",
  "diff --git-commit HEAD",
  "alias list",
  "alias set production customer_support@2.0.0 --remote",
  "alias set beta qualify-lead@1.0.0",
  "alias remove beta qualify-lead",
  "alias set production nobody@1.0.0",
  "default set customer_support@1.2.3",
  "canary set --alias production --version customer_support@1.2.3 --percentage 10",
  "canary list",
  "canary step customer_support --alias production",
  "canary pause customer_support --alias production",
  "canary resume customer_support --alias production",
  "canary promote customer_support --alias production",
  "canary set --alias production --version customer_support@2.0.0 --percentage 5",
  "canary abort customer_support --alias production",
  "tenant set acme customer_support@2.0.0 --alias production",
  "tenant list",
  "tenant remove acme",
  "flag create concise --expires 2026-12-01 --owner team-care",
  "flag link concise customer_support@2.0.0",
  "flag list",
  "capability link answer customer_support --flag concise",
  "capability list",
  "capability unlink answer customer_support",
  "flag remove concise",
  "override set chat chat-1 customer_support@2.0.0",
  "override list",
  "override remove chat chat-1",
  "alias set production customer_support@2.0.0",
  `rollback customer_support --alias production --reason "complaints"`,
  "gate customer_support@2.0.0 --for production",
  `emergency open customer_support@1.0.0 --label "wrong prices"`,
  "emergency list",
  "emergency resolve inc-2026-11-02 --post-mortem https://example.com/1",
  "prompt set refund owner team-care",
  `deprecate customer_support@1.2.3 --replacement 2.0.0 --deadline 2026-12-31 --reason "too short"`,
  "yank customer_support@1.0.0 --reason leak",
  "remove customer_support@1.0.0",
  "renumber",
  "split refund",
  "join refund",
  "version get dev",
  "resolve customer_support@production --key ada",
  "resolve customer_support@production --at 2026-01-02",
  "render customer_support@2.0.0 --var company_name=Acme",
  "export --all --out -",
  "validate --now 2026-11-02",
  "validate --base origin/main --committed --now 2026-11-02",
  "validate --git-commit HEAD",
  "waive 0123456789abcdef --reason none",
  "fix",
  "types",
  "trace customer_support --alias production",
  "log",
  "audit",
  "status",
  "analytics --from usage.jsonl",
  "explain layout-path-invalid",
  "merge-driver base.yaml ours.yaml theirs.yaml",
  "completion bash",
  "complete references customer_support@",
  "alias set production customer_support@2.0.0 --no-commit",
  "rollout preview --keys keys.txt --alias production",
  "alias list",
  unpublished,
  "doctor",
];

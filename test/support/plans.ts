import type { Effect, Plan, StateEdit } from "../../src/core/plan.js";
import { apply, type ApplyOptions, type Receipt } from "../../src/store/apply/apply.js";
import { openRepository } from "../../src/store/git/repository.js";
import type { Sandbox } from "./sandbox.js";

/** The state file of the sandbox's registry. */
export const stateFile = "prompt-templates/promptsync.yaml";

/** A small registry, committed by {@link createSandbox}'s `files`. */
export const registryFiles = {
  [stateFile]:
    'schema: promptsync/v1\nprompts:\n  welcome:\n    default: "1.0.0" # the first one\n    aliases:\n      dev:\n        serve: "1.0.0"\n',
  "prompt-templates/welcome/1.0.0.md": "Welcome {{ name }}\n",
  "readme.txt": "Shop\n",
} as const;

/** What a test plan does. */
export interface PlanRequest {
  /** New files by path. */
  readonly writes?: Readonly<Record<string, string>>;
  readonly deletes?: readonly string[];
  readonly edits?: readonly StateEdit[];
  readonly message?: string;
}

/** The move of `welcome`'s alias `dev`. */
export function aliasMove(version: string): StateEdit {
  return { path: ["prompts", "welcome", "aliases", "dev", "serve"], value: version };
}

/** A plan for the sandbox's HEAD: a new version of `welcome`, and `dev` moved to it, unless the request says else. */
export function makePlan(sandbox: Sandbox, request: PlanRequest = {}): Plan {
  const {
    writes = { "prompt-templates/welcome/1.1.0.md": "Welcome back {{ name }}\n" },
    deletes = [],
    edits = [aliasMove("1.1.0")],
    message = "promptsync: push welcome@1.1.0\n\nPromptsync-Action: push\n",
  } = request;
  const effects: Effect[] = [
    ...Object.entries(writes).map(([path, content]) => ({ kind: "write" as const, path, content })),
    ...deletes.map((path) => ({ kind: "delete" as const, path })),
    ...(edits.length > 0 ? [{ kind: "edit-state" as const, path: stateFile, edits }] : []),
  ];
  return { effects, audit: [], message, base: sandbox.head() };
}

/** Opens the sandbox's repository, applies a plan to it and closes it again. */
export async function applyIn(
  sandbox: Sandbox,
  plan: Plan = makePlan(sandbox),
  options: Partial<ApplyOptions> = {},
): Promise<Receipt> {
  const { environment, directory } = sandbox;
  const repository = await openRepository(directory, { environment, cwd: directory });
  try {
    return await apply(repository, plan, {
      now: new Date("2026-01-02T00:00:00Z"),
      lockLimit: 500,
      ...options,
    });
  } finally {
    repository.close();
  }
}

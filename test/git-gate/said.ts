import type { Context } from "../../src/operations/operation.js";
import validate from "../../src/operations/validate.js";
import { openWorkspace, type Workspace } from "../../src/store/workspace.js";
import type { Desk } from "../support/desk.js";
import type { Random } from "../support/random.js";
import { deeds } from "./random-registry.js";

/** Opens the workspace of a desk. */
export const workspaceOf = (desk: Desk): Promise<Workspace> =>
  openWorkspace({ directory: desk.directory, config: undefined, environment: desk.environment, tool: "0" });

/** The report of `validate`, or why there is none. */
export async function saidOf(workspace: Workspace, input: object): Promise<unknown> {
  const context = {
    workspace: () => Promise.resolve(workspace),
    toolVersion: "0",
    now: new Date("2026-12-01T00:00:00Z"),
    note: () => undefined,
    progress: () => undefined,
  };
  try {
    return await validate.run({ paths: [], ...input } as never, context as unknown as Context);
  } catch (error) {
    return error;
  }
}

/** Does some of the deeds, each time others; their names. */
function doSome(desk: Desk, random: Random, most: number): string[] {
  const done: string[] = [];
  for (let left = random.below(most + 1); left > 0; left--) {
    const name = random.of(Object.keys(deeds));
    deeds[name]?.(desk, random);
    done.push(name);
  }
  return done;
}

function commit(desk: Desk): void {
  desk.git("add", "--all");
  desk.git("commit", "--quiet", "--allow-empty", "--no-verify", "--message", "change");
}

/**
 * A branch `work` with changes since a commit that are committed, staged and neither; its base `trunk` may have moved
 * on. Says what was done.
 */
export function setScene(desk: Desk, first: string, random: Random): object {
  desk.git("checkout", "--quiet", "--force", "-B", "work", first);
  desk.git("clean", "-ffdxq");
  const trunk = random.below(3) === 0 ? doSome(desk, random, 2) : [];
  commit(desk);
  desk.git("branch", "--force", "trunk", random.below(4) === 0 ? first : "HEAD");
  const fork = random.below(2) === 0 ? first : "HEAD";
  desk.git("checkout", "--quiet", "--force", "-B", "work", fork);
  const committed = doSome(desk, random, 3);
  commit(desk);
  const staged = doSome(desk, random, 2);
  desk.git("add", "--all");
  const unstaged = random.below(2) === 0 ? doSome(desk, random, 2) : [];
  return { trunk, committed, staged, unstaged };
}

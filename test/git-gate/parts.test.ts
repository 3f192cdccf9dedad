import { afterAll, describe, expect, it } from "vitest";
import validate from "../../src/operations/validate.js";
import type { Context } from "../../src/operations/operation.js";
import { openWorkspace, type Workspace } from "../../src/store/workspace.js";
import { createDesk, type Desk } from "../support/desk.js";
import { deeds, randomOf, registryFiles, type Random } from "./random-registry.js";

const desk = createDesk({ files: registryFiles() });
const first = desk.git("rev-parse", "HEAD");
let parts = 0;
let runs = 0;

/** What `validate` says, when the registry may be read in parts and when it may not. */
async function bothWays(input: object): Promise<readonly [unknown, unknown]> {
  const open = () =>
    openWorkspace({ directory: desk.directory, config: undefined, environment: desk.environment, tool: "0" });
  const [one, other] = [await open(), await open()];
  try {
    const inParts = await said({ ...one, part: (...it) => counted(one.part(...it)) }, input);
    return [inParts, await said({ ...other, part: () => Promise.resolve(undefined) }, input)];
  } finally {
    one.close();
    other.close();
  }
}

async function counted(opening: ReturnType<Workspace["part"]>): ReturnType<Workspace["part"]> {
  runs++;
  const part = await opening;
  if (part === undefined) return undefined;
  return {
    read: async (names) => {
      const read = await part.read(names);
      if (names.size === 0 && read !== undefined) parts++;
      return read;
    },
  };
}

async function said(workspace: Workspace, input: object): Promise<unknown> {
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

/** Does some of the deeds, each time others. */
function doSome(random: Random, most: number): string[] {
  const done: string[] = [];
  for (let left = random.below(most + 1); left > 0; left--) {
    const name = random.of(Object.keys(deeds));
    deeds[name]?.(desk, random);
    done.push(name);
  }
  return done;
}

function commit(at: Desk): void {
  at.git("add", "--all");
  at.git("commit", "--quiet", "--allow-empty", "--no-verify", "--message", "change");
}

/** A branch with changes that are committed, staged and neither; its base may have moved on. Says what was done. */
function setScene(random: Random): object {
  desk.git("checkout", "--quiet", "--force", "-B", "work", first);
  desk.git("clean", "-ffdxq");
  const trunk = random.below(3) === 0 ? doSome(random, 2) : [];
  commit(desk);
  desk.git("branch", "--force", "trunk", random.below(4) === 0 ? first : "HEAD");
  const fork = random.below(2) === 0 ? first : "HEAD";
  desk.git("checkout", "--quiet", "--force", "-B", "work", fork);
  const committed = doSome(random, 3);
  commit(desk);
  const staged = doSome(random, 2);
  desk.git("add", "--all");
  const unstaged = random.below(2) === 0 ? doSome(random, 2) : [];
  return { trunk, committed, staged, unstaged };
}

interface Said {
  readonly findings?: readonly { readonly rule: string; readonly file: string; readonly message: string }[];
}

/** Two prompts of one name: the whole then takes the base's versions of one for those of the other, the part does not. */
const isDouble = (said: unknown): boolean =>
  (said as Said).findings?.some(({ rule }) => rule === "layout-name-duplicate") === true;

const layoutOf = (said: unknown): unknown =>
  (said as Said).findings?.flatMap(({ rule, file, message }) =>
    rule.startsWith("layout-") ? [[rule, file, message]] : [],
  );

const seeds = Number(process.env["PARTS_SEEDS"] ?? 15);

describe("a change that is judged in parts", () => {
  it("gives the report that the whole registry gives", { timeout: 600_000 }, async () => {
    for (let seed = 1; seed <= seeds; seed++) {
      const scene = setScene(randomOf(seed));
      for (const input of [
        { base: "trunk" },
        { base: "trunk", committed: true },
        { staged: true },
        { base: "trunk", staged: true },
      ]) {
        const [part, whole] = await bothWays(input);
        const see = isDouble(whole) ? layoutOf : (it: unknown) => it;
        expect({ seed, scene, input, said: see(part) }).toEqual({ seed, scene, input, said: see(whole) });
      }
    }
  });
});

afterAll(() => {
  expect(parts / runs).toBeGreaterThan(0.5);
});

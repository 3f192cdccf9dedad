import { afterAll, describe, expect, it } from "vitest";
import type { Workspace } from "../../src/store/workspace.js";
import { createDesk } from "../support/desk.js";
import { randomOf } from "../support/random.js";
import { registryFiles } from "./random-registry.js";
import { saidOf, setScene, workspaceOf } from "./said.js";

const desk = createDesk({ files: registryFiles() });
const first = desk.git("rev-parse", "HEAD");
let parts = 0;
let runs = 0;

/** What `validate` says, when the registry may be read in parts and when it may not. */
async function bothWays(input: object): Promise<readonly [unknown, unknown]> {
  const [one, other] = [await workspaceOf(desk), await workspaceOf(desk)];
  try {
    const inParts = await saidOf({ ...one, part: (...it) => counted(one.part(...it)) }, input);
    return [inParts, await saidOf({ ...other, part: () => Promise.resolve(undefined) }, input)];
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
      const scene = setScene(desk, first, randomOf(seed));
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

import { expect, test } from "vitest";
import { compileSources } from "../support/compile.js";
import { killPasses } from "./passes.js";
import { makeScene } from "./scene.js";
import { complaints, exhaust } from "./trial.js";

const sources = compileSources();

test.for(killPasses)(
  "`$name`, killed before its calls $from, +$every, …: old or new, and the next run heals",
  { timeout: 900_000 },
  async (pass) => {
    const verdicts = await exhaust(makeScene(), { ...pass, sources });
    expect(complaints(verdicts)).toEqual([]);
    expect(verdicts.at(-1)?.reached).toBe(false);
    expect(verdicts.length * pass.every).toBeGreaterThan(50);
  },
);

import { expect, test } from "vitest";
import { compileSources } from "../support/compile.js";
import { failurePasses, gitPasses } from "./passes.js";
import { makeScene } from "./scene.js";
import { complaints, exhaust } from "./trial.js";

const sources = compileSources();

test.for(failurePasses)(
  "`$name` with $kind at its calls $from, +$every, …: a true answer, and the next run succeeds",
  { timeout: 900_000 },
  async (pass) => {
    const verdicts = await exhaust(makeScene(), { ...pass, sources });
    expect(complaints(verdicts)).toEqual([]);
    expect(verdicts.length * pass.every).toBeGreaterThan(50);
  },
);

test.for(gitPasses)(
  "`$name` with $kind at git $from, +$every, …: a true answer, and the next run succeeds",
  { timeout: 900_000 },
  async (pass) => {
    const verdicts = await exhaust(makeScene(), { ...pass, sources });
    expect(complaints(verdicts)).toEqual([]);
    expect(verdicts.length * pass.every).toBeGreaterThan(7);
  },
);

import { expect, test } from "vitest";
import { compileSources } from "../support/compile.js";
import { failurePasses, gitPasses } from "./passes.js";
import { makeScene } from "./scene.js";
import { callsOf, complaints, exhaust, tryOnce } from "./trial.js";

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

test("a name that cannot be removed at once is removed all the same, git's own lock of HEAD too", async () => {
  const scene = makeScene();
  const removals = await callsOf(scene, { name: "alias set", sources, call: "unlink" });
  expect(removals.map(({ path }) => path)).toContain("work/.git/HEAD.lock");
  const verdicts = [];
  for (const { at } of removals)
    verdicts.push(await tryOnce(scene, { name: "alias set", fault: { kind: "EIO", at }, sources }));
  expect(complaints(verdicts)).toEqual([]);
});

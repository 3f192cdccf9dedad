import { expect, test } from "vitest";
import { compileSources } from "../support/compile.js";
import { cutPower } from "./cut-power.js";
import { breed, mutants } from "./mutants.js";
import { overtake } from "./overtake.js";
import { makeScene } from "./scene.js";
import { complaints, exhaust, tryOnce } from "./trial.js";

// The harness has to see each of these. All of them are killed, or run, where the sound writer passes.
const sources = compileSources();
const name = "alias set";

test(
  "a writer that moves the branch before the index is seen by a kill between the two",
  { timeout: 300_000 },
  async () => {
    const mutant = breed(sources, mutants["the branch moves before the index"]);
    const verdicts = await exhaust(makeScene(), { name, kind: "kill", sources: mutant, from: 66 });
    expect(complaints(verdicts).join("\n")).toContain("the index takes back what HEAD has");
  },
);

test(
  "a writer that does not sync names of objects is seen by a power cut",
  { timeout: 300_000 },
  async () => {
    const mutant = breed(sources, mutants["objects are not synced"]);
    const { violations } = await cutPower(makeScene(), {
      name,
      sources: mutant,
      losses: ["least"],
      every: 1000,
    });
    expect(violations.join("\n")).toContain("the commit that was reported is lost");
  },
);

test(
  "a writer that does not check the old value is seen when somebody else commits",
  { timeout: 300_000 },
  async () => {
    const scene = makeScene();
    const mutant = breed(sources, mutants["the old value of the branch is not checked"]);
    expect((await overtake(scene, { sources: mutant, at: 40 })).join("\n")).toContain(
      "somebody else is lost",
    );
    for (const at of [10, 27, 40, 58]) expect(await overtake(scene, { sources, at })).toEqual([]);
  },
);

test("a writer that adds everything to the index is seen at once", { timeout: 300_000 }, async () => {
  const mutant = breed(sources, mutants["everything is added to the index"]);
  const { violations } = await tryOnce(makeScene(), {
    name,
    sources: mutant,
    fault: { kind: "none", at: 0 },
  });
  expect(violations.join("\n")).toContain("index entries of the user changed");
});

test("a mutant whose text is gone is an error, not a pass", () => {
  const wrong = { file: "store/apply/carry-out.js", replace: [["no such line", ""]] } as const;
  expect(() => breed(sources, wrong)).toThrow("has 0 times");
});

import { expect, test } from "vitest";
import { compileSources } from "../support/compile.js";
import { randomOf } from "../support/random.js";
import { commands, makeScene, publishing } from "./scene.js";
import { complaints, tryOnce, type CommandName, type Verdict } from "./trial.js";

/** A night's worth: `FAULT_TRIALS=25000 FAULT_SEED=1`. */
const trials = Number(process.env["FAULT_TRIALS"] ?? 12);
const seed = Number(process.env["FAULT_SEED"] ?? 20261102);

/** Later than the last call of most commands, so that some runs end untouched. */
const latest = 160;

test(`${String(trials)} kills at random calls of random commands, seed ${String(seed)}`, async () => {
  const sources = compileSources();
  const scene = makeScene();
  const random = randomOf(seed);
  const names = [...Object.keys(commands), ...Object.keys(publishing)] as CommandName[];
  const verdicts: Verdict[] = [];
  let left = trials;
  const work = async () => {
    while (left-- > 0) {
      const fault = { kind: random.of(["kill", "kill", "kill-one"] as const), at: 1 + random.below(latest) };
      verdicts.push(await tryOnce(scene, { name: random.of(names), fault, sources }));
    }
  };
  await Promise.all([work(), work()]);
  expect(complaints(verdicts)).toEqual([]);
  expect(verdicts.length).toBe(trials);
  expect(verdicts.filter(({ reached }) => reached).length).toBeGreaterThan(trials / 3);
}, 86_400_000);

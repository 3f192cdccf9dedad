import { expect, test } from "vitest";
import { compileSources } from "../support/compile.js";
import { cutPower } from "./cut-power.js";
import type { Loss } from "./power-loss.js";
import { commands, makeScene } from "./scene.js";

const sources = compileSources();
const isFull = process.env.FAULTS === "all";

/** `FAULTS=all` cuts after every call of every command, and loses by ten seeds what nobody promised to keep. */
const cuts: readonly { name: keyof typeof commands; losses: readonly Loss[]; every: number }[] = isFull
  ? (Object.keys(commands) as (keyof typeof commands)[]).map((name) => ({
      name,
      losses: ["least", "names", ...Array.from({ length: 10 }, (_, seed) => seed * 1000)],
      every: 1,
    }))
  : [
      { name: "alias set", losses: ["least", "names"], every: 5 },
      { name: "alias set", losses: [7000], every: 1 },
      { name: "push", losses: ["least", 20261102], every: 24 },
    ];

test.for(cuts)(
  "a power cut during `$name` leaves the old state or the new one, and what was reported as done stays",
  { timeout: 3_600_000 },
  async (cut) => {
    const { states, violations } = await cutPower(makeScene(), { ...cut, sources });
    expect(violations).toEqual([]);
    expect(states).toBeGreaterThan(8);
  },
);

import { expect, test } from "vitest";
import { compileSources } from "../support/compile.js";
import { cutPower } from "./cut-power.js";
import { makeScene } from "./scene.js";

const sources = compileSources();

test("a power cut leaves the old state or the new one, and what was reported as done stays", async () => {
  const { states, violations } = await cutPower(makeScene(), {
    name: "alias set",
    sources,
    losses: ["least", "names"],
    every: process.env.FAULTS === "all" ? 1 : 5,
  });
  expect(violations).toEqual([]);
  expect(states).toBeGreaterThan(10);
}, 600_000);

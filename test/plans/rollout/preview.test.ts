import { expect, it } from "vitest";
import { previewRollout } from "../../../src/plans/rollout/preview-rollout.js";
import { shop, shopWithCanary } from "./story.js";

const keys = Array.from({ length: 1000 }, (_, index) => `user-${index}`);

it("counts the keys that a growing canary moves, and no other", () => {
  const [small, large] = [10, 30].map((percent) => shopWithCanary(`percent: ${percent}, state: running`));
  if (small === undefined || large === undefined) throw new TypeError();
  const [grown] = previewRollout(small, large, { keys, alias: "production" });
  expect(grown?.prompt).toBe("qualify-lead");
  expect(grown?.moves).toEqual([{ from: "1.1.0", to: "2.0.0", keys: grown?.moved }]);
  expect(grown?.moved).toBeGreaterThan(150);
  expect(grown?.moved).toBeLessThan(250);
});

it("tells nothing of prompts that move nobody, unless one is named", () => {
  expect(previewRollout(shop(), shop(), { keys })).toEqual([]);
  expect(previewRollout(shop(), shop(), { keys, name: "refund" })).toEqual([
    { prompt: "refund", moved: 0, moves: [] },
  ]);
});

it("counts those who get nothing any more", () => {
  const before = shop();
  const after = shop('    yanked: { "1.0.0": {} }\n');
  expect(previewRollout(before, after, { keys: ["user-1"], alias: "production" })).toEqual([
    { prompt: "refund", moved: 1, moves: [{ from: "1.0.0", to: null, keys: 1 }] },
  ]);
});

it("refuses a prompt or an alias that neither side has", () => {
  expect(() => previewRollout(shop(), shop(), { keys, alias: "prodction" })).toThrow(
    expect.objectContaining({ code: "ALIAS_NOT_FOUND" }),
  );
  expect(() => previewRollout(shop(), shop(), { keys, name: "refnud" })).toThrow(
    expect.objectContaining({ code: "PROMPT_NOT_FOUND" }),
  );
});

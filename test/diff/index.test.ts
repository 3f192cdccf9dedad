import { expect, test } from "vitest";
import { printers } from "../../src/diff/index.js";
import { leadDiff, noColour } from "./story.js";

test.each(Object.keys(printers) as (keyof typeof printers)[])(
  "%s prints without a line break at the end",
  async (format) => {
    const print = await printers[format]();
    expect(print([leadDiff()], { style: noColour })).toMatch(/\S$/);
  },
);

test("json is the document of the command line", async () => {
  const print = await printers.json();
  const document: unknown = JSON.parse(print([leadDiff()], { style: noColour }));
  expect(document).toEqual({ diffs: [leadDiff()] });
});

import { expect, test } from "vitest";
import { printers } from "../../src/findings/index.js";
import { finding, gap, options, report, waived } from "./story.js";

const formats = Object.keys(printers) as (keyof typeof printers)[];

test.each(formats)("%s prints the same text twice, without a line break at the end", async (format) => {
  const print = await printers[format]();
  const given = report([finding(), gap, waived]);
  expect(print(given, options)).toBe(print(given, options));
  expect(print(given, options)).toMatch(/\S$/);
});

test("json is the report as it is", async () => {
  const print = await printers.json();
  const given = report([finding(), waived]);
  expect(JSON.parse(print(given, options))).toEqual(given);
});

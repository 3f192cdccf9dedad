import { expect, test } from "vitest";
import * as entryPoint from "../../src/template/entry-point.js";

test("the entry point for other tools offers what is promised, and remembers nothing for them", () => {
  expect(Object.keys(entryPoint).sort()).toEqual(["defaultLimits", "parseTemplate", "roles"]);
});

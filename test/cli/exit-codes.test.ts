import { expect, test } from "vitest";
import { exitCodeOf, exitCodes } from "../../src/cli/exit-codes.js";
import { errorCodes, PromptSyncError, type ErrorCode } from "../../src/core/errors.js";

const codes = Object.keys(errorCodes) as ErrorCode[];

test("an error ends with the code of its kind, and nearly all mean that it could not be done", () => {
  const others = codes.flatMap((code) => {
    const exit = exitCodeOf(new PromptSyncError(code, "x"));
    return exit === 2 ? [] : [[code, exit]];
  });
  expect(Object.fromEntries(others)).toEqual({
    BUMP_TOO_SMALL: 1,
    GATE_FAILED: 1,
    INTERNAL: 3,
    REMOTE_REJECTED: 4,
    REMOTE_UNREACHABLE: 4,
    COMMIT_UNCERTAIN: 4,
    INTERRUPTED: 130,
  });
});

test("every exit code says what it means", () => {
  for (const code of codes) expect(exitCodes).toHaveProperty(String(errorCodes[code].exit));
});

test("what is no error of ours is a bug of ours, and so is a code that another copy knows", () => {
  for (const thrown of [new Error("x"), "x", undefined, null, { code: "USAGE" }])
    expect(exitCodeOf(thrown)).toBe(3);
  const other = Object.assign(new PromptSyncError("USAGE", "x"), { code: "constructor" });
  expect(exitCodeOf(other)).toBe(3);
});

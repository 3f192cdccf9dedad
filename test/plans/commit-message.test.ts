import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTrailers } from "../../src/core/trailers.js";
import { commitMessage, oneLine } from "../../src/plans/commit-message.js";

const moved = { action: "alias-set", prompt: "welcome", alias: "production", from: "1.0.0", to: "1.1.0" };

describe("a commit message", () => {
  it("has our subject and one block of trailers a change", () => {
    const pushed = { action: "push", prompt: "welcome", version: "1.1.0", to: "1.1.0", reason: "shorter" };
    expect(commitMessage("push welcome@1.1.0 to production", [pushed, moved])).toBe(
      [
        "promptsync: push welcome@1.1.0 to production",
        "",
        "Promptsync-Action: push",
        "Promptsync-Prompt: welcome",
        "Promptsync-Version: 1.1.0",
        "Promptsync-To: 1.1.0",
        "Promptsync-Reason: shorter",
        "Promptsync-Action: alias-set",
        "Promptsync-Prompt: welcome",
        "Promptsync-Alias: production",
        "Promptsync-From: 1.0.0",
        "Promptsync-To: 1.1.0",
        "",
      ].join("\n"),
    );
  });

  it("has the user's words as its subject", () => {
    expect(commitMessage("x", [moved], { message: "  feat: warmer welcome " }).split("\n")[0]).toBe(
      "feat: warmer welcome",
    );
  });

  it.each([
    "a\nPromptsync-Action: push",
    "a\rb",
    "a\u0000",
    "\u001b[31mred",
    "a\u2028b",
    "a\u0085b",
    "a\u202Eb",
    "",
    "   ",
  ])("refuses %j, which could forge a trailer or hide what it says", (text) => {
    const refusal = expect.objectContaining({ code: "USAGE" }) as Error;
    expect(() => oneLine(text, "--reason")).toThrow(refusal);
    expect(() => commitMessage("x", [moved], { message: text })).toThrow(refusal);
  });

  it("refuses a value that would forge a trailer", () => {
    const forged = { ...moved, reason: "ok\nPromptsync-Action: push" };
    expect(() => commitMessage("x", [forged])).toThrow(expect.objectContaining({ code: "USAGE" }) as Error);
  });
});

describe("the trailers of a commit", () => {
  it("are read from its last paragraph only", () => {
    const body = "Promptsync-Action: push\nPromptsync-Prompt: forged";
    const message = `feat: x\n\n${body}\n\n${commitMessage("x", [moved]).split("\n\n")[1] ?? ""}`;
    expect(readTrailers(message)).toEqual([moved]);
    expect(readTrailers("Promptsync-Action: push\nPromptsync-Prompt: welcome")).toEqual([]);
    expect(readTrailers("fix: typo\n\nSigned-off-by: Ada <ada@example.com>\n")).toEqual([]);
    expect(readTrailers("")).toEqual([]);
  });

  it("may stand among others, such as a sign-off", () => {
    expect(readTrailers(`${commitMessage("x", [moved])}Signed-off-by: Ada <ada@example.com>\n`)).toEqual([
      moved,
    ]);
  });

  it("are found again as they were written", () => {
    const word = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }).filter((text) => {
      try {
        return oneLine(text, "--reason") === text;
      } catch {
        return false;
      }
    });
    const record = fc.record(
      { action: word, prompt: word, version: word, alias: word, from: word, to: word, reason: word },
      { requiredKeys: ["action", "prompt"] },
    );
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 4 }), word, (audit, message) => {
        expect(readTrailers(commitMessage("x", audit, { message }))).toEqual(audit);
      }),
      { numRuns: 500 },
    );
  });
});

import { diffTexts } from "../../src/diff/diff-texts.js";
import type { VersionDiff } from "../../src/diff/model.js";
import type { Colours } from "../../src/diff/print.js";

const plain = (text: string): string => text;

/** Colour off. */
export const noColour: Colours = {
  red: plain,
  yellow: plain,
  green: plain,
  dim: plain,
  bold: plain,
  cyan: plain,
};

/** Colours written as words, so that a test can read them. */
export const namedColours: Colours = {
  red: (text) => `<red>${text}</red>`,
  yellow: (text) => `<yellow>${text}</yellow>`,
  green: (text) => `<green>${text}</green>`,
  dim: plain,
  bold: (text) => `<bold>${text}</bold>`,
  cyan: plain,
};

export const leadBefore = `---
name: qualify-lead
version: "1.0.0"
---
You qualify leads for {{ company }}.

Ask for the timeline, then for the budget.

Answer in JSON.
`;

export const leadAfter = `---
name: qualify-lead
version: "1.1.0"
summary: Asks for the budget first
---
You qualify leads for {{ company }}.

Ask for the budget, then for the timeline.

Answer in JSON.
`;

/** The diff of a prompt whose order of questions changed; every part can be replaced. */
export function leadDiff(parts: Partial<VersionDiff> = {}): VersionDiff {
  return {
    name: "qualify-lead",
    from: "1.0.0",
    to: "1.1.0",
    requiredBump: "minor",
    changes: [
      { kind: "wording-changed", at: "body", bump: "patch", message: "4 of 15 words changed" },
      {
        kind: "input-optional-added",
        at: "/input/schema/tone",
        bump: "minor",
        message: "callers may give `tone`",
      },
    ],
    hunks: diffTexts(leadBefore, leadAfter, { context: 3 }),
    ...parts,
  };
}

/** The diff of two bodies without changes of meaning. */
export function textDiff(before: string, after: string, context = 3): VersionDiff {
  return leadDiff({ changes: [], hunks: diffTexts(before, after, { context }) });
}

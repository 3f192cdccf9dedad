import { describe, expect, test } from "vitest";
import type { Catalog } from "../../src/core/catalog.js";
import { editState, emptyStateText } from "../../src/core/state/edit-state.js";
import { planJoin, planSplit } from "../../src/plans/plan-split.js";
import type { PlannedChanges } from "../../src/plans/state-change.js";
import { registry } from "../core/registry.js";

const home = "prompt-templates/promptsync.yaml";
const versions = { "task/qualify-lead": ["1.0.0"], refund: ["1.0.0"], welcome: ["1.0.0"] };

const state = `# What the shop serves.
schema: promptsync/v1
prompts:
  # The big one.
  qualify-lead: # asks a lot
    # Ada's team.
    owner: team-sales
    default: "1.0.0" # for now
    purpose: >-
      Scores
      a lead
    # Nothing below this line.

  # Money goes back.
  refund:
    default: "1.0.0"
# The end.
`;

const ownQualifyLead = `# The big one.
# asks a lot

# Ada's team.
owner: team-sales
default: "1.0.0" # for now
purpose: >-
  Scores
  a lead
# Nothing below this line.
`;

/** The files of a plan, made from those of the catalog; null for one that goes. */
function filesOf({ stateText }: Catalog, { plan }: PlannedChanges): Record<string, string | null> {
  const texts = new Map<string, string>(stateText.files.map(({ path, text }) => [path, text]));
  return Object.fromEntries(
    (plan?.effects ?? []).map((effect) => {
      if (effect.kind === "delete") return [effect.path, null];
      if (effect.kind === "write") return [effect.path, effect.content];
      return [effect.path, editState(texts.get(effect.path) ?? emptyStateText, effect.edits, effect.above)];
    }),
  );
}

test("a block moves with its comments, and the rest stays as it stands", () => {
  const catalog = registry(versions, state);
  expect(filesOf(catalog, planSplit(catalog, { names: ["qualify-lead"] }))).toEqual({
    [home]: `# What the shop serves.
schema: promptsync/v1
prompts:

  # Money goes back.
  refund:
    default: "1.0.0"
# The end.
`,
    "prompt-templates/task/qualify-lead/promptsync.yaml": ownQualifyLead,
  });
});

test("a block comes back with its comments", () => {
  const rest = `schema: promptsync/v1\nprompts:\n  # Money goes back.\n  refund:\n    default: "1.0.0"\n`;
  const catalog = registry(versions, rest, { own: { "task/qualify-lead": ownQualifyLead } });
  expect(filesOf(catalog, planJoin(catalog, { names: ["qualify-lead"] }))).toEqual({
    [home]: `schema: promptsync/v1
prompts:
  # The big one.
  # asks a lot
  qualify-lead:
    # Ada's team.
    owner: team-sales
    default: "1.0.0" # for now
    purpose: >-
      Scores
      a lead
    # Nothing below this line.
  # Money goes back.
  refund:
    default: "1.0.0"
`,
    "prompt-templates/task/qualify-lead/promptsync.yaml": null,
  });
});

test("all blocks move in one plan, and leave no empty map behind", () => {
  const catalog = registry(versions, state);
  const planned = planSplit(catalog, { names: [], all: true });
  expect(filesOf(catalog, planned)).toEqual({
    [home]: "# What the shop serves.\nschema: promptsync/v1\n# The end.\n",
    "prompt-templates/task/qualify-lead/promptsync.yaml": ownQualifyLead,
    "prompt-templates/refund/promptsync.yaml": '# Money goes back.\n\ndefault: "1.0.0"\n',
  });
  expect(planned.changes.map(({ prompt }) => prompt)).toEqual(["qualify-lead", "refund"]);
});

describe("what is not written in block style", () => {
  const flow = `schema: promptsync/v1\nprompts:\n  refund: { default: "1.0.0" } # money\n  welcome: { default: "1.0.0" }\n`;

  test("moves in the canonical form", () => {
    const catalog = registry(versions, flow);
    expect(filesOf(catalog, planSplit(catalog, { names: ["refund"] }))).toEqual({
      [home]: `schema: promptsync/v1\nprompts:\n  welcome: { default: "1.0.0" }\n`,
      "prompt-templates/refund/promptsync.yaml": 'default: "1.0.0"\n',
    });
  });

  test("comes back in the canonical form, with its comments", () => {
    const catalog = registry(versions, "schema: promptsync/v1\n", {
      own: { refund: '--- # money\n{ default: "1.0.0" }\n' },
    });
    expect(filesOf(catalog, planJoin(catalog, { names: [], all: true }))[home]).toBe(
      'schema: promptsync/v1\nprompts:\n  refund:\n    # money\n    default: "1.0.0"\n',
    );
  });
});

test("what stands where it should is left alone", () => {
  const catalog = registry(versions, state);
  expect(planJoin(catalog, { names: [], all: true }).plan).toBeNull();
  expect(planSplit(catalog, { names: ["welcome"] }).plan).toBeNull(); // nothing is said of it
});

test("an own file that says nothing goes", () => {
  const catalog = registry(versions, state, { own: { welcome: "" } });
  const { plan } = planJoin(catalog, { names: ["welcome"] });
  expect(plan?.effects).toEqual([{ kind: "delete", path: "prompt-templates/welcome/promptsync.yaml" }]);
});

test.each([
  ["no name", { names: [] }, "USAGE"],
  ["names and all", { names: ["refund"], all: true }, "USAGE"],
  ["an unknown name", { names: ["refnd"] }, "PROMPT_NOT_FOUND"],
])("%s is refused", (_, request, code) => {
  const catalog = registry(versions, state);
  expect(() => planSplit(catalog, request)).toThrow(expect.objectContaining({ code }));
  expect(() => planJoin(catalog, request)).toThrow(expect.objectContaining({ code }));
});

test("a block in two places is for a person to decide", () => {
  const catalog = registry(versions, state, { own: { refund: 'default: "1.0.0"\n' } });
  expect(() => planJoin(catalog, { names: [], all: true })).toThrow(
    expect.objectContaining({ code: "STATE_INVALID" }),
  );
});

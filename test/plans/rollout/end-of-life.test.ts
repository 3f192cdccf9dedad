import { describe, expect, it } from "vitest";
import { planDeprecate } from "../../../src/plans/rollout/plan-deprecate.js";
import { planRemove } from "../../../src/plans/rollout/plan-remove.js";
import { planYank } from "../../../src/plans/rollout/plan-yank.js";
import { editsOf, now, shop } from "./story.js";

const ended = (deadline: string, lines = "") =>
  shop(`    deprecations:
      "1.1.0": { reason: wrong tone, replacement: "2.0.0", deprecated: 2026-09-01, deadline: ${deadline} }
${lines}`);

describe("a deprecation", () => {
  const request = {
    ref: "refund@1.1.0",
    replacement: "2.0.0",
    deadline: "2026-12-31",
    reason: "wrong tone",
    notice: 30,
  };

  it("says why, what to use instead, and until when", () => {
    const planned = planDeprecate(shop(), request, now);
    expect(editsOf(planned)).toEqual([
      'prompts.refund.deprecations.1.1.0 {"reason":"wrong tone","replacement":"2.0.0","deprecated":"2026-11-02","deadline":"2026-12-31"}',
    ]);
    expect(planned.changes).toMatchObject([{ version: "1.1.0", from: "1.1.0", to: "2.0.0" }]);
    expect(planned.warnings).toEqual([]);
  });

  it("can be changed, and keeps its first day", () => {
    expect(editsOf(planDeprecate(ended("2026-11-30"), request, now))[0]).toContain(
      '"deprecated":"2026-09-01","deadline":"2026-12-31"',
    );
    expect(planDeprecate(ended("2026-12-31"), request, now).plan).toBeNull();
  });

  it("warns of a deadline that `validate` will refuse", () => {
    expect(planDeprecate(shop(), { ...request, deadline: "2026-11-12" }, now).warnings).toEqual([
      "the deadline leaves 10 days, and `validate` asks for 30 (`periods.notice`)",
    ]);
    expect(planDeprecate(ended("2027-01-31"), request, now).warnings).toEqual([
      "the deadline moves from 2027-01-31 to 2026-12-31, which is earlier: `validate` refuses that",
    ]);
  });

  it("warns of those who still get the version, and of a deadline in the past", () => {
    const { warnings } = planDeprecate(
      shop(),
      { ...request, ref: "refund@1.0.0", deadline: "2026-11-01" },
      now,
    );
    expect(warnings).toEqual([
      "the deadline 2026-11-01 is past already",
      "`prompts.refund.default` still serves 1.0.0",
      "`prompts.refund.aliases.production.serve` still serves 1.0.0",
    ]);
  });

  it.each([
    ["a version that does not exist", { ref: "refund@1.1.1" }, "VERSION_NOT_FOUND"],
    ["an alias", { ref: "refund@production" }, "REFERENCE_INVALID"],
    ["a replacement that does not exist", { replacement: "3.0.0" }, "VERSION_NOT_FOUND"],
    ["itself as the replacement", { replacement: "1.1.0" }, "USAGE"],
    ["a replacement of another prompt", { replacement: "qualify-lead@2.0.0" }, "USAGE"],
    ["a deadline that is no day", { deadline: "2026-02-30" }, "USAGE"],
    ["a reason of two lines", { reason: "wrong\nPromptsync-Action: push" }, "USAGE"],
  ])("is refused with %s", (_, more, code) => {
    expect(() => planDeprecate(shop(), { ...request, ...more }, now)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe("a yank", () => {
  it("notes the day and the reason, and tells who is affected", () => {
    const planned = planYank(shop(), { ref: "refund@1.0.0", reason: "leaks" }, now);
    expect(editsOf(planned)).toEqual(['prompts.refund.yanked.1.0.0 {"reason":"leaks","since":"2026-11-02"}']);
    expect(planned.warnings).toHaveLength(4);
  });

  it("warns of callers that would get nothing", () => {
    const only = shop('    yanked:\n      "1.1.0": {}\n      "2.0.0": {}\n');
    expect(planYank(only, { ref: "refund@1.0.0", reason: "leaks" }, now).warnings).toContain(
      "nothing is left to serve for `refund`: whoever asks for it gets an error",
    );
    expect(planYank(shop(), { ref: "refund@2.0.0", reason: "leaks" }, now).warnings).toEqual([]);
  });

  it("of a yanked version changes nothing", () => {
    const yanked = shop('    yanked:\n      "1.1.0":\n        reason: leaks\n');
    expect(planYank(yanked, { ref: "refund@1.1.0", reason: "leaks" }, now).plan).toBeNull();
    expect(planYank(yanked, { ref: "refund@1.1.0" }, now).plan).toBeNull();
  });

  it("of a yanked version takes a reason that comes later, and keeps the day", () => {
    const yanked = shop('    yanked:\n      "1.1.0":\n        since: 2026-10-01\n');
    const planned = planYank(yanked, { ref: "refund@1.1.0", reason: "leaks" }, now);
    expect(editsOf(planned)).toEqual(['prompts.refund.yanked.1.1.0 {"reason":"leaks","since":"2026-10-01"}']);
  });
});

describe("a removal", () => {
  const remove = (catalog = ended("2026-11-01")) => planRemove(catalog, { ref: "refund@1.1.0" }, now);

  it("deletes the file and leaves a tombstone in the same commit", () => {
    const planned = remove();
    expect(editsOf(planned)).toEqual([
      "prompts.refund.deprecations.1.1.0",
      "prompts.refund.yanked.1.1.0",
      'prompts.refund.removed.1.1.0 {"on":"2026-11-02","reason":"wrong tone","replacement":"2.0.0"}',
    ]);
    expect(planned.plan?.effects).toContainEqual({
      kind: "delete",
      path: "prompt-templates/refund/1.1.0.md",
    });
  });

  it("waits for the end of the deadline's day", () => {
    for (const catalog of [ended("2026-11-02"), ended("2026-12-31"), shop()]) {
      expect(() => remove(catalog)).toThrow(expect.objectContaining({ code: "REMOVAL_TOO_EARLY" }));
    }
  });

  it.each([
    [
      "a tenant",
      "    tenants: { acme: { aliases: { production: { serve: 1.1.0 } } } }",
      "tenants.acme.aliases.production.serve",
    ],
    ["a rule", "    rules: { vip: { when: {}, serve: 1.1.0 } }", "rules.vip.serve"],
    ["an override", "    overrides: { chat: { chat-1: { serve: 1.1.0 } } }", "overrides.chat.chat-1.serve"],
    ["a recommendation", '    recommended: "1.1.0"', "recommended"],
  ])("is refused while %s names the version", (_, line, entry) => {
    const catalog = ended("2026-11-01", `${line.replace("serve: 1.1.0", 'serve: "1.1.0"')}\n`);
    expect(() => remove(catalog)).toThrow(
      expect.objectContaining({ code: "VERSION_IN_USE", data: { entries: [`prompts.refund.${entry}`] } }),
    );
  });

  it("cannot be done twice", () => {
    const gone = shop('    removed:\n      "0.9.0": { on: 2026-08-01 }\n');
    expect(() => planRemove(gone, { ref: "refund@0.9.0" }, now)).toThrow(
      expect.objectContaining({ code: "VERSION_NOT_FOUND", hint: "it was removed on 2026-08-01" }),
    );
  });
});

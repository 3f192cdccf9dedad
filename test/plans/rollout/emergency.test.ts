import { describe, expect, it } from "vitest";
import { planEmergencyOpen, planEmergencyResolve } from "../../../src/plans/rollout/plan-emergency.js";
import { editsOf, now, shop } from "./story.js";

const open = (more: object = {}, catalog = shop()) =>
  planEmergencyOpen(
    catalog,
    { ref: "refund@2.0.0", label: "promises refunds", by: "dana@example.com", ...more },
    now,
  );

const incident = (lines: string) =>
  shop(`emergencies:
  inc-1: { prompt: refund, serve: "2.0.0", ${lines} }
`);

describe("an emergency", () => {
  it("is opened with a label, an opener and a day for the post-mortem", () => {
    expect(editsOf(open({ alias: "production" }))).toEqual([
      'emergencies.inc-2026-11-02 {"prompt":"refund","alias":"production","serve":"2.0.0","label":"promises refunds","opened":"2026-11-02T10:00:00Z","opened_by":"dana@example.com","post_mortem_due":"2026-11-09","status":"active"}',
    ]);
  });

  it("asks no gate", () => {
    const gated = shop("", "aliases: { production: { protected: true, gates: release } }\n");
    expect(open({ alias: "production" }, gated).plan).not.toBeNull();
  });

  it("gets a free id of its own", () => {
    const taken = shop(
      'emergencies:\n  inc-2026-11-02: { prompt: welcome, serve: "1.0.0", status: resolved }\n',
    );
    expect(open({}, taken).changes).toMatchObject([{ emergency: "inc-2026-11-02-2" }]);
    expect(open({ id: "inc-7", due: "2026-11-04" }).changes).toMatchObject([{ emergency: "inc-7" }]);
  });

  it.each([
    ["an id that is taken", { id: "inc-1", ref: "welcome@1.0.0" }, "EMERGENCY_EXISTS"],
    ["a second one of the same place", {}, "EMERGENCY_EXISTS"],
    ["an alias that nobody has", { alias: "prodction" }, "ALIAS_NOT_FOUND"],
    ["a version that does not exist", { ref: "refund@9.0.0" }, "VERSION_NOT_FOUND"],
    ["a label of two lines", { ref: "welcome@1.0.0", label: "a\nb" }, "USAGE"],
    ["a due date that is none", { ref: "welcome@1.0.0", due: "soon" }, "USAGE"],
  ])("is refused with %s", (_, more, code) => {
    expect(() => open(more, incident("status: active"))).toThrow(expect.objectContaining({ code }));
  });

  it("does not decide what a reference means", () => {
    const other = open({ ref: "refund@1.1.0", alias: "production" }, incident("status: active"));
    expect(other.changes).toMatchObject([{ to: "1.1.0" }]);
  });

  it("ends, and its post-mortem may follow", () => {
    const by = "eve@example.com";
    const resolve = (catalog = incident("status: active"), postMortem?: string) =>
      planEmergencyResolve(catalog, { id: "inc-1", by, postMortem }, now);
    expect(editsOf(resolve())).toEqual([
      'emergencies.inc-1.resolved "2026-11-02T10:00:00Z"',
      'emergencies.inc-1.resolved_by "eve@example.com"',
      'emergencies.inc-1.status "resolved"',
    ]);
    const over = incident("status: resolved");
    expect(resolve(over).plan).toBeNull();
    expect(editsOf(resolve(over, "https://example.com/1"))).toEqual([
      'emergencies.inc-1.post_mortem "https://example.com/1"',
    ]);
  });

  it("has to be known", () => {
    expect(() => planEmergencyResolve(shop(), { id: "inc-9", by: "eve@example.com" }, now)).toThrow(
      expect.objectContaining({ code: "EMERGENCY_NOT_FOUND" }),
    );
  });
});

import { describe, expect, test } from "vitest";
import { enrich, type Enricher, type RenderContext } from "../../src/render/enrich/enrich.js";
import { injectContext } from "../../src/render/enrich/inject-context.js";
import { mergeFragments } from "../../src/render/enrich/merge-fragments.js";
import { timeTags } from "../../src/render/enrich/time-tags.js";

const context: RenderContext = { variables: { company: "Acme" }, tags: { locale: "en" } };

describe("enriching", () => {
  test("the steps run in order, and each says what it set", async () => {
    const upper: Enricher = {
      name: "upper",
      enrich: ({ variables, tags }) => ({ variables: { ...variables, company: "ACME" }, tags }),
    };
    const { context: after, steps } = await enrich(context, [injectContext("user", { plan: "pro" }), upper]);
    expect(after.variables).toEqual({ company: "ACME", user: { plan: "pro" } });
    expect(steps).toEqual([
      { name: "context:user", set: ["user"] },
      { name: "upper", set: ["company"] },
    ]);
  });

  test("the context that was passed stays as it was", async () => {
    await enrich(context, [injectContext("user", { plan: "pro" }), timeTags({ now: new Date(0) })]);
    expect(context).toEqual({ variables: { company: "Acme" }, tags: { locale: "en" } });
  });

  test("a step that throws is named", async () => {
    const broken: Enricher = { name: "crm", enrich: () => Promise.reject(new Error("no answer")) };
    await expect(enrich(context, [broken])).rejects.toMatchObject({
      code: "ENRICHER_FAILED",
      message: "the enricher `crm` threw: no answer",
    });
  });
});

describe("context injection", () => {
  test("what the caller passes wins, key by key", async () => {
    const given = { ...context, variables: { user: { plan: "free" } } };
    const { context: after } = await enrich(given, [injectContext("user", { plan: "pro", seats: 3 })]);
    expect(after.variables).toEqual({ user: { plan: "free", seats: 3 } });
  });

  test("a variable that is no map is left alone", async () => {
    const given = { ...context, variables: { user: "Ada" } };
    const { steps } = await enrich(given, [injectContext("user", { plan: "pro" })]);
    expect(steps).toEqual([{ name: "context:user", set: [] }]);
  });
});

describe("fragments", () => {
  const scopes = [
    { scope: "global", fragments: { signature: "The team", rules: "Be brief." } },
    { scope: "user", fragments: { signature: "Ada" } },
  ];

  test("the most personal scope wins", async () => {
    const { context: after } = await enrich(context, [mergeFragments(scopes)]);
    expect(after.variables["fragments"]).toEqual({ signature: "Ada", rules: "Be brief." });
  });

  test("appended fragments keep the order of the scopes", async () => {
    const { context: after } = await enrich(context, [
      mergeFragments(scopes, { into: "text", how: "append" }),
    ]);
    expect(after.variables["text"]).toEqual({ signature: "The team\n\nAda", rules: "Be brief." });
  });
});

describe("time tags", () => {
  test("they follow the caller's clock and time zone", async () => {
    const now = new Date("2026-11-21T23:30:00Z"); // a Saturday
    const utc = await enrich(context, [timeTags({ now })]);
    expect(utc.context.tags).toEqual({
      time_of_day: "evening",
      weekday: "saturday",
      weekend: "true",
      locale: "en",
    });
    const tokyo = await enrich(context, [timeTags({ now, timeZone: "Asia/Tokyo" })]);
    expect(tokyo.context.tags).toMatchObject({ time_of_day: "morning", weekday: "sunday" });
  });

  test("a tag that the caller sets stays", async () => {
    const given = { ...context, tags: { time_of_day: "night" } };
    const { context: after } = await enrich(given, [timeTags({ now: new Date("2026-11-21T10:00:00Z") })]);
    expect(after.tags["time_of_day"]).toBe("night");
  });
});

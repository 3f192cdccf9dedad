import fc from "fast-check";
import { expect, it } from "vitest";
import { isPromptSyncError } from "../../../src/core/errors.js";
import type { Selector } from "../../../src/core/reference.js";
import { possibleVersions } from "../../../src/core/resolve/possible-versions.js";
import { resolve } from "../../../src/core/resolve/resolve.js";
import { registry, stateText } from "../registry.js";

const version = fc.constantFrom("1.0.0", "1.1.0", "2.0.0", "2.1.0");
const alias = fc.constantFrom("dev", "production");

const arm = fc.record(
  {
    serve: version,
    canary: fc.record({
      serve: version,
      percent: fc.constantFrom(0, 10, 100),
      seed: fc.constant("s"),
      state: fc.constantFrom("running", "paused"),
    }),
  },
  { requiredKeys: ["serve"] },
);
const arms = fc.dictionary(alias, arm, { maxKeys: 2 });

const block = fc.record(
  {
    default: version,
    aliases: arms,
    tenants: fc.dictionary(fc.constantFrom("acme", "globex"), fc.record({ aliases: arms }), { maxKeys: 2 }),
    rules: fc.dictionary(
      fc.constantFrom("r1", "r2"),
      fc.record({ when: fc.constantFrom({}, { flags: { concise: true } }), serve: version }),
      { maxKeys: 2 },
    ),
    overrides: fc.constantFrom({}, { chat: { c1: { serve: "2.1.0" } } }),
    yanked: fc.dictionary(version, fc.constant({ reason: "leaks" }), { maxKeys: 2 }),
  },
  { requiredKeys: [] },
);

const emergencies = fc.constantFrom(
  {},
  { e1: { prompt: "refund", serve: "1.1.0", status: "active" } },
  { e1: { prompt: "refund", alias: "dev", serve: "1.1.0", status: "active" } },
);

const request = fc.record(
  {
    tenant: fc.constantFrom("acme", "globex", "other"),
    key: fc.constantFrom("user-1", "user-2", "user-3"),
    flags: fc.constantFrom({}, { concise: true }),
    scopes: fc.constantFrom({}, { chat: "c1" }),
  },
  { requiredKeys: [] },
);

const selector: fc.Arbitrary<Selector> = fc.oneof(
  alias.map((name): Selector => ({ kind: "alias", alias: name })),
  version.map((it): Selector => ({ kind: "version", version: it })),
  fc.constantFrom<Selector>({ kind: "default" }, { kind: "latest" }, { kind: "range", range: "^1" }),
);

it("whatever anybody is served is among the possible versions", () => {
  fc.assert(
    fc.property(block, emergencies, request, selector, (refund, open, caller, asked) => {
      const state = { project: { default_alias: "production" }, prompts: { refund }, emergencies: open };
      const text = Object.entries(state).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
      const catalog = registry({ refund: ["1.0.0", "1.1.0", "2.0.0", "2.1.0"] }, stateText(text.join("")));
      expect(catalog.stateText.problems).toEqual([]);
      let served: string;
      try {
        served = resolve(catalog, { name: "refund", selector: asked, ...caller }).version;
      } catch (error) {
        if (isPromptSyncError(error)) return;
        throw error;
      }
      try {
        const possible = possibleVersions(catalog, "refund", asked);
        expect(possible.map((it) => it.version)).toContain(served);
      } catch (error) {
        // An emergency or an override hides for a while, or from some, that what is asked for is not there.
        if (!isPromptSyncError(error)) throw error;
        expect("e1" in open || caller.scopes !== undefined).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});

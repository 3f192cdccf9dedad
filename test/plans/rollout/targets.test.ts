import { describe, expect, it } from "vitest";
import { planCapabilityLink, planCapabilityUnlink } from "../../../src/plans/rollout/plan-capability.js";
import { planFlagLink } from "../../../src/plans/rollout/plan-flag-link.js";
import { planFlagCreate, planFlagRemove } from "../../../src/plans/rollout/plan-flag.js";
import { planOverrideRemove, planOverrideSet } from "../../../src/plans/rollout/plan-override.js";
import { planPromptSet } from "../../../src/plans/rollout/plan-prompt-set.js";
import { planTenantRemove, planTenantSet } from "../../../src/plans/rollout/plan-tenant.js";
import { editsOf, now, shop, subjectOf } from "./story.js";

const acme = shop(`    tenants:
      acme: { reason: audit, aliases: { production: { serve: "1.0.0" }, dev: { serve: "2.0.0" } } }
`);

describe("a tenant", () => {
  it("gets versions of its own, with the reason", () => {
    const request = { tenant: "acme", alias: "production", references: ["refund@2.0.0"], reason: "audit" };
    const planned = planTenantSet(shop(), request);
    expect(editsOf(planned)).toEqual([
      'prompts.refund.tenants.acme.aliases.production.serve "2.0.0"',
      'prompts.refund.tenants.acme.reason "audit"',
    ]);
    expect(planned.plan?.message).toContain("Promptsync-Tenant: acme\nPromptsync-To: 2.0.0\n");
    expect(planTenantSet(acme, { ...request, references: ["refund@1.0.0"] }).plan).toBeNull();
  });

  it("may be called anything that prints", () => {
    const request = { alias: "production", references: ["refund@2.0.0"] };
    expect(subjectOf(planTenantSet(shop(), { ...request, tenant: "Müller & Söhne" }))).toContain(
      "Müller & Söhne",
    );
    for (const tenant of ["", " acme", "a\nb", "__proto__", "x".repeat(201)]) {
      expect(() => planTenantSet(shop(), { ...request, tenant })).toThrow(
        expect.objectContaining({ code: "NAME_INVALID" }),
      );
    }
  });

  it("loses one alias, or its whole block with the reason", () => {
    const request = { tenant: "acme", names: [], alias: "dev" };
    expect(editsOf(planTenantRemove(acme, request))).toEqual(["prompts.refund.tenants.acme.aliases.dev"]);
    expect(new Set(editsOf(planTenantRemove(acme, { tenant: "acme", names: ["refund"] })))).toEqual(
      new Set(["prompts.refund.tenants.acme"]),
    );
  });

  it("that nobody knows has nothing to lose", () => {
    for (const request of [
      { tenant: "acne", names: [] },
      { tenant: "acme", names: ["qualify-lead"] },
    ]) {
      expect(() => planTenantRemove(acme, request)).toThrow(
        expect.objectContaining({ code: "TENANT_NOT_FOUND" }),
      );
    }
  });
});

const flagged = shop(`    rules:
      vip: { order: 30, when: { tenants: [acme] }, serve: "1.1.0" }
      concise: { order: 20, when: { flags: { concise: true } }, serve: "1.1.0" }
flags:
  concise: { expires: 2026-12-01 }
capabilities:
  answer: { links: { refund: { priority: 5, when: { flags: { concise: true } } }, welcome: {} } }
`);

describe("a flag", () => {
  const create = (expires: string, more: object = {}) =>
    planFlagCreate(shop(), { flag: "tone", expires, ...more }, now);

  it("is made for a time, a release when nothing else is said", () => {
    expect(editsOf(create("2026-12-01", { owner: "team-support" }))).toEqual([
      'flags.tone {"owner":"team-support","kind":"release","created":"2026-11-02","expires":"2026-12-01"}',
    ]);
  });

  it("that lives longer than its kind is expected to gets a warning", () => {
    expect(create("2026-12-12").warnings).toEqual([]);
    expect(create("2026-12-13").warnings).toHaveLength(1);
    expect(create("2026-11-12", { kind: "ops" }).warnings).toHaveLength(1);
    expect(create("2030-01-01", { kind: "permission" }).warnings).toEqual([]);
    expect(create("2026-11-01").warnings).toEqual(["flag `tone` has expired already"]);
  });

  it.each(["tomorrow", "2026-02-30", "2026-1-1", ""])("cannot expire on `%s`", (expires) => {
    expect(() => create(expires)).toThrow(expect.objectContaining({ code: "USAGE" }));
  });

  it("links a version behind the prompt's other rules", () => {
    const planned = planFlagLink(flagged, { flag: "concise", references: ["qualify-lead@2.0.0"] });
    expect(editsOf(planned)).toEqual([
      'prompts.qualify-lead.rules.concise {"order":10,"when":{"flags":{"concise":true}},"serve":"2.0.0"}',
    ]);
  });

  it("that is linked already changes its version and nothing else", () => {
    const planned = planFlagLink(flagged, { flag: "concise", references: ["refund@2.0.0"] });
    expect(editsOf(planned)).toEqual([
      'prompts.refund.rules.concise {"order":20,"when":{"flags":{"concise":true}},"serve":"2.0.0"}',
    ]);
    expect(planned.changes).toMatchObject([{ from: "1.1.0", to: "2.0.0" }]);
  });

  it("goes with the rules and links that need it", () => {
    expect(editsOf(planFlagRemove(flagged, { flag: "concise" }))).toEqual([
      "flags.concise",
      "prompts.refund.rules.concise",
      "capabilities.answer.links.refund",
    ]);
  });

  it("has to be known", () => {
    for (const plan of [planFlagLink, planFlagRemove]) {
      expect(() => plan(flagged, { flag: "concis", references: ["refund@2.0.0"] })).toThrow(
        expect.objectContaining({ code: "FLAG_NOT_FOUND", hint: "did you mean `concise`?" }),
      );
    }
    expect(() => planFlagCreate(flagged, { flag: "concise", expires: "2026-12-01" }, now)).toThrow(
      expect.objectContaining({ code: "FLAG_EXISTS" }),
    );
  });
});

describe("an override", () => {
  const set = (scope: string) => planOverrideSet(shop(), { scope, id: "chat-8842", ref: "refund@2.0.0" });

  it("gives one id of a scope a version", () => {
    expect(editsOf(set("chat"))).toEqual(['prompts.refund.overrides.chat.chat-8842.serve "2.0.0"']);
    expect(set("chat").plan?.audit).toEqual([
      { action: "override-set", prompt: "refund", to: "2.0.0", override: "chat/chat-8842" },
    ]);
  });

  it("of a scope that nobody asks with is refused", () => {
    expect(() => set("chart")).toThrow(expect.objectContaining({ code: "USAGE" }));
  });

  it("that is not there cannot be removed", () => {
    for (const names of [[], ["refund"]]) {
      expect(() => planOverrideRemove(shop(), { scope: "chat", id: "chat-8842", names })).toThrow(
        expect.objectContaining({ code: "OVERRIDE_NOT_FOUND" }),
      );
    }
  });
});

describe("a capability", () => {
  it("is linked with a priority and flags; linking again keeps what is not named", () => {
    const link = { capability: "answer", name: "refund" };
    expect(editsOf(planCapabilityLink(flagged, { ...link, priority: "20" }))).toEqual([
      'capabilities.answer.links.refund {"priority":20,"when":{"flags":{"concise":true}}}',
    ]);
    const planned = planCapabilityLink(flagged, { ...link, flags: { lite: true } });
    expect(planned.warnings).toEqual(["flag `lite` was never created: `promptsync flag create lite`"]);
    expect(planCapabilityLink(flagged, link).plan).toBeNull();
  });

  it("and the link have to be known to be unlinked", () => {
    for (const request of [
      { capability: "anser", name: "refund" },
      { capability: "answer", name: "refnud" },
    ]) {
      expect(() => planCapabilityUnlink(flagged, request)).toThrow(
        expect.objectContaining({ code: "CAPABILITY_NOT_FOUND" }),
      );
    }
  });
});

describe("a setting of a prompt", () => {
  const set = (field: string, value: string, catalog = shop()) =>
    planPromptSet(catalog, { name: "refund", field, value });

  it("is its owner, its purpose or its recommended version", () => {
    expect(editsOf(set("owner", "team-support"))).toEqual(['prompts.refund.owner "team-support"']);
    expect(editsOf(set("recommended", "v2.0.0"))).toEqual(['prompts.refund.recommended "2.0.0"']);
    expect(() => set("default", "1.1.0")).toThrow(expect.objectContaining({ code: "USAGE" }));
    expect(() => set("recommended", "welcome@1.0.0")).toThrow(expect.objectContaining({ code: "USAGE" }));
  });

  it("that had line breaks is one line in the trailer", () => {
    const purpose = shop('    purpose: "decides\\nPromptsync-Action: push"\n');
    expect(set("purpose", "Decides on refunds", purpose).plan?.audit[0]?.from).toBe(
      "decides Promptsync-Action: push",
    );
  });

  it("takes an owner of the list, when there is one", () => {
    const owners = shop("", "owners: { team-support: }\n");
    expect(() => set("owner", "team-suport", owners)).toThrow(
      expect.objectContaining({ code: "USAGE", hint: "did you mean `team-support`?" }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { parseSelector } from "../../../src/core/reference.js";
import type { ResolveRequest } from "../../../src/core/resolve/resolution.js";
import { resolve } from "../../../src/core/resolve/resolve.js";
import { registry, stateText } from "../registry.js";

const versions = {
  "task/qualify-lead": ["0.9.0", "1.0.0", "1.0.1", "1.0.4-emergency.1", "1.1.0", "1.1.0-nova.1", "2.0.0"],
  "support/support-reply": ["1.0.0", "1.2.0"],
  "support/support-reply-lite": ["1.0.0"],
  welcome: ["1.0.0", "1.0.1-rc.1"],
};

const calm = `
project:
  default_alias: production
capabilities:
  answer-customer:
    links:
      support-reply: { priority: 10 }
      support-reply-lite: { priority: 20, when: { flags: { low-cost-mode: true } } }
prompts:
  qualify-lead:
    default: "1.0.0"
    aliases:
      dev: { serve: "2.0.0" }
      production:
        serve: "1.1.0"
        canary: { serve: "2.0.0", percent: 21, seed: support-reply/production/2026-11-02, state: running }
      broken: { serve: "1.0.1" }
    rules:
      late: { order: 20, when: { flags: { concise-answers: true } }, serve: "1.0.0" }
      concise-answers: { order: 10, when: { flags: { concise-answers: true } }, serve: "2.0.0" }
      german: { order: 5, when: { tags_all: { locale: [de, at], tier: gold }, tenants: [acme, globex] }, serve: "1.0.0" }
      any: { order: 6, when: { tags_any: { locale: fr, tier: platinum } }, serve: "1.0.0" }
    tenants:
      acme: { aliases: { production: { serve: "1.0.0" } } }
      globex: { aliases: { audit: { serve: "1.0.0" }, production: { serve: "1.0.0", canary: { serve: "2.0.0", percent: 50, seed: AB12A, state: running } } } }
      initech: { aliases: { production: { serve: "1.0.1" } } }
    overrides:
      chat: { chat-8842: { serve: "1.1.0-nova.1" } }
      profile: { pro-1: { serve: "1.0.0" } }
    deprecations:
      "1.0.0": { replacement: "1.1.0", reason: retired policy }
    yanked:
      "1.0.1": { reason: leaks the customer name }
    removed:
      "0.8.0": { replacement: "1.0.0" }
  support-reply: { default: "1.2.0" }
  support-reply-lite: { default: "1.0.0" }
`;

const catalog = registry(versions, stateText(calm));
const lead = (request: Partial<ResolveRequest> = {}) =>
  resolve(catalog, { name: "qualify-lead", ...request });
const at = (selector: string) => lead({ selector: parseSelector(selector) });
const short = ({ version, reason, rule }: ReturnType<typeof resolve>) => [version, reason, rule];
const codeOf = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return "none";
};

/** The state above with other lines. */
const changed = (from: string, to: string) => {
  const text = stateText(calm).replace(from, to);
  expect(text).not.toBe(stateText(calm));
  return registry(versions, text);
};

describe("a capability", () => {
  it("means the prompt of the highest priority whose conditions hold", () => {
    const plain = resolve(catalog, { capability: "answer-customer" });
    expect(plain.name).toBe("support-reply");
    expect(plain.trail.slice(0, 2)).toEqual([
      {
        step: "capability",
        matched: false,
        detail: "support-reply-lite has priority 20, but its conditions do not hold",
        path: ["capabilities", "answer-customer", "links", "support-reply-lite"],
      },
      {
        step: "capability",
        matched: true,
        detail: "support-reply has priority 10",
        path: ["capabilities", "answer-customer", "links", "support-reply"],
      },
    ]);
    const cheap = resolve(catalog, { capability: "answer-customer", flags: { "low-cost-mode": true } });
    expect(cheap.name).toBe("support-reply-lite");
  });

  it("of equal priority goes to the first prompt by name", () => {
    const equal = changed("priority: 20, when: { flags: { low-cost-mode: true } }", "priority: 10");
    expect(resolve(equal, { capability: "answer-customer" }).name).toBe("support-reply");
  });

  it("that nobody linked, or that nothing fits, is an error", () => {
    expect(() => resolve(catalog, { capability: "answer-costumer" })).toThrow(
      expect.objectContaining({
        code: "CAPABILITY_NOT_FOUND",
        hint: "did you mean `answer-customer`?",
      }) as Error,
    );
    const none = changed("support-reply: { priority: 10 }", "x: { when: { tenants: [nobody] } }");
    expect(codeOf(() => resolve(none, { capability: "answer-customer" }))).toBe("CAPABILITY_NOT_FOUND");
    expect(codeOf(() => resolve(catalog, { capability: "constructor" }))).toBe("CAPABILITY_NOT_FOUND");
  });
});

describe("an unknown prompt", () => {
  it("is an error with the nearest name", () => {
    expect(() => resolve(catalog, { name: "qualify-led" })).toThrow(
      expect.objectContaining({
        code: "PROMPT_NOT_FOUND",
        message: "prompt `qualify-led` not found at main",
        hint: "did you mean `qualify-lead`? `promptsync list` shows all",
      }) as Error,
    );
  });
});

describe("an emergency", () => {
  const emergencies = (lines: string) => registry(versions, `${stateText(calm)}emergencies:\n${lines}`);
  const entry = "prompt: qualify-lead, serve: 1.0.4-emergency.1, label: leaked ids";

  it("without an alias serves its version to everybody, pinned callers included", () => {
    const open = emergencies(`  inc-1: { ${entry}, status: active }\n`);
    for (const request of [
      {},
      { alias: "dev" },
      { selector: parseSelector("2.0.0") },
      { tenant: "acme" },
      { scopes: { chat: "chat-8842" } },
    ]) {
      const served = resolve(open, { name: "qualify-lead", ...request });
      expect(short(served)).toEqual(["1.0.4-emergency.1", "STATIC", "emergency.inc-1"]);
    }
    expect(resolve(open, { name: "welcome", selector: { kind: "latest" } }).version).toBe("1.0.0");
  });

  it("of one alias leaves the others alone, and the trail says so", () => {
    const open = emergencies(`  inc-1: { ${entry}, alias: production, status: active }\n`);
    const production = resolve(open, { name: "qualify-lead" });
    expect(short(production)).toEqual(["1.0.4-emergency.1", "STATIC", "emergency.inc-1"]);
    expect(production.alias).toBe("production");
    expect(production.trail).toEqual([
      {
        step: "emergency",
        matched: true,
        detail: "emergency inc-1 is open: leaked ids",
        path: ["emergencies", "inc-1"],
      },
    ]);
    const dev = resolve(open, { name: "qualify-lead", alias: "dev" });
    expect(dev.version).toBe("2.0.0");
    expect(dev.trail[0]?.detail).toBe("inc-1 is open for alias production only");
  });

  it("that is resolved or of another prompt changes nothing", () => {
    const over = emergencies(
      `  inc-1: { ${entry}, status: resolved }\n  inc-2: { prompt: welcome, serve: 1.0.0, status: active }\n`,
    );
    expect(resolve(over, { name: "qualify-lead", alias: "dev" })).toEqual(lead({ alias: "dev" }));
  });

  it("that comes first by id wins", () => {
    const two = emergencies(
      `  inc-2: { ${entry}, status: active }\n  inc-1: { prompt: qualify-lead, serve: 1.0.0, status: active }\n`,
    );
    expect(resolve(two, { name: "qualify-lead" }).rule).toBe("emergency.inc-1");
  });

  it("that serves a version nobody made is an error that names the entry", () => {
    const gone = emergencies("  inc-1: { prompt: qualify-lead, serve: 9.0.0, status: active }\n");
    expect(() => resolve(gone, { name: "qualify-lead" })).toThrow(
      "prompt `qualify-lead` has no version `9.0.0`, which `emergencies.inc-1` asks for",
    );
  });
});

describe("a pinned version", () => {
  it("is served as asked, whatever the alias says", () => {
    expect(short(at("1.1.0"))).toEqual(["1.1.0", "STATIC", "pinned"]);
    expect(short(at("v1.1.0-nova.1"))).toEqual(["1.1.0-nova.1", "STATIC", "pinned"]);
    expect(
      lead({ selector: parseSelector("1.1.0"), tenant: "acme", scopes: { chat: "chat-8842" } }).version,
    ).toBe("1.1.0");
  });

  it("that is deprecated is served and reported", () => {
    expect(at("1.0.0").deprecated).toEqual({ reason: "retired policy", replacement: "1.1.0" });
    expect(at("1.1.0").deprecated).toBeNull();
  });

  it("that does not exist names the versions there are, and what became of it", () => {
    expect(() => at("1.1.1")).toThrow(expect.objectContaining({ code: "VERSION_NOT_FOUND" }) as Error);
    expect(() => at("0.8.0")).toThrow(
      expect.objectContaining({ hint: "it was removed; `qualify-lead@1.0.0` replaces it" }) as Error,
    );
  });

  it("that is yanked is an error: no other version was asked for", () => {
    expect(() => at("1.0.1")).toThrow(
      expect.objectContaining({
        code: "NO_VERSION",
        hint: "the caller asks for 1.0.1, but 1.0.1 is yanked: leaks the customer name",
      }) as Error,
    );
  });
});

describe("a range", () => {
  it("means its newest version that is no pre-release", () => {
    expect(at("^1").version).toBe("1.1.0");
    expect(at("v1").version).toBe("1.1.0");
    expect(at(">=0.9 <1.0.0").version).toBe("0.9.0");
  });

  it("passes deprecated and yanked versions over, and the trail says so", () => {
    expect(codeOf(() => at("~1.0.0"))).toBe("NO_VERSION");
    const wide = at(">=0.9.0 <1.1.0");
    expect(wide.version).toBe("0.9.0");
    expect(wide.trail.map(({ matched, detail }) => [matched, detail])).toEqual([
      [
        false,
        "1.0.1 is the newest in the range >=0.9.0 <1.1.0, but 1.0.1 is yanked: leaks the customer name",
      ],
      [false, "1.0.0 is deprecated: ranges pass it over"],
      [true, "0.9.0 is the newest in the range >=0.9.0 <1.1.0"],
    ]);
  });

  it("that no version is in is an error", () => {
    expect(codeOf(() => at("^3"))).toBe("VERSION_NOT_FOUND");
  });
});

describe("latest", () => {
  it("is the newest release, and the newest pre-release only where there is no release", () => {
    expect(at("latest").version).toBe("2.0.0");
    expect(resolve(catalog, { name: "welcome", selector: { kind: "latest" } }).version).toBe("1.0.0");
    const early = registry({ welcome: ["1.0.0-rc.1", "1.0.0-rc.2"] });
    expect(resolve(early, { name: "welcome", selector: { kind: "latest" } }).version).toBe("1.0.0-rc.2");
  });

  it("passes a yanked version over", () => {
    const yanked = changed('"1.0.1": { reason: leaks', '"2.0.0": { reason: leaks');
    const served = resolve(yanked, { name: "qualify-lead", selector: { kind: "latest" } });
    expect(served.version).toBe("1.1.0");
    expect(served.trail[0]).toMatchObject({ matched: false, step: "pinned" });
    expect(served.trail[0]?.detail).toContain("2.0.0 is yanked");
  });
});

describe("an override", () => {
  it("serves a chat, a character or a profile its own version before any alias", () => {
    expect(short(lead({ scopes: { chat: "chat-8842" } }))).toEqual([
      "1.1.0-nova.1",
      "TARGETING_MATCH",
      "override.chat",
    ]);
    expect(short(lead({ scopes: { profile: "pro-1" }, alias: "dev" }))).toEqual([
      "1.0.0",
      "TARGETING_MATCH",
      "override.profile",
    ]);
  });

  it("of the more personal scope wins, and the project may order the scopes anew", () => {
    const both = { scopes: { profile: "pro-1", chat: "chat-8842" } };
    expect(lead(both).rule).toBe("override.chat");
    const turned = changed(
      "default_alias: production\n",
      "default_alias: production\n  scopes: [profile, chat]\n",
    );
    expect(resolve(turned, { name: "qualify-lead", ...both }).rule).toBe("override.profile");
    const left = changed("default_alias: production\n", "default_alias: production\n  scopes: [profile]\n");
    expect(resolve(left, { name: "qualify-lead", scopes: { chat: "chat-8842" } }).rule).toBe("canary.no_key");
  });

  it("of an unknown id decides nothing, whatever the id is called", () => {
    for (const id of ["chat-1", "constructor", "__proto__"]) {
      const served = lead({ scopes: { chat: id }, alias: "dev" });
      expect(served.rule).toBe("alias");
      expect(served.trail[0]?.detail).toBe(`chat ${id} has no version of its own`);
    }
  });
});

describe("an alias", () => {
  it("serves what its block says", () => {
    const dev = lead({ alias: "dev" });
    expect(short(dev)).toEqual(["2.0.0", "STATIC", "alias"]);
    expect(dev).toMatchObject({ alias: "dev", arm: null, bucket: null });
    expect(at("dev")).toEqual(dev);
  });

  it("that neither the prompt nor the tenant has is an error, never the default", () => {
    expect(() => lead({ alias: "producton" })).toThrow(
      expect.objectContaining({
        code: "ALIAS_NOT_FOUND",
        hint: "did you mean `production`? it has broken, dev, production; `promptsync alias set producton qualify-lead` makes one",
      }) as Error,
    );
    expect(codeOf(() => lead({ alias: "audit", tenant: "acme" }))).toBe("ALIAS_NOT_FOUND");
    expect(lead({ alias: "audit", tenant: "globex" }).version).toBe("1.0.0");
  });

  it("that only another tenant knows, or only a rule would answer, is unknown all the same", () => {
    expect(codeOf(() => lead({ alias: "audit", flags: { "concise-answers": true } }))).toBe(
      "ALIAS_NOT_FOUND",
    );
  });

  it("whose version is yanked is passed over, and the trail says so", () => {
    const served = lead({ alias: "broken" });
    expect(short(served)).toEqual(["1.0.0", "DEFAULT", "default"]);
    expect(served.trail.map(({ detail }) => detail)).toContain(
      "alias broken serves 1.0.1, but 1.0.1 is yanked: leaks the customer name",
    );
  });

  it("of the project is taken where the caller names none, and left out where the prompt has none", () => {
    expect(lead().alias).toBe("production");
    const plain = resolve(catalog, { name: "support-reply" });
    expect(short(plain)).toEqual(["1.2.0", "DEFAULT", "default"]);
    expect(plain.alias).toBeNull();
    const unset = changed("default_alias: production", "id: sales-bot");
    expect(short(resolve(unset, { name: "qualify-lead" }))).toEqual(["1.0.0", "DEFAULT", "default"]);
  });
});

describe("a tenant", () => {
  it("gets its own block instead of the alias's, canary and all", () => {
    const acme = lead({ tenant: "acme", key: "用户42" });
    expect(short(acme)).toEqual(["1.0.0", "TARGETING_MATCH", "tenant.acme"]);
    expect(acme).toMatchObject({ alias: "production", arm: null, bucket: null });
  });

  it("goes through its own canary, and the rule stays the tenant's", () => {
    const globex = lead({ tenant: "globex", key: "122" });
    expect(short(globex)).toEqual(["2.0.0", "SPLIT", "tenant.globex"]);
    expect(globex).toMatchObject({ arm: "candidate", bucket: 2287 });
    const other = lead({ tenant: "globex", key: "123" });
    expect([other.reason, other.rule]).toEqual(["SPLIT", "tenant.globex"]);
    const keyless = lead({ tenant: "globex" });
    expect(short(keyless)).toEqual(["1.0.0", "TARGETING_MATCH", "tenant.globex"]);
    expect(keyless.arm).toBe("baseline");
    const everybody = changed("percent: 50", "percent: 100");
    const all = resolve(everybody, { name: "qualify-lead", tenant: "globex" });
    expect(short(all)).toEqual(["2.0.0", "TARGETING_MATCH", "tenant.globex"]);
  });

  it("comes before the rules", () => {
    expect(lead({ tenant: "acme", flags: { "concise-answers": true } }).rule).toBe("tenant.acme");
  });

  it("without a block of its own gets what everybody gets", () => {
    const served = lead({ tenant: "acme", alias: "dev" });
    expect(short(served)).toEqual(["2.0.0", "STATIC", "alias"]);
    expect(served.trail[0]?.detail).toBe("tenant acme has no dev of its own");
  });

  it("whose version is yanked goes on to the alias", () => {
    expect(lead({ tenant: "initech", respectCanary: false }).rule).toBe("alias");
  });
});

describe("a rule", () => {
  it("of the lowest order whose conditions all hold serves its version", () => {
    const served = lead({ flags: { "concise-answers": true } });
    expect(short(served)).toEqual(["2.0.0", "TARGETING_MATCH", "rule.concise-answers"]);
    expect(served.alias).toBe("production");
    expect(served.trail.map(({ detail }) => detail)).toEqual([
      "rule german does not hold",
      "rule any does not hold",
      "rule concise-answers holds",
    ]);
  });

  it("needs every one of tags_all, one of tags_any, and one of its tenants", () => {
    const german = { tags: { locale: "at", tier: "gold" }, tenant: "acme", alias: "dev" };
    expect(lead(german).rule).toBe("rule.german");
    expect(lead({ ...german, tenant: "initech" }).rule).toBe("alias");
    expect(lead({ ...german, tags: { locale: "at" } }).rule).toBe("alias");
    expect(lead({ alias: "dev", tags: { locale: "fr" } }).rule).toBe("rule.any");
    expect(lead({ alias: "dev", tags: { locale: "de", tier: "platinum" } }).rule).toBe("rule.any");
  });

  it("holds for a flag's exact value only", () => {
    expect(lead({ alias: "dev", flags: { "concise-answers": "true" } }).rule).toBe("alias");
    expect(lead({ alias: "dev", flags: { "concise-answers": false } }).rule).toBe("alias");
  });

  it("serves without any alias too", () => {
    const unset = changed("default_alias: production", "id: sales-bot");
    const served = resolve(unset, { name: "qualify-lead", flags: { "concise-answers": true } });
    expect(short(served)).toEqual(["2.0.0", "TARGETING_MATCH", "rule.concise-answers"]);
    expect(served.alias).toBeNull();
  });
});

describe("a canary", () => {
  it("sends a key's bucket to the candidate or the baseline and says which", () => {
    const inside = lead({ key: "用户42" });
    expect(short(inside)).toEqual(["2.0.0", "SPLIT", "canary.candidate"]);
    expect(inside).toMatchObject({ alias: "production", arm: "candidate", bucket: 2083 });
    const outside = lead({ key: "user-1" });
    expect(short(outside)).toEqual(["1.1.0", "SPLIT", "canary.baseline"]);
    expect(outside).toMatchObject({ arm: "baseline", bucket: 6416 });
    expect(outside.trail.at(-1)).toEqual({
      step: "canary",
      matched: true,
      detail: "canary of 2.0.0 is at 21 %, and key user-1 is in bucket 6416 of 10000",
      path: ["prompts", "qualify-lead", "aliases", "production", "canary"],
    });
  });

  it("counts hundredths of a percent", () => {
    const serves = (percent: string) =>
      resolve(changed("percent: 21", `percent: ${percent}`), { name: "qualify-lead", key: "用户42" }).rule;
    expect(serves("20.83")).toBe("canary.baseline"); // bucket 2083 is the 2084th
    expect(serves("20.84")).toBe("canary.candidate");
    expect(serves("0.01")).toBe("canary.baseline");
    expect(serves("0")).toBe("alias");
    expect(serves("99.99")).toBe("canary.candidate");
  });

  it("serves the baseline to a caller without a key, an empty one included", () => {
    for (const request of [{}, { key: "" }]) {
      const served = lead(request);
      expect(short(served)).toEqual(["1.1.0", "DEFAULT", "canary.no_key"]);
      expect(served).toMatchObject({ arm: "baseline", bucket: null });
    }
  });

  it("refuses a caller without a key where the project says so", () => {
    const strict = changed(
      "default_alias: production\n",
      "default_alias: production\n  on_missing_key: error\n",
    );
    expect(codeOf(() => resolve(strict, { name: "qualify-lead" }))).toBe("TARGETING_KEY_MISSING");
    expect(resolve(strict, { name: "qualify-lead", key: "user-1" }).rule).toBe("canary.baseline");
    expect(resolve(strict, { name: "qualify-lead", respectCanary: false }).rule).toBe("alias");
    expect(resolve(strict, { name: "qualify-lead", alias: "dev" }).rule).toBe("alias");
  });

  it("at 100 percent serves its candidate to everybody, with or without a key", () => {
    const whole = changed("percent: 21", "percent: 100");
    for (const request of [{}, { key: "user-1" }]) {
      const served = resolve(whole, { name: "qualify-lead", ...request });
      expect(short(served)).toEqual(["2.0.0", "STATIC", "canary.candidate"]);
      expect(served).toMatchObject({ arm: "candidate", bucket: null });
    }
  });

  it("that is paused, or not respected by the caller, decides nothing", () => {
    const paused = changed("state: running }\n      broken", "state: paused }\n      broken");
    const served = resolve(paused, { name: "qualify-lead", key: "用户42" });
    expect(short(served)).toEqual(["1.1.0", "STATIC", "alias"]);
    expect(served.trail.at(-2)?.detail).toBe("canary of 2.0.0 is paused at 21 %");
    const out = lead({ key: "用户42", respectCanary: false });
    expect(short(out)).toEqual(["1.1.0", "STATIC", "alias"]);
    expect(out.trail.at(-2)?.detail).toBe("the caller takes no part in the canary of 2.0.0");
  });

  it("whose candidate is yanked leaves the baseline", () => {
    const yanked = changed('"1.0.1": { reason: leaks', '"2.0.0": { reason: leaks');
    const served = resolve(yanked, { name: "qualify-lead", key: "用户42" });
    expect(short(served)).toEqual(["1.1.0", "STATIC", "alias"]);
    expect(served.trail.at(-2)?.detail).toContain("but 2.0.0 is yanked");
  });
});

describe("a prompt with nothing left to serve", () => {
  it("is an error that says how to give it a default", () => {
    expect(() => resolve(catalog, { name: "welcome" })).toThrow(
      expect.objectContaining({
        code: "NO_VERSION",
        hint: "`promptsync default set welcome@<version>` gives it a default",
      }) as Error,
    );
  });

  it("is an error that names the yanked version", () => {
    const yanked = registry(
      { welcome: ["1.0.0"] },
      stateText('prompts: { welcome: { default: "1.0.0", yanked: { "1.0.0": { reason: rude } } } }\n'),
    );
    expect(() => resolve(yanked, { name: "welcome" })).toThrow(
      expect.objectContaining({
        code: "NO_VERSION",
        hint: "the default version is 1.0.0, but 1.0.0 is yanked: rude",
      }) as Error,
    );
  });
});

describe("what does not depend on the request", () => {
  const plain = stateText(
    'prompts: { welcome: { default: "1.0.0", aliases: { dev: { serve: "1.0.0" } } } }\n',
  );

  it.each<[string, ResolveRequest]>([
    ["an alias", { name: "welcome", alias: "dev" }],
    ["a default", { name: "welcome" }],
    ["a pinned version", { name: "welcome", selector: parseSelector("1.0.0") }],
  ])("is decided once for a catalog, and nobody can change it: %s", (_, request) => {
    const welcome = registry(versions, plain);
    const served = resolve(welcome, request);
    expect(resolve(welcome, { ...request, key: "user-1", flags: {} })).toBe(served);
    expect([served, served.trail, ...served.trail].every(Object.isFrozen)).toBe(true);
  });

  it("is decided anew for another catalog, also for one that was made of the first", () => {
    const [dev, request] = [lead({ alias: "dev" }), { name: "qualify-lead", alias: "dev" }];
    const { state } = changed('dev: { serve: "2.0.0" }', 'dev: { serve: "1.1.0" }');
    expect(resolve({ ...catalog, state }, request).version).toBe("1.1.0");
    expect(resolve(catalog, request)).toEqual(dev);
  });
});

describe("a state that cannot be read", () => {
  it("decides nothing", () => {
    const torn = registry(versions, "schema: promptsync/v1\nprompts: [");
    expect(codeOf(() => resolve(torn, { name: "welcome", selector: { kind: "latest" } }))).toBe(
      "STATE_INVALID",
    );
  });
});

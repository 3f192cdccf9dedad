import { describe, expect, it } from "vitest";
import type { FrontMatter, Variant } from "../../src/core/prompt.js";
import { comparePrompts, requiredStep } from "../../src/compare/index.js";
import { changeOf, changesOf, qualifyLead, stepOf } from "./story.js";

describe("templates", () => {
  const schema = { company: "string", "lead?": { name: "string", "phone?": "string" } };
  const using = (body: string) => qualifyLead({ input: { schema } }, body);

  it("a declared variable that is used now, or no longer, is a patch (row 16)", () => {
    const [used, unused] = [using("Qualify {{ company }} now."), using("Qualify them now.")];
    expect(changesOf(unused, used)).toContain("template-variable-used patch body");
    expect(changesOf(used, unused)).toContain("template-variable-unused patch body");
    expect(comparePrompts(used, unused).requiredBump).toBe("patch");
  });

  it("an optional property that is read without a guard is minor (row 18)", () => {
    const before = using("Call {{ lead.name }} of {{ company }}.");
    expect(
      changeOf(
        "template-path-unguarded",
        before,
        using("Call {{ lead.name }} {{ lead.phone }} of {{ company }}."),
      ),
    ).toMatchObject({
      bump: "minor",
      to: "lead.phone",
    });
    const guarded = using('Call {{ lead.name }} {{ lead.phone | default("") }} of {{ company }}.');
    expect(comparePrompts(before, guarded).requiredBump).toBe("patch");
  });

  const chat = (...roles: string[]) =>
    qualifyLead({}, roles.map((role) => `{% message role="${role}" %}Qualify.{% endmessage %}`).join("\n"));

  it("other messages are minor (row 38)", () => {
    expect(changesOf(chat("system", "user"), chat("system", "user", "assistant"))).toContain(
      "messages-changed minor body",
    );
    expect(changesOf(chat("system", "user"), chat("user", "system"))).toContain(
      "messages-changed minor body",
    );
  });

  it("a text that becomes a chat is major (row 38)", () => {
    expect(changesOf(qualifyLead(), chat("system", "user"))).toContain("messages-kind-changed major body");
  });
});

describe("variants", () => {
  const zh: Variant = { tags: { locale: "zh" }, content: "评估线索。" };
  const de: Variant = { tags: { locale: "de" }, content: "Bewerte den Lead." };

  it("a new variant is minor, one that went major, one with other tags major (row 34)", () => {
    expect(changesOf(qualifyLead(), qualifyLead({ variants: [zh] }))).toEqual([
      "variant-added minor /variants/0",
    ]);
    expect(changesOf(qualifyLead({ variants: [de, zh] }), qualifyLead({ variants: [de] }))).toEqual([
      "variant-removed major /variants/1",
    ]);
    expect(
      changesOf(
        qualifyLead({ variants: [zh] }),
        qualifyLead({ variants: [{ ...zh, tags: { lang: "zh" } }] }),
      ),
    ).toEqual(["variant-renamed major /variants/0"]);
  });

  it("another default body is minor (row 35)", () => {
    const before = qualifyLead({ variants: [de] }, "Qualify the lead.");
    const after = qualifyLead({ variants: [{ ...de, content: "Qualify the lead." }] }, de.content);
    expect(changesOf(before, after)).toContain("variant-default-changed minor body");
  });

  it("another order is minor: the first that matches equally well is served", () => {
    expect(stepOf({ variants: [zh, de] }, { variants: [de, zh] })).toBe("minor");
  });
});

describe("labels", () => {
  it("tags are a patch, unless somebody selects by one that went (row 37)", () => {
    expect(stepOf({}, { tags: ["sales"] })).toBe("patch");
    expect(stepOf({ tags: ["sales"] }, {})).toBe("patch");
    expect(stepOf({ tags: ["sales"] }, {}, { selectors: ["sales"] })).toBe("major");
  });

  it.each<[string, FrontMatter]>([
    ["title", { title: "Qualify a lead" }],
    ["description", { description: "Scores an inbound lead" }],
    ["metadata", { metadata: { wiki: "sales/leads" } }],
    ["x-team", { "x-team": "sales" }],
  ])("%s is a patch (row 47)", (key, after) => {
    expect(changesOf(qualifyLead(), qualifyLead(after))).toEqual([`meta-changed patch /${key}`]);
  });

  it("what a version says about itself is no change", () => {
    expect(
      stepOf(
        { summary: "first", version: "1.0.0" },
        { summary: "asks for the budget", version: "1.1.0", changes: "none" },
      ),
    ).toBe("none");
  });

  it("another digest of what is included is at least a patch (row 46)", () => {
    expect(changesOf(qualifyLead({ closure: "sha256:a" }), qualifyLead({ closure: "sha256:b" }))).toEqual([
      "include-changed patch /closure",
    ]);
  });

  it("what an include needs counts, and how it reads (row 46)", () => {
    const version = (partial: string) => ({
      prompt: qualifyLead({ closure: partial }, '{% include "tone" %}'),
      template: { load: (name: string) => (name === "tone" ? partial : null) },
    });
    const after = version("Be {{ tone }}.");
    const { changes } = comparePrompts(version("Be brief.").prompt, after.prompt, {
      template: after.template,
    });
    expect(changes.map(({ kind }) => kind)).toContain("include-changed");
  });
});

describe("model and settings", () => {
  it("another model is minor (row 39)", () => {
    expect(changesOf(qualifyLead({ model: "gpt-4o-mini" }), qualifyLead({ model: "gpt-4o" }))).toEqual([
      "model-changed minor /model",
    ]);
  });

  it.each([
    ["gpt-4o", "claude-sonnet-4"],
    ["openai/gpt-4o", "anthropic/claude-sonnet-4"],
    ["openai:gpt-4o", "claude-sonnet-4"],
  ])("another provider is minor and told apart: %s to %s (row 40)", (before, after) => {
    expect(changesOf(qualifyLead({ model: before }), qualifyLead({ model: after }))).toEqual([
      "model-provider-changed minor /model",
    ]);
  });

  it("another provider can be made major (row 40)", () => {
    const overrides = { "model-provider-changed": "major" } as const;
    expect(stepOf({ model: "gpt-4o" }, { model: "gemini-2.5-pro" }, { overrides })).toBe("major");
  });

  it.each(["temperature", "top_p", "seed", "presence_penalty"])("%s is a patch (row 42)", (key) => {
    expect(
      changesOf(qualifyLead({ config: { [key]: 0.2 } }), qualifyLead({ config: { [key]: 0.7 } })),
    ).toEqual([`config-changed patch /config/${key}`]);
  });

  it("a lower limit, another stop sequence or modality is minor; a higher limit a patch (row 43)", () => {
    expect(stepOf({ config: { max_tokens: 500 } }, { config: { max_tokens: 100 } })).toBe("minor");
    expect(stepOf({}, { config: { maxOutputTokens: 100 } })).toBe("minor");
    expect(stepOf({ config: { max_tokens: 100 } }, { config: { max_tokens: 500 } })).toBe("patch");
    expect(stepOf({}, { config: { stop: ["\n\n"] } })).toBe("minor");
    expect(
      stepOf(
        { config: { responseModalities: ["text"] } },
        { config: { responseModalities: ["text", "audio"] } },
      ),
    ).toBe("minor");
  });
});

describe("wording", () => {
  const words = Array.from({ length: 40 }, (_, index) => `word${String(index)}`);
  const before = qualifyLead({}, words.join(" "));
  const rewritten = (count: number) =>
    qualifyLead({}, words.map((word, index) => (index < count ? `${word}b` : word)).join(" "));

  it("a few other words are a patch (row 44)", () => {
    const { changes, requiredBump, suggestedBump } = comparePrompts(before, rewritten(4));
    expect(changes).toMatchObject([{ kind: "wording-changed", at: "body" }]);
    expect([requiredBump, suggestedBump]).toEqual(["patch", "patch"]);
  });

  it("much other wording suggests a minor step and asks for a patch (row 44)", () => {
    const { requiredBump, suggestedBump } = comparePrompts(before, rewritten(20));
    expect([requiredBump, suggestedBump]).toEqual(["patch", "minor"]);
    expect(comparePrompts(before, rewritten(20), { minorAboveRatio: 0.9 }).suggestedBump).toBe("patch");
  });

  it("white space and comments alone are told as such (row 45)", () => {
    const after = qualifyLead({}, `{# the budget first #}\n${words.join("\n")}`);
    expect(changesOf(before, after)).toEqual(["whitespace-changed patch body"]);
  });

  it("the wording of a variant counts", () => {
    const variant = (content: string): FrontMatter => ({ variants: [{ tags: { locale: "de" }, content }] });
    expect(changesOf(qualifyLead(variant("Bewerte.")), qualifyLead(variant("Bewerte bitte.")))).toEqual([
      "wording-changed patch /variants/0",
    ]);
  });

  it("text without spaces is compared by character", () => {
    const { suggestedBump } = comparePrompts(
      qualifyLead({}, "你是一个友好的销售助手请评估线索"),
      qualifyLead({}, "你是一个友好的销售助手请评估客户"),
    );
    expect(suggestedBump).toBe("patch");
  });

  it("texts of a hundred thousand other words are compared in no time", () => {
    const long = (suffix: string) =>
      qualifyLead({}, Array.from({ length: 100_000 }, (_, index) => `w${String(index)}${suffix}`).join(" "));
    const started = performance.now();
    expect(comparePrompts(long("a"), long("b")).suggestedBump).toBe("minor");
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe("the whole", () => {
  it("takes the largest step of all changes and reports each of them", () => {
    const before = qualifyLead({
      input: { schema: { company: "string" } },
      model: "gpt-4o",
      tags: ["sales"],
    });
    const after = qualifyLead(
      { input: { schema: { company: "string", locale: "string" } }, model: "gpt-4.1" },
      "Qualify it.",
    );
    const { changes, requiredBump } = comparePrompts(before, after);
    expect(changes.map(({ kind }) => kind)).toEqual([
      "input-required-added",
      "tag-removed",
      "model-changed",
      "wording-changed",
    ]);
    expect(requiredBump).toBe("major");
  });

  it("an override changes what a kind of change asks for", () => {
    const schema = (fields: Record<string, string>): FrontMatter => ({ input: { schema: fields } });
    const overrides = { "input-removed": "minor" } as const;
    expect(stepOf(schema({ a: "string", b: "string" }), schema({ a: "string" }), { overrides })).toBe(
      "minor",
    );
  });

  it("below 1.0.0 a minor step may break and a patch may add", () => {
    expect((["major", "minor", "patch", "none"] as const).map((bump) => requiredStep(bump, "0.4.2"))).toEqual(
      ["minor", "patch", "patch", "none"],
    );
    expect(requiredStep("major", "1.0.0")).toBe("major");
  });

  it("what follows a pre-release may change freely", () => {
    expect(requiredStep("major", "2.0.0-rc.1")).toBe("patch");
    expect(requiredStep("none", "2.0.0-rc.1")).toBe("none");
  });

  it("every message is a sentence with something in it to act on", () => {
    const before = qualifyLead({
      input: { schema: { company: "string", "tone?": "string" } },
      output: { schema: { score: "integer" } },
      model: "a",
    });
    const after = qualifyLead(
      {
        input: { schema: { client: "number" } },
        output: { schema: { "score?": "string" } },
        tools: ["look-up"],
      },
      "Hi",
    );
    for (const { message } of comparePrompts(before, after).changes) {
      expect(message).toMatch(/^[a-z`].{15,}[^.]$/);
    }
  });
});

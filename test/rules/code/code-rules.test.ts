import { describe, expect, it } from "vitest";
import { codeRules } from "../../../src/rules/code/index.js";
import { lintCode } from "../../../src/rules/code/lint-code.js";
import { scanSources } from "../../../src/scan/index.js";
import { findingsIn, prompts } from "./world.js";

const state = `
project:
  default_alias: production
prompts:
  refund:
    default: "1.0.0"
    aliases:
      dev:
        serve: "2.0.0"
      production:
        serve: "1.0.0"
`;
const head = prompts({ "refund@1.0.0": "order tone?", "refund@2.0.0": "order locale tone?" }, state);

/** A refund prompt at 1.0.0 everywhere, with more in its block of the state. */
function withState(lines: string) {
  const block = `
prompts:
  refund:
${lines.replaceAll(/^/gm, "    ")}
`;
  return prompts({ "refund@1.0.0": "order", "refund@2.0.0": "order locale" }, block);
}

const ask = 'const refund = await prompts.getPrompt("refund", { versionOrAlias: "production" });\n';

describe("code-prompt-unknown", () => {
  it("names the prompt that was meant", async () => {
    expect(await findingsIn('prompts.getPrompt("refnd")', { head })).toEqual([
      "1:19 error prompt `refnd` not found at main (code-prompt-unknown)",
    ]);
  });

  it("finds an alias and a version that the prompt does not have", async () => {
    const code = 'prompts.getPrompt("refund@prodution");\nprompts.getPrompt("refund@3.0.0");';
    expect(await findingsIn(code, { head })).toEqual([
      "1:19 error prompt `refund` has no alias `prodution` (code-prompt-unknown)",
      "2:9 warning code pins refund@3.0.0 (code-version-hardcoded)",
      "2:19 error prompt `refund` has no version `3.0.0` (code-prompt-unknown)",
    ]);
  });

  it("checks the name where the alias is not known", async () => {
    const code = 'export const ask = (alias) => { prompts.getPrompt("refnd", alias); };';
    expect(await findingsIn(code, { head })).toContain(
      "1:51 error prompt `refnd` not found at main (code-prompt-unknown)",
    );
  });

  it("accepts an alias that only a tenant has", async () => {
    const tenant = withState('tenants:\n  acme:\n    aliases:\n      audited:\n        serve: "1.0.0"');
    expect(await findingsIn('prompts.getPrompt("refund@audited");', { head: tenant })).toEqual([]);
  });
});

describe("code-variable-missing", () => {
  it("finds a required variable that is not passed", async () => {
    expect(await findingsIn(`${ask}refund.format({ tone });`, { head })).toEqual([
      "2:8 error `format` lacks `order`, which refund@1.0.0 (alias production) needs (code-variable-missing)",
    ]);
  });

  const second = 'serve: "2.0.0"';
  it.each([
    [
      "the candidate of a running canary",
      `aliases:\n  production:\n    serve: "1.0.0"\n    canary:\n      serve: "2.0.0"\n      percent: 10\n      seed: s\n      state: running`,
      "canary of alias production, 10 %",
    ],
    [
      "a tenant's own arm",
      `aliases:\n  production:\n    serve: "1.0.0"\ntenants:\n  acme:\n    aliases:\n      production:\n        ${second}`,
      "tenant acme",
    ],
    [
      "a rule",
      `aliases:\n  production:\n    serve: "1.0.0"\nrules:\n  concise:\n    when:\n      flags:\n        concise: true\n    ${second}`,
      "rule concise",
    ],
    [
      "an override",
      `aliases:\n  production:\n    serve: "1.0.0"\noverrides:\n  chat:\n    c1:\n      ${second}`,
      "override chat c1",
    ],
    [
      "the default behind a yanked version",
      `default: "2.0.0"\naliases:\n  production:\n    serve: "1.0.0"\nyanked:\n  "1.0.0":\n    reason: leaks`,
      "default",
    ],
  ])("counts %s among what an alias serves", async (_, lines, through) => {
    expect(await findingsIn(`${ask}refund.format({ order });`, { head: withState(lines) })).toEqual([
      `2:8 error \`format\` lacks \`locale\`, which refund@2.0.0 (${through}) needs (code-variable-missing)`,
    ]);
  });

  it("counts an active emergency, even for a call that pins a version", async () => {
    const emergency = prompts(
      { "refund@1.0.0": "order", "refund@2.0.0": "order locale" },
      '\nprompts:\n  refund:\n    default: "1.0.0"\nemergencies:\n  inc-1:\n    prompt: refund\n    serve: "2.0.0"\n    status: active\n',
    );
    const code = '(await prompts.getPrompt("refund@1.0.0")).format({ order });';
    expect(await findingsIn(code, { head: emergency })).toContain(
      "1:43 error `format` lacks `locale`, which refund@2.0.0 (emergency inc-1) needs (code-variable-missing)",
    );
  });

  it("does not count a paused canary, a resolved emergency or a version nobody is served", async () => {
    const quiet = prompts(
      { "refund@1.0.0": "order", "refund@2.0.0": "order locale" },
      '\nprompts:\n  refund:\n    aliases:\n      production:\n        serve: "1.0.0"\n        canary:\n          serve: "2.0.0"\n          percent: 10\n          seed: s\n          state: paused\nemergencies:\n  inc-1:\n    prompt: refund\n    serve: "2.0.0"\n    status: resolved\n',
    );
    expect(await findingsIn(`${ask}refund.format({ order });`, { head: quiet })).toEqual([]);
  });

  it("is silent where a spread may pass the variable", async () => {
    expect(await findingsIn(`${ask}refund.format({ ...rest });`, { head })).toEqual([]);
  });

  it("judges each way that the source may go", async () => {
    const code = `${ask}refund.format(vip ? { order } : { tone });`;
    expect(await findingsIn(code, { head })).toHaveLength(1);
  });
});

describe("code-variable-unknown", () => {
  it("names the variable that was meant, where the key is written", async () => {
    expect(await findingsIn(`${ask}refund.format({ order, tnoe: 1 });`, { head })).toEqual([
      "2:24 warning `tnoe` is no variable of refund@1.0.0 (code-variable-unknown)",
    ]);
  });

  it("finds it beside a spread too", async () => {
    expect(await findingsIn(`${ask}refund.format({ ...rest, tnoe: 1 });`, { head })).toHaveLength(1);
  });

  it("accepts a variable that one of the served versions knows", async () => {
    const both = withState(
      'aliases:\n  production:\n    serve: "1.0.0"\nrules:\n  r:\n    when: {}\n    serve: "2.0.0"',
    );
    expect(await findingsIn(`${ask}refund.format({ order, locale });`, { head: both })).toEqual([]);
  });

  it("says nothing of a version that takes anything", async () => {
    const open = prompts({ "refund@1.0.0": "order *", "refund@2.0.0": "order" }, state);
    expect(await findingsIn(`${ask}refund.format({ order, more: 1 });`, { head: open })).toEqual([]);
  });
});

describe("code-version-hardcoded", () => {
  it("finds a version and `latest`, and leaves ranges and aliases alone", async () => {
    const code = [
      'prompts.getPrompt("refund@1.0.0");',
      'prompts.getPrompt("refund", { versionOrAlias: "1.0.0" });',
      'prompts.getPrompt("refund@latest");',
      'prompts.getPrompt("refund@^1.0");',
      'prompts.getPrompt("refund@dev");',
    ];
    expect(await findingsIn(code.join("\n"), { head })).toEqual([
      "1:9 warning code pins refund@1.0.0 (code-version-hardcoded)",
      "2:9 warning code pins refund@1.0.0 (code-version-hardcoded)",
      "3:9 warning code asks for the newest refund, whatever was pushed last (code-version-hardcoded)",
    ]);
  });
});

describe("code-call-unresolved", () => {
  it("says what cannot be read: the name, the alias, the variables, or where it is rendered", async () => {
    const code = `
async function ask(name, alias, values) {
  (await prompts.getPrompt(name)).format({ order });
  (await prompts.getPrompt("refund", { versionOrAlias: alias })).format({ order });
  (await prompts.getPrompt("refund")).format(values);
  return prompts.getPrompt("refund");
}`;
    expect(await findingsIn(code, { head })).toEqual([
      "3:28 info the name that `getPrompt` gets is not known here (code-call-unresolved)",
      "4:28 info the alias that `getPrompt` gets is not known here (code-call-unresolved)",
      "5:39 info the variables that `format` gets are not known here (code-call-unresolved)",
      "6:18 info the prompt of `getPrompt` is rendered where it cannot be followed (code-call-unresolved)",
    ]);
  });

  it("names a source file that does not parse", async () => {
    expect(await findingsIn("const = 1;", { head })).toEqual([
      "1:7 info `a.ts` does not parse: unexpected token (code-call-unresolved)",
    ]);
  });
});

describe("another alias or version", () => {
  const code = `${ask}refund.format({ order });`;

  it("judges every call against the alias that is asked about", async () => {
    const instead = { kind: "alias", alias: "dev" } as const;
    expect(await findingsIn(code, { head, instead })).toEqual([
      "2:8 error `format` lacks `locale`, which refund@2.0.0 (alias dev) needs (code-variable-missing)",
    ]);
  });

  it("judges every call against the version that is asked about", async () => {
    const instead = { kind: "version", version: "2.0.0" } as const;
    expect(await findingsIn(code, { head, instead })).toEqual([
      "2:8 error `format` lacks `locale`, which refund@2.0.0 (pinned) needs (code-variable-missing)",
    ]);
  });

  it("resolves a call whose alias is not known", async () => {
    const dynamic = '(await prompts.getPrompt("refund", { versionOrAlias: env.ALIAS })).format({ order });';
    const instead = { kind: "alias", alias: "production" } as const;
    expect(await findingsIn(dynamic, { head, instead })).toEqual([]);
  });

  it("leaves a pinned call with its version, which an alias never reaches", async () => {
    const pinned = '(await prompts.getPrompt("refund@1.0.0")).format({ order });';
    const instead = { kind: "alias", alias: "dev" } as const;
    expect(await findingsIn(pinned, { head, instead })).toEqual([
      "1:16 warning code pins refund@1.0.0 (code-version-hardcoded)",
    ]);
  });
});

describe("the order of deployment", () => {
  const before = prompts(
    { "refund@1.0.0": "order" },
    '\nprompts:\n  refund:\n    aliases:\n      production:\n        serve: "1.0.0"\n',
  );
  const after = prompts(
    { "refund@1.0.0": "order", "refund@2.0.0": "order locale", "welcome@1.0.0": "name" },
    '\nprompts:\n  refund:\n    aliases:\n      production:\n        serve: "2.0.0"\n  welcome:\n    default: "1.0.0"\n',
  );

  it("says that old code breaks if the prompts deploy first", async () => {
    expect(await findingsIn(`${ask}refund.format({ order });`, { head: after, base: before })).toEqual([
      "2:8 error `format` lacks `locale`, which refund@2.0.0 (alias production) needs, if the prompts deploy first (code-variable-missing)",
    ]);
  });

  it("says that new code breaks if it deploys first", async () => {
    expect(
      await findingsIn(`${ask}refund.format({ order, locale });`, { head: after, base: before }),
    ).toEqual([
      "2:24 warning `locale` is no variable of refund@1.0.0, if the code deploys first (code-variable-unknown)",
    ]);
  });

  it("says nothing of the order when both break", async () => {
    const [finding] = await findingsIn(`${ask}refund.format({ locale });`, { head: after, base: before });
    expect(finding).toBe(
      "2:8 error `format` lacks `order`, which refund@2.0.0 (alias production) needs (code-variable-missing)",
    );
  });

  it("only warns of a prompt that is new together with its code", async () => {
    expect(await findingsIn('prompts.getPrompt("welcome");', { head: after, base: before })).toEqual([
      "1:19 warning prompt `welcome` not found at main, if the code deploys first (code-prompt-unknown)",
    ]);
    expect(await findingsIn('prompts.getPrompt("welcome");', { head: before, base: after })).toEqual([
      "1:19 error prompt `welcome` not found at main, if the prompts deploy first (code-prompt-unknown)",
    ]);
  });
});

it("the findings carry what machines need", async () => {
  const text =
    'import { PromptManager } from "promptsync";\n(await new PromptManager().getPrompt("refund")).format({});';
  const { calls, problems } = await scanSources([{ path: "src/a.ts", text }]);
  expect(lintCode({ calls, problems, head })).toMatchObject([
    {
      rule: "code-variable-missing",
      prompt: "refund",
      file: "src/a.ts",
      line: 2,
      column: 49,
      data: { call: "src/a.ts:2:28", variable: "order", servedVersions: ["1.0.0"], order: "either" },
    },
  ]);
});

it("a severity of the settings goes before the rule's own, and `off` leaves it out", async () => {
  const { calls } = await scanSources([
    {
      path: "a.ts",
      text: 'import { PromptManager } from "promptsync"; new PromptManager().getPrompt("refund@1.0.0");',
    },
  ]);
  const severities = (overrides: Parameters<typeof lintCode>[1]) =>
    lintCode({ calls, problems: [], head }, overrides).map(({ severity }) => severity);
  expect(severities({})).toEqual(["warning"]);
  expect(severities({ code: "info", "code-version-hardcoded": "error" })).toEqual(["error"]);
  expect(severities({ code: "off" })).toEqual([]);
});

it("every rule has a page: why, a wrong and a right example", () => {
  for (const { id, why, wrong, right, checks } of codeRules) {
    expect(id).toMatch(/^code-/);
    expect([why, wrong, right, checks].every((text) => text.length > 10)).toBe(true);
  }
});

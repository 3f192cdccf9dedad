import { describe, expect, it } from "vitest";
import { callsIn } from "./support.js";

const client = 'import { PromptManager } from "promptsync";\nconst prompts = new PromptManager();\n';

/** The calls of a TypeScript file that begins with a client called `prompts`. */
function after(code: string): Promise<readonly string[]> {
  return callsIn({ "src/lead.ts": client + code });
}

describe("binding to the import", () => {
  const bound: Readonly<Record<string, string>> = {
    "a named import": 'import { PromptManager } from "promptsync"; const p = new PromptManager();',
    "an aliased import": 'import { PromptManager as Prompts } from "promptsync"; const p = new Prompts({});',
    "a namespace import": 'import * as ps from "promptsync"; const p = new ps.PromptManager();',
    "a default import of a CommonJS build": 'import ps from "promptsync"; const p = new ps.PromptManager();',
    "require and destructuring":
      'const { PromptManager } = require("promptsync"); const p = new PromptManager();',
    "require as a namespace": 'const ps = require("promptsync"); const p = new ps.PromptManager();',
    "import equals": 'import ps = require("promptsync"); const p = new ps.PromptManager();',
    "a dynamic import":
      'const { PromptManager } = await import("promptsync"); const p = new PromptManager();',
    "a subclass":
      'import { PromptManager } from "promptsync"; class P extends PromptManager {} const p = new P();',
    "a type annotation": 'import type { PromptManager } from "promptsync"; declare const p: PromptManager;',
    "a promise of the type":
      'import type * as ps from "promptsync"; declare const p: Promise<ps.PromptManager | null>;',
    "a late assignment": 'import { PromptManager } from "promptsync"; let p; p ??= new PromptManager();',
    "a global singleton":
      'import { PromptManager } from "promptsync"; const p = globalThis.p ?? (globalThis.p = new PromptManager());',
    "a factory":
      'import { PromptManager } from "promptsync"; function make() { return new PromptManager() } const p = make();',
    "a memoised factory":
      'import { PromptManager } from "promptsync"; const get = cache(() => new PromptManager()); const p = get();',
    "a member of an object":
      'import { PromptManager } from "promptsync"; const services = { prompts: new PromptManager() }; const p = services.prompts;',
    "a cast": 'import { PromptManager } from "promptsync"; const p = (new PromptManager() as unknown)!;',
  };
  it.each(Object.entries(bound))("follows %s", async (_, code) => {
    expect(await callsIn({ "a.ts": `${code}\np.getPrompt("refund");` })).toEqual(["2:3 getPrompt refund"]);
  });

  it("leaves functions of the same name alone that come from elsewhere", async () => {
    const code = `
      import { PromptManager } from "promptsync";
      import { store } from "./store";
      store.getPrompt("theirs");
      getPrompt("theirs");
      window.getPrompt("theirs");`;
    expect(await callsIn({ "a.ts": code })).toEqual([]);
  });

  it("knows a shadowed name from the client", async () => {
    expect(await after('function f() { const prompts = other(); prompts.getPrompt("theirs"); }')).toEqual([]);
  });

  it("finds the client in a field, a constructor parameter and a private field", async () => {
    const code = `
class Leads {
  private prompts = new PromptManager();
  ask() { return this.prompts.getPrompt("welcome").format({}); }
}
class Refunds {
  constructor(private readonly prompts: PromptManager) {}
  ask() { return [1].map(() => this.prompts.getPrompt("refund").format({})); }
}
class Late {
  #prompts;
  constructor() { this.#prompts = prompts; }
  ask() { return this.#prompts.getPrompt("late").format({}); }
}`;
    expect(await after(code)).toEqual([
      "6:31 getPrompt welcome format()",
      "10:45 getPrompt refund format()",
      "15:32 getPrompt late format()",
    ]);
  });

  it("passes the client through one hop", async () => {
    const code = `
async function ask(manager, name) { return (await manager.getPrompt("refund")).format({}); }
ask(prompts);
class Service { constructor(p) { this.p = p; } run() { this.p.getPrompt("welcome"); } }
new Service(prompts);`;
    expect(await after(code)).toEqual(["4:59 getPrompt refund format()", "6:63 getPrompt welcome"]);
  });

  it("finds a client that another file exports", async () => {
    const files = {
      "src/lib/prompts.ts": `${client}export { prompts };`,
      "src/lib/index.ts": 'export * from "./prompts";',
      "src/a.ts": 'import { prompts } from "./lib/prompts.js";\nprompts.getPrompt("welcome");',
      "src/b.ts": 'import { prompts } from "@/lib/prompts";\nprompts.getPrompt("refund");',
      "src/c.ts": 'import { prompts } from "./elsewhere";\nprompts.getPrompt("theirs");',
      "src/d.js": 'const { prompts } = require("./lib/prompts");\nprompts.getPrompt("late");',
    };
    expect(await callsIn(files)).toEqual([
      "src/a.ts:2:9 getPrompt welcome",
      "src/b.ts:2:9 getPrompt refund",
      "src/d.js:2:9 getPrompt late",
    ]);
  });

  it("finds a client that is all of what another file exports", async () => {
    const files = {
      "src/prompts.js":
        'const { PromptManager } = require("promptsync");\nmodule.exports = new PromptManager();',
      "src/client.ts": 'import { PromptManager } from "promptsync";\nexport default new PromptManager();',
      "src/a.js": 'const prompts = require("./prompts");\nprompts.getPrompt("welcome");',
      "src/b.ts": 'import prompts from "./client";\nprompts.getPrompt("refund");',
      "src/c.ts": 'import prompts from "prompts";\nprompts.getPrompt("theirs");',
    };
    expect(await callsIn(files)).toEqual(["src/a.js:2:9 getPrompt welcome", "src/b.ts:2:9 getPrompt refund"]);
  });

  it("takes modules of the settings for the package", async () => {
    const code = 'import { PromptManager } from "@shop/prompts"; new PromptManager().getPrompt("refund");';
    expect(await callsIn({ "a.ts": code })).toEqual([]);
    expect(await callsIn({ "a.ts": code }, { modules: ["@shop/prompts"] })).toEqual([
      "1:68 getPrompt refund",
    ]);
  });
});

describe("the name and the alias", () => {
  const asked: Readonly<Record<string, string>> = {
    '"refund"': "refund",
    "`refund`": "refund",
    '"refund@production"': "refund@production",
    '"refund@1.2.0"': "refund@1.2.0",
    '"re" + "fund"': "refund",
    NAME: "refund",
    "NAMES.refund": "refund",
    "Names.Refund": "refund",
    "`${NAME}`": "refund",
    'vip ? "refund" : "welcome"': "refund|welcome",
    '"refund", { versionOrAlias: "stable" }': "refund@stable",
    '"refund", { versionOrAlias: "v1.2.0" }': "refund@1.2.0",
    '"refund", { versionOrAlias: "^1.2" }': "refund@^1.2",
    '"refund", { versionOrAlias: "latest" }': "refund@latest",
    '"refund", { tenant, versionOrAlias: prod ? "production" : "dev" }': "refund@production|refund@dev",
    '"refund", OPTIONS': "refund@stable",
    '"refund", { key }': "refund",
    '"refund", { ...options }': "refund@?",
    '"refund", options': "refund@?",
    '"refund", { versionOrAlias: process.env.ALIAS }': "refund@?",
    name: "?",
    "`refund-${locale}`": "?",
    "...everything": "?",
  };
  it.each(Object.entries(asked))("reads getPrompt(%s)", async (given, expected) => {
    const code = `
const NAME = "refund";
const NAMES = { refund: "refund" } as const;
enum Names { Refund = "refund" }
const OPTIONS = Object.freeze({ versionOrAlias: "stable" });
export async function ask(name, options, locale, everything) { const p = await prompts.getPrompt(${given}); p.id; }`;
    expect(await after(code)).toEqual([`8:88 getPrompt ${expected}`]);
  });

  it("takes the client's own default alias when a call names none", async () => {
    const code =
      'const dev = new PromptManager({ defaultAlias: "dev" });\ndev.getPrompt("refund");\ndev.getPrompt("refund", { versionOrAlias: "stable" });';
    expect(await after(code)).toEqual(["4:5 getPrompt refund@dev", "5:5 getPrompt refund@stable"]);
  });
});

describe("the variables", () => {
  const passed: Readonly<Record<string, string>> = {
    "{ company, notes: 1 }": "format(company,notes)",
    '{ "company": 1, ["notes"]: 2 }': "format(company,notes)",
    "{ company, ...rest }": "format(company,…)",
    "{ ...DEFAULTS, company }": "format(tone,company)",
    "{ company, ...(vip && { notes }) }": "format(company,notes,…)",
    "{ company, [key]: 1 }": "format(company,…)",
    DEFAULTS: "format(tone)",
    later: "format(company,tone)",
    "vip ? { company } : { notes }": "format(company) format(notes)",
    given: "format(?)",
    "...given": "format(?)",
    "": "format()",
  };
  it.each(Object.entries(passed))("reads format(%s)", async (given, expected) => {
    const code = `
const DEFAULTS = { tone: "formal" } satisfies object;
async function ask(given, rest) {
  const later = { company }; later.tone = "formal";
  return (await prompts.getPrompt("refund")).format(${given});
}`;
    expect(await after(code)).toEqual([`7:25 getPrompt refund ${expected}`]);
  });

  it("follows the prompt through an assignment, a then and Promise.all", async () => {
    const code = `
async function ask() {
  const refund = await prompts.getPrompt("refund");
  refund.format({ order });
  refund.messages({ order, tone });
  await prompts.getPrompt("welcome").then((it) => it.format({ name }));
  const [a, b] = await Promise.all([prompts.getPrompt("a"), prompts.getPrompt("b")]);
  return a.format({ x }) + b.format({ y });
}`;
    expect(await after(code)).toEqual([
      "5:32 getPrompt refund format(order) messages(order,tone)",
      "8:17 getPrompt welcome format(name)",
      "9:45 getPrompt a format(x)",
      "9:69 getPrompt b format(y)",
    ]);
  });

  it("knows which prompt a name holds when it is used again", async () => {
    const code = `
async function ask() {
  let prompt = await prompts.getPrompt("welcome");
  prompt.format({ name });
  prompt = await prompts.getPrompt("refund");
  return prompt.format({ order });
}`;
    expect(await after(code)).toEqual([
      "5:30 getPrompt welcome format(name)",
      "7:26 getPrompt refund format(order)",
    ]);
  });

  it("knows that a name may hold several prompts behind a branch, a catch or another function", async () => {
    const code = `
async function ask() {
  let prompt = await prompts.getPrompt("welcome");
  if (vip) prompt = await prompts.getPrompt("vip");
  else if (old) { prompt = await prompts.getPrompt("old"); prompt.messages(); }
  try { prompt = await prompts.getPrompt("try"); } catch { prompt ??= await prompts.getPrompt("catch"); }
  return prompt.format({ name });
}
let shared;
const load = async () => { shared = await prompts.getPrompt("shared"); };
shared.format({ order });`;
    expect(await after(code)).toEqual([
      "5:30 getPrompt welcome format(name)",
      "6:35 getPrompt vip format(name)",
      "7:42 getPrompt old messages() format(name)",
      "8:32 getPrompt try format(name)",
      "8:85 getPrompt catch format(name)",
      "12:51 getPrompt shared format(order)",
    ]);
  });

  it("knows a constant that is not constant", async () => {
    const code =
      'let name = "refund"; name += suffix; prompts.getPrompt(name);\nlet other = "a"; other = "b"; prompts.getPrompt(other);';
    expect(await after(code)).toEqual(["3:46 getPrompt ?", "4:39 getPrompt b"]);
  });

  it("says that a prompt is passed on when nothing here renders it", async () => {
    const code = `
export const load = () => prompts.getPrompt("refund");
async function log() { const p = await prompts.getPrompt("welcome"); console.log(p.id); }`;
    expect(await after(code)).toEqual(["4:35 getPrompt refund passed on", "5:48 getPrompt welcome"]);
  });

  it("judges what a caller elsewhere renders", async () => {
    const files = {
      "load.ts": `${client}export const load = () => prompts.getPrompt("refund");`,
      "use.ts":
        'import { load } from "./load";\n// not getPrompt\nconst text = (await load()).format({ order });',
    };
    expect(await callsIn(files)).toEqual(["load.ts:3:35 getPrompt refund format(order)"]);
  });
});

describe("wrappers and comments", () => {
  const wrappers = [{ function: "renderPrompt", name: 0, variables: 1 }];

  it("reads the calls of a wrapper, and takes the alias from its body", async () => {
    const files = {
      "ask.ts": `${client}export async function renderPrompt(name: string, variables: object) {
  const prompt = await prompts.getPrompt(name, { versionOrAlias: "stable" });
  return prompt.format(variables);
}`,
      "use.ts":
        'import { renderPrompt } from "./ask";\nrenderPrompt("refund", { order });\nrenderPrompt(name, { order });',
    };
    expect(await callsIn(files, { wrappers })).toEqual([
      "use.ts:2:1 renderPrompt refund@stable renderPrompt(order)",
      "use.ts:3:1 renderPrompt ? renderPrompt(order)",
    ]);
  });

  it("matches a wrapper by the end of its dotted path", async () => {
    const code = 'this.prompts.render("refund"); other.render("theirs");';
    expect(await callsIn({ "a.ts": code }, { wrappers: [{ function: "prompts.render" }] })).toEqual([
      "1:14 prompts.render refund",
    ]);
  });

  it("takes a comment for the dynamic call below it", async () => {
    const code = `
async function ask(name, vars) {
  // promptsync-uses: refund@stable vars=order,tone
  // promptsync-uses: welcome
  const prompt = await prompts
    .getPrompt(name);
  return prompt.format(vars);
}
/* promptsync-uses: late@1.0.0 vars= */`;
    expect(await after(code)).toEqual([
      "5:3 promptsync-uses refund@stable promptsync-uses(order,tone)",
      "6:3 promptsync-uses welcome",
      "11:1 promptsync-uses late@1.0.0 promptsync-uses()",
    ]);
  });
});

import { beforeAll, expect, test } from "vitest";
import type { AuditRecord } from "../../src/core/plan.js";
import { compareStates } from "../../src/core/state/compare-states.js";
import { readState } from "../../src/core/state/read-state.js";
import { openRepository, type Repository } from "../../src/store/git/repository.js";
import { readAudit, type AuditWanted } from "../../src/store/read-audit.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

const registry = "prompt-templates";
const home = `${registry}/promptsync.yaml`;
const own = `${registry}/refund/promptsync.yaml`;

const shop = (serve: Readonly<Record<string, string>>, more = ""): string =>
  `schema: promptsync/v1\nprompts:\n${Object.entries(serve)
    .map(([name, version]) => `  ${name}:\n    aliases:\n      production:\n        serve: "${version}"\n`)
    .join("")}${more}`;

const active = `emergencies:\n  inc-1:\n    prompt: refund\n    serve: "1.0.0"\n    status: active\n`;

/** What the state file held from commit to commit; null where there was none. */
const texts: readonly (string | null)[] = [
  shop({ refund: "1.0.0", welcome: "1.0.0" }),
  shop({ refund: "1.0.0", welcome: "2.0.0" }),
  shop({ refund: "1.0.0", thanks: "1.0.0", welcome: "2.0.0" }),
  shop({ refund: "2.0.0", thanks: "1.0.0", welcome: "1.0.0" }),
  shop({ refund: "2.0.0", thanks: "1.0.0", welcome: "1.0.0" }, active),
  shop({ refund: "2.0.0", thanks: "1.0.0", welcome: "3.0.0" }, active),
  shop({ refund: "2.0.0", thanks: "1.0.0", welcome: "[" }, active),
  shop({ refund: "1.0.0", thanks: "1.0.0", welcome: "[" }, active).replace('"["', "["),
  shop({ refund: "1.0.0", thanks: "2.0.0", welcome: "[" }, active).replace('"["', "["),
  shop({ refund: "1.0.0", thanks: "2.0.0", welcome: "3.0.0" }, active.replace("active", "resolved")),
  shop({ refund: "1.0.0", welcome: "3.0.0" }),
  `schema: promptsync/v1\nprompts: { refund: { owner: a } }\n`,
  shop({ refund: "1.0.0", welcome: "3.0.0" }),
  shop({ refund: "1.0.0" }),
  null,
  shop({ refund: "1.0.0", welcome: "1.0.0" }),
  shop({ refund: "1.0.0", welcome: "2.0.0" }),
];

let sandbox: Sandbox;
let expected: readonly (readonly AuditRecord[])[];

beforeAll(() => {
  sandbox = createSandbox();
  const stateOf = (text: string | null | undefined) =>
    text === null || text === undefined ? undefined : readState([{ path: home, text }], home).state;
  for (const [index, text] of texts.entries()) {
    if (text === null) sandbox.remove(home);
    else sandbox.write({ [home]: text });
    sandbox.commit(`change ${index}`);
  }
  expected = texts.map((text, index) => compareStates(stateOf(texts[index - 1]), stateOf(text))).reverse();
});

async function audit(wanted?: AuditWanted, counted?: (repository: Repository) => void) {
  const { environment, directory } = sandbox;
  const repository = await openRepository(directory, { environment, cwd: directory });
  counted?.(repository);
  const told: (readonly AuditRecord[])[] = [];
  for await (const some of readAudit(repository, registry, wanted))
    told.push(...some.map(({ records }) => records));
  repository.close();
  return told;
}

test("commits made by hand are told as comparing both states as wholes tells them", async () => {
  expect(await audit()).toEqual(expected);
});

test.each(["refund", "welcome", "thanks", "nothing"])(
  "of one prompt, only what happened to it: %s",
  async (prompt) => {
    const of = (records: readonly AuditRecord[]) => records.filter((record) => record.prompt === prompt);
    expect(await audit({ prompt })).toEqual(expected.map(of));
  },
);

test("a block that moves to a file of its own is no change, and what happens there is one", async () => {
  const before = sandbox.head() ?? "";
  sandbox.write({
    [home]: shop({ welcome: "2.0.0" }),
    [own]: `aliases:\n  production:\n    serve: "1.0.0"\n`,
  });
  sandbox.commit("split");
  sandbox.write({ [own]: `aliases:\n  production:\n    serve: "3.0.0"\n` });
  sandbox.commit("move");
  const [move, split] = await audit();
  sandbox.git("reset", "--quiet", "--hard", before);
  expect(split).toEqual([]);
  expect(move).toEqual([
    { action: "alias-set", prompt: "refund", alias: "production", from: "1.0.0", to: "3.0.0" },
  ]);
});

test("a version that moves to another group is no change, and one that changes on the way is", async () => {
  const before = sandbox.head() ?? "";
  const [from, to] = [`${registry}/wave`, `${registry}/talk/wave`];
  sandbox.write({ [`${from}/1.0.0.md`]: "Hi.\n", [`${from}/1.1.0.md`]: "Hello.\n" });
  sandbox.commit("add");
  sandbox.write({ [`${to}/1.0.0.md`]: "Hi.\n", [`${to}/1.1.0.md`]: "Howdy.\n" });
  sandbox.remove(from);
  sandbox.commit("move");
  const [move, add] = await audit();
  sandbox.git("reset", "--quiet", "--hard", before);
  expect(add).toMatchObject([
    { action: "push", version: "1.0.0" },
    { action: "push", version: "1.1.0" },
  ]);
  expect(move).toEqual([{ action: "modify", prompt: "wave", version: "1.1.0", from: "1.1.0" }]);
});

test("each state is read once, and none again when a setting goes back and forth", async () => {
  const before = sandbox.head() ?? "";
  for (let index = 0; index < 60; index++) {
    sandbox.write({ [home]: shop({ refund: "1.0.0", welcome: `${index % 2}.0.0` }) });
    sandbox.commit(`flip ${index}`);
  }
  const read: string[] = [];
  const told = await audit({}, ({ objects }) => {
    const { read: original } = objects;
    objects.read = (names, limit) => {
      read.push(...names);
      return original(names, limit);
    };
  });
  sandbox.git("reset", "--quiet", "--hard", before);
  expect(told.slice(60)).toEqual(expected);
  expect(told.slice(0, 60).flat()).toHaveLength(60);
  expect(read.length).toBeLessThan(texts.length + 12);
});

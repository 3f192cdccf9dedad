import { beforeEach, expect, test } from "vitest";
import { openRepository } from "../../src/store/git/repository.js";
import { readAudit, type AuditCommit, type AuditWanted } from "../../src/store/read-audit.js";
import { randomOf } from "../support/random.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

const registry = "prompt-templates";
const home = `${registry}/promptsync.yaml`;
const first = `${registry}/refund/1.0.0.md`;
const second = `${registry}/refund/1.1.0.md`;

type Files = Readonly<Record<string, string>>;

const block = (aliases: Files): string =>
  `aliases:\n${Object.entries(aliases)
    .map(([alias, version]) => `  ${alias}: { serve: "${version}" }\n`)
    .join("")}`;
const shop = (prompts: Readonly<Record<string, Files>>): string =>
  `schema: promptsync/v1\nprompts:\n${Object.entries(prompts)
    .map(([name, aliases]) => `  ${name}:\n${block(aliases).replaceAll(/^/gm, "    ").trimEnd()}\n`)
    .join("")}`;

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = createSandbox();
});

/** A commit with exactly these files and parents; HEAD stands there. */
function commit(files: Files, parents: readonly string[], message = "by hand"): string {
  sandbox.remove(registry);
  sandbox.write(files);
  sandbox.git("add", "--all");
  const tree = sandbox.git("write-tree");
  const made = sandbox.git("commit-tree", tree, ...parents.flatMap((it) => ["-p", it]), "-m", message);
  sandbox.git("update-ref", "refs/heads/main", made);
  return made;
}

/** A merge of what some branches made of the first files. */
function merge(base: Files, sides: readonly Files[], result: Files, message?: string): string {
  const start = commit(base, []);
  const tips = sides.map((files) => commit(files, [start]));
  return commit(result, tips, message);
}

async function audit(wanted?: AuditWanted) {
  const { environment, directory } = sandbox;
  const repository = await openRepository(directory, { environment, cwd: directory });
  const before = repository.git.processes;
  const told: AuditCommit[] = [];
  for await (const some of readAudit(repository, registry, wanted)) told.push(...some);
  repository.close();
  const of = (id: string) => told.find((it) => it.commit === id)?.records;
  return { of, processes: repository.git.processes - before };
}

const stateOf = (refund: Files, welcome: Files = { production: "1.0.0" }): Files => ({
  [home]: shop({ refund, welcome }),
});
const start = stateOf({ dev: "1.0.0", production: "1.0.0", stable: "1.0.0" });

test("an alias that a merge moves by itself is told, with what its first parent served", async () => {
  const made = merge(
    start,
    [stateOf({ dev: "2.0.0", production: "1.1.0" }), stateOf({ dev: "1.0.0", production: "1.2.0" })],
    stateOf({ dev: "2.0.0", production: "3.0.0" }),
  );
  const record = { action: "alias-set", prompt: "refund", alias: "production", from: "1.1.0", to: "3.0.0" };
  expect((await audit()).of(made)).toEqual([record]);
  expect((await audit({ prompt: "refund" })).of(made)).toEqual([record]);
  expect((await audit({ prompt: "welcome" })).of(made)).toEqual([]);
});

test("what a merge takes away is told when every parent had it", async () => {
  const made = merge(
    start,
    [
      stateOf({ dev: "2.0.0", production: "1.1.0", stable: "1.0.0" }),
      stateOf({ dev: "1.0.0", stable: "1.0.0" }),
    ],
    stateOf({ dev: "2.0.0" }),
  );
  expect((await audit()).of(made)).toEqual([
    { action: "alias-remove", prompt: "refund", alias: "stable", from: "1.0.0" },
  ]);
});

test("what both sides did in one file is not told again, and neither is a conflict that one of them won", async () => {
  const one = stateOf({ dev: "2.0.0", production: "1.1.0" });
  const other = stateOf({ dev: "1.0.0", production: "1.2.0" }, { production: "2.0.0" });
  const made = merge(
    start,
    [one, other],
    stateOf({ dev: "2.0.0", production: "1.2.0" }, { production: "2.0.0" }),
  );
  expect((await audit()).of(made)).toEqual([]);
});

test("no parent of an octopus may have had it", async () => {
  const sides = ["1.1.0", "1.2.0", "1.3.0"].map((production, index) =>
    stateOf({ production, [`side-${index}`]: "1.0.0" }),
  );
  const result = { "side-0": "1.0.0", "side-1": "1.0.0", "side-2": "1.0.0", production: "1.3.0" };
  const made = merge(start, sides, stateOf(result));
  expect((await audit()).of(made)).toEqual([]);
  const again = commit(
    stateOf({ ...result, production: "9.0.0" }),
    ["^1", "^2", "^3"].map((it) => `${made}${it}`),
  );
  expect((await audit()).of(again)).toEqual([
    { action: "alias-set", prompt: "refund", alias: "production", from: "1.1.0", to: "9.0.0" },
  ]);
});

test("versions that a merge adds, changes or deletes by itself are told", async () => {
  const base = {
    [home]: shop({ refund: { dev: "1.0.0" } }),
    [first]: "One.\n",
    [`${registry}/wave/1.0.0.md`]: "Hi.\n",
  };
  const aside = { ...base, [second]: "Two.\n" };
  const made = merge(base, [{ ...base, "notes.txt": "a note\n" }, aside], {
    [home]: shop({ refund: { dev: "1.0.0" } }),
    [first]: "One!\n",
    [second]: "Two!\n",
    [`${registry}/refund/2.0.0.md`]: "Three.\n",
  });
  expect((await audit()).of(made)).toEqual([
    { action: "modify", prompt: "refund", version: "1.0.0", from: "1.0.0" },
    { action: "modify", prompt: "refund", version: "1.1.0", from: "1.1.0" },
    { action: "push", prompt: "refund", version: "2.0.0", to: "2.0.0" },
    { action: "delete", prompt: "wave", version: "1.0.0", from: "1.0.0" },
  ]);
});

test("a prompt that one side moved, and the other one changed, is where both wanted it", async () => {
  const own = (folder: string, refund: Files, more: Files = {}): Files => ({
    [home]: shop({ welcome: { dev: "1.0.0" } }),
    [`${registry}/${folder}/promptsync.yaml`]: block(refund),
    [`${registry}/${folder}/1.0.0.md`]: "One.\n",
    ...more,
  });
  const made = merge(
    own("refund", { dev: "1.0.0", production: "1.0.0" }),
    [
      own("refund", { dev: "1.0.0", production: "2.0.0" }, { [second]: "Two.\n" }),
      own("talk/refund", { dev: "1.0.0", production: "1.0.0" }),
    ],
    own(
      "talk/refund",
      { dev: "1.0.0", production: "2.0.0" },
      { [`${registry}/talk/refund/1.1.0.md`]: "Two.\n" },
    ),
  );
  expect((await audit()).of(made)).toEqual([]);
  const parents = [`${made}^1`, `${made}^2`];
  const evil = commit(own("talk/refund", { production: "3.0.0" }), parents);
  expect((await audit()).of(evil)).toEqual([
    { action: "alias-remove", prompt: "refund", alias: "dev", from: "1.0.0" },
    { action: "alias-set", prompt: "refund", alias: "production", from: "2.0.0", to: "3.0.0" },
  ]);
});

test("a block that one side split off, and the other one changed, is no change of the merge", async () => {
  const split = (production: string): Files => ({
    [home]: shop({ welcome: { dev: "1.0.0" } }),
    [`${registry}/refund/promptsync.yaml`]: block({ production }),
  });
  const joined = (production: string): Files => ({
    [home]: shop({ refund: { production }, welcome: { dev: "1.0.0" } }),
  });
  const splitting = merge(joined("1.0.0"), [joined("2.0.0"), split("1.0.0")], split("2.0.0"));
  expect((await audit()).of(splitting)).toEqual([]);
  const joining = merge(split("1.0.0"), [split("2.0.0"), joined("1.0.0")], joined("2.0.0"));
  expect((await audit()).of(joining)).toEqual([]);
});

test("what one side did is told also when the merge has the files of the other side", async () => {
  const refund = { dev: "1.0.0", production: "1.0.0" };
  const base = commit(stateOf(refund), []);
  const hotfix = commit(stateOf({ ...refund, production: "2.0.0" }), [base], "hotfix");
  const picked = commit(stateOf({ ...refund, production: "2.0.0" }), [base], "the same again");
  const more = commit(stateOf({ dev: "3.0.0", production: "2.0.0" }), [picked], "more");
  commit(stateOf({ dev: "3.0.0", production: "2.0.0" }), [hotfix, more]);
  const { of } = await audit();
  const moved = [{ action: "alias-set", prompt: "refund", alias: "production", from: "1.0.0", to: "2.0.0" }];
  expect([of(hotfix), of(picked)]).toEqual([moved, moved]);
});

test("what the trailers of a merge say is not believed", async () => {
  const trailers = "Promptsync-Action: alias-set\nPromptsync-Prompt: refund\nPromptsync-To: 7.0.0";
  const made = merge(
    start,
    [stateOf({ dev: "2.0.0", production: "1.0.0" }), stateOf({ dev: "1.0.0", production: "1.0.0" })],
    stateOf({ dev: "3.0.0", production: "1.0.0" }),
    `merge\n\n${trailers}`,
  );
  expect((await audit()).of(made)).toEqual([
    { action: "alias-set", prompt: "refund", alias: "dev", from: "2.0.0", to: "3.0.0" },
  ]);
});

test("a merge takes no git process more, unless both sides had to do with one prompt", async () => {
  const refund = { dev: "1.0.0", production: "1.0.0" };
  commit(start, []);
  const { processes } = await audit();
  merge(
    start,
    [stateOf({ ...refund, dev: "2.0.0" }), stateOf(refund, { production: "2.0.0" })],
    stateOf({ ...refund, dev: "2.0.0" }, { production: "2.0.0" }),
  );
  expect((await audit()).processes).toBe(processes);
});

/** A prompt: where its block and its versions are, what its aliases serve and what its versions hold. */
interface Model {
  readonly place: "home" | "own" | "moved";
  readonly aliases: Files;
  readonly versions: Files;
}

test("whatever both sides did, what no parent had is told of the merge", async () => {
  const random = randomOf(11);
  const names = ["refund", "welcome"];
  const some = (keys: readonly string[], values: readonly string[]): Files =>
    Object.fromEntries(keys.flatMap((key) => (random.below(4) === 0 ? [] : [[key, random.of(values)]])));
  const model = (): Model => ({
    place: random.of(["home", "home", "own", "moved"]),
    aliases: { dev: "1.0.0", ...some(["production", "stable"], ["1.0.0", "2.0.0", "3.0.0"]) },
    versions: { "1.0.0": "One.", ...some(["1.1.0", "1.2.0"], ["This.", "That."]) },
  });
  const filesOf = (models: readonly Model[]): Files => {
    const atHome = models.flatMap(({ place, aliases }, index) =>
      place === "home" ? [[names[index], aliases] as const] : [],
    );
    const own = models.flatMap(({ place, aliases, versions }, index) => {
      const folder = `${registry}/${place === "moved" ? "talk/" : ""}${names[index] ?? ""}`;
      const files = Object.entries(versions).map(([version, text]) => [`${folder}/${version}.md`, text]);
      return place === "home" ? files : [...files, [`${folder}/promptsync.yaml`, block(aliases)]];
    });
    return { [home]: shop(Object.fromEntries(atHome)), ...(Object.fromEntries(own) as Files) };
  };
  const merges = Array.from({ length: 300 }, () => {
    const sides = Array.from({ length: 2 + random.below(2) }, () => names.map(model));
    const result = names.map((_, index) => {
      const { place } = random.of(sides)[index] as Model;
      const pick = (of: "aliases" | "versions"): Files => random.of(sides)[index]?.[of] ?? {};
      const isEvil = random.below(3) === 0;
      return { place, aliases: pick("aliases"), versions: pick("versions"), ...(isEvil ? model() : {}) };
    });
    return { sides, result };
  });
  let mark = 0;
  const stream = merges.flatMap(({ sides, result }) => {
    const put = (models: readonly Model[], parents: readonly number[]): string =>
      `commit refs/heads/main\nmark :${++mark}\ncommitter Ada <ada@example.com> ${1_700_000_000 + mark} +0000\ndata 4\nmade\n${
        parents.length === 0 ? "" : `from :${parents[0] ?? 0}\n`
      }${parents
        .slice(1)
        .map((it) => `merge :${it}\n`)
        .join("")}deleteall\n${Object.entries(filesOf(models))
        .map(([path, text]) => `M 100644 inline ${path}\ndata ${text.length}\n${text}\n`)
        .join("")}\n`;
    const base = mark === 0 ? [] : [mark];
    const made = sides.map((side) => [put(side, base), mark] as const);
    return [
      ...made.map(([text]) => text),
      put(
        result,
        made.map(([, it]) => it),
      ),
    ];
  });
  const { status, stderr } = sandbox.run("git", ["fast-import", "--quiet"], { input: stream.join("") });
  if (status !== 0) throw new Error(stderr);

  const ids = sandbox.git("rev-list", "--merges", "--first-parent", "--reverse", "main").split("\n");
  const { of } = await audit();
  const differing = merges.flatMap(({ sides, result }, at) => {
    const expected = result.flatMap(({ aliases, versions }, index) =>
      (["aliases", "versions"] as const).flatMap((part) => {
        const was = sides.map((side) => side[index]?.[part] ?? {});
        const is = part === "aliases" ? aliases : versions;
        return [...new Set([...Object.keys(is), ...was.flatMap((it) => Object.keys(it))])]
          .filter((key) => was.every((it) => it[key] !== is[key]))
          .map((key) => `${names[index] ?? ""}@${key} ${is[key] === undefined ? "gone" : "here"}`);
      }),
    );
    const told = (of(ids[at] ?? "") ?? []).map(
      ({ action, prompt, alias, version }) =>
        `${prompt ?? ""}@${alias ?? version ?? ""} ${/remove|delete/.test(action) ? "gone" : "here"}`,
    );
    const [one, other] = [expected.sort().join(", "), told.sort().join(", ")];
    return one === other ? [] : [{ expected: one, told: other, sides, result }];
  });
  expect(differing).toEqual([]);
});

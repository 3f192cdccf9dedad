import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { beforeEach, expect, test } from "vitest";
import { openRepository, type Repository } from "../../src/store/git/repository.js";
import { readTrail } from "../../src/store/kept-trail.js";
import { readAudit, type AuditCommit, type AuditWanted } from "../../src/store/read-audit.js";
import { randomOf } from "../support/random.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

const registry = "prompt-templates";
const home = `${registry}/promptsync.yaml`;
const kept = ".git/promptsync/cache/trail";

const stateText = (serve: readonly number[]): string =>
  `schema: promptsync/v1\nprompts:\n${serve
    .map((minor, index) => `  prompt-${index}:\n    aliases:\n      production: { serve: "1.${minor}.0" }\n`)
    .join("")}`;

/** A repository in which 600 commits, all by hand, move the aliases of three prompts. */
function longHistory(): Sandbox {
  const sandbox = createSandbox();
  const serve = [0, 0, 0];
  const stream = Array.from({ length: 600 }, (_, index) => {
    serve[index % 3] = index;
    const text = stateText(serve);
    const at = 1_700_000_000 + index * 60;
    return `commit refs/heads/main\ncommitter Ada <ada@example.com> ${at} +0000\ndata 4\nmove\nM 100644 inline ${home}\ndata ${text.length}\n${text}\n`;
  });
  const { status, stderr } = sandbox.run("git", ["fast-import", "--quiet"], { input: stream.join("") });
  if (status !== 0) throw new Error(stderr);
  sandbox.git("reset", "--quiet", "--hard");
  return sandbox;
}

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = longHistory();
});

/** What a reader tells, and how many git processes that took. */
async function told(
  read: (repository: Repository) => AsyncIterable<readonly AuditCommit[]>,
): Promise<{ readonly commits: readonly AuditCommit[]; readonly processes: number }> {
  const { environment, directory } = sandbox;
  const repository = await openRepository(directory, { environment, cwd: directory });
  const before = repository.git.processes;
  const commits: AuditCommit[] = [];
  for await (const some of read(repository)) commits.push(...some);
  repository.close();
  return { commits, processes: repository.git.processes - before };
}

const trail = (wanted?: AuditWanted) => told((it) => readTrail(it, registry, { wanted, tool: "1" }));
const whole = async () => (await told((it) => readAudit(it, registry))).commits;

test("it is told again without a git process, word for word", async () => {
  const first = await trail();
  expect(first.commits).toEqual(await whole());
  expect(first.commits).toHaveLength(600);
  expect(await trail()).toEqual({ commits: first.commits, processes: 0 });
});

test("of one prompt, whatever is recorded of it is told", async () => {
  await trail();
  const { commits, processes } = await trail({ prompt: "prompt-1" });
  const of = (some: readonly AuditCommit[]) =>
    some.flatMap(({ records }) => records).filter(({ prompt }) => prompt === "prompt-1");
  expect(of(commits)).toEqual(of(await whole()));
  expect(of(commits)).toHaveLength(201);
  expect([commits.length, processes]).toEqual([201, 0]);
});

test("it is read on from where it ends, and only the new commits are read", async () => {
  await trail();
  sandbox.write({ [home]: stateText([7, 7, 7]) });
  sandbox.commit("by hand");
  sandbox.commit("nothing");
  const { commits, processes } = await trail();
  expect(commits).toEqual(await whole());
  expect(processes).toBeLessThanOrEqual(3); // what is new, its log, its states
  expect((await trail()).processes).toBe(0);
});

test("whatever becomes of the branch, it is what git tells", async () => {
  const random = randomOf(7);
  const steps: (() => unknown)[] = [
    () => {
      sandbox.write({ [home]: stateText([random.below(9), random.below(9), random.below(9)]) });
      sandbox.commit("by hand");
    },
    () => sandbox.git("reset", "--quiet", "--hard", `HEAD~${1 + random.below(3)}`),
    () => {
      sandbox.write({ [home]: stateText([random.below(9), 0, 0]) });
      sandbox.git("commit", "--quiet", "--all", "--amend", "--message", "amended", "--allow-empty");
    },
    () => {
      sandbox.git("switch", "--quiet", "--force-create", "side", `HEAD~${1 + random.below(3)}`);
      sandbox.write({ [home]: stateText([0, random.below(9), 5]) });
      sandbox.git("commit", "--quiet", "--all", "--message", "side", "--allow-empty");
      sandbox.git("switch", "--quiet", "main");
      sandbox.git("merge", "--quiet", "--no-ff", "--strategy-option=theirs", "--message", "merge", "side");
    },
    () => rmSync(sandbox.path(kept), { force: true }),
  ];
  for (let round = 0; round < 25; round++) {
    random.of(steps)();
    expect((await trail()).commits).toEqual(await whole());
  }
});

test("who stops early keeps nothing, and a few live commits are not kept either", async () => {
  await told(async function* (repository) {
    for await (const some of readTrail(repository, registry, { tool: "1" })) {
      yield some;
      return;
    }
  });
  await trail({ isLive: true });
  expect(existsSync(sandbox.path(kept))).toBe(false);
});

test("what was told while parents were others, or an object was missing, is not kept", async () => {
  sandbox.git("replace", "--graft", "HEAD~550");
  const { commits } = await told(async function* (repository) {
    for await (const some of readTrail(repository, registry, { tool: "1" })) {
      yield some;
      rmSync(sandbox.path(".git/refs/replace"), { recursive: true, force: true });
    }
  });
  expect(commits).toHaveLength(551);
  expect((await trail()).commits).toHaveLength(600);

  rmSync(sandbox.path(kept));
  sandbox.write({ [home]: stateText([7, 7, 7]) });
  sandbox.commit("by hand");
  const blob = sandbox.git("rev-parse", `HEAD:${home}`);
  const object = sandbox.path(".git/objects", blob.slice(0, 2), blob.slice(2));
  renameSync(object, `${object}.away`);
  await trail();
  renameSync(`${object}.away`, object);
  expect((await trail()).commits).toEqual(await whole());
});

test.each<[string, () => void]>([
  [
    "was damaged",
    () => {
      writeFileSync(
        sandbox.path(kept),
        readFileSync(sandbox.path(kept), "utf8").replace("prompt-1", "prompt-2"),
      );
    },
  ],
  [
    "was cut short",
    () => {
      writeFileSync(sandbox.path(kept), readFileSync(sandbox.path(kept)).subarray(0, 3000));
    },
  ],
  [
    "may be about other parents",
    () => {
      sandbox.git("replace", "--graft", "HEAD~3");
    },
  ],
])("what %s is not believed", async (_, change) => {
  await trail();
  change();
  const { commits, processes } = await trail();
  expect(commits).toEqual(await whole());
  expect(processes).toBeGreaterThan(0);
});

test("another version of the tool finds out for itself", async () => {
  await trail();
  const other = await told((it) => readTrail(it, registry, { tool: "2" }));
  expect(other.processes).toBeGreaterThan(0);
});

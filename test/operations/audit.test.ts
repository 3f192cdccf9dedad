import { expect, test } from "vitest";
import { createDesk, deskIn, type Desk } from "../support/desk.js";
import { rolloutFiles } from "./rollout/story.js";

interface Audit {
  readonly ok: boolean;
  readonly checked: { readonly commits: number; readonly versions: number; readonly moves: number };
  readonly findings: readonly {
    readonly rule: string;
    readonly prompt: string;
    readonly version: string;
    readonly commit: string;
  }[];
}

const stateFile = "prompt-templates/promptsync.yaml";
const version = "prompt-templates/refund/1.0.0.md";

async function audit(desk: Desk, words = ""): Promise<Audit & { exitCode: number }> {
  const { stdout, exitCode } = await desk.type(`audit ${words} --json`);
  return { ...(JSON.parse(stdout) as Audit), exitCode };
}

const open = () => createDesk({ files: rolloutFiles });
const gated = (policy = "") =>
  createDesk({
    files: {
      ...rolloutFiles,
      [stateFile]: rolloutFiles[stateFile].replace(
        "prompts:\n",
        `gates:\n  release:\n    checks:\n      tests:\n        run: node -e 0\n${policy}prompts:\n`,
      ),
    },
  });
const byHand = (desk: Desk, from: string, to: string, message = "by hand"): string => {
  desk.write({ [stateFile]: desk.read(stateFile).replace(from, to) });
  return desk.commit(message);
};
const audited = (serve: string) => `audited:\n        serve: "${serve}"`;

test("a registry that was only grown passes, with counts", async () => {
  const desk = open();
  await desk.done("alias set production refund@2.0.0");
  expect(await audit(desk)).toEqual({
    ok: true,
    complete: true,
    checked: { commits: 2, versions: 5, moves: 0 },
    findings: [],
    exitCode: 0,
  });
  expect((await desk.done("audit")).stdout).toBe(
    "5 versions and 0 gated moves in 2 commits: nothing to say against them\n",
  );
});

test("a version that was changed is found, also when it was changed back", async () => {
  const desk = open();
  const text = desk.read(version);
  desk.write({ [version]: `${text}more\n` });
  const changed = desk.commit("change");
  desk.write({ [version]: text });
  const back = desk.commit("change back");
  const { findings, exitCode } = await audit(desk);
  expect(exitCode).toBe(1);
  expect(findings).toMatchObject([
    { rule: "immutable-version-modified", prompt: "refund", version: "1.0.0", commit: changed },
    { rule: "immutable-version-modified", commit: back },
  ]);
});

test("a change that came through a merge is found at the merge", async () => {
  const desk = open();
  desk.git("switch", "--quiet", "--create", "aside");
  desk.write({ [version]: `${desk.read(version)}more\n` });
  desk.commit("change aside");
  desk.git("switch", "--quiet", "main");
  expect((await audit(desk)).ok).toBe(true);
  desk.git("merge", "--quiet", "--no-ff", "--message", "merge it", "aside");
  expect((await audit(desk)).findings).toMatchObject([{ commit: desk.head() }]);
});

test("what a merge slips in beside its parents is found", async () => {
  const desk = open();
  desk.git("switch", "--quiet", "--create", "aside");
  desk.write({ "notes.txt": "a note\n" });
  desk.commit("note");
  desk.git("switch", "--quiet", "main");
  desk.git("merge", "--quiet", "--no-ff", "--no-commit", "aside");
  desk.write({ [version]: `${desk.read(version)}more\n` });
  const merge = desk.commit("an evil merge");
  expect((await audit(desk)).findings).toMatchObject([{ rule: "immutable-version-modified", commit: merge }]);
});

test("a version that vanished is found, one with a tombstone is fine, and neither number may come back", async () => {
  const desk = open();
  const text = desk.read(version);
  desk.remove(version);
  desk.remove("prompt-templates/refund/2.0.0.md");
  const gone = byHand(
    desk,
    '  refund:\n    owner: team-support\n    default: "1.0.0"\n    aliases:\n      production:\n        serve: "1.0.0"\n',
    '  refund:\n    removed:\n      "2.0.0":\n        on: 2026-01-01\n',
  );
  expect((await audit(desk)).findings).toMatchObject([
    { rule: "immutable-version-deleted", version: "1.0.0", commit: gone },
  ]);
  desk.write({ [version]: text, "prompt-templates/refund/2.0.0.md": text.replace("1.0.0", "2.0.0") });
  const back = desk.commit("both back");
  expect((await audit(desk)).findings.slice(1)).toMatchObject([
    { rule: "immutable-version-collision", version: "2.0.0", commit: back },
  ]);
});

test("a version that moves to another group with its bytes is the same version", async () => {
  const desk = open();
  desk.git("mv", "prompt-templates/refund", "prompt-templates/task/refund");
  desk.commit("move");
  expect((await audit(desk)).ok).toBe(true);
});

test("a protected move needs the evidence of its gates; a way back does not", async () => {
  const desk = gated();
  await desk.done("alias set audited qualify-lead@1.1.0");
  expect(await audit(desk)).toMatchObject({ ok: true, checked: { moves: 1 } });
  const hand = byHand(desk, audited("1.1.0"), audited("2.0.0"));
  await desk.done("rollback qualify-lead --alias audited");
  expect((await audit(desk)).findings).toMatchObject([
    { rule: "registry-gates-unproven", prompt: "qualify-lead", version: "2.0.0", commit: hand },
  ]);
});

test("an edit that takes the gates away does not free its own move, nor does a state broken in between", async () => {
  const desk = gated();
  const text = desk.read(stateFile);
  desk.write({
    [stateFile]: text.replace("    gates: release\n", "").replace(audited("1.0.0"), audited("2.0.0")),
  });
  const both = desk.commit("no gates");
  expect((await audit(desk)).findings).toMatchObject([{ commit: both }]);
  const broken = gated();
  broken.write({ [stateFile]: "schema: [\n" });
  broken.commit("break it");
  broken.write({ [stateFile]: text.replace(audited("1.0.0"), audited("2.0.0")) });
  expect((await audit(broken)).ok).toBe(true);
  const mended = broken.commit("mend it, and move");
  expect((await audit(broken)).findings).toMatchObject([{ commit: mended }]);
});

test("evidence counts for the merge that brought it, and not for another move", async () => {
  const desk = gated();
  desk.git("switch", "--quiet", "--create", "aside");
  await desk.done("alias set audited qualify-lead@1.1.0");
  desk.git("switch", "--quiet", "main");
  desk.git("merge", "--quiet", "--no-ff", "--message", "merge the move", "aside");
  expect((await audit(desk)).ok).toBe(true);
  const forged = byHand(
    desk,
    audited("1.1.0"),
    audited("2.0.0"),
    "x\n\nPromptsync-Action: alias-set\nPromptsync-Prompt: qualify-lead\nPromptsync-Alias: audited\nPromptsync-To: 1.1.0\nPromptsync-Gate: release/tests ok",
  );
  expect((await audit(desk)).findings).toMatchObject([
    { rule: "registry-trail-false", commit: forged },
    { rule: "registry-gates-unproven", commit: forged },
  ]);
});

test("evidence counts also when a later merge has the registry of the branch that it merged", async () => {
  const desk = gated();
  await desk.done("alias set audited qualify-lead@1.1.0");
  desk.git("switch", "--quiet", "--create", "aside", "HEAD~1");
  desk.git("cherry-pick", "main");
  desk.git("commit", "--quiet", "--amend", "--message", "the same, without a word of the gates");
  byHand(desk, "owner: team-support", "owner: team-refunds");
  desk.git("switch", "--quiet", "main");
  desk.git("merge", "--quiet", "--no-ff", "--message", "merge it", "aside");
  expect(desk.git("diff", "HEAD^2")).toBe("");
  expect((await audit(desk)).findings).toEqual([]);
});

test("the trailers of a merge are no trail: what it brought is told by the commits that it merged", async () => {
  const desk = open();
  desk.git("switch", "--quiet", "--create", "aside");
  desk.setDate("2026-02-01T00:00:00Z");
  await desk.done("alias set production refund@2.0.0");
  const message = desk.git("log", "-1", "--format=%B");
  desk.setDate("2026-03-01T00:00:00Z");
  byHand(desk, audited("1.0.0"), audited("2.0.0"));
  desk.git("switch", "--quiet", "main");
  desk.git("merge", "--quiet", "--no-ff", "--message", message, "aside");
  expect((await desk.ask<{ entries: unknown[] }>("log")).entries.slice(0, 2)).toMatchObject([
    { prompt: "qualify-lead", to: "2.0.0" },
    { prompt: "refund", to: "2.0.0" },
  ]);
  const { findings } = await audit(desk);
  expect(findings.filter(({ rule }) => rule === "registry-trail-false")).toEqual([]);
});

test("a protected alias that a merge moves by itself is found", async () => {
  const desk = gated();
  desk.git("switch", "--quiet", "--create", "aside");
  await desk.done("alias set audited qualify-lead@1.1.0");
  desk.git("switch", "--quiet", "main");
  desk.git("merge", "--quiet", "--no-ff", "--no-commit", "aside");
  const merge = byHand(desk, audited("1.1.0"), audited("2.0.0"));
  expect((await audit(desk)).findings).toMatchObject([
    { rule: "registry-gates-unproven", version: "2.0.0", commit: merge },
  ]);
});

test("where the policy asks for signatures, a move without one is found", async () => {
  const desk = gated("    policy:\n      require_signed_commit: true\n");
  const hand = byHand(desk, audited("1.0.0"), audited("2.0.0"));
  const messages = (await audit(desk)).findings;
  expect(messages).toHaveLength(2);
  expect(messages[1]).toMatchObject({
    commit: hand,
    message: expect.stringContaining("not signed") as string,
  });
});

test("`--scope` keeps the prompts of a scope", async () => {
  const desk = createDesk({
    files: { ...rolloutFiles, [version]: rolloutFiles[version].replace("---\n", "---\nscope: user\n") },
  });
  desk.write({ [version]: `${desk.read(version)}more\n` });
  desk.remove("prompt-templates/refund/2.0.0.md");
  desk.commit("change");
  expect((await audit(desk, "--scope user")).findings).toHaveLength(2);
  expect((await audit(desk, "--scope agent")).ok).toBe(true);
  expect((await desk.type("audit --scope nobody")).exitCode).toBe(2);
});

test("a shallow clone proves nothing of what it does not have: exit 2", async () => {
  const desk = open();
  desk.git("clone", "--quiet", "--depth", "1", `file://${desk.directory}`, "../shallow");
  const shallow = deskIn(desk.in("../shallow"));
  const { stdout, stderr, exitCode } = await shallow.type("audit --json");
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, complete: false, findings: [] });
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("git fetch --unshallow")]);
  for (const line of ["log", "trace qualify-lead"])
    expect((await shallow.type(line)).stderr).toContain("this clone is shallow");
});

test("costs at most seven git processes, with moves that have to be proven and signed", async () => {
  const desk = gated("    policy:\n      require_signed_commit: true\n");
  const text = desk.read(stateFile);
  for (const [index, serve] of ["2.0.0", "1.0.0", "2.0.0", "1.0.0"].entries()) {
    desk.git("switch", "--quiet", "--create", `aside-${index}`);
    desk.write({ [stateFile]: text.replace(/audited:\n {8}serve: "[^"]*"/, audited(serve)) });
    desk.commit(`move ${index}`);
    desk.git("switch", "--quiet", "main");
    desk.git("merge", "--quiet", "--no-ff", "-m", `merge ${index}`, `aside-${index}`);
  }
  const trace = desk.path("../trace");
  await desk.type("audit --json", {
    environment: { ...desk.environment, PROMPTSYNC_TRACE_GIT: trace } as never,
  });
  const commands = desk.read(trace).trimEnd().split("\n");
  expect(commands.length).toBeLessThanOrEqual(7);
  expect((await audit(desk)).checked.moves).toBeGreaterThan(0);
});

test("trailers of a move that nobody made are found, and believed only where the state was touched", async () => {
  const desk = open();
  const forged =
    "promptsync: alias set production refund@2.0.0\n\nPromptsync-Action: alias-set\nPromptsync-Prompt: refund\nPromptsync-Alias: production\nPromptsync-From: 1.0.0\nPromptsync-To: 2.0.0";
  const log = async () =>
    (await desk.ask<{ entries: { action: string; commit: string }[] }>("log refund")).entries;
  const before = await log();
  desk.write({ "prompt-templates/README.md": "hello\n" });
  desk.commit(forged);
  desk.write({ "prompt-templates/README.md": "hello again\n" });
  desk.commit(
    "promptsync: push refund@3.0.0\n\nPromptsync-Action: push\nPromptsync-Prompt: refund\nPromptsync-Version: 3.0.0\nPromptsync-To: 3.0.0",
  );
  expect(await log()).toEqual(before);
  expect((await audit(desk)).findings).toEqual([]);
  const commit = byHand(desk, "owner: team-support", "owner: team-refunds", forged);
  expect((await audit(desk)).findings).toMatchObject([
    { rule: "registry-trail-false", prompt: "refund", version: "2.0.0", alias: "production", commit },
  ]);
});

test("trailers that hide a move are found, and a squashed commit is told from its states", async () => {
  const desk = open();
  const forged = byHand(
    desk,
    'serve: "1.1.0" # since the audit',
    'serve: "2.0.0" # since the audit',
    "promptsync: alias set production refund@1.0.0\n\nPromptsync-Action: alias-set\nPromptsync-Prompt: refund\nPromptsync-Alias: production\nPromptsync-From: 1.0.0\nPromptsync-To: 1.0.0",
  );
  expect((await audit(desk)).findings).toMatchObject([
    { rule: "registry-trail-false", prompt: "qualify-lead", version: "2.0.0", commit: forged },
  ]);
  expect((await desk.done("explain registry-trail-false")).stdout).toContain("audit");

  const squashed = open();
  squashed.git("checkout", "-q", "-b", "both");
  await squashed.done("alias set production qualify-lead@2.0.0");
  await squashed.done("alias set production refund@2.0.0");
  const messages = squashed.git("log", "-2", "--format=%B");
  squashed.git("checkout", "-q", "main");
  squashed.git("merge", "-q", "--squash", "both");
  squashed.git("commit", "-q", "-m", `Move both\n\n${messages}`);
  const { entries } = await squashed.ask<{ entries: { prompt: string; to: string }[] }>("log -n 2");
  expect(entries.map(({ prompt, to }) => `${prompt}@${to}`).sort()).toEqual([
    "qualify-lead@2.0.0",
    "refund@2.0.0",
  ]);
  expect((await audit(squashed)).findings).toEqual([]);
});

import { beforeAll, describe, expect, test } from "vitest";
import { createDesk, deskIn, type Desk } from "../support/desk.js";
import { rolloutFiles } from "./rollout/story.js";

interface Line {
  readonly step: string;
  readonly matched: boolean;
  readonly detail: string;
  readonly commit: string | null;
  readonly author: string | null;
  readonly date: string | null;
}

const stateFile = "prompt-templates/promptsync.yaml";

const trailOf = async (desk: Desk, words: string): Promise<Line[]> =>
  (await desk.ask<{ trail: Line[] }>(`resolve ${words}`)).trail;

describe("resolve with blame", () => {
  let desk: Desk;
  let ids: Record<"canary" | "rule" | "merge", string | null>;

  beforeAll(async () => {
    desk = createDesk({ files: rolloutFiles });
    const by = (name: string, day: string): void => {
      desk.environment.GIT_AUTHOR_NAME = name;
      desk.setDate(`${day}T00:00:00Z`);
    };
    by("Dana", "2026-02-01");
    await desk.done("canary set --version qualify-lead@2.0.0 --alias production --percentage 10");
    const canary = desk.head();
    by("Erin", "2026-02-02");
    await desk.done("flag create concise --expires 2027-01-01 --owner team --purpose short");
    await desk.done("flag link concise qualify-lead@1.0.0");
    const rule = desk.head();
    by("Finn", "2026-02-03");
    desk.git("switch", "--quiet", "--create", "aside");
    await desk.done("tenant set acme qualify-lead@1.0.0 --alias production");
    desk.git("switch", "--quiet", "main");
    by("Gwen", "2026-02-04");
    desk.git("merge", "--quiet", "--no-ff", "--message", "merge the tenant", "aside");
    ids = { canary, rule, merge: desk.head() };
    by("Hugo", "2026-02-05");
    await desk.done("prompt set refund owner team-money");
  });

  test("names who wrote the entry that won, and those that lost", async () => {
    expect(await trailOf(desk, "qualify-lead --alias production --key user-1")).toMatchObject([
      { step: "rule", matched: false, commit: ids.rule, author: "Erin", date: "2026-02-02T00:00:01Z" },
      { step: "canary", matched: true, commit: ids.canary, author: "Dana" },
    ]);
  });

  test("names the merge that brought an entry to the branch", async () => {
    expect(await trailOf(desk, "qualify-lead --alias production --tenant acme")).toMatchObject([
      { step: "tenant", commit: ids.merge, author: "Gwen", date: "2026-02-04T00:00:00Z" },
    ]);
  });

  test("names the first commit for what it brought, and nobody where no entry decided", async () => {
    expect(await trailOf(desk, "refund --alias production --tenant nobody")).toMatchObject([
      { step: "tenant", commit: null, author: null, date: null },
      { step: "alias", commit: desk.git("rev-list", "--max-parents=0", "HEAD"), author: "Ada Lovelace" },
    ]);
    expect(await trailOf(desk, "refund@1.0.0")).toMatchObject([{ step: "pinned", commit: null }]);
  });

  test("`--at` blames as of then", async () => {
    const [line] = await trailOf(desk, "qualify-lead --alias production --key user-1 --at 2026-02-01");
    expect(line).toMatchObject({ step: "canary", commit: ids.canary });
  });

  test("says that an edit is not committed yet", async () => {
    const text = desk.read(stateFile);
    desk.write({ [stateFile]: text.replace('serve: "1.1.0" # since', 'serve: "1.0.0" # since') });
    const lines = await trailOf(desk, "qualify-lead --alias production --flag x");
    expect(lines.at(-1)).toMatchObject({ step: "canary", commit: ids.canary });
    desk.write({ [stateFile]: text.replace("percent: 10", "percent: 0") });
    const edited = await trailOf(desk, "qualify-lead --alias production");
    expect(edited.map(({ step, commit }) => [step, commit === null])).toEqual([
      ["rule", false],
      ["canary", true],
      ["alias", false],
    ]);
    expect(edited[1]?.detail).toContain("not committed yet");
    desk.write({ [stateFile]: text });
  });

  test("costs two git processes, whether an entry decides or not", async () => {
    const trace = desk.path("../trace");
    const counted = async (line: string): Promise<number> => {
      desk.remove(trace);
      await desk.done(line, { environment: { ...desk.environment, PROMPTSYNC_TRACE_GIT: trace } as never });
      return desk.read(trace).trimEnd().split("\n").length;
    };
    expect(await counted("resolve refund@production")).toBe(2);
    expect(await counted("resolve refund@1.0.0")).toBe(2);
  });

  test("prints the winner, the losers, and who decided", async () => {
    const { stdout } = await desk.done("resolve qualify-lead --alias production --key user-1 --no-color");
    expect(stdout).toMatch(/· rule: rule concise does not hold\n.*[0-9a-f]{12} by Erin, 2026-02-02/);
    expect(stdout).toMatch(/✓ canary: .*\n.*[0-9a-f]{12} by Dana, 2026-02-01/);
  });

  test("follows a prompt's own state file", async () => {
    const own = createDesk({
      files: {
        ...rolloutFiles,
        [stateFile]: "schema: promptsync/v1\n",
        "prompt-templates/task/qualify-lead/promptsync.yaml": 'default: "1.0.0"\n',
      },
    });
    await own.done("default set qualify-lead@1.1.0");
    expect(await trailOf(own, "qualify-lead")).toMatchObject([{ step: "default", commit: own.head() }]);
  });

  test("goes behind a move to another group, which decides nothing", async () => {
    const own = createDesk({ files: rolloutFiles });
    const first = own.head();
    own.environment.GIT_AUTHOR_NAME = "Dana";
    await own.done("split refund");
    await own.done("alias set beta refund@2.0.0");
    const beta = own.head();
    own.environment.GIT_AUTHOR_NAME = "Erin";
    for (const [from, to] of [
      ["", "money/"],
      ["money/", "money/back/"],
    ] as const) {
      own.write({ [`prompt-templates/${to}.keep`]: "" });
      own.git("mv", `prompt-templates/${from}refund`, `prompt-templates/${to}refund`);
      own.remove(`prompt-templates/${to}.keep`);
      own.commit("move");
    }
    expect(await trailOf(own, "refund@beta")).toMatchObject([{ commit: beta, author: "Dana" }]);
    expect(await trailOf(own, "refund@production")).toMatchObject([
      { commit: first, author: "Ada Lovelace" },
    ]);
    const file = "prompt-templates/money/back/refund/promptsync.yaml";
    own.write({ [`prompt-templates/refund/promptsync.yaml`]: own.read(file).replace("2.0.0", "1.0.0") });
    for (const version of ["1.0.0.md", "2.0.0.md"])
      own.git("mv", `prompt-templates/money/back/refund/${version}`, `prompt-templates/refund/${version}`);
    own.remove(file);
    const moved = own.commit("move, and decide");
    expect(await trailOf(own, "refund@beta")).toMatchObject([{ commit: moved, author: "Erin" }]);
    expect(await trailOf(own, "refund@production")).toMatchObject([
      { commit: first, author: "Ada Lovelace" },
    ]);
  });

  test("a shallow clone does not blame its edge", async () => {
    desk.git("clone", "--quiet", "--depth", "1", `file://${desk.directory}`, "../shallow");
    const [line] = await trailOf(deskIn(desk.in("../shallow")), "refund@production");
    expect(line).toMatchObject({ commit: null });
    expect(line?.detail).toContain("older than this shallow clone");
  });

  test("finds the writer behind hundreds of other commits", async () => {
    const far = createDesk({ files: rolloutFiles });
    const text = far.read(stateFile);
    const commits = Array.from({ length: 40 }, (_, at) => {
      const changed = text.replace("owner: team-support", `owner: team-${at}`);
      return `commit refs/heads/main\ncommitter B <b@example.com> ${1_800_000_000 + at} +0000\ndata 1\nx\n${at === 0 ? "from refs/heads/main^0\n" : ""}M 100644 inline ${stateFile}\ndata ${changed.length}\n${changed}\n`;
    });
    far.run("git", ["fast-import", "--quiet"], { input: commits.join("") });
    far.git("reset", "--quiet", "--hard");
    expect(await trailOf(far, "qualify-lead@production")).toMatchObject([
      { commit: far.git("rev-list", "--max-parents=0", "HEAD") },
    ]);
  });
});

import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { deskIn, type Desk } from "../support/desk.js";
import { emptyShop, openShop } from "./story.js";

test("a commit that is missing from the clone is one error of `log`, and none that nobody handles", async () => {
  const desk = await emptyShop();
  for (const words of ["first", "second", "third"]) desk.commit(words);
  const missing = desk.head("HEAD~1") ?? "";
  desk.remove(`.git/objects/${missing.slice(0, 2)}/${missing.slice(2)}`);
  const unhandled: unknown[] = [];
  const listen = (reason: unknown): void => void unhandled.push(reason);
  process.on("unhandledRejection", listen);
  onTestFinished(() => void process.off("unhandledRejection", listen));
  expect(await desk.refusal("log")).toMatchObject({ code: "GIT_FAILED", exitCode: 2 });
  await new Promise((resolve) => setTimeout(resolve, 200)); // the other git process may end later
  expect(unhandled).toEqual([]);
});

interface Entry {
  readonly action: string;
  readonly prompt: string;
  readonly alias: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly author: string;
  readonly date: string;
  readonly commit: string;
}

const told = ({ action, prompt, alias, from, to }: Entry): string =>
  `${action} ${prompt}${alias === null ? "" : `@${alias}`} ${from ?? "-"} ${to ?? "-"}`;

describe("log", () => {
  let desk: Desk;
  const log = async (words = "") => (await desk.ask<{ entries: Entry[] }>(`log ${words}`)).entries.map(told);

  beforeAll(async () => {
    desk = await emptyShop();
    desk.write({ "prompts/refund.txt": "Refund {{ order }}.\n" });
    desk.setDate("2026-01-10T00:00:00Z");
    await desk.done("push --alias dev");
    desk.write({ "prompts/refund.txt": "Refund {{ order }} for {{ name }}.\n" });
    desk.setDate("2026-02-10T00:00:00Z");
    await desk.done("push --alias dev");
    desk.setDate("2026-03-10T00:00:00Z");
    await desk.done("alias set production refund@1.0.0");
    const state = "prompt-templates/promptsync.yaml";
    desk.write({
      [state]: desk.read(state).replace(/production:\n(\s+)serve: "1.0.0"/, 'production:\n$1serve: "2.0.0"'),
    });
    desk.setDate("2026-04-10T00:00:00Z");
    desk.commit("move production by hand");
  });

  test("tells every change, newest first, also those that were made by hand", async () => {
    expect(await log()).toEqual([
      "alias-set refund@production 1.0.0 2.0.0",
      "alias-set refund@production - 1.0.0",
      "push refund 1.0.0 2.0.0",
      "alias-set refund@dev 1.0.0 2.0.0",
      "push refund - 1.0.0",
      "alias-set refund@dev - 1.0.0",
    ]);
  });

  test("`--alias`, `--since` and `-n` take a part", async () => {
    expect(await log("--alias production")).toHaveLength(2);
    expect(await log("refund --since 2026-03-01")).toHaveLength(2);
    expect(await log("-n 1")).toEqual(["alias-set refund@production 1.0.0 2.0.0"]);
    expect(await desk.refusal("log --alias nothing")).toMatchObject({ code: "ALIAS_NOT_FOUND", exitCode: 2 });
  });

  test("`--until`, `--author`, `--action` and `--tenant` take a part too", async () => {
    expect(await log("--until 2026-01-31")).toHaveLength(2);
    expect(await log("--since 2026-02-01 --until 2026-03-31 --action alias-set")).toEqual([
      "alias-set refund@production - 1.0.0",
      "alias-set refund@dev 1.0.0 2.0.0",
    ]);
    expect(await log("--author ada@")).toHaveLength(6);
    expect(await log("--author nobody")).toEqual([]);
    expect(await desk.refusal("log --tenant acme")).toMatchObject({ code: "TENANT_NOT_FOUND", exitCode: 2 });
    expect((await desk.done("log --author nobody")).stdout).toBe("no change is like this\n");
  });

  test("one wrong clock hides nothing of `--since`, and is reported", async () => {
    const wrong = await emptyShop();
    wrong.write({ "prompts/refund.txt": "Refund {{ order }}.\n" });
    wrong.setDate("2026-05-01T00:00:00Z");
    await wrong.done("push --alias dev");
    const state = "prompt-templates/promptsync.yaml";
    const moved = [
      { owner: "team-a", date: "2020-01-01T00:00:00Z" },
      { owner: "team-b", date: "2026-05-02T00:00:00Z" },
    ].map(({ owner, date }) => {
      wrong.setDate(date);
      wrong.write({ [state]: wrong.read(state).replace(/owner: .*/, `owner: ${owner}`) });
      return wrong.commit(owner);
    });
    const { entries, skewed } = await wrong.ask<{ entries: Entry[]; skewed: unknown[] }>("log");
    expect(entries.map(told)).toHaveLength(4);
    expect(skewed).toEqual([
      {
        commit: moved[0],
        date: "2020-01-01T00:00:00Z",
        effective: expect.stringMatching(/^2026-05-01/) as string,
      },
    ]);
    expect((await wrong.ask<{ entries: Entry[] }>("log --since 2026-05-01")).entries).toHaveLength(3);
  });

  test("tells what a merge commit itself did, and not again what its parents did", async () => {
    const merging = openShop();
    const state = "prompt-templates/promptsync.yaml";
    merging.git("switch", "--quiet", "--create", "aside");
    await merging.done("alias set dev customer_support@1.2.3");
    merging.git("switch", "--quiet", "main");
    await merging.done("alias set stable qualify-lead@1.0.0");
    merging.git("merge", "--quiet", "--no-ff", "--no-commit", "aside");
    const text = merging.read(state);
    merging.write({
      [state]: text.replace(/(customer_support:[^]*?stable:\n\s+serve: )"1.2.3"/, '$1"1.0.0"'),
    });
    expect(merging.read(state)).not.toBe(text);
    const merge = merging.commit("an evil merge");
    const { entries } = await merging.ask<{ entries: Entry[] }>("log -n 3");
    expect(entries.map(told)).toEqual([
      "alias-set customer_support@stable 1.2.3 1.0.0",
      "alias-set qualify-lead@stable - 1.0.0",
      "alias-set customer_support@dev 2.0.0 1.2.3",
    ]);
    expect(entries[0]?.commit).toBe(merge);
  });

  test.each(["-n 0", "-n many", "--since yesterday-ish", "--since=--output=x", "--until 2026-02-30"])(
    "`log %s` is refused",
    async (words) => {
      expect(await desk.refusal(`log ${words}`)).toMatchObject({ exitCode: 2 });
    },
  );

  test("has one line an entry in a pipe, and one heading a commit on a terminal", async () => {
    const piped = (await desk.done("log")).stdout.trimEnd().split("\n");
    expect(piped).toHaveLength(7);
    const onTerminal = (await desk.done("log --no-color", { columns: 80 })).stdout;
    expect(onTerminal.match(/Ada Lovelace/g)).toHaveLength(4);
    expect(Math.max(...onTerminal.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

describe("show", () => {
  test("says who introduced a version, and that nobody did yet", async () => {
    const desk = openShop();
    desk.write({ "prompts/refund.txt": "Refund {{ order }}.\n" });
    await desk.done("push refund --no-commit");
    expect((await desk.ask("show refund@1.0.0")).introduced).toBeNull();
    expect((await desk.done("show refund@1.0.0")).stdout).toContain("not committed yet");
    expect((await desk.ask("show customer_support@1.0.0")).introduced).toMatchObject({
      author: "Ada Lovelace",
    });
  });

  test("does not take who moved a prompt to another group for who introduced its versions", async () => {
    const desk = openShop();
    const { path, introduced } = await desk.ask<{ path: string; introduced: { commit: string } }>(
      "show customer_support@1.0.0",
    );
    const folder = path.slice(0, path.lastIndexOf("/"));
    for (const group of ["desk", "desk/first"]) {
      desk.write({ [`prompt-templates/${group}/.keep`]: "" });
      const now = desk.git("ls-files", "*/customer_support/1.0.0.md");
      desk.git("mv", now.slice(0, now.lastIndexOf("/")), `prompt-templates/${group}/customer_support`);
      desk.remove(`prompt-templates/${group}/.keep`);
      desk.commit(`move to ${group}`);
    }
    expect(desk.exists(folder)).toBe(false);
    expect((await desk.ask("show customer_support@1.0.0")).introduced).toEqual(introduced);
  });

  test("names the merge that slipped a version in, and not one that only moved it", async () => {
    const desk = openShop();
    const path = desk.git("ls-files", "*/customer_support/2.0.0.md");
    const folder = path.slice(0, path.lastIndexOf("/"));
    const moved = "prompt-templates/desk/customer_support";
    desk.git("switch", "--quiet", "--create", "aside");
    desk.write({ "prompt-templates/desk/.keep": "" });
    desk.git("mv", folder, moved);
    desk.commit("move");
    desk.git("switch", "--quiet", "main");
    desk.write({ [`${folder}/2.1.0.md`]: desk.read(path).replaceAll("2.0.0", "2.1.0") });
    const pushed = desk.commit("2.1.0");
    desk.git("-c", "merge.directoryRenames=true", "merge", "--quiet", "--no-ff", "--no-commit", "aside");
    expect(desk.exists(`${moved}/2.1.0.md`)).toBe(true);
    desk.write({ [`${moved}/2.2.0.md`]: desk.read(`${moved}/2.0.0.md`).replaceAll("2.0.0", "2.2.0") });
    const merge = desk.commit("an evil merge");
    const introduced = async (version: string) =>
      (await desk.ask<{ introduced: { commit: string } | null }>(`show customer_support@${version}`))
        .introduced;
    expect(await introduced("2.2.0")).toMatchObject({ commit: merge });
    expect(await introduced("2.1.0")).toMatchObject({ commit: pushed });
  });

  test("does not take the edge of a shallow clone for the commit that introduced a version", async () => {
    const desk = openShop();
    await desk.done("alias set stable qualify-lead@1.0.0");
    desk.git("clone", "--quiet", "--depth", "1", `file://${desk.directory}`, "../shallow");
    const shallow = deskIn(desk.in("../shallow"));
    const { stdout, stderr } = await shallow.done("show qualify-lead@1.0.0");
    const edge = shallow.head() ?? "";
    expect(stdout).toContain(`in ${edge.slice(0, 12)} or before: this shallow clone has nothing older`);
    expect(stderr).toContain("`git fetch --unshallow` brings the rest");
    expect(await shallow.ask("show qualify-lead@1.0.0")).toMatchObject({
      introduced: { commit: edge, complete: false },
    });
    desk.git("-C", "../shallow", "fetch", "--quiet", "--unshallow");
    const whole = await shallow.done("show qualify-lead@1.0.0");
    expect(whole.stderr).toBe("");
    expect(whole.stdout).toContain("by Ada Lovelace");
  });

  test("prints the whole text of the version", async () => {
    const { stdout } = await openShop().done("show qualify-lead@dev --no-color", { columns: 80 });
    expect(stdout).toContain("You qualify leads for {{ company }}.");
    expect(stdout).toMatch(/company +required +string/);
    expect(stdout).toMatch(/notes +optional +string/);
  });
});

test("the end of a version is told as what it is", async () => {
  const desk = openShop();
  const world = { now: new Date("2027-01-01T10:00:00Z") };
  await desk.done("yank customer_support@2.0.0 --reason leaks");
  for (const entry of ["prompt set customer_support recommended 1.2.3", "default set customer_support@1.2.3"])
    await desk.done(entry);
  await desk.done("remove customer_support@1.0.0", world);
  const { stdout } = await desk.done("log customer_support -n 4");
  expect(stdout).toMatch(/remove +customer_support +1\.0\.0 → removed/);
  expect(stdout).toMatch(/yank +customer_support +2\.0\.0 → yanked/);
});

describe("status", () => {
  test("says what a push would take, and which aliases lag", async () => {
    const desk = openShop();
    desk.write({ "prompts/refund.txt": "Refund {{ order }}.\n", "prompts/broken.yaml": "content: [\n" });
    const { drafts, lag } = await desk.ask("status");
    expect(drafts).toEqual([
      { name: "broken", file: "prompts/broken.yaml", state: "broken" },
      { name: "refund", file: "prompts/refund.txt", state: "new" },
    ]);
    expect(lag).toMatchObject([
      { prompt: "customer_support", alias: "production", version: "1.2.3", latest: "2.0.0", behind: 1 },
      { prompt: "customer_support", alias: "stable", version: "1.2.3", latest: "2.0.0", behind: 1 },
    ]);
  });

  test("says which dates have come and which come soon, and what nothing serves", async () => {
    const desk = openShop();
    const state = desk
      .read("prompt-templates/promptsync.yaml")
      .replaceAll(/serve: "2.0.0"/g, 'serve: "1.2.3"');
    desk.write({
      "prompt-templates/promptsync.yaml": `${state}flags:
  old-tone:
    expires: 2026-01-31
  new-tone:
    expires: 2026-02-15
  far-tone:
    expires: 2026-02-16
emergencies:
  inc-1:
    prompt: qualify-lead
    serve: "1.0.0"
    post_mortem_due: 2026-02-01
    status: active
`,
    });
    const now = { now: new Date("2026-02-01T12:00:00Z") };
    expect(await desk.ask("status", now)).toMatchObject({
      expiredFlags: [{ flag: "old-tone", expires: "2026-01-31", days: -1 }],
      expiringFlags: [{ flag: "new-tone", expires: "2026-02-15", days: 14 }],
      deprecations: [{ prompt: "customer_support", version: "1.0.0", isDue: false, days: 333 }],
      postMortems: [{ emergency: "inc-1", status: "active", due: "2026-02-01", isDue: true, days: 0 }],
      unreachable: [{ prompt: "customer_support", versions: ["2.0.0"], served: "1.2.3" }],
    });
    const { stdout } = await desk.done("status", now);
    expect(stdout).toMatch(/old-tone +2026-01-31, 1 day ago/);
    expect(stdout).toMatch(/new-tone +2026-02-15, in 14 days/);
    expect(stdout).toMatch(/inc-1 +active +2026-02-01, today/);
  });

  test("no alias lags behind a version that is deprecated or yanked", async () => {
    const desk = openShop();
    await desk.done("yank customer_support@2.0.0 --reason leaks --no-commit");
    expect((await desk.ask("status")).lag).toEqual([]);
  });

  test("says when nothing needs a person", async () => {
    const desk = await emptyShop();
    expect((await desk.done("status")).stdout).toContain("nothing needs you");
  });

  test("says how far the branch is from its remote", async () => {
    const desk = openShop();
    desk.git("clone", "--quiet", "--bare", ".", "../remote.git");
    desk.git("remote", "add", "origin", "../remote.git");
    desk.git("fetch", "--quiet");
    desk.git("branch", "--quiet", "--set-upstream-to", "origin/main");
    expect((await desk.done("status")).stdout).toContain("level with origin/main");
    await desk.done("alias set production customer_support@2.0.0");
    expect((await desk.ask("status")).remote).toEqual({ branch: "origin/main", ahead: 1, behind: 0 });
    expect((await desk.done("status")).stdout).toContain("1 commit ahead of origin/main");
  });
});

test("completion lists the prompts, drafts, aliases and versions of the repository", async () => {
  const desk = openShop();
  desk.write({ "prompts/refund.txt": "Refund.\n" });
  const lines = async (line: string) => (await desk.done(line)).stdout.trim().split("\n");
  expect(await lines("complete prompts")).toEqual(["customer_support", "qualify-lead", "refund"]);
  expect(await lines("complete aliases")).toEqual(["dev", "production", "stable"]);
  expect(await lines("complete references -- customer_support@")).toContain("customer_support@1.2.3");
  expect((await desk.done("complete prompts", { directory: desk.root })).stdout).toBe("");
});

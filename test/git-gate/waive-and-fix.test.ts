import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { home, openBranch, triage, validate } from "./story.js";

/** A branch that adds a version with an input that nothing reads. */
function openUnused() {
  const desk = openBranch();
  desk.write({ [`${home}/1.2.0.md`]: triage("1.2.0", "Sort: {{ ticket }}", "    locale?: string\n") });
  desk.commit("add");
  return desk;
}

describe("waive", () => {
  it("writes a waiver that the next check counts, with its trailers", async () => {
    const desk = openUnused();
    const strict = "--fail-on warning --now 2026-11-02";
    const before = await validate(desk, strict);
    expect([before.found, before.exitCode]).toEqual([["template-variable-unused"], 1]);
    const fingerprint = before.findings.find(({ rule }) => rule === "template-variable-unused")?.fingerprint;
    const line = `waive ${fingerprint ?? ""} --reason "used from 1.3.0 on, in December" --expires 2026-11-08`;
    await desk.done(line);
    expect((await desk.done(line)).stdout).toBe("nothing to do: everything is as asked\n");
    expect(desk.read("prompt-templates/promptsync.yaml")).toContain("owner: ada@example.com");
    expect(desk.git("log", "-1", "--format=%B")).toContain("Promptsync-Action: waive");
    expect((await validate(desk, strict)).exitCode).toBe(0);
    const { stdout } = await desk.type(`validate ${strict}`);
    expect(stdout).toContain("1 waived (1 expires in 6 days)");
  });

  it("that lapsed is an error when its finding is back, where the change touches it", async () => {
    const desk = openUnused();
    const waiver =
      "waivers:\n  - rule: template-variable-unused\n    target: triage\n    reason: used from 1.3.0 on\n    expires: 2026-11-01\n";
    desk.write({
      "prompt-templates/promptsync.yaml": desk.read("prompt-templates/promptsync.yaml") + waiver,
    });
    const { found, exitCode } = await validate(desk, "--now 2026-11-02");
    expect(found).toContain("waiver-stale");
    expect(exitCode).toBe(1);
  });

  it.each([
    ["0123456789abcdef --reason 'a good reason'", "FINDING_NOT_FOUND"],
    ["FINGERPRINT --reason short", "USAGE"],
    ["FINGERPRINT --reason 'a good reason' --expires 2027-11-08", "USAGE"],
  ])("refuses `%s`", async (words, code) => {
    const desk = openUnused();
    const { findings } = await validate(desk);
    const [finding] = findings.filter(({ rule }) => rule === "template-variable-unused");
    const line = `waive ${words.replace("FINGERPRINT", finding?.fingerprint ?? "")}`;
    expect(await desk.refusal(line)).toMatchObject({ code, exitCode: 2 });
  });
});

describe("`periods` in the settings", () => {
  it("say how long a waiver holds, a deprecation is announced and a flag may be late", async () => {
    const desk = openUnused();
    desk.git("switch", "--quiet", "main");
    desk.write({ ".promptsyncrc": "periods: { waiver: 10, notice: 5, grace: 1 }\n" });
    desk.git("add", ".promptsyncrc");
    desk.git("commit", "--quiet", "--message", "settings");
    desk.git("push", "--quiet", "origin", "main");
    desk.git("switch", "--quiet", "work");
    desk.git("merge", "--quiet", "main");
    desk.write({
      "prompt-templates/promptsync.yaml": `schema: promptsync/v1
flags:
  new-tone: { owner: team-support, purpose: tone, kind: release, created: 2026-10-01, expires: 2026-10-30 }
prompts:
  triage:
    owner: team-support
    default: "1.1.0"
    deprecations:
      "1.0.0": { reason: old, replacement: "1.1.0", deprecated: 2026-11-02, deadline: 2026-11-08 }
waivers:
  - { rule: template-variable-unused, target: triage, reason: used from 1.3.0 on, expires: 2026-11-20 }
`,
    });
    const { findings } = await validate(desk, "--now 2026-11-02");
    expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual([
      "error registry-flag-expired",
      "info registry-version-unreachable",
      "warning waiver-invalid",
      "warning template-variable-unused",
    ]);
    const finding = findings.at(-1);
    const words = `waive ${finding?.fingerprint ?? ""} --reason "used from 1.3.0 on"`;
    const now = { now: new Date("2026-11-02") };
    expect(await desk.refusal(`${words} --expires 2026-11-13`, now)).toMatchObject({
      code: "USAGE",
      hint: "choose a day from 2026-11-02 to 2026-11-12",
    });
  });
});

describe("fix", () => {
  it("mends line ends, the mark and a copied number of new versions", async () => {
    const desk = openBranch();
    const copied = triage("1.1.0", "Sort: {{ ticket }}").replaceAll("\n", "\r\n");
    desk.write({ [`${home}/1.2.0.md`]: `\uFEFF${copied}` });
    await desk.done("fix --dry-run");
    expect(desk.read(`${home}/1.2.0.md`)).toContain("\r\n");
    const { fixed } = await desk.ask<{ fixed: { rules: string[] }[] }>("fix");
    expect(fixed).toMatchObject([{ rules: ["layout-encoding-invalid", "layout-identity-mismatch"] }]);
    expect(desk.read(`${home}/1.2.0.md`)).toBe(
      triage("1.1.0", "Sort: {{ ticket }}").replace("1.1.0", "1.2.0"),
    );
    expect((await validate(desk)).found).toEqual([]);
  });

  it("leaves merged versions alone", async () => {
    const desk = openBranch();
    desk.write({ [`${home}/1.0.0.md`]: triage("1.0.0").replaceAll("\n", "\r\n") });
    const before = readFileSync(desk.path(home, "1.0.0.md"));
    expect((await desk.done("fix")).stdout).toBe("nothing to fix\n");
    expect(readFileSync(desk.path(home, "1.0.0.md"))).toEqual(before);
  });
});

describe("a day that passed", () => {
  const flag = (day: string): string => `flags:\n  new-tone:\n    owner: me\n    expires: ${day}\n`;

  it("fails where the change touches the entry, and on the base itself", async () => {
    const desk = openBranch();
    const file = "prompt-templates/promptsync.yaml";
    const state = desk.read(file);
    desk.git("switch", "--quiet", "main");
    desk.write({ [file]: state + flag("2026-06-01") });
    desk.commit("flag");
    desk.git("push", "--quiet", "origin", "main");
    expect((await validate(desk, "--now 2026-11-02")).exitCode).toBe(1);
    desk.git("switch", "--quiet", "--create", "other");
    desk.commit("nothing about flags");
    const { found, findings, exitCode } = await validate(desk, "--now 2026-11-02");
    expect([found, exitCode]).toEqual([["registry-flag-expired"], 0]);
    expect(findings[0]?.introduced).toBe("existing");
    desk.write({ [file]: state + flag("2026-07-01") });
    expect((await validate(desk, "--now 2026-11-02")).exitCode).toBe(1);
    expect((await validate(desk, "--now 2026-06-30")).exitCode).toBe(0);
  });
});

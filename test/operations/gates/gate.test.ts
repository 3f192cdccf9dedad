import { describe, expect, test } from "vitest";
import { oneCheck, openGated, plain, seen } from "./story.js";

/** Says what it was told, and measures by the version: `costs` in the file's folder is by version. */
const report = `
const { PROMPTSYNC_REF, PROMPTSYNC_VERSION, PROMPTSYNC_ALIAS, PROMPTSYNC_BASELINE_REF = "nothing" } = process.env;
console.log(PROMPTSYNC_REF + " for " + PROMPTSYNC_ALIAS + " against " + PROMPTSYNC_BASELINE_REF);
const cost = { "1.0.0": 0.01, "1.1.0": 0.0111, "2.0.0": 0.011 }[PROMPTSYNC_VERSION];
console.log(JSON.stringify({ helpfulness: 0.86, cost_usd: cost }));
console.error("done");
`;
const costs = "metrics:\n  cost_usd:\n    max_increase_pct: 10\n  helpfulness:\n    min: 0.82\n";

describe("gate", () => {
  test("passes a version whose checks pass, with what they measured", async () => {
    const desk = openGated(oneCheck("node report.cjs", costs), { "report.cjs": report });
    expect(await seen(desk, "gate qualify-lead@2.0.0 --for production")).toMatchInlineSnapshot(`
      "
      ok  release/tests  qualify-lead@2.0.0  production  <time>  helpfulness 0.86, cost_usd 0.011
      1 check passed
      2> release/tests qualify-lead@2.0.0 | qualify-lead@2.0.0 for production against qualify-lead@1.0.0
      2> release/tests qualify-lead@2.0.0 | {"helpfulness":0.86,"cost_usd":0.011}
      2> release/tests qualify-lead@2.0.0 | done
      2> release/tests qualify-lead@1.0.0 | qualify-lead@1.0.0 for production against nothing
      2> release/tests qualify-lead@1.0.0 | {"helpfulness":0.86,"cost_usd":0.01}
      2> release/tests qualify-lead@1.0.0 | done
      "
    `);
    expect(await desk.ask("gate qualify-lead@2.0.0 --for production")).toEqual({
      ok: true,
      checks: [
        {
          gate: "release",
          check: "tests",
          ok: true,
          metrics: { helpfulness: 0.86, cost_usd: 0.011 },
          threshold: { cost_usd: { max_increase_pct: 10 }, helpfulness: { min: 0.82 } },
          seconds: expect.any(Number) as number,
          prompt: "qualify-lead",
          version: "2.0.0",
          alias: "production",
          reasons: [],
        },
      ],
    });
    expect(desk.status()).toBe("");
  });

  test("refuses a metric that got worse by 11 % where 10 % are allowed", async () => {
    const desk = openGated(oneCheck("node report.cjs", costs), { "report.cjs": report });
    expect(await seen(desk, "gate qualify-lead@1.1.0 --for production -q")).toMatchInlineSnapshot(`
      "
      failed  release/tests  qualify-lead@1.1.0  production  <time>  cost_usd 0.0111 is 11 % more than 0.01 today, and 10 % more is allowed
      1 of 1 check failed
      exit 1
      "
    `);
  });

  test("measures what is served today once for all its checks and versions", async () => {
    const desk = openGated(oneCheck("node count.cjs", costs), {
      "count.cjs": `require("fs").appendFileSync("runs.txt", process.env.PROMPTSYNC_REF + "\\n");\n${report}`,
    });
    await desk.done("gate qualify-lead@2.0.0 --for production");
    expect(desk.read("runs.txt")).toBe("qualify-lead@2.0.0\nqualify-lead@1.0.0\n");
  });

  const runs: readonly (readonly [title: string, script: string, more: string, reason: string])[] = [
    ["fails", "process.exit(3)", "", "it ended with exit code 3"],
    ["takes too long", "setInterval(() => {}, 1000)", "timeout: 300ms\n", "it was stopped after 300ms"],
    ["prints no JSON", 'console.log("fine")', costs, "it printed no line of JSON with its metrics"],
    [
      "prints garbage",
      'console.log("{ \\"cost_usd\\": ")',
      costs,
      "it printed no line of JSON with its metrics",
    ],
    [
      "reports other metrics",
      'console.log(`{"cost_usd":"low"}`)',
      "metrics:\n  cost_usd:\n    max: 1\n",
      "cost_usd was not reported",
    ],
    ["writes no results file", "", `results: out.json\n${costs}`, "it wrote no JSON to `out.json`"],
    ["ends itself", 'process.kill(process.pid, "SIGKILL")', "", "it was ended by SIGKILL"],
  ];
  test.each(runs)("says no to a check that %s", async (_, script, more, reason) => {
    const desk = openGated(oneCheck("[node, check.cjs]", more), { "check.cjs": script });
    const { stdout, exitCode } = await desk.type("gate qualify-lead@2.0.0 --for production --json");
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, checks: [{ ok: false, reasons: [reason] }] });
  });

  test("ends what a check has started when its time is over", async () => {
    const child =
      'require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" })';
    const desk = openGated(oneCheck("node check.cjs", "timeout: 400ms\n"), {
      "check.cjs": `${child}; process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)`,
    });
    const start = performance.now();
    expect((await desk.type("gate qualify-lead@2.0.0 --for production")).exitCode).toBe(1);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test("reads the last line of a check that prints too much, and shows the beginning", async () => {
    const noisy =
      'for (let i = 0; i < 40000; i++) console.log("x".repeat(100)); console.log(`{"helpfulness":1}`)';
    const desk = openGated(oneCheck("node check.cjs", "metrics:\n  helpfulness:\n    min: 1\n"), {
      "check.cjs": noisy,
    });
    const { stderr, exitCode } = await desk.type("gate qualify-lead@2.0.0 --for production");
    expect(exitCode).toBe(0);
    expect(stderr.length).toBeLessThan(500_000);
    expect(stderr.trimEnd()).toMatch(/\(there is more output, which is not shown\)$/);
  });

  test("reads promptfoo's results, and no results of an earlier run", async () => {
    const results = {
      results: {
        version: 3,
        results: [
          { score: 1, namedScores: { helpfulness: 0.9 }, latencyMs: 300, cost: 0.01 },
          { score: 0.5, namedScores: { helpfulness: 0.7 }, latencyMs: 100, cost: 0.03 },
        ],
        stats: { successes: 1, failures: 1, errors: 0 },
      },
    };
    const more = "results: out.json\nmetrics:\n  pass_rate:\n    min: 0.5\n";
    const write = `require("fs").writeFileSync("out.json", ${JSON.stringify(JSON.stringify(results))})`;
    const desk = openGated(oneCheck("node check.cjs", more), { "check.cjs": write });
    const { checks } = await desk.ask<{ checks: { metrics: unknown }[] }>(
      "gate qualify-lead@2.0.0 --for production",
    );
    expect(checks[0]?.metrics).toMatchObject({
      score: 0.75,
      helpfulness: 0.8,
      latency_ms: 200,
      cost_usd: 0.02,
      pass_rate: 0.5,
    });
    desk.write({ "check.cjs": "" });
    expect((await desk.type("gate qualify-lead@2.0.0 --for production")).exitCode).toBe(1);
  });

  test("hands over the files, also of a version that the work tree has lost or changed", async () => {
    const print =
      'console.log(require("fs").readFileSync(process.env.PROMPTSYNC_FILE, "utf8").split("\\n")[3])';
    const desk = openGated(oneCheck("node check.cjs"), { "check.cjs": print });
    desk.write({ "prompt-templates/qualify-lead/2.0.0.md": "Something else\n" });
    const { stderr } = await desk.type("gate qualify-lead@2.0.0 --for production");
    expect(stderr).toBe("release/tests qualify-lead@2.0.0 | summary: Ask for the budget first\n");
  });

  test("runs a line without a shell, unless the reviewed file asks for one", async () => {
    const print = { "print.cjs": "console.log(JSON.stringify(process.argv.slice(2)))" };
    const line = `node print.cjs 'a b' "c \\"d\\"" *.md`;
    const split = openGated(oneCheck(JSON.stringify(line)), print);
    const { stderr } = await split.type("gate qualify-lead@2.0.0 --for production");
    expect(stderr).toContain('| ["a b","c \\"d\\"","*.md"]');
    const shell = openGated(
      oneCheck('"echo one && node print.cjs $PROMPTSYNC_ALIAS"', "shell: true\n"),
      print,
    );
    const run = await shell.type("gate qualify-lead@2.0.0 --for production");
    expect(run.stderr).toContain('| one\nrelease/tests qualify-lead@2.0.0 | ["production"]');
    const operator = openGated(oneCheck("npm test && echo fine"));
    expect(await seen(operator, "gate qualify-lead@2.0.0 --for production")).toMatchInlineSnapshot(`
      "
      2> error: \`gates.release.checks.tests.run\` cannot be run: \`&&\` means something to a shell only, and the command runs without one [STATE_INVALID]
      2> hint: quote it, or write \`shell: true\` beside the command
      exit 2
      "
    `);
  });

  test("says that an alias asks for nothing", async () => {
    const desk = openGated(oneCheck("node check.cjs"));
    expect(await seen(desk, "gate qualify-lead@2.0.0 --for dev")).toMatchInlineSnapshot(`
      "
      nothing to judge: no alias with gates is moved
      2> alias \`dev\` asks for no gates
      "
    `);
  });

  const refused: readonly (readonly [gate: string, line: string, code: string])[] = [
    [oneCheck("no-such-program"), "gate qualify-lead@2.0.0 --for production", "FILE_NOT_FOUND"],
    [oneCheck("node x.cjs", "timeout: soon\n"), "gate qualify-lead@2.0.0 --for production", "STATE_INVALID"],
    [oneCheck("[]"), "gate qualify-lead@2.0.0 --for production", "STATE_INVALID"],
    [oneCheck("[node, x]", "shell: true\n"), "gate qualify-lead@2.0.0 --for production", "STATE_INVALID"],
    ["policy: {}\n", "gate qualify-lead@2.0.0 --for production", "STATE_INVALID"],
    [oneCheck("node x.cjs"), "gate qualify-lead@3.0.0 --for production", "VERSION_NOT_FOUND"],
    [oneCheck("node x.cjs"), "gate qualify-lead@2.0.0 --for prodction", "ALIAS_NOT_FOUND"],
    [oneCheck("node x.cjs"), "gate qualify-lead@2.0.0", "USAGE"],
    [oneCheck("node x.cjs"), "gate qualify-lead@2.0.0 --for production --base main", "USAGE"],
    [oneCheck("node x.cjs"), "gate --base nowhere", "REVISION_NOT_FOUND"],
  ];
  test.each(refused)("cannot judge %j with `%s`: %s", async (gate, line, code) => {
    const desk = openGated(gate);
    expect(await desk.refusal(line)).toMatchObject({ code, exitCode: 2 });
  });
});

test("gates that nobody reviewed are not run", async () => {
  const desk = openGated(oneCheck("node check.cjs"), { "check.cjs": "" });
  const file = "prompt-templates/promptsync.yaml";
  desk.write({ [file]: desk.read(file).replace("run: node check.cjs", "run: touch pwned") });
  for (const line of ["gate qualify-lead@2.0.0 --for production", "alias set production qualify-lead@2.0.0"])
    expect(await desk.refusal(line)).toMatchObject({ code: "UNCOMMITTED_CHANGES" });
  expect(desk.exists("pwned")).toBe(false);
});

describe("gate --base", () => {
  test("judges every move by the gates of the base, not by those of the change", async () => {
    const desk = openGated(oneCheck("node check.cjs"), { "check.cjs": "process.exit(1)" });
    desk.git("checkout", "-q", "-b", "loosen");
    const file = "prompt-templates/promptsync.yaml";
    const loose = desk.read(file).replace("run: node check.cjs", "run: touch pwned");
    desk.write({ [file]: loose.replace('serve: "1.0.0"', 'serve: "2.0.0"') });
    desk.commit("loosen the gate and pass it");
    expect(await seen(desk, "gate --base main")).toMatchInlineSnapshot(`
      "
      failed  release/tests  qualify-lead@2.0.0  production  <time>  it ended with exit code 1
      1 of 1 check failed
      2> the gates of \`production\` change here; those that are run are of main
      exit 1
      "
    `);
    expect(desk.exists("pwned")).toBe(false);
  });

  test("judges canaries and tenants, and nothing that does not move", async () => {
    const desk = openGated(oneCheck("node check.cjs"), { "check.cjs": "" });
    desk.git("checkout", "-q", "-b", "try");
    await desk.done("alias set dev qualify-lead@2.0.0");
    expect(await seen(desk, "gate --base main")).toMatchInlineSnapshot(`
      "
      nothing to judge: no alias with gates is moved
      "
    `);
    await desk.done("canary set --alias production --version qualify-lead@2.0.0 --percentage 5");
    await desk.done("tenant set acme qualify-lead@1.1.0 --alias production");
    const { stdout } = await desk.type("gate --base main");
    expect(plain(`\n${stdout}`)).toMatchInlineSnapshot(`
      "
      ok  release/tests  qualify-lead@2.0.0  production  <time>
      ok  release/tests  qualify-lead@1.1.0  production  <time>
      2 checks passed
      "
    `);
  });
});

import { chmodSync, readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { compileSources } from "../support/compile.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

interface Action {
  readonly runs: {
    readonly steps: readonly { readonly name: string; readonly run: string; readonly env?: object }[];
  };
}

const root = new URL("../..", import.meta.url);
const text = readFileSync(new URL(".github/actions/validate/action.yml", root), "utf8");
const [fetchStep, validateStep] = (parse(text) as Action).runs.steps;

let compiled: string;
beforeAll(() => {
  compiled = compileSources();
});

const version = (number: string, body: string, summary = "") =>
  `---\nname: refund\nversion: "${number}"\n${summary}description: Refunds\n---\n${body}\n`;
const file = "prompt-templates/refund/1.0.0.md";

/** GitHub's side of a pull request: `main`, a branch of a fork, and the merge of both at refs/pull/7/merge. */
function openPullRequest(changes: Readonly<Record<string, string>>): { clone: Sandbox; merge: string } {
  const sandbox = createSandbox({
    files: {
      "prompt-templates/promptsync.yaml":
        'schema: promptsync/v1\nprompts:\n  refund:\n    owner: team-support\n    default: "1.0.0"\n',
      [file]: version("1.0.0", "Refund it."),
    },
  });
  sandbox.git("switch", "--quiet", "--create", "fork");
  sandbox.write(changes);
  const head = sandbox.commit("the pull request");
  sandbox.git("switch", "--quiet", "main");
  sandbox.write({ "readme.txt": "Shop\n" });
  sandbox.commit("main moves on");
  sandbox.git("merge", "--quiet", "--no-ff", "--no-edit", "fork");
  const merge = sandbox.head() ?? "";
  sandbox.git("update-ref", "refs/pull/7/merge", merge);
  sandbox.git("reset", "--quiet", "--hard", "HEAD^1");
  sandbox.git("config", "uploadpack.allowAnySHA1InWant", "true");
  // What actions/checkout does: one commit, detached.
  sandbox.git("init", "--quiet", "../clone");
  const clone = sandbox.in("../clone");
  clone.git("remote", "add", "origin", `file://${sandbox.directory}`);
  const refspec = `+${merge}:refs/remotes/pull/7/merge`;
  clone.git("fetch", "--quiet", "--no-tags", "--depth=1", "origin", refspec);
  clone.git("checkout", "--quiet", "--force", "refs/remotes/pull/7/merge");
  sandbox.write({ "../event.json": JSON.stringify({ pull_request: { head: { sha: head } } }) });
  const shim = `#!/bin/sh
echo "$@" >> '${sandbox.root}/npx.log'
shift 2
exec '${process.execPath}' --input-type=module -e 'import { main } from "${compiled}/cli/main.js";
import { processTerminal } from "${compiled}/cli/terminal.js";
process.exitCode = await main(process.argv.slice(1), processTerminal());' -- "$@"
`;
  sandbox.write({ "../bin/npx": shim });
  chmodSync(sandbox.path("../bin/npx"), 0o755);
  Object.assign(sandbox.environment, {
    PATH: `${sandbox.root}/bin:${process.env.PATH ?? ""}`,
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_NAME: "pull_request",
    GITHUB_EVENT_PATH: `${sandbox.root}/event.json`,
    GITHUB_REF: "refs/pull/7/merge",
    GITHUB_STEP_SUMMARY: `${sandbox.root}/summary.md`,
    VERSION: "1.2.3",
    ARGUMENTS: "",
  });
  return { clone, merge };
}

/** Runs a step as the runner does with `shell: bash`. */
const step = (sandbox: Sandbox, script: string | undefined, environment: NodeJS.ProcessEnv = {}) =>
  sandbox.run("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script ?? ""], { environment });

test("an edited version in a pull request is found in a checkout of depth 1", () => {
  const { clone, merge } = openPullRequest({ [file]: version("1.0.0", "Refund nothing.") });
  expect(clone.git("rev-list", "--count", "HEAD")).toBe("1");
  expect(step(clone, fetchStep?.run)).toMatchObject({ status: 0 });
  expect(clone.head()).toBe(merge);
  expect(clone.head("HEAD^1")).not.toBeNull();
  const run = step(clone, validateStep?.run);
  expect(run.status).toBe(1);
  expect(run.stdout).toMatch(/^::error .*file=prompt-templates\/refund\/1\.0\.0\.md.*immutable/m);
  expect(clone.read("../summary.md")).toContain("immutable-version-modified");
  expect(clone.read("../npx.log")).toMatch(/^--yes promptsync@1\.2\.3 validate --format github$/m);
});

test("a new version in a pull request passes", () => {
  const added = version("1.0.1", "Refund it now.", "summary: Says when\n");
  const { clone } = openPullRequest({ "prompt-templates/refund/1.0.1.md": added });
  step(clone, fetchStep?.run);
  expect(step(clone, validateStep?.run, { ARGUMENTS: "--fail-on error" })).toMatchObject({ status: 0 });
});

test("the merge that was checked out is fetched, also when the ref names a newer one by now", () => {
  const { clone, merge } = openPullRequest({ [file]: version("1.0.0", "Refund nothing.") });
  const server = clone.in("../work");
  server.git("update-ref", "refs/pull/7/merge", "refs/heads/main");
  expect(step(clone, fetchStep?.run)).toMatchObject({ status: 0 });
  expect(clone.head()).toBe(merge);
  expect(step(clone, validateStep?.run).status).toBe(1);
});

test("another event gets the history, and a full clone is left alone", () => {
  const { clone } = openPullRequest({ [file]: version("1.0.0", "Refund nothing.") });
  expect(step(clone, fetchStep?.run, { GITHUB_EVENT_NAME: "merge_group" })).toMatchObject({ status: 0 });
  expect(clone.git("rev-parse", "--is-shallow-repository")).toBe("false");
  clone.git("remote", "set-url", "origin", "file:///nowhere");
  expect(step(clone, fetchStep?.run)).toMatchObject({ status: 0, stderr: "" });
});

test("without the commits nothing passes: the step says what could not be checked", () => {
  const { clone } = openPullRequest({});
  const run = step(clone, validateStep?.run);
  expect(run.status).toBe(2);
  expect(clone.read("../summary.md")).toContain("could not check the prompts (exit code 2)");
});

test("an argument is data: it reaches no shell", () => {
  const { clone } = openPullRequest({});
  step(clone, fetchStep?.run);
  step(clone, validateStep?.run, { ARGUMENTS: "$(touch never) ;touch never" });
  expect(clone.exists("never")).toBe(false);
  for (const { run } of [fetchStep, validateStep].flatMap((it) => it ?? [])) expect(run).not.toContain("${{");
});

test("the pre-commit hook has the keys that pre-commit documents, and gets no file names", () => {
  const [hook] = parse(readFileSync(new URL(".pre-commit-hooks.yaml", root), "utf8")) as Record<
    string,
    unknown
  >[];
  const known =
    "id name entry language files exclude types types_or exclude_types always_run fail_fast verbose pass_filenames require_serial description language_version minimum_pre_commit_version args stages additional_dependencies";
  for (const key of Object.keys(hook ?? {})) expect(known.split(" ")).toContain(key);
  expect(hook).toMatchObject({ pass_filenames: false, always_run: true, language: "node" });
});

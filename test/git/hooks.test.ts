import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { applyIn, makePlan, registryFiles, stateFile } from "../support/plans.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

const version = "prompt-templates/welcome/1.1.0.md";

/** Installs a hook; what it prints and its exit code are up to the script. */
function install(sandbox: Sandbox, hook: string, script: string, folder = ".git/hooks"): void {
  sandbox.write({ [`${folder}/${hook}`]: `#!/bin/sh\n${script}\n` });
  sandbox.run("chmod", ["+x", `${folder}/${hook}`]);
}

/** Applies the usual plan, expects the refusal, and that nothing has changed. */
async function expectRefusal(sandbox: Sandbox, error: object): Promise<void> {
  const before = { head: sandbox.head(), status: sandbox.status(), state: sandbox.read(stateFile) };
  await expect(applyIn(sandbox)).rejects.toMatchObject(error);
  expect({ head: sandbox.head(), status: sandbox.status(), state: sandbox.read(stateFile) }).toEqual(before);
  expect(sandbox.exists(version)).toBe(false);
  expect(sandbox.exists(".git/index.lock")).toBe(false);
  expect(sandbox.run("ls", [".git/promptsync"]).stdout).toBe("");
}

test("a pre-commit hook that refuses is quoted, and nothing is changed", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  install(sandbox, "pre-commit", "echo 'please run the linter' >&2; exit 1");
  await expectRefusal(sandbox, {
    code: "HOOK_REFUSED",
    message: "hook `pre-commit` refused the commit; nothing was changed",
    hint: "please run the linter",
  });
});

test("a pre-commit hook sees the files on disk, and an index with HEAD and the change only", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  install(
    sandbox,
    "pre-commit",
    `cat ${version} > '${sandbox.root}/seen'; git diff --cached --name-only >> '${sandbox.root}/seen'`,
  );
  sandbox.write({ "notes.txt": "staged by the user\n" });
  sandbox.git("add", "notes.txt");
  await applyIn(sandbox);
  expect(sandbox.read(`${sandbox.root}/seen`)).toBe(`Welcome back {{ name }}\n${stateFile}\n${version}\n`);
  expect(sandbox.status()).toBe("A  notes.txt");
});

test("a hook runs with the user's own environment, not with our sealed one", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.environment.LC_ALL = "C.UTF-8";
  install(sandbox, "pre-commit", `env > '${sandbox.root}/environment'`);
  await applyIn(sandbox);
  const lines = sandbox.read(`${sandbox.root}/environment`).split("\n");
  expect(lines).toContain("LC_ALL=C.UTF-8");
  expect(lines.filter((line) => /^GIT_(LITERAL|OPTIONAL|TERMINAL)/.test(line))).toEqual([]);
});

test("core.hooksPath is followed", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.git("config", "core.hooksPath", ".husky");
  install(sandbox, "pre-commit", "exit 1", ".husky");
  await expect(applyIn(sandbox)).rejects.toMatchObject({ code: "HOOK_REFUSED" });
});

test("a hook file that is not executable is no hook", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.write({ ".git/hooks/pre-commit": "#!/bin/sh\nexit 1\n" });
  expect((await applyIn(sandbox)).commit).toBe(sandbox.head());
});

test("a pre-commit hook that rewrites our file is refused, and the file is put back", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  install(sandbox, "pre-commit", `echo '# formatted' >> ${stateFile}`);
  await expectRefusal(sandbox, {
    code: "HOOK_REFUSED",
    message: expect.stringContaining(`changed \`${stateFile}\``) as string,
  });
});

test("a pre-commit hook that stages something is refused", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  install(sandbox, "pre-commit", `echo generated > generated.txt; git add generated.txt`);
  await expect(applyIn(sandbox)).rejects.toMatchObject({
    code: "HOOK_REFUSED",
    message: expect.stringContaining("changed the index") as string,
  });
  expect(sandbox.status()).toBe("?? generated.txt");
});

test("a commit-msg hook that refuses is quoted, and nothing is changed", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  install(sandbox, "commit-msg", 'echo "no ticket in: $(head -1 "$1")"; exit 1');
  await expectRefusal(sandbox, {
    code: "HOOK_REFUSED",
    hint: "no ticket in: promptsync: push welcome@1.1.0",
  });
});

test("a commit-msg hook may add a trailer", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  install(sandbox, "commit-msg", 'echo "Change-Id: I1234" >> "$1"');
  const receipt = await applyIn(sandbox);
  expect(receipt.commit).toBe(sandbox.head());
  expect(sandbox.git("log", "-1", "--format=%(trailers:only)")).toBe(
    "Promptsync-Action: push\nChange-Id: I1234\n",
  );
});

test("prepare-commit-msg learns that the message was given", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  install(sandbox, "prepare-commit-msg", `echo "$2" > '${sandbox.root}/source'`);
  await applyIn(sandbox);
  expect(sandbox.read(`${sandbox.root}/source`)).toBe("message\n");
});

test("a post-commit hook runs after the commit, and how it ends changes nothing", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  install(sandbox, "post-commit", `git rev-parse HEAD > '${sandbox.root}/posted'; exit 1`);
  const receipt = await applyIn(sandbox);
  expect(sandbox.read(`${sandbox.root}/posted`).trim()).toBe(receipt.commit);
});

test("what a hook says on the way is passed on", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  install(sandbox, "pre-commit", "echo 'linted 2 files'");
  const notes: string[] = [];
  await applyIn(sandbox, makePlan(sandbox), { note: (line) => notes.push(line) });
  expect(notes).toEqual(["linted 2 files"]);
});

test("a reference-transaction hook that refuses is quoted, and everything is put back", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  install(sandbox, "reference-transaction", '[ "$1" = committed ] || { echo frozen >&2; exit 1; }');
  await expectRefusal(sandbox, { code: "HOOK_REFUSED", data: { hook: "reference-transaction" } });
});

test("hooks of a linked work tree run there", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  install(sandbox, "pre-commit", `pwd > '${sandbox.root}/where'`);
  sandbox.git("worktree", "add", "--quiet", "-b", "next", "../linked");
  await applyIn(sandbox.in("../linked"));
  expect(sandbox.read(`${sandbox.root}/where`).trim()).toBe(`${sandbox.root}/linked`);
});

test("inside a pre-commit hook of the same repository a commit is refused at once", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  const go = `${sandbox.root}/go`;
  install(
    sandbox,
    "pre-commit",
    `env > '${sandbox.root}/environment'; until [ -e '${go}' ]; do sleep 0.02; done`,
  );
  const commit = spawn("git", ["commit", "--quiet", "--allow-empty", "-m", "the user's own"], {
    cwd: sandbox.directory,
    env: sandbox.environment,
  });
  await expect.poll(() => sandbox.exists(`${sandbox.root}/environment`)).toBe(true);
  const lines = sandbox.read(`${sandbox.root}/environment`).trimEnd().split("\n");
  const environment = Object.fromEntries(
    lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
  const plan = makePlan(sandbox);
  await expect(applyIn({ ...sandbox, environment }, plan)).rejects.toMatchObject({
    code: "LOCKED",
    hint: expect.stringContaining("after the commit") as string,
  });
  sandbox.write({ [go]: "" });
  expect(await new Promise((resolve) => commit.on("close", resolve))).toBe(0);
  expect(sandbox.git("log", "-1", "--format=%s")).toBe("the user's own");
  expect(sandbox.status()).toBe("");
});

test("with commit.gpgSign the commit is signed by the configured program", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", `${sandbox.home}/key`]);
  sandbox.git("config", "gpg.format", "ssh");
  sandbox.git("config", "user.signingKey", `${sandbox.home}/key`);
  sandbox.git("config", "commit.gpgSign", "true");
  sandbox.write({ "../home/signers": `ada@example.com ${sandbox.read("../home/key.pub")}` });
  sandbox.git("config", "gpg.ssh.allowedSignersFile", `${sandbox.home}/signers`);
  await applyIn(sandbox);
  expect(sandbox.git("log", "-1", "--format=%G? %GS")).toBe("G ada@example.com");
});

test("a commit whose message a hook changed is signed as it is in the end", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", `${sandbox.home}/key`]);
  sandbox.git("config", "gpg.format", "ssh");
  sandbox.git("config", "user.signingKey", `${sandbox.home}/key`);
  sandbox.git("config", "commit.gpgSign", "true");
  install(sandbox, "commit-msg", 'echo "Change-Id: I1234" >> "$1"');
  await applyIn(sandbox);
  expect(sandbox.git("cat-file", "-p", "HEAD")).toMatch(/^gpgsig -----BEGIN SSH SIGNATURE-----$/m);
});

test("without commit.gpgSign nothing is signed", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.git("config", "gpg.program", "false");
  await applyIn(sandbox);
  expect(sandbox.git("cat-file", "-p", "HEAD")).not.toContain("gpgsig");
});

test("a signer that fails changes nothing", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.git("config", "gpg.program", "false");
  sandbox.git("config", "commit.gpgSign", "yes");
  await expectRefusal(sandbox, { code: "SIGNING_FAILED" });
});

test("a signer that fails after the hooks changes nothing either", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.git("config", "gpg.program", "false");
  sandbox.git("config", "commit.gpgSign", "true");
  install(sandbox, "commit-msg", "exit 0");
  await expectRefusal(sandbox, { code: "SIGNING_FAILED" });
});

import { spawn } from "node:child_process";
import { createServer, type Server } from "node:net";
import { expect, test } from "vitest";
import { PromptSyncError } from "../../src/core/errors.js";
import type { Plan } from "../../src/core/plan.js";
import { publish, type PublishOptions } from "../../src/store/apply/publish.js";
import { openRepository } from "../../src/store/git/repository.js";
import { compileSources } from "../support/compile.js";
import { aliasMove, makePlan, registryFiles, type PlanRequest } from "../support/plans.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

/** A remote and two clones of it. */
function twoClones(): { ada: Sandbox; grace: Sandbox; remote: Sandbox } {
  const origin = createSandbox({ files: registryFiles });
  origin.git("clone", "--quiet", "--bare", ".", "../remote");
  for (const name of ["ada", "grace"]) origin.git("clone", "--quiet", "../remote", `../${name}`);
  return { ada: origin.in("../ada"), grace: origin.in("../grace"), remote: origin.in("../remote") };
}

const newVersion = (number: string): PlanRequest => ({
  writes: { [`prompt-templates/welcome/${number}.md`]: `Welcome ${number}\n` },
  edits: [],
  message: `add ${number}\n`,
});

/** Publishes from a clone; a plan that is overtaken is made again as it was, unless the test says else. */
async function publishFrom(sandbox: Sandbox, request: PlanRequest, options: Partial<PublishOptions> = {}) {
  const { environment, directory } = sandbox;
  const repository = await openRepository(directory, { environment, cwd: directory });
  const plan = makePlan(sandbox, request);
  try {
    return await publish(repository, plan, {
      remote: "origin",
      now: new Date("2026-01-02T00:00:00Z"),
      silence: 2000,
      replan: (commit) => Promise.resolve({ ...plan, base: commit }),
      ...options,
    });
  } finally {
    repository.close();
  }
}

const subjects = (sandbox: Sandbox) => sandbox.git("log", "--format=%s", "main").split("\n");

test("a published change is on the remote, and the clone knows it", async () => {
  const { ada, remote } = twoClones();
  const receipt = await publishFrom(ada, newVersion("1.1.0"));
  expect(remote.head("main")).toBe(receipt.commit);
  expect(ada.head()).toBe(receipt.commit);
  expect(ada.head("origin/main")).toBe(receipt.commit);
  expect(ada.status()).toBe("");
});

test("a change that was overtaken is made again on what the remote has, without a merge", async () => {
  const { ada, grace, remote } = twoClones();
  await publishFrom(grace, newVersion("1.1.0"));
  const receipt = await publishFrom(ada, newVersion("1.2.0"));
  expect(subjects(remote)).toEqual(["add 1.2.0", "add 1.1.0", "welcome"]);
  expect(ada.head()).toBe(receipt.commit);
  expect(ada.read("prompt-templates/welcome/1.1.0.md")).toBe("Welcome 1.1.0\n");
  expect(ada.status()).toBe("");
  expect(ada.git("fsck", "--strict", "--no-dangling")).toBe("");
});

test("making a change again keeps the user's staged and edited files", async () => {
  const { ada, grace } = twoClones();
  await publishFrom(grace, newVersion("1.1.0"));
  ada.write({ "readme.txt": "edited\n", "notes.txt": "staged\n", "scratch.txt": "untracked\n" });
  ada.git("add", "notes.txt");
  await publishFrom(ada, newVersion("1.2.0"));
  expect(ada.status()).toBe("A  notes.txt\n M readme.txt\n?? scratch.txt");
});

test("an intent that no longer holds is refused, and nothing is changed here or there", async () => {
  const { ada, grace, remote } = twoClones();
  await publishFrom(grace, { writes: {}, edits: [aliasMove("2.0.0")], message: "grace\n" });
  const before = ada.head();
  const replan = () =>
    Promise.reject(new PromptSyncError("CHANGE_CONFLICT", "somebody changed it meanwhile"));
  await expect(
    publishFrom(ada, { writes: {}, edits: [aliasMove("3.0.0")], message: "ada\n" }, { replan }),
  ).rejects.toMatchObject({ code: "CHANGE_CONFLICT" });
  expect(ada.head()).toBe(before);
  expect(ada.status()).toBe("");
  expect(subjects(remote)).toEqual(["grace", "welcome"]);
});

test("the same version with other bytes on the remote is refused with both digests", async () => {
  const { ada, grace } = twoClones();
  await publishFrom(grace, newVersion("1.1.0"));
  const other = {
    writes: { "prompt-templates/welcome/1.1.0.md": "Not the same\n" },
    edits: [],
    message: "mine\n",
  };
  await expect(publishFrom(ada, other)).rejects.toMatchObject({ code: "VERSION_EXISTS" });
  expect(ada.status()).toBe("");
});

test("the same change on the remote is done, not made twice", async () => {
  const { ada, grace, remote } = twoClones();
  await publishFrom(grace, newVersion("1.1.0"));
  const receipt = await publishFrom(ada, { ...newVersion("1.1.0"), message: "me too\n" });
  expect(receipt.commit).toBeNull();
  expect(ada.head()).toBe(remote.head("main"));
  expect(subjects(remote)).toEqual(["add 1.1.0", "welcome"]);
});

test("a plan that turns out to be done already needs no commit", async () => {
  const { ada, grace, remote } = twoClones();
  await publishFrom(grace, newVersion("1.1.0"));
  const receipt = await publishFrom(ada, newVersion("1.2.0"), { replan: () => Promise.resolve(null) });
  expect(receipt.commit).toBeNull();
  expect(ada.head()).toBe(remote.head("main"));
});

test("a remote that refuses is quoted, and the local commit is kept and named", async () => {
  const { ada, remote } = twoClones();
  remote.write({ "hooks/pre-receive": "#!/bin/sh\necho 'main is frozen'\nexit 1\n" });
  remote.run("chmod", ["+x", "hooks/pre-receive"]);
  const error: unknown = await publishFrom(ada, newVersion("1.1.0")).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    code: "REMOTE_REJECTED",
    hint: expect.stringContaining("main is frozen") as string,
    data: { commit: ada.head() },
  });
  expect(subjects(ada)[0]).toBe("add 1.1.0");
  expect(ada.status()).toBe("");
});

test("a pre-push hook that refuses is quoted, and the local commit is kept", async () => {
  const { ada, remote } = twoClones();
  ada.write({ ".git/hooks/pre-push": "#!/bin/sh\necho 'run the tests' >&2\nexit 1\n" });
  ada.run("chmod", ["+x", ".git/hooks/pre-push"]);
  await expect(publishFrom(ada, newVersion("1.1.0"))).rejects.toMatchObject({
    code: "REMOTE_REJECTED",
    hint: expect.stringContaining("run the tests") as string,
  });
  expect(subjects(ada)[0]).toBe("add 1.1.0");
  expect(subjects(remote)[0]).toBe("welcome");
});

test("a remote that is gone leaves the commit here, and a later push works", async () => {
  const { ada, remote } = twoClones();
  remote.run("mv", [remote.directory, `${remote.directory}.away`], {});
  const error: unknown = await publishFrom(ada, newVersion("1.1.0")).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: "REMOTE_UNREACHABLE", data: { commit: ada.head() } });
  expect(subjects(ada)[0]).toBe("add 1.1.0");
  ada.run("mv", [`${remote.directory}.away`, remote.directory]);
  await publishFrom(ada, newVersion("1.2.0"));
  expect(subjects(remote)).toEqual(["add 1.2.0", "add 1.1.0", "welcome"]);
});

test("a push whose outcome nobody heard is looked up at the remote", async () => {
  const { ada, remote } = twoClones();
  // The remote takes the commit and then the connection breaks.
  ada.write({ "../receive": `#!/bin/sh\ngit receive-pack "$@"\nexit 128\n` });
  ada.run("chmod", ["+x", "../receive"]);
  ada.git("config", "remote.origin.receivepack", `${ada.root}/receive`);
  const receipt = await publishFrom(ada, newVersion("1.1.0"));
  expect(remote.head("main")).toBe(receipt.commit);
});

test("commits of both sides that the other has not are left to the user", async () => {
  const { ada, grace } = twoClones();
  await publishFrom(grace, newVersion("1.1.0"));
  ada.write({ "readme.txt": "Another shop\n" });
  ada.commit("the user's own, not pushed");
  await expect(publishFrom(ada, newVersion("1.2.0"))).rejects.toMatchObject({
    code: "REMOTE_REJECTED",
    hint: expect.stringContaining("git pull --rebase") as string,
  });
  expect(subjects(ada)).toEqual(["add 1.2.0", "the user's own, not pushed", "welcome"]);
});

test("edits that are in the way of what the remote has are kept, and so is the commit", async () => {
  const { ada, grace } = twoClones();
  grace.write({ "readme.txt": "Grace's shop\n" });
  grace.commit("rename the shop");
  grace.git("push", "--quiet");
  ada.write({ "readme.txt": "Ada's shop\n" });
  await expect(publishFrom(ada, newVersion("1.2.0"))).rejects.toMatchObject({ code: "REMOTE_REJECTED" });
  expect(ada.status()).toBe(" M readme.txt");
  expect(ada.read("readme.txt")).toBe("Ada's shop\n");
  expect(subjects(ada)).toEqual(["add 1.2.0", "welcome"]);
});

test("without such a remote nothing is committed", async () => {
  const { ada } = twoClones();
  for (const remote of ["upstream", "--upload-pack=touch stolen"]) {
    await expect(publishFrom(ada, newVersion("1.1.0"), { remote })).rejects.toMatchObject({ code: "USAGE" });
  }
  expect(subjects(ada)).toEqual(["welcome"]);
});

test("on a detached HEAD nothing is committed", async () => {
  const { ada } = twoClones();
  ada.git("checkout", "--quiet", "--detach");
  await expect(publishFrom(ada, newVersion("1.1.0"))).rejects.toMatchObject({ code: "USAGE" });
  expect(ada.head()).toBe(ada.head("main"));
});

test("the branch that the local one follows is published to, whatever its name", async () => {
  const { ada, remote } = twoClones();
  remote.git("branch", "prompts", "main");
  ada.git("fetch", "--quiet");
  ada.git("switch", "--quiet", "--create", "mine", "--track", "origin/prompts");
  const receipt = await publishFrom(ada, newVersion("1.1.0"));
  expect(remote.head("prompts")).toBe(receipt.commit);
  expect(remote.head("mine")).toBeNull();
});

test("a remote that accepts and says nothing is given up, and the commit is kept", async () => {
  const { ada } = twoClones();
  const silent: Server = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const { port } = silent.address() as { port: number };
  ada.git("remote", "set-url", "origin", `git://127.0.0.1:${String(port)}/shop.git`);
  const given: unknown = await publishFrom(ada, newVersion("1.1.0"), { silence: 500 }).catch(
    (reason: unknown) => reason,
  );
  silent.close();
  expect(given).toMatchObject({ code: "REMOTE_UNREACHABLE", data: { commit: ada.head() } });
});

test("a password in the remote's URL is in no error", async () => {
  const { ada } = twoClones();
  ada.git("remote", "set-url", "origin", "http://ada:secret@127.0.0.1:9/shop.git");
  const error = (await publishFrom(ada, newVersion("1.1.0")).catch(
    (reason: unknown) => reason,
  )) as PromptSyncError;
  expect(error.code).toBe("REMOTE_UNREACHABLE");
  expect(JSON.stringify([error.message, error.hint, error.data])).not.toContain("secret");
});

test("the user's own way to reach a remote passes: GIT_SSH_COMMAND and settings from the environment", async () => {
  const { ada } = twoClones();
  ada.write({ "../ssh": `#!/bin/sh\nenv > '${ada.root}/ssh-environment'\nexit 1\n` });
  ada.run("chmod", ["+x", "../ssh"]);
  Object.assign(ada.environment, {
    GIT_SSH_COMMAND: `${ada.root}/ssh`,
    GIT_ASKPASS: "/bin/false",
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "remote.origin.url",
    GIT_CONFIG_VALUE_0: "ssh://example.com/shop.git",
    EDITOR: "vi",
    PAGER: "less",
  });
  ada.git("config", "--unset", "remote.origin.url");
  await expect(publishFrom(ada, newVersion("1.1.0"))).rejects.toMatchObject({ code: "REMOTE_UNREACHABLE" });
  const lines = ada.read(`${ada.root}/ssh-environment`).split("\n");
  expect(lines).toEqual(
    expect.arrayContaining(["GIT_ASKPASS=/bin/false", "LC_ALL=C", "GIT_TERMINAL_PROMPT=0"]),
  );
});

test("four clones that publish at the same time all land, once each, in a straight line", async () => {
  const { ada: first, remote } = twoClones();
  const sources = compileSources();
  const child = new URL("../support/publish-child.js", import.meta.url).pathname;
  const names = ["a", "b", "c", "d"];
  for (const name of names) first.git("clone", "--quiet", "../remote", `../clone-${name}`);
  const runs = names.map((name) => {
    const plans: Partial<Plan>[] = ["1.1", "1.2", "1.3"].map((number) => ({
      effects: [
        { kind: "write", path: `prompt-templates/${name}/${number}.0.md`, content: `${name} ${number}\n` },
      ],
      audit: [],
      message: `${name} ${number}\n`,
    }));
    const request = JSON.stringify({ directory: `${first.root}/clone-${name}`, plans });
    const run = spawn(process.execPath, [child, sources, request], {
      env: first.environment,
      stdio: "inherit",
    });
    return new Promise<number | null>((resolve) => run.on("close", resolve));
  });
  expect(await Promise.all(runs)).toEqual([0, 0, 0, 0]);
  expect(subjects(remote).sort()).toEqual(
    [...names.flatMap((name) => [`${name} 1.1`, `${name} 1.2`, `${name} 1.3`]), "welcome"].sort(),
  );
  expect(remote.git("rev-list", "--merges", "main")).toBe("");
  expect(remote.git("ls-tree", "-r", "--name-only", "main").split("\n")).toHaveLength(12 + 3);
  for (const name of names) expect(first.in(`../clone-${name}`).status()).toBe("");
}, 120_000);

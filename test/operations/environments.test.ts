import { chmodSync, mkdirSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openRepository } from "../../src/store/git/repository.js";
import { createDesk, deskIn, type Desk } from "../support/desk.js";
import { openShop, shopFiles } from "./story.js";

/** What is typed in every environment: two that read, one that asks history, and two that write. */
const commands = {
  list: "list",
  resolve: "resolve customer_support@production",
  log: "log",
  "alias set": "alias set production customer_support@2.0.0",
  push: "push refund --alias dev",
} as const;

type Command = keyof typeof commands;
/** `0`, or the exit code and the code of the error. */
type Answers = Readonly<Record<Command, string>>;

const fine: Answers = { list: "0", resolve: "0", log: "0", "alias set": "0", push: "0" };
const readOnly = (refusal: string): Answers => ({ ...fine, "alias set": refusal, push: refusal });
const nothing = (refusal: string): Answers => ({
  list: refusal,
  resolve: refusal,
  log: refusal,
  "alias set": refusal,
  push: refusal,
});

interface Environment {
  readonly name: string;
  /** Makes the environment; the desk to type at. */
  readonly make: () => Desk;
  readonly expected: Answers;
  /** What a command that writes says there, beside its answer. */
  readonly says?: readonly string[];
}

const draft = { "prompts/refund.txt": "Refund {{ order }}.\n" };

function shop(change: (desk: Desk) => void = () => undefined): Desk {
  const desk = openShop();
  desk.write(draft);
  change(desk);
  return desk;
}

/** The desk of a clone beside the shop. */
function clone(...args: readonly string[]): Desk {
  const desk = shop();
  for (const version of ["1.0.1", "1.0.2"]) desk.commit(`a quiet day ${version}`);
  desk.git("config", "uploadpack.allowFilter", "true");
  desk.git("config", "uploadpack.allowAnySHA1InWant", "true");
  desk.git("clone", "--quiet", ...args, `file://${desk.directory}`, "../clone");
  const other = deskIn(desk.in("../clone"));
  if (other.exists("prompts")) other.write(draft);
  return other;
}

function hook(desk: Desk, name: string, script: string): void {
  desk.write({ [`.git/hooks/${name}`]: `#!/bin/sh\n${script}\n` });
  chmodSync(desk.path(`.git/hooks/${name}`), 0o755);
}

const settings = (...lines: readonly (readonly [string, string])[]) =>
  shop.bind(null, (desk: Desk) => {
    for (const [key, value] of lines) desk.git("config", "--global", key, value);
  });

const variables = (more: NodeJS.ProcessEnv) => () => shop((desk) => Object.assign(desk.environment, more));

/** A folder that becomes a link to itself somewhere else. */
function linkAway(desk: Desk, folder: string): void {
  desk.run("mv", [folder, "../away"]);
  symlinkSync(join(desk.root, "away"), desk.path(folder));
}

/** A merge, rebase or cherry-pick that stops because both sides changed one file. */
function stopped(desk: Desk, command: string): void {
  desk.write({ "notes.txt": "one\n" });
  desk.commit("notes");
  desk.git("switch", "--quiet", "--create", "other");
  desk.write({ "notes.txt": "two\n" });
  desk.commit("other notes");
  desk.git("switch", "--quiet", "main");
  desk.write({ "notes.txt": "three\n" });
  desk.commit("my notes");
  desk.run("git", [command, "other"]);
}

const environments: readonly Environment[] = [
  { name: "a plain repository", make: shop, expected: fine },
  {
    name: "a sub-folder",
    make: () => {
      const desk = shop();
      desk.write({ "src/app/main.ts": "" });
      return deskIn(desk.in("src/app"));
    },
    expected: fine,
  },
  {
    name: "a repository without a registry",
    make: () => {
      const desk = createDesk({ files: { "readme.md": "Shop\n" } });
      desk.write(draft);
      return desk;
    },
    expected: { ...fine, resolve: "2 PROMPT_NOT_FOUND", "alias set": "2 PROMPT_NOT_FOUND" },
  },
  {
    name: "a setting that is unknown",
    make: () =>
      shop((desk) => {
        desk.write({ ".promptsyncrc": "draft: prompts\n" });
      }),
    expected: nothing("2 CONFIG_INVALID"),
    says: ["`drafts`"],
  },
  {
    name: "an edit of promptsync.yaml that is not committed",
    make: () =>
      shop((desk) => {
        const path = "prompt-templates/promptsync.yaml";
        desk.write({ [path]: desk.read(path).replace('serve: "1.2.3"', 'serve: "1.0.0"') });
      }),
    expected: readOnly("2 UNCOMMITTED_CHANGES"),
    says: ["git commit prompt-templates/promptsync.yaml"],
  },
  {
    name: "a folder of drafts that is a link",
    make: () =>
      shop((desk) => {
        linkAway(desk, "prompts");
      }),
    expected: { ...fine, push: "2 PATH_UNSAFE" },
  },
  {
    name: "a draft of 50 MB",
    make: () =>
      shop((desk) => {
        truncateSync(desk.path("prompts/refund.txt"), 50 << 20);
      }),
    expected: { ...fine, push: "2 FILE_UNREADABLE" },
  },
  {
    name: "a linked work tree",
    make: () => {
      const desk = shop();
      desk.git("worktree", "add", "--quiet", "-b", "next", "../linked");
      const linked = deskIn(desk.in("../linked"));
      linked.write(draft);
      return linked;
    },
    expected: fine,
  },
  {
    name: "a submodule",
    make: () => {
      const desk = shop();
      const outer = deskIn(desk.in("../outer"));
      mkdirSync(outer.directory);
      outer.git("init", "--quiet");
      outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", desk.directory, "shop");
      const inner = deskIn(outer.in("shop"));
      inner.write(draft);
      return inner;
    },
    expected: fine,
  },
  {
    name: "a bare repository",
    make: () => {
      const desk = shop();
      desk.git("clone", "--quiet", "--bare", ".", "../bare.git");
      return deskIn(desk.in("../bare.git"));
    },
    expected: { ...fine, push: "2 DRAFT_NOT_FOUND" },
  },
  { name: "a shallow clone", make: () => clone("--depth=1"), expected: fine },
  { name: "a partial clone", make: () => clone("--filter=blob:none"), expected: fine },
  {
    name: "a sparse checkout without the registry",
    make: () => {
      const desk = shop((it) => {
        it.write({ "src/main.ts": "" });
        it.commit("code");
      });
      desk.git("sparse-checkout", "set", "--cone", "src", "prompts");
      desk.write(draft);
      return desk;
    },
    expected: fine,
  },
  {
    name: "GIT_DIR and GIT_INDEX_FILE of this repository",
    make: () =>
      shop((desk) =>
        Object.assign(desk.environment, {
          GIT_DIR: desk.path(".git"),
          GIT_INDEX_FILE: desk.path(".git/index"),
        }),
      ),
    expected: readOnly("2 LOCKED"), // this is what a hook sees: a commit within a commit
  },
  {
    name: "GIT_DIR of another repository",
    make: () => shop((desk) => Object.assign(desk.environment, { GIT_DIR: createDesk().path(".git") })),
    expected: fine,
  },
  {
    name: "a repository of somebody else",
    make: variables({ GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" }),
    expected: nothing("2 GIT_FAILED"),
  },
  { name: "core.autocrlf", make: settings(["core.autocrlf", "true"]), expected: fine },
  { name: "core.ignorecase", make: settings(["core.ignorecase", "true"]), expected: fine },
  {
    name: "commits signed with an ssh key",
    make: () =>
      shop((desk) => {
        desk.run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(desk.home, "key")]);
        desk.git("config", "gpg.format", "ssh");
        desk.git("config", "user.signingKey", join(desk.home, "key"));
        desk.git("config", "commit.gpgSign", "true");
      }),
    expected: fine,
  },
  {
    name: "a signer that fails",
    make: settings(["commit.gpgSign", "true"], ["gpg.program", "false"]),
    expected: readOnly("2 SIGNING_FAILED"),
  },
  {
    name: "a hook that refuses",
    make: () =>
      shop((desk) => {
        hook(desk, "pre-commit", 'echo "the prompt is too long" >&2; exit 1');
      }),
    expected: readOnly("2 HOOK_REFUSED"),
    says: ["the prompt is too long"],
  },
  {
    name: "a commit-msg hook that refuses",
    make: () =>
      shop((desk) => {
        hook(desk, "commit-msg", "echo 'name a ticket'; exit 1");
      }),
    expected: readOnly("2 HOOK_REFUSED"),
    says: ["name a ticket"],
  },
  {
    name: "a hook that changes our files",
    make: () =>
      shop((desk) => {
        hook(desk, "pre-commit", "echo '# mine' >> prompt-templates/promptsync.yaml");
      }),
    expected: readOnly("2 HOOK_REFUSED"),
  },
  {
    name: "a SHA-256 repository",
    make: () => {
      const desk = createDesk({ objectFormat: "sha256", files: shopFiles });
      desk.write(draft);
      return desk;
    },
    expected: fine,
  },
  {
    name: "no identity",
    make: () =>
      shop((desk) => {
        desk.write({ [join(desk.home, ".gitconfig")]: "[user]\n\tuseConfigOnly = true\n" });
      }),
    expected: readOnly("2 IDENTITY_MISSING"),
    says: ["git config --global user.name", "git config --global user.email"],
  },
  {
    name: "hooks in a folder that is not there",
    make: settings(["core.hooksPath", "nowhere"]),
    expected: fine,
  },
  {
    name: "a path with spaces, quotes and letters of two forms",
    make: () => {
      const desk = shop();
      const folder = '../Ä shop\'s "best" — A\u0308 用户';
      desk.git("clone", "--quiet", ".", folder);
      const other = deskIn(desk.in(folder));
      other.write(draft);
      return other;
    },
    expected: fine,
  },
  {
    name: "a registry that is a link",
    make: () =>
      shop((desk) => {
        linkAway(desk, "prompt-templates");
      }),
    expected: { ...nothing("2 PATH_UNSAFE"), log: "0" },
  },
  {
    name: "a group that is a link",
    make: () =>
      shop((desk) => {
        linkAway(desk, "prompt-templates/sales");
      }),
    expected: fine,
  },
  {
    name: "a branch that another work tree has",
    make: () =>
      shop((desk) => {
        desk.git("worktree", "add", "--quiet", "--force", "../linked", "main");
      }),
    expected: readOnly("2 LOCKED"),
  },
  {
    name: "a detached HEAD",
    make: () =>
      shop((desk) => {
        desk.git("checkout", "--quiet", "--detach");
      }),
    expected: fine,
    says: ["git branch <name> "],
  },
  {
    name: "an unborn branch",
    make: () => {
      const desk = createDesk();
      desk.write({ ...shopFiles, ...draft });
      return desk;
    },
    expected: fine,
  },
  {
    name: "a merge that is not finished",
    make: () =>
      shop((desk) => {
        stopped(desk, "merge");
      }),
    expected: readOnly("2 WORK_IN_PROGRESS"),
  },
  {
    name: "a rebase that is not finished",
    make: () =>
      shop((desk) => {
        stopped(desk, "rebase");
      }),
    expected: readOnly("2 WORK_IN_PROGRESS"),
  },
  {
    name: "a cherry-pick that is not finished",
    make: () =>
      shop((desk) => {
        stopped(desk, "cherry-pick");
      }),
    expected: readOnly("2 WORK_IN_PROGRESS"),
  },
];

/** Everything that is there; null where git does not say. */
function pictureOf(desk: Desk): ReturnType<Desk["picture"]> | null {
  try {
    return desk.picture();
  } catch {
    return null;
  }
}

describe.each(environments)("in $name", ({ make, expected, says = [] }) => {
  test("every command does what the table says, and changes nothing when it refuses", async () => {
    const desk = make();
    const answers: Partial<Record<Command, string>> = {};
    let said = "";
    for (const [name, line] of Object.entries(commands)) {
      const before = pictureOf(desk);
      const { stderr, exitCode } = await desk.type(`${line} --json`);
      const code = exitCode === 0 ? "" : ` ${(JSON.parse(stderr) as { error: { code: string } }).error.code}`;
      answers[name as Command] = `${exitCode}${code}`;
      if (exitCode !== 0) expect({ line, after: pictureOf(desk) }).toEqual({ line, after: before });
      said += stderr;
    }
    expect(answers).toEqual(expected);
    for (const words of says) expect(said).toContain(words);
  }, 60_000);
});

test("a partial clone gets the blobs it lacks in one go, and then has them", async () => {
  const desk = clone("--filter=blob:none", "--no-checkout");
  const ids = desk
    .git("ls-tree", "-r", "HEAD", "--", "prompt-templates/customer_support")
    .split("\n")
    .map((line) => line.split(/\s/)[2] ?? "");
  const trace = join(desk.root, "trace");
  const environment = { ...desk.environment, GIT_TRACE: trace };
  for (const round of ["fetched", "there"]) {
    const repository = await openRepository(desk.directory, { environment, cwd: desk.directory });
    const objects = await repository.objects.read(ids, 1 << 20);
    repository.close();
    expect({ round, read: objects.filter((it) => it?.bytes).length }).toEqual({ round, read: 3 });
  }
  const fetches = desk
    .read(trace)
    .split("\n")
    .filter((line) => line.includes("built-in: git fetch"));
  expect(fetches).toHaveLength(1);
});

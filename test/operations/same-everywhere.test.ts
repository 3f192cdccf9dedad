import { spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { operations } from "../../src/operations/index.js";
import { transcript } from "../support/terminal.js";
import type { Desk } from "../support/desk.js";
import { everyCommand, openBusyShop, unpublished } from "./every-command.js";

/** What each line says, every other one as JSON, and all that is there afterwards. */
async function tell(desk: Desk) {
  const said: Record<string, string> = {};
  for (const [index, line] of everyCommand.entries())
    said[`${String(index)} ${line}`] = transcript(await desk.type(index % 2 === 0 ? `${line} --json` : line));
  desk.git("checkout", "--quiet", "--", "prompt-templates");
  desk.remove("../remote.git");
  said["the remote is gone"] = transcript(await desk.type(`${unpublished} --remote`));
  const left = { picture: desk.picture(), refs: desk.git("for-each-ref") };
  const text = JSON.stringify({ said, left }).replaceAll(desk.root, "<root>");
  return JSON.parse(text) as { said: Record<string, string>; left: typeof left };
}

let plain: Awaited<ReturnType<typeof tell>>;
beforeAll(async () => {
  plain = await tell(openBusyShop());
});

test("the story has a line for every command, and is refused where it should be", () => {
  const commands = Object.entries(operations).flatMap(([name, it]) => ("load" in it ? [name] : []));
  const told = (name: string) => everyCommand.some((line) => `${line} `.startsWith(`${name} `));
  expect(commands.filter((name) => !told(name))).toEqual([]);
  const codes = Object.values(plain.said).flatMap(
    (it) => /^2> .*(?:\[|"code": ")([A-Z_]+)/m.exec(it)?.[1] ?? [],
  );
  expect(codes).toEqual([
    "PROMPT_NOT_FOUND",
    "REMOVAL_TOO_EARLY",
    "FINDING_NOT_FOUND",
    "UNCOMMITTED_CHANGES",
    "REMOTE_UNREACHABLE",
  ]);
});

/** Puts a program into the home folder; its path. */
function program(desk: Desk, name: string, script: string): string {
  const path = join(desk.home, name);
  desk.write({ [path]: `#!/bin/sh\n${script}\n` });
  chmodSync(path, 0o755);
  return path;
}

function configure(desk: Desk, settings: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(settings)) desk.git("config", "--global", key, value);
}

/** Worlds that look different to somebody who reads what git prints, and are not. */
const worlds: Readonly<Record<string, (desk: Desk) => void>> = {
  "settings of how git prints": (desk) => {
    configure(desk, {
      "alias.log": "!false",
      "alias.cat-file": "!false",
      "alias.st": "status",
      "blame.blankBoundary": "true",
      "blame.showRoot": "true",
      "blame.date": "relative",
      "color.ui": "always",
      "color.diff": "always",
      "column.ui": "always",
      "core.abbrev": "5",
      "core.commentChar": "g",
      "core.pager": "false",
      "core.quotePath": "true",
      "core.whitespace": "-trailing-space",
      "diff.colorMoved": "zebra",
      "diff.context": "0",
      "diff.mnemonicPrefix": "true",
      "diff.noprefix": "true",
      "diff.relative": "true",
      "diff.renames": "copies",
      "diff.submodule": "log",
      "diff.suppressBlankEmpty": "true",
      "diff.wordRegex": ".",
      "format.pretty": "oneline",
      "grep.lineNumber": "true",
      "i18n.logOutputEncoding": "latin1",
      "log.abbrevCommit": "true",
      "log.date": "relative",
      "log.decorate": "full",
      "log.follow": "true",
      "log.mailmap": "true",
      "log.showRoot": "false",
      "log.showSignature": "true",
      "mailmap.file": join(desk.home, "mailmap"),
      "pager.log": "true",
      "pager.config": "true",
      "status.branch": "true",
      "status.relativePaths": "false",
      "status.short": "true",
      "status.showStash": "true",
      "status.showUntrackedFiles": "no",
      "tag.sort": "-refname",
      "versionsort.suffix": "-rc",
    });
    desk.write({ [join(desk.home, "mailmap")]: "Nobody <nobody@example.com> <ada@example.com>\n" });
  },
  "programs that git is told to run": (desk) => {
    const loud = program(desk, "loud", "echo loud; echo loud >&2; exit 1");
    desk.write({ [join(desk.home, "attributes")]: "* diff=loud merge=loud\n" });
    desk.write({ [join(desk.home, "template/hooks/pre-commit")]: "#!/bin/sh\nexit 1\n" });
    configure(desk, {
      "commit.template": join(desk.home, "nowhere"),
      "core.askPass": loud,
      "core.attributesFile": join(desk.home, "attributes"),
      "core.editor": loud,
      "core.fsmonitor": loud,
      "core.hooksPath": join(desk.home, "no-hooks"),
      "core.sshCommand": loud,
      "credential.helper": loud,
      "diff.external": loud,
      "diff.loud.command": loud,
      "diff.loud.textconv": loud,
      "diff.tool": loud,
      "gpg.program": loud,
      "init.templateDir": join(desk.home, "template"),
      "interactive.diffFilter": loud,
      "merge.loud.driver": loud,
      "merge.tool": loud,
      "sequence.editor": loud,
    });
  },
  "settings of how git stores": (desk) => {
    configure(desk, {
      "core.bigFileThreshold": "1",
      "core.compression": "0",
      "core.logAllRefUpdates": "always",
      "core.multiPackIndex": "false",
      "core.preloadIndex": "false",
      "core.splitIndex": "true",
      "core.trustctime": "false",
      "core.untrackedCache": "true",
      "feature.experimental": "true",
      "feature.manyFiles": "true",
      "index.sparse": "true",
      "index.threads": "2",
      "index.version": "4",
      "splitIndex.maxPercentChange": "0",
    });
    desk.git("update-index", "--split-index", "--untracked-cache", "--index-version", "4");
    desk.git("commit-graph", "write", "--reachable", "--changed-paths");
    desk.git("repack", "-adq", "--write-bitmap-index");
    desk.git("pack-refs", "--all");
  },
  "settings of how git merges and talks": (desk) => {
    configure(desk, {
      "branch.autoSetupMerge": "always",
      "branch.autoSetupRebase": "always",
      "commit.cleanup": "verbatim",
      "commit.verbose": "true",
      "core.excludesFile": join(desk.home, "ignore"),
      "fetch.parallel": "0",
      "fetch.prune": "true",
      "fetch.pruneTags": "true",
      "fetch.recurseSubmodules": "true",
      "fetch.writeCommitGraph": "true",
      "help.autoCorrect": "immediate",
      "merge.conflictStyle": "zdiff3",
      "merge.ff": "false",
      "merge.renames": "false",
      "protocol.version": "0",
      "protocol.allow": "user",
      "pull.rebase": "merges",
      "push.default": "nothing",
      "push.followTags": "true",
      "push.recurseSubmodules": "check",
      "rebase.autoStash": "true",
      "rerere.enabled": "true",
      "tag.gpgSign": "true",
      "transfer.fsckObjects": "true",
    });
    desk.write({ [join(desk.home, "ignore")]: "prompt-templates/\n*.yaml\n" });
  },
  "variables of git and the shell": (desk) => {
    const loud = program(desk, "loud", "echo loud; exit 1");
    Object.assign(desk.environment, {
      COLUMNS: "12",
      EDITOR: loud,
      GIT_ASKPASS: loud,
      GIT_COMMITTER_DATE: desk.environment.GIT_COMMITTER_DATE,
      GIT_DEFAULT_HASH: "sha256",
      GIT_DIFF_OPTS: "--unified=0",
      GIT_EDITOR: loud,
      GIT_EXTERNAL_DIFF: loud,
      GIT_FLUSH: "1",
      GIT_GLOB_PATHSPECS: "1",
      GIT_ICASE_PATHSPECS: "1",
      GIT_MERGE_VERBOSITY: "5",
      GIT_OPTIONAL_LOCKS: "1",
      GIT_PAGER: loud,
      GIT_REFLOG_ACTION: "else",
      GIT_TEST_SPLIT_INDEX: "1",
      LESS: "-R",
      PAGER: loud,
      TERM: "dumb",
      TZ: "Pacific/Apia",
      VISUAL: loud,
    });
  },
};

test.for(Object.keys(worlds))("%s change no word of any command", async (name) => {
  const desk = openBusyShop();
  worlds[name]?.(desk);
  expect(await tell(desk)).toEqual(plain);
});

/** Makes a German world, with the locale built where the system has none; says what is missing. */
function goGerman(desk: Desk): string {
  const folder = join(desk.home, "locales");
  desk.write({ [join(folder, "made")]: "" });
  const built = spawnSync("localedef", ["-i", "de_DE", "-f", "UTF-8", join(folder, "de_DE.UTF-8")]);
  const german = { LANGUAGE: "de", LC_ALL: built.status === 0 ? "de_DE.UTF-8" : "C.UTF-8" };
  Object.assign(desk.environment, german, built.status === 0 ? { LOCPATH: folder } : {});
  const { stderr } = desk.run("git", ["rev-parse", "--verify", "nowhere"]);
  return stderr.startsWith("Schwerwiegend") ? "" : `git answers ${stderr}`;
}

test("a git that speaks German changes no word of any command", async (context) => {
  const desk = openBusyShop();
  const why = goGerman(desk);
  context.skip(why !== "", `needs git's German messages: ${why}`);
  expect(await tell(desk)).toEqual(plain);
});

import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bashScript } from "../../../src/operations/completion/bash.js";
import { fishScript } from "../../../src/operations/completion/fish.js";
import { readGrammar } from "../../../src/operations/completion/grammar.js";
import { zshScript } from "../../../src/operations/completion/zsh.js";
import { toyTable } from "../../cli/toy-table.js";

const capture = fileURLToPath(new URL("capture.zsh", import.meta.url));

let folder: string;
let script: (shell: string) => string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "promptsync-completion-"));
  script = (shell) => join(folder, `completion.${shell}`);
  const grammar = await readGrammar(toyTable);
  writeFileSync(script("bash"), bashScript(grammar));
  writeFileSync(script("zsh"), zshScript(grammar));
  writeFileSync(script("fish"), fishScript(grammar));
  mkdirSync(join(folder, "home"));
  mkdirSync(join(folder, "drafts"));
  writeFileSync(join(folder, "settings.yaml"), "");
  // Answers as `promptsync complete <source> -- <prefix>` does; one name is an attack on a careless script.
  writeFileSync(
    join(folder, "promptsync"),
    `#!/bin/sh
case $2 in
  prompts) printf '%s\\n' refund welcome '$(touch attacked)' ;;
  aliases) printf '%s\\n' dev production ;;
  references) case $4 in *@*) printf '%s\\n' refund@dev refund@1.1.0 ;; *) printf '%s\\n' refund refund@ ;; esac ;;
esac
`,
  );
  chmodSync(join(folder, "promptsync"), 0o755);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const environment = () => ({
  PATH: `${folder}:${process.env.PATH ?? ""}`,
  HOME: join(folder, "home"),
  LANG: "C.UTF-8",
  TERM: "xterm",
});

function lines(command: string, args: readonly string[]): string[] {
  const output = execFileSync(command, args, {
    cwd: folder,
    env: environment(),
    encoding: "utf8",
    timeout: 20_000,
  });
  return output
    .split("\n")
    .map((line) => line.split("\t")[0] ?? "")
    .filter(Boolean)
    .sort();
}

const complete: Readonly<Record<string, (line: string) => string[]>> = {
  bash: (line) => {
    const words = line.split(" ");
    const program = `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _promptsync; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return lines("bash", ["--norc", "-c", program, script("bash"), ...words]);
  },
  zsh: (line) => lines("zsh", ["-f", capture, script("zsh"), line]),
  fish: (line) =>
    lines("fish", ["--no-config", "-c", `source $argv[1]; complete -C $argv[2]`, script("fish"), line]),
};

const isInstalled = (shell: string) => spawnSync(shell, ["-c", "exit"]).error === undefined;

describe.each(["bash", "zsh", "fish"])("%s", (shell) => {
  test.skipIf(!isInstalled(shell)).each([
    ["promptsync ", ["alias", "push", "show"]],
    ["promptsync pu", ["push"]],
    ["promptsync alias ", ["list", "set"]],
    ["promptsync alias s", ["set"]],
    ["promptsync push --al", ["--alias"]],
    ["promptsync push --dry", ["--dry-run"]],
    ["promptsync push --no-", ["--no-color", "--no-commit"]],
    ["promptsync alias set --ver", ["--version"]],
    ["promptsync push --alias ", ["dev", "production"]],
    ["promptsync push -a pro", ["production"]],
    ["promptsync push --bump m", ["major", "minor"]],
    ["promptsync alias set ", ["dev", "production"]],
    ["promptsync alias set dev ref", ["refund", "refund@"]],
    ["promptsync alias set dev refund@", ["refund@1.1.0", "refund@dev"]],
    ["promptsync alias set dev --version refund@d", ["refund@dev"]],
    ["promptsync --json alias set d", ["dev"]],
    ["promptsync -C drafts al", ["alias"]],
    ["promptsync show ref", ["refund"]],
    ["promptsync show refund ", []],
    ["promptsync push --message ", []],
    ["promptsync --config set", ["settings.yaml"]],
  ] as const)("`%s`", (line, candidates) => {
    const isOption = (word: string) => word.startsWith("-");
    const found = complete[shell]?.(line)
      .map((one) => one.replace(/\/$/, ""))
      .filter((one) => isOption(line.split(" ").at(-1) ?? "") || !isOption(one)); // zsh shows options when it has nothing else
    expect(found).toEqual(candidates);
  });
});

test("a name in the repository is never run", () => {
  for (const shell of ["bash", "zsh", "fish"].filter(isInstalled)) complete[shell]?.("promptsync push ");
  expect(lines("ls", [])).not.toContain("attacked");
});

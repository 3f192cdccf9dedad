import { describe, expect, test } from "vitest";
import { promptsync, transcript } from "../support/terminal.js";
import type { World } from "../support/terminal.js";
import { toyTable } from "./toy-table.js";

const run = async (line: string, world: World = {}) =>
  transcript(await promptsync(line.split(" ").filter(Boolean), world, toyTable));

describe("what reaches an operation", () => {
  test("arguments by name, options in camel case, lists when nothing is given", async () => {
    expect(await run("push")).toMatchInlineSnapshot(`
      "
      {"path":"prompts","bump":"auto","commit":true,"names":[]}
      "
    `);
    expect(await run("push refund welcome --alias dev --version v1.2.3 --dry-run -m why --no-commit"))
      .toMatchInlineSnapshot(`
      "
      {"path":"prompts","bump":"auto","commit":false,"alias":"dev","version":"v1.2.3","dryRun":true,"message":"why","names":["refund","welcome"]}
      "
    `);
  });

  test("a repeated option is a list, a single one its last value", async () => {
    expect(await run("push --var a=1 --var b=2 --path one --path two --json")).toMatchInlineSnapshot(`
      "
      {
        "input": {
          "path": "two",
          "bump": "auto",
          "commit": true,
          "var": [
            "a=1",
            "b=2"
          ],
          "names": []
        }
      }
      "
    `);
  });

  test("an option with many values takes the words up to the next option", async () => {
    expect(await run("alias set stable --version v1.2.3 refund@2.0.0 --reason tested"))
      .toMatchInlineSnapshot(`
      "
      {"commit":true,"version":["v1.2.3","refund@2.0.0"],"reason":"tested","alias":"stable","refs":[]}
      "
    `);
    expect(await run("alias set production refund@1.2.0 welcome@^1")).toMatchInlineSnapshot(`
      "
      {"commit":true,"alias":"production","refs":["refund@1.2.0","welcome@^1"]}
      "
    `);
  });

  test("words after `--` are never options", async () => {
    expect(await run("push -- --alias")).toMatchInlineSnapshot(`
      "
      {"path":"prompts","bump":"auto","commit":true,"names":["--alias"]}
      "
    `);
  });
});

describe("global options", () => {
  test("stand before and after the words of the command", async () => {
    const answer = {
      stdout: '{\n  "aliases": {\n    "production": "refund@1.2.0"\n  }\n}\n',
      stderr: "",
      exitCode: 0,
    };
    for (const line of [
      "--json -q alias list",
      "alias --json -q list",
      "alias list --json -q",
      "-q alias list --json",
    ]) {
      expect(await promptsync(line.split(" "), {}, toyTable)).toEqual(answer);
    }
  });

  test("are no input of the operation", async () => {
    expect(await run("-C sub --config rc.yaml --no-color push -q")).toMatchInlineSnapshot(`
      "
      {"path":"prompts","bump":"auto","commit":true,"names":[]}
      "
    `);
  });

  test("`--quiet` silences notes and keeps the answer", async () => {
    expect(await run("alias list")).toMatchInlineSnapshot(`
      "
      production  refund@1.2.0
      2> 1 prompt has no alias
      "
    `);
    expect(await run("alias list --quiet")).toMatchInlineSnapshot(`
      "
      production  refund@1.2.0
      "
    `);
  });

  test("`--no-color`, `NO_COLOR` and `FORCE_COLOR` decide before the terminal does", async () => {
    const colourful = async (line: string, world: World) => (await run(line, world)).includes("\u001b[36m");
    const environment = (one: Record<string, string>) => ({ environment: one });
    expect(await colourful("alias list", {})).toBe(false);
    expect(await colourful("alias list", { columns: 80 })).toBe(true);
    expect(await colourful("alias list --no-color", { columns: 80 })).toBe(false);
    expect(await colourful("--no-color alias list", { columns: 80 })).toBe(false);
    expect(await colourful("alias list", { columns: 80, ...environment({ NO_COLOR: "1" }) })).toBe(false);
    expect(await colourful("alias list", { columns: 80, ...environment({ TERM: "dumb" }) })).toBe(false);
    expect(await colourful("alias list", environment({ FORCE_COLOR: "1" }))).toBe(true);
    expect(await colourful("alias list", environment({ FORCE_COLOR: "1", NO_COLOR: "1" }))).toBe(false);
    expect(await colourful("alias list --no-color", environment({ FORCE_COLOR: "1" }))).toBe(false);
  });

  test("`--version` of the program prints the version of the package", async () => {
    expect((await promptsync(["--no-color", "--version"], {}, toyTable)).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await promptsync(["-V"], {}, toyTable)).exitCode).toBe(0);
  });
});

describe("a line that does not fit", () => {
  test.each([
    ["psuh", "unknown command `psuh`", "did you mean `push`? `promptsync --help` shows all commands"],
    [
      "alias sett",
      "unknown command `alias sett`",
      "did you mean `alias set`? `promptsync alias --help` shows all commands",
    ],
    ["help psuh", "unknown command `psuh`", "did you mean `push`? `promptsync --help` shows all commands"],
    ["something", "unknown command `something`", "`promptsync --help` shows all commands"],
    [
      "push --alais dev",
      "unknown option `--alais`",
      "did you mean `--alias`? `promptsync push --help` shows what it takes",
    ],
    [
      "push --jsno",
      "unknown option `--jsno`",
      "did you mean `--json`? `promptsync push --help` shows what it takes",
    ],
    [
      "--alias dev push",
      "unknown option `--alias`",
      "options of a command stand after its words; `promptsync --help` shows the others",
    ],
    ["show", "`promptsync show` needs `<name>`", "`promptsync show --help` shows what it takes"],
    [
      "show a b c",
      "`promptsync show` does not take `b`, `c`",
      "`promptsync show --help` shows what it takes",
    ],
    [
      "push --alias",
      "option `-a, --alias <name>` needs a value",
      "`promptsync push --help` shows what it takes",
    ],
    ["push --bump huge", "`--bump` does not take `huge`", "it takes `auto`, `major`, `minor` or `patch`"],
  ])("`%s`", async (line, message, hint) => {
    expect(await run(line)).toBe(`\n2> error: ${message} [USAGE]\n2> hint: ${hint}\nexit 2\n`);
  });

  test("is one JSON document on stderr with `--json`, wherever that stands", async () => {
    expect(await run("push --nope --json")).toMatchInlineSnapshot(`
      "
      2> {
      2>   "error": {
      2>     "code": "USAGE",
      2>     "message": "unknown option \`--nope\`",
      2>     "hint": "\`promptsync push --help\` shows what it takes"
      2>   }
      2> }
      exit 2
      "
    `);
    expect(await run("--json")).toContain("`promptsync` needs a command");
    expect(await run("--json alias")).toMatchInlineSnapshot(`
      "
      2> {
      2>   "error": {
      2>     "code": "USAGE",
      2>     "message": "\`promptsync alias\` needs a command",
      2>     "hint": "\`promptsync alias --help\` shows all commands"
      2>   }
      2> }
      exit 2
      "
    `);
  });
});

describe("errors", () => {
  test("say what happened and where, and what to type", async () => {
    expect(await run("show damaged")).toMatchInlineSnapshot(`
      "
      2> error: prompts/damaged.md:3:5 unknown key \`sumary\` [PROMPT_INVALID]
      2> hint: did you mean \`summary\`?
      exit 2
      "
    `);
    expect(await run("show damaged --json")).toMatchInlineSnapshot(`
      "
      2> {
      2>   "error": {
      2>     "code": "PROMPT_INVALID",
      2>     "message": "unknown key \`sumary\`",
      2>     "hint": "did you mean \`summary\`?",
      2>     "file": "prompts/damaged.md",
      2>     "line": 3,
      2>     "column": 5
      2>   }
      2> }
      exit 2
      "
    `);
  });

  test("name a file once", async () => {
    expect(await run("show edited")).toMatchInlineSnapshot(`
      "
      2> error: \`prompts/edited.md\` has uncommitted edits [UNCOMMITTED_CHANGES]
      exit 2
      "
    `);
  });

  test("of several lines keep the code on the first", async () => {
    expect(await run("show hooked")).toMatchInlineSnapshot(`
      "
      2> error: the \`pre-commit\` hook refused the commit: [HOOK_REFUSED]
      2>   lint: 2 problems
      2> hint: nothing was changed; type one of
      2>   git hook run pre-commit
      2>   promptsync push --no-commit
      exit 2
      "
    `);
  });

  test("end with the exit code of their kind", async () => {
    expect((await promptsync(["show", "ahead"], {}, toyTable)).exitCode).toBe(4);
    expect((await promptsync(["show", "refused"], {}, toyTable)).exitCode).toBe(1);
  });

  test("are alone on stderr with `--json`: notes wait until there is none", async () => {
    expect((await run("show ahead")).split("\n")[1]).toBe("2> made the commit 1a2b3c4");
    const { stderr } = await promptsync(["show", "ahead", "--json"], {}, toyTable);
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: "REMOTE_REJECTED", hint: null } });
    expect((await promptsync(["alias", "list", "--json"], {}, toyTable)).stderr).toBe(
      "1 prompt has no alias\n",
    );
  });

  test("that we did not foresee are a bug, with the stack only on request", async () => {
    expect(await run("show broken")).toMatchInlineSnapshot(`
      "
      2> error: cannot read properties of undefined [INTERNAL]
      2> hint: this is a bug in PromptSync: run again with PROMPTSYNC_DEBUG=1 and report the command and its output
      exit 3
      "
    `);
    const { stderr } = await promptsync(
      ["show", "broken"],
      { environment: { PROMPTSYNC_DEBUG: "1" } },
      toyTable,
    );
    expect(stderr).toContain("toy-table.ts");
  });
});

describe("text of the user", () => {
  test("does not reach a terminal as commands, the colours of the answer do", async () => {
    expect(await promptsync(["show", "refund"], { columns: 80 }, toyTable)).toEqual({
      stdout: "\u001b[32m\\x1b[2Jhello\\x9b31m\u001b[39m\n",
      stderr: "",
      exitCode: 0,
    });
  });

  test("reaches a pipe as it is", async () => {
    expect((await promptsync(["show", "refund"], {}, toyTable)).stdout).toBe("\u001b[2Jhello\u009b31m\n");
  });

  test("is escaped in JSON by JSON's own means", async () => {
    const { stdout } = await promptsync(["show", "refund", "--json"], {}, toyTable);
    expect(stdout).toContain('"\\u001b[2Jhello\\u009b31m"');
    expect(JSON.parse(stdout)).toEqual({ name: "refund", body: "\u001b[2Jhello\u009b31m" });
  });

  test("is escaped in errors too", async () => {
    const { stderr } = await promptsync(["\u001b[2J"], { columns: 80 }, toyTable);
    expect(stderr).toContain("\\x1b[2J");
    expect(stderr).not.toContain("\u001b[2J");
  });

  test("comes from standard input when the operation asks", async () => {
    expect((await promptsync(["show", "stdin"], { stdin: "你好\n" }, toyTable)).stdout).toBe("你好\n\n");
  });
});

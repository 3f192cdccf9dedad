import { beforeEach, describe, expect, test } from "vitest";
import { promptsync, transcript } from "../support/terminal.js";
import { loaded, toyTable } from "./toy-table.js";

const run = async (line: string, columns?: number) =>
  transcript(
    await promptsync(line.split(" ").filter(Boolean), columns === undefined ? {} : { columns }, toyTable),
  );

beforeEach(() => {
  loaded.length = 0;
});

describe("help", () => {
  test("of the program groups the commands and loads none of them", async () => {
    expect(await run("--help")).toMatchInlineSnapshot(`
      "
      Usage: promptsync <command> [options]

      The git-native registry for LLM prompts

      Write:
        push                 Turn drafts into versions

      Read:
        show                 Show one version

      Roll out:
        alias                Name what is served, such as production

      Global options:
        -C <dir>             Run as if started in this folder
            --config <file>  Read the settings from this file
            --json           Print one JSON document
            --no-color       Print without colour
        -q, --quiet          Print only the answer
        -V, --version        Print the version
        -h, --help           Show this help

      Exit codes:
        0                    done
        1                    the answer is no
        2                    could not be done
        3                    a bug in PromptSync
        4                    done here, not published
        130                  interrupted

      \`promptsync help <command>\` shows a command with examples
      "
    `);
    expect(loaded).toEqual([]);
  });

  test("is what `promptsync` alone and `promptsync help` print", async () => {
    expect(await run("")).toBe(await run("--help"));
    expect(await run("help")).toBe(await run("--help"));
    expect(await run("--no-color help push", 100)).toBe(await run("push --help --no-color", 100));
  });

  test("of a command teaches by example and loads that command only", async () => {
    expect(await run("push --help")).toMatchInlineSnapshot(`
      "
      Usage: promptsync push [options] [names...]

      Turn drafts into versions

      A draft becomes the next version only when it differs from the newest one.

      Arguments:
        [names...]              Drafts to push; all that changed when left out

      Options:
            --path <dir>        Take the drafts from this folder (default: prompts)
        -a, --alias <name>      Move this alias to the new versions
            --version <v>       Give this version instead of the next one
            --bump <step>       Ask for this step (auto, major, minor, patch; default: auto)
            --var <name=value>  Set a variable (can be repeated)

      Options for writing:
            --dry-run           Show the change and write nothing
        -m, --message <text>    Set the subject of the commit
            --reason <text>     Record why, for the audit trail
            --no-commit         Leave the change in the working tree
            --remote            Publish the commit; fetch and try again when somebody was faster

      Global options:
        -C <dir>                Run as if started in this folder
            --config <file>     Read the settings from this file
            --json              Print one JSON document
            --no-color          Print without colour
        -q, --quiet             Print only the answer
        -h, --help              Show this help

      Examples:
        # Push every draft that changed
        promptsync push

        # Push one draft and let dev serve it
        promptsync push refund --alias dev
      "
    `);
    expect(loaded).toEqual(["push"]);
  });

  test("of a command below a topic is the same by `help` and by `--help`", async () => {
    expect(await run("help alias set")).toMatchInlineSnapshot(`
      "
      Usage: promptsync alias set [options] <alias> [refs...]

      Move an alias to a version

      Arguments:
        <alias>                  The alias to move
        [refs...]                What it serves from now on

      Options:
            --version <refs...>  The same, as an option
            --reason <text>      Say why; protected aliases ask for it

      Options for writing:
            --dry-run            Show the change and write nothing
        -m, --message <text>     Set the subject of the commit
            --no-commit          Leave the change in the working tree
            --remote             Publish the commit; fetch and try again when somebody was faster

      Global options:
        -C <dir>                 Run as if started in this folder
            --config <file>      Read the settings from this file
            --json               Print one JSON document
            --no-color           Print without colour
        -q, --quiet              Print only the answer
        -h, --help               Show this help

      Examples:
        # Serve 1.2.0 in production
        promptsync alias set production refund@1.2.0

        # Every prompt that has 1.2.3
        promptsync alias set stable --version v1.2.3
      "
    `);
    expect(await run("help alias set")).toBe(await run("alias set --help"));
  });

  test("of a topic lists its commands", async () => {
    expect(await run("alias --help")).toMatchInlineSnapshot(`
      "
      Usage: promptsync alias <command> [options]

      Name what is served, such as production

      Commands:
        list                 Show the aliases
        set                  Move an alias to a version

      Global options:
        -C <dir>             Run as if started in this folder
            --config <file>  Read the settings from this file
            --json           Print one JSON document
            --no-color       Print without colour
        -q, --quiet          Print only the answer
        -h, --help           Show this help

      \`promptsync help alias <command>\` shows a command with examples
      "
    `);
  });

  test("of a topic goes to stderr when a command was expected", async () => {
    const { stdout, stderr, exitCode } = await promptsync(["alias"], {}, toyTable);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(`\n${stderr}`).toBe(await run("alias --help"));
  });

  test("has coloured headings on a terminal that has colour", async () => {
    expect(await run("alias --help", 80)).toContain("\u001b[1mCommands:\u001b[22m");
    expect(await run("alias --help --no-color", 80)).not.toContain("\u001b[");
  });

  test("fits the width of the terminal", async () => {
    const lines = (await run("push --help --no-color", 60)).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  });
});

import { chmodSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { operations } from "../../src/operations/index.js";
import type { Operation } from "../../src/operations/operation.js";
import type { Desk } from "../support/desk.js";
import { openShop } from "./story.js";

/** What git would take for an option, for pathspec magic, and what JavaScript has on every object. */
const payloads = [
  "--output=attacked",
  "-Oattacked",
  "--upload-pack=touch attacked;",
  ":(top,glob)attacked**",
  "__proto__",
  "constructor",
];

/** A word that fits each argument and option, so that only the one under attack is wrong. */
const fitting: Readonly<Record<string, string>> = {
  alias: "dev",
  ref: "customer_support@1.0.0",
  refs: "customer_support@1.0.0",
  name: "customer_support",
  names: "customer_support",
  what: "customer_support",
  version: "1.0.0",
  replacement: "customer_support@2.0.0",
  deadline: "2027-01-01",
  expires: "2027-01-01",
  percentage: "10",
  field: "purpose",
  shell: "bash",
  source: "prompts",
  scope: "chat",
  keys: "keys.txt",
  tenant: "acme",
  for: "dev",
};
const word = (name: string): string => fitting[name] ?? "refund";

/** Options that name a file to write: the user may call it what he likes. */
const filesToWrite = new Set(["out"]);

interface Slot {
  readonly command: string;
  readonly slot: string;
  /** The line with a payload in the slot. */
  readonly line: (payload: string) => readonly string[];
}

const bare = (name: string): string => name.replaceAll(/[<>[\].]/g, "");
const longName = (flags: string): string => /--([\w-]+)/.exec(flags)?.[1] ?? "";

/** Every argument and every option with a value of a command, each in a line whose other words fit. */
function slotsOf(command: string, operation: Operation): Slot[] {
  const options = (operation.options ?? []).filter(({ flags }) => /[<[]/.test(flags));
  const own = operation.arguments ?? [];
  const build = (attacked: string, payload: string): string[] => {
    const given = options.flatMap(({ flags, required }) => {
      const name = longName(flags);
      if (attacked === `--${name}`) return [`--${name}=${payload}`];
      return required === true ? [`--${name}=${word(name)}`] : [];
    });
    const words = own.flatMap(({ name }) => {
      if (attacked === name) return [payload];
      return name.startsWith("<") || own.some((it) => it.name === attacked) ? [word(bare(name))] : [];
    });
    return [
      ...command.split(" "),
      "--json",
      ...given,
      ...(attacked === "--message" ? [`--message=${payload}`] : []),
      "--",
      ...words,
    ];
  };
  const slots = [
    ...own.map(({ name }) => name),
    ...options.map(({ flags }) => `--${longName(flags)}`).filter((name) => !filesToWrite.has(name.slice(2))),
    ...(operation.writes === true ? ["--message"] : []),
  ];
  return slots.map((slot) => ({ command, slot, line: (payload) => build(slot, payload) }));
}

const table = (
  await Promise.all(
    Object.entries(operations).map(async ([command, entry]) =>
      "load" in entry ? slotsOf(command, (await entry.load()).default as unknown as Operation) : [],
    ),
  )
).flat();

/** A `git` on PATH that writes down what it was called with, and calls the real one. */
function watchGit(desk: Desk): string {
  const [folder, log] = [join(desk.root, "watched"), join(desk.root, "git-calls")];
  const real = desk.run("sh", ["-c", "command -v git"]).stdout.trim();
  const script = `#!/bin/sh\n{ printf '%s\\036' "\${GIT_LITERAL_PATHSPECS-}" "$@"; printf '\\035'; } >> '${log}'\nexec '${real}' "$@"\n`;
  desk.write({ [join(folder, "git")]: script });
  chmodSync(join(folder, "git"), 0o755);
  desk.environment["PATH"] = `${folder}:${desk.environment["PATH"] ?? ""}`;
  return log;
}

/** The git calls since the last look; the first word says whether pathspecs are literal. */
function callsIn(log: string): string[][] {
  if (!existsSync(log)) return [];
  const calls = readFileSync(log, "utf8").split("\u001d").slice(0, -1);
  rmSync(log);
  return calls.map((call) => call.split("\u001e").slice(0, -1));
}

/** The words of a call that git may take for an option or for magic. */
function attacksIn([literal, ...args]: readonly string[]): string[] {
  const end = args.findIndex((arg) => arg === "--" || arg === "--end-of-options");
  const before = end < 0 ? args : args.slice(0, end);
  const options = before.filter((arg) => arg.includes("attacked") && arg.startsWith("-"));
  const magic = literal === "1" ? [] : args.filter((arg) => arg.startsWith(":("));
  return [...options, ...magic];
}

let desk: Desk;
let log: string;
beforeAll(() => {
  desk = openShop();
  desk.write({ "keys.txt": "user-1\n", "prompts/refund.txt": "Refund {{ order }}.\n" });
  log = watchGit(desk);
});

test("the table has every argument and option, and the watched git is the one that runs", async () => {
  expect(new Set(table.map(({ command }) => command)).size).toBeGreaterThan(40);
  await desk.done("list");
  expect(callsIn(log).length).toBeGreaterThan(0);
  expect(attacksIn(["1", "log", "--output=attacked", "--", "x"])).toEqual(["--output=attacked"]);
  expect(attacksIn(["", "log", "--", ":(top)attacked"])).toEqual([":(top)attacked"]);
});

describe.each([...new Set(table.map(({ command }) => command))])("`%s`", (command) => {
  test("hands no word of the user to git as an option, writes no file, and has no bug", async () => {
    for (const { slot, line } of table.filter((it) => it.command === command)) {
      for (const payload of payloads) {
        const words = line(payload);
        const { stderr, exitCode } = await desk.typeWords(words);
        const attacks = callsIn(log).flatMap(attacksIn);
        const files = Object.keys(desk.picture()).filter((path) => path.includes("attacked"));
        expect({ slot, words, attacks, files, isBug: exitCode === 3 || stderr.includes("INTERNAL") }).toEqual(
          {
            slot,
            words,
            attacks: [],
            files: [],
            isBug: false,
          },
        );
      }
    }
    expect(({} as Record<string, unknown>)["attacked"]).toBeUndefined();
  }, 60_000);
});

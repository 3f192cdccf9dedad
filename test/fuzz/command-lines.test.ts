import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { operations } from "../../src/operations/index.js";
import type { Operation } from "../../src/operations/operation.js";
import type { Desk } from "../support/desk.js";
import { openShop } from "../operations/story.js";
import { runs } from "./mutations.js";

const commands = await Promise.all(
  Object.entries(operations).flatMap(([command, entry]) =>
    "load" in entry
      ? [
          (async () => {
            const { options = [] } = (await entry.load()).default as unknown as Operation;
            return { command, flags: options.map(({ flags }) => /--[\w-]+/.exec(flags)?.[0] ?? flags) };
          })(),
        ]
      : [],
  ),
);

const words = [
  ..."customer_support qualify-lead customer_support@1.0.0 qualify-lead@dev production dev stable 1.0.0 v2.0.0 ^1 latest".split(
    " ",
  ),
  ..."acme flag-a chat chat-1 owner 10 0 -1 1e9 NaN 2027-01-01 yesterday HEAD HEAD~1 main . .. prompts prompt-templates - --".split(
    " ",
  ),
  ..."--json --dry-run --no-commit --help --version -q -m -C --config --no-color __proto__ constructor toString name=x =x x= =".split(
    " ",
  ),
  ...[
    "",
    " ",
    "a b",
    "\u0000",
    "\u001b[2J",
    "用户",
    "\ud800",
    "x".repeat(5000),
    "--output=attacked",
    "$(touch attacked)",
    "../../attacked",
    "/etc/passwd",
  ],
];
const anyLine = fc.constantFrom(...commands).chain(({ command, flags }) =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...words),
        fc.constantFrom(...words, ...flags),
        fc.string({ unit: "binary", maxLength: 6 }),
      ),
      {
        maxLength: 7,
      },
    )
    .map((rest) => [...command.split(" "), ...rest]),
);

let desk: Desk;
beforeAll(() => {
  desk = openShop();
  desk.write({ "prompts/refund.txt": "Refund {{ order }}.\n" });
});

test(
  "no line of words has a bug, a stack trace, or a file beside the registry",
  { timeout: 600_000 },
  async () => {
    const codes = new Map<number, number>();
    const isOurs = (path: string): boolean =>
      /^(prompt-templates|prompts)\/|^\.promptsyncrc(\.example)?$|^(HEAD|index)$|^\.git(ignore|attributes)$|^\.(github|pre-commit)/.test(
        path,
      );
    await fc.assert(
      fc.asyncProperty(anyLine, async (line) => {
        const { stdout, stderr, exitCode } = await desk.typeWords(line);
        codes.set(exitCode, (codes.get(exitCode) ?? 0) + 1);
        expect([0, 1, 2, 4]).toContain(exitCode);
        expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$|\[INTERNAL\]|"INTERNAL"/m);
        if (line.includes("--json") && exitCode !== 0 && stdout === "" && stderr.startsWith("{"))
          JSON.parse(stderr);
      }),
      runs(150),
    );
    // What `types --out` was told to write is the user's own wish.
    const stray = Object.keys(desk.picture()).filter((path) => !isOurs(path));
    expect(stray).toEqual([]);
    expect(desk.run("ls", ["-A", ".."]).stdout.trim().split("\n").sort()).toEqual(["home", "work"]);
    expect((codes.get(0) ?? 0) > 5 && (codes.get(2) ?? 0) > 20).toBe(true); // both answers were reached
  },
);

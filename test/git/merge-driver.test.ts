import { chmodSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { compileSources } from "../support/compile.js";
import { createDesk, type Desk } from "../support/desk.js";

const stateFile = "prompt-templates/promptsync.yaml";
const state = `schema: promptsync/v1
prompts:
  refund:
    aliases:
      production:
        serve: "1.0.0"
  welcome:
    aliases:
      production:
        serve: "1.0.0"
`;
const version = (name: string, number: string) =>
  `---\nname: ${name}\nversion: "${number}"\n---\nHello ${number}.\n`;
const shop = {
  [stateFile]: state,
  ...Object.fromEntries(
    ["refund", "welcome"].flatMap((name) =>
      ["1.0.0", "1.1.0", "1.2.0"].map((it) => [`prompt-templates/${name}/${it}.md`, version(name, it)]),
    ),
  ),
};

let compiled: string;
beforeAll(() => {
  compiled = compileSources();
});

/** A shop where `promptsync` is installed as a package of the repository. */
function openShop(text = state): Desk {
  const desk = createDesk({ files: { ...shop, [stateFile]: text, ".gitignore": "node_modules/\n" } });
  const run = `import { main } from "${compiled}/cli/main.js";
import { processTerminal } from "${compiled}/cli/terminal.js";
process.exitCode = await main(process.argv.slice(1), processTerminal());`;
  desk.write({
    "node_modules/.bin/promptsync": `#!/bin/sh\nexec '${process.execPath}' --input-type=module -e '${run}' -- "$@"\n`,
  });
  chmodSync(desk.path("node_modules/.bin/promptsync"), 0o755);
  return desk;
}

/** Has git merge on values, with the attribute committed; the hook has a test of its own. */
async function configure(desk: Desk): Promise<void> {
  await desk.done("init --hooks");
  desk.remove(".git/hooks/pre-commit");
  desk.commit("init");
}

/** Two branches, each of which moves aliases; the working tree is on `main` afterwards. */
async function diverge(desk: Desk, mine: string, other: string): Promise<void> {
  desk.git("switch", "--quiet", "--create", "other");
  await desk.done(`alias set production ${other}`);
  desk.git("switch", "--quiet", "main");
  await desk.done(`alias set production ${mine}`);
}

const neighbours = `schema: promptsync/v1
prompts:
  refund: { aliases: { production: { serve: "1.0.0" } } }
  welcome: { aliases: { production: { serve: "1.0.0" } } }
`;

test("git alone conflicts where two branches move aliases of neighbouring prompts", async () => {
  const desk = openShop(neighbours);
  await diverge(desk, "refund@1.1.0", "welcome@1.2.0");
  expect(desk.run("git", ["merge", "other"]).status).toBe(1);
  expect(desk.status()).toContain(`UU ${stateFile}`);
});

test("with `init --hooks` git merges them", async () => {
  const desk = openShop(neighbours);
  await configure(desk);
  await diverge(desk, "refund@1.1.0", "welcome@1.2.0");
  expect(desk.run("git", ["merge", "--no-edit", "other"])).toMatchObject({ status: 0 });
  expect(await desk.ask("version get production")).toEqual({
    versions: { refund: "1.1.0", welcome: "1.2.0" },
  });
});

test("`init --hooks` sets what is not set, and tells what to add to an attributes file that is there", async () => {
  const desk = openShop();
  desk.write({ "prompt-templates/.gitattributes": "* -text\n" });
  desk.git("config", "merge.promptsync.name", "ours");
  const first = await desk.done("init --hooks");
  expect(first.stdout).toContain("+ git config merge.promptsync.driver\n");
  expect(first.stderr).toContain("add this line to it:\npromptsync.yaml merge=promptsync\n");
  expect(desk.git("config", "merge.promptsync.name")).toBe("ours");
  expect((await desk.ask<{ configured: string[] }>("init --hooks")).configured).toEqual([]);
});

test("one alias moved on both branches is a conflict that shows both", async () => {
  const desk = openShop();
  await configure(desk);
  await diverge(desk, "refund@1.1.0", "refund@1.2.0 welcome@1.2.0");
  const merge = desk.run("git", ["merge", "--no-edit", "other"]);
  expect(merge.status).toBe(1);
  expect(merge.stdout).toContain("conflict prompts.refund.aliases.production: 1.1.0 here, 1.2.0 there");
  expect(desk.status()).toContain(`UU ${stateFile}`);
  expect(desk.read(stateFile)).toContain(`    aliases:
<<<<<<< ours
      production:
        serve: "1.1.0"
=======
      production:
        serve: "1.2.0"
>>>>>>> theirs
  welcome:
    aliases:
      production:
        serve: "1.2.0"
`);
});

test("where the tool is missing or a side is broken, git merges lines as ever", async () => {
  const desk = openShop();
  await configure(desk);
  desk.git("switch", "--quiet", "--create", "other");
  desk.write({ [stateFile]: `${state}prompts: twice\n` });
  desk.commit("breaks the file");
  desk.git("switch", "--quiet", "main");
  await desk.done("alias set production refund@1.1.0");
  const merge = desk.run("git", ["merge", "--no-edit", "other"]);
  expect(merge.stderr).toContain("[STATE_INVALID]");
  expect(merge.status).toBe(0);
  expect(desk.read(stateFile)).toContain('"1.1.0"');
  expect(desk.read(stateFile)).toContain("prompts: twice");

  desk.git("reset", "--quiet", "--hard", "HEAD^1");
  desk.remove("node_modules");
  expect(desk.run("git", ["merge", "--no-edit", "other"]).status).toBe(0);
  expect(desk.read(stateFile)).toContain("prompts: twice");
});

test("a prompt's own file merges as its block", async () => {
  const desk = openShop();
  const block = (serve: string) => `aliases:\n  production:\n    serve: "${serve}"\n`;
  desk.write({ "o.yaml": block("1.0.0"), "a.yaml": block("1.1.0"), "b.yaml": block("1.2.0") });
  const words = "merge-driver o.yaml a.yaml b.yaml prompt-templates/refund/promptsync.yaml --json";
  const run = await desk.type(words);
  expect(run.exitCode).toBe(1);
  expect(JSON.parse(run.stdout)).toEqual({
    ok: false,
    conflicts: [
      {
        path: ["prompts", "refund", "aliases", "production"],
        ours: { serve: "1.1.0" },
        theirs: { serve: "1.2.0" },
      },
    ],
  });
});

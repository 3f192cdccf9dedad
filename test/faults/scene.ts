import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

/** A command that is put through faults, and how the state after it is told from the one before. */
export interface Command {
  readonly words: readonly string[];
  /** What its commit changes, sorted. */
  readonly touches: readonly string[];
  /** Publishes: the trial has a remote then, below the root that is watched, and it has to get the commit too. */
  readonly publishes?: true;
}

const state = "prompt-templates/promptsync.yaml";

/** Commands that publish, put through kills. */
export const publishing = {
  "alias set --remote": {
    words: ["alias", "set", "dev", "welcome@2.0.0", "--remote"],
    touches: [state],
    publishes: true,
  },
} as const satisfies Record<string, Command>;

/** The commands that are put through every fault. */
export const commands = {
  push: {
    words: ["push", "--alias", "dev"],
    touches: ["prompt-templates/refund/1.0.0.md", "prompt-templates/shop/welcome/2.1.0.md", state].sort(),
  },
  "alias set": { words: ["alias", "set", "dev", "welcome@2.0.0"], touches: [state] },
  "canary set": {
    words: "canary set --alias production --version welcome@2.0.0 --percentage 10".split(" "),
    touches: [state],
  },
  "default set": { words: ["default", "set", "welcome@1.1.0"], touches: [state] },
  deprecate: {
    words: "deprecate welcome@1.0.0 --replacement welcome@2.0.0 --deadline 2030-12-31 --reason unkind".split(
      " ",
    ),
    touches: [state],
  },
  rollback: {
    words: "rollback welcome --alias production --to welcome@1.0.0 --reason complaints".split(" "),
    touches: [state],
  },
} as const satisfies Record<string, Command>;

const version = (number: string, body: string) =>
  `---\nname: welcome\nversion: "${number}"\nsummary: ${body}\n---\n${body} {{ name }}\n`;

const files = {
  [state]: `schema: promptsync/v1
prompts:
  welcome:
    owner: team-shop
    purpose: Greets # kindly
    default: "1.0.0"
    recommended: "1.0.0"
    aliases:
      dev:
        serve: "1.1.0"
      production:
        serve: "1.0.0"
`,
  "prompt-templates/shop/welcome/1.0.0.md": version("1.0.0", "Hello"),
  "prompt-templates/shop/welcome/1.1.0.md": version("1.1.0", "Good day"),
  "prompt-templates/shop/welcome/2.0.0.md": version("2.0.0", "Welcome"),
  ".gitattributes": "prompt-templates/** -text\n",
  "edited.txt": "old\n",
  "staged.txt": "old\n",
  "both.txt": "old\n",
  "removed.txt": "old\n",
  "notes/deleted.txt": "old\n",
};

/** Where a scene is kept, to be copied for each trial. */
export interface Scene {
  readonly sandbox: Sandbox;
  /** The commit that every trial starts from. */
  readonly start: string;
  /** What `git status` says before and after: the user's own work in every state. */
  readonly status: string;
}

/** A registry with a history, and a user with staged, edited, removed and untracked files. */
export function makeScene(): Scene {
  const sandbox = createSandbox({ files });
  sandbox.write({
    [state]: files[state].replace(
      'production:\n        serve: "1.0.0"',
      'production:\n        serve: "1.1.0"',
    ),
  });
  sandbox.commit("move production");
  sandbox.write({
    "edited.txt": "new\n",
    "staged.txt": "staged\n",
    "both.txt": "staged\n",
    "added.txt": "added\n",
    "untracked.txt": "mine\n",
    "prompts/shop/welcome.md": "---\nsummary: Asks how it goes\n---\nWelcome {{ name }}, how are you?\n",
    "prompts/refund.md":
      "---\ndescription: Decides on the refund\npurpose: Refunds\n---\nDecide on {{ order }}\n",
  });
  sandbox.git("add", "staged.txt", "both.txt", "added.txt");
  sandbox.write({ "both.txt": "edited\n" });
  sandbox.git("rm", "--quiet", "--cached", "removed.txt");
  sandbox.remove("notes/deleted.txt");
  return { sandbox, start: sandbox.head() ?? "", status: sandbox.status() };
}

/** Gives a copy a bare remote beside its work tree, at the start. */
export function addRemote(place: Sandbox): void {
  place.git("clone", "--quiet", "--bare", ".", "../remote.git");
  place.git("remote", "add", "origin", "../remote.git");
}

/** The same scene in a folder of its own; `remove` takes it away. */
export function copyScene({ sandbox }: Scene, name: string): { place: Sandbox; remove: () => void } {
  const root = join(sandbox.root, name);
  mkdirSync(root);
  cpSync(sandbox.directory, join(root, "work"), {
    recursive: true,
    preserveTimestamps: true,
    verbatimSymlinks: true,
  });
  const place = { ...sandbox.in(`../${name}/work`), root };
  return {
    place,
    remove: () => {
      rmSync(root, { recursive: true, force: true });
      rmSync(`${root}.state`, { force: true });
    },
  };
}

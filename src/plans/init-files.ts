import { configFileName, type Config } from "../core/config.js";
import { stateFileName } from "../core/layout.js";

/** A file to make. */
export interface NewFile {
  /** Relative to the repository root. */
  readonly path: string;
  readonly text: string;
  readonly executable?: boolean;
}

/** The files that a repository needs to begin with, and an example where it begins. */
export function initFiles(
  { registry, drafts }: Pick<Config, "registry" | "drafts">,
  { mergesByValue = false, withExample = true } = {},
): readonly NewFile[] {
  return [
    { path: configFileName, text: settings },
    { path: attributesFile(registry), text: mergesByValue ? attributes + mergeAttribute : attributes },
    { path: `${registry}/${stateFileName}`, text: state },
    ...(withExample ? [{ path: `${drafts}/welcome.md`, text: welcome }] : []),
  ];
}

/** Where git looks for what is special about the registry's files. */
export const attributesFile = (registry: string): string => `${registry}/.gitattributes`;

const attributes = "# A version's digest is taken over its bytes: git must not change line ends.\n* -text\n";

/** The line that has git merge the rollout state on its values; git without the driver merges lines as ever. */
export const mergeAttribute = "promptsync.yaml merge=promptsync\n";

/**
 * The git settings that the attribute needs. Where PromptSync is not installed or a side cannot be read, git's own
 * merge of lines does it: a driver that only fails would leave our side alone in the file.
 */
export const mergeSettings = {
  "merge.promptsync.name": "PromptSync: promptsync.yaml on its values",
  "merge.promptsync.driver": [
    'PATH="$PWD/node_modules/.bin:$PATH"',
    "promptsync merge-driver %O %A %B %P",
    "code=$?",
    "test $code -le 1 && exit $code",
    "git merge-file -L ours -L ancestor -L theirs %A %O %B",
  ].join("; "),
} as const;

/** The workflow that checks pull requests on GitHub, with one version of the tool: no later one runs unseen. */
export const workflowFile = (toolVersion: string): NewFile => ({
  path: ".github/workflows/promptsync.yml",
  text: `name: prompts
on: [pull_request]
permissions:
  contents: read
jobs:
  validate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 2 # the merge of the pull request and what it is merged into
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npx --yes promptsync@${toolVersion} validate --format github
`,
});

const hookLine = "promptsync validate --staged";

/** The hook that checks what is about to be committed. */
export const hookFile: NewFile = {
  path: "pre-commit",
  executable: true,
  text: `#!/bin/sh
# Made by \`promptsync init --hooks\`: checks what the next commit would hold.
PATH="$PWD/node_modules/.bin:$PATH"
exec ${hookLine}
`,
};

/** What to add to the hook manager that a repository has, by the file that tells which one it is. */
export const hookManagers: Readonly<Record<string, string>> = {
  "lefthook.yml": `pre-commit:\n  commands:\n    promptsync:\n      run: npx ${hookLine}`,
  ".lefthook.yml": `pre-commit:\n  commands:\n    promptsync:\n      run: npx ${hookLine}`,
  ".husky": `echo "npx ${hookLine}" >> .husky/pre-commit`,
  ".pre-commit-config.yaml": `- repo: local\n  hooks:\n    - id: promptsync\n      name: promptsync\n      entry: npx ${hookLine}\n      language: system\n      pass_filenames: false`,
};

const settings = `# Settings of PromptSync; every key and its default: .promptsyncrc.example in the package.
# registry: prompt-templates
# drafts: prompts
# base: main
`;

const state = `# What is served. Edit it with \`promptsync alias set\`, \`default set\` and friends, or by hand and with review.
schema: promptsync/v1
project:
  default_alias: production
aliases:
  production:
    protected: true
`;

const welcome = `---
description: Greets a new user by name
purpose: First message of every chat
input:
  schema:
    name: string, what the user is called
    product?: string, what they signed up for
  default:
    product: our service
tags: [example]
---
You welcome {{ name }} to {{ product }}.
Be warm, use their name once, and ask one question about what they want to do first.
`;

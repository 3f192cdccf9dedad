import type { Config } from "../core/config.js";

/** A file to make. */
export interface NewFile {
  /** Relative to the repository root. */
  readonly path: string;
  readonly text: string;
}

/** The files that a repository needs to begin with. */
export function initFiles({ registry, drafts }: Pick<Config, "registry" | "drafts">): readonly NewFile[] {
  return [
    { path: ".promptsyncrc", text: settings },
    {
      path: `${registry}/.gitattributes`,
      text: "# A version's digest is taken over its bytes: git must not change line ends.\n* -text\n",
    },
    { path: `${registry}/promptsync.yaml`, text: state },
    { path: `${drafts}/welcome.md`, text: welcome },
  ];
}

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

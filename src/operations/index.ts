import type { OperationTable } from "./table.js";

/** Everything PromptSync can do, in the order of the help. A command is one file and one line here. */
export const operations = {
  init: {
    group: "Write",
    summary: "Make the folders, the settings and an example",
    load: () => import("./init.js"),
  },
  new: { group: "Write", summary: "Start a draft", load: () => import("./new.js") },
  push: { group: "Write", summary: "Turn drafts into versions", load: () => import("./push.js") },
  list: {
    group: "Read",
    summary: "Show the prompts with their versions and aliases",
    load: () => import("./list.js"),
  },
  show: {
    group: "Read",
    summary: "Show one version: metadata, variables, text",
    load: () => import("./show.js"),
  },
  search: { group: "Read", summary: "Find prompts by words", load: () => import("./search.js") },
  diff: {
    group: "Read",
    summary: "Show what changed and which step it needs",
    load: () => import("./diff.js"),
  },
  alias: { group: "Roll out", summary: "Move what production and other aliases serve" },
  "alias list": { summary: "Show what every alias serves", load: () => import("./alias-list.js") },
  "alias set": { summary: "Move an alias to versions", load: () => import("./alias-set.js") },
  "alias remove": { summary: "Take an alias away", load: () => import("./alias-remove.js") },
  default: { group: "Roll out", summary: "Choose what is served where no alias decides" },
  "default set": { summary: "Set the default version of prompts", load: () => import("./default-set.js") },
  version: { group: "Roll out", summary: "Read versions for scripts" },
  "version get": { summary: "Print what an alias serves", load: () => import("./version-get.js") },
  resolve: {
    group: "Serve",
    summary: "Say which version a caller gets, and why",
    load: () => import("./resolve.js"),
  },
  render: { group: "Serve", summary: "Print the text a model would get", load: () => import("./render.js") },
  validate: {
    group: "Check",
    summary: "Check every version and promptsync.yaml",
    load: () => import("./validate.js"),
  },
  log: { group: "Check", summary: "Show who changed what is served", load: () => import("./log.js") },
  status: { group: "Check", summary: "Show what needs a person", load: () => import("./status.js") },
  explain: { group: "Check", summary: "Explain a rule or an error code", load: () => import("./explain.js") },
  completion: {
    group: "Set up",
    summary: "Print a completion script for the shell",
    load: () => import("./completion.js"),
  },
  complete: { summary: "Print what a shell can complete", hidden: true, load: () => import("./complete.js") },
} as const satisfies OperationTable;

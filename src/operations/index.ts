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
  canary: { group: "Roll out", summary: "Try a version on some of the users" },
  "canary list": { summary: "Show every canary", load: () => import("./rollout/canary-list.js") },
  "canary set": {
    summary: "Start a canary, or change its percentage",
    load: () => import("./rollout/canary-set.js"),
  },
  "canary step": { summary: "Raise it to its next step", load: () => import("./rollout/canary-step.js") },
  "canary pause": { summary: "Serve it to nobody for now", load: () => import("./rollout/canary-pause.js") },
  "canary resume": { summary: "End a pause", load: () => import("./rollout/canary-resume.js") },
  "canary promote": {
    summary: "Serve it to everybody, and end the canary",
    load: () => import("./rollout/canary-promote.js"),
  },
  "canary abort": { summary: "Give it up", load: () => import("./rollout/canary-abort.js") },
  tenant: { group: "Roll out", summary: "Serve a tenant versions of its own" },
  "tenant list": {
    summary: "Show which tenants have versions of their own",
    load: () => import("./rollout/tenant-list.js"),
  },
  "tenant set": {
    summary: "Give a tenant versions of its own",
    load: () => import("./rollout/tenant-set.js"),
  },
  "tenant remove": {
    summary: "Let a tenant get what everybody gets",
    load: () => import("./rollout/tenant-remove.js"),
  },
  flag: { group: "Roll out", summary: "Serve versions to those who have a feature flag" },
  "flag list": {
    summary: "Show every flag and what it serves",
    load: () => import("./rollout/flag-list.js"),
  },
  "flag create": { summary: "Make a flag known", load: () => import("./rollout/flag-create.js") },
  "flag link": { summary: "Serve versions while a flag is on", load: () => import("./rollout/flag-link.js") },
  "flag remove": {
    summary: "Forget a flag and what depends on it",
    load: () => import("./rollout/flag-remove.js"),
  },
  override: { group: "Roll out", summary: "Serve a chat, character or profile its own version" },
  "override list": {
    summary: "Show the versions that single users have",
    load: () => import("./rollout/override-list.js"),
  },
  "override set": {
    summary: "Give a user a version of their own",
    load: () => import("./rollout/override-set.js"),
  },
  "override remove": {
    summary: "Let a user get what everybody gets",
    load: () => import("./rollout/override-remove.js"),
  },
  capability: { group: "Roll out", summary: "Say which prompt does what" },
  "capability list": {
    summary: "Show which prompt does what",
    load: () => import("./rollout/capability-list.js"),
  },
  "capability link": {
    summary: "Let a prompt do a capability",
    load: () => import("./rollout/capability-link.js"),
  },
  "capability unlink": {
    summary: "Let a prompt no longer do it",
    load: () => import("./rollout/capability-unlink.js"),
  },
  rollout: { group: "Roll out", summary: "Look at what a change would mean" },
  "rollout preview": {
    summary: "Count the users who would get another version",
    load: () => import("./rollout/rollout-preview.js"),
  },
  gate: {
    group: "Roll out",
    summary: "Judge versions by the gates of an alias",
    load: () => import("./gate.js"),
  },
  rollback: {
    group: "Roll out",
    summary: "Serve what an alias served before",
    load: () => import("./rollout/rollback.js"),
  },
  emergency: { group: "Roll out", summary: "Serve a version at once, past every rule" },
  "emergency list": {
    summary: "Show emergencies and their post-mortems",
    load: () => import("./rollout/emergency-list.js"),
  },
  "emergency open": {
    summary: "Serve a version at once, past gates and rules",
    load: () => import("./rollout/emergency-open.js"),
  },
  "emergency resolve": {
    summary: "Let the other rules decide again",
    load: () => import("./rollout/emergency-resolve.js"),
  },
  prompt: { group: "Life cycle", summary: "Change what is known of a prompt" },
  "prompt set": {
    summary: "Set its owner, purpose or recommended version",
    load: () => import("./rollout/prompt-set.js"),
  },
  deprecate: {
    group: "Life cycle",
    summary: "Announce the end of a version",
    load: () => import("./rollout/deprecate.js"),
  },
  yank: {
    group: "Life cycle",
    summary: "Take a version out of service at once",
    load: () => import("./rollout/yank.js"),
  },
  remove: {
    group: "Life cycle",
    summary: "Delete a version after its deadline",
    load: () => import("./rollout/remove.js"),
  },
  renumber: {
    group: "Life cycle",
    summary: "Give versions whose numbers are taken the next ones",
    load: () => import("./renumber.js"),
  },
  split: {
    group: "Write",
    summary: "Give prompts a promptsync.yaml of their own",
    load: () => import("./split.js"),
  },
  join: { group: "Write", summary: "Put them back into the one file", load: () => import("./join.js") },
  version: { group: "Roll out", summary: "Read versions for scripts" },
  "version get": { summary: "Print what an alias serves", load: () => import("./version-get.js") },
  resolve: {
    group: "Serve",
    summary: "Say which version a caller gets, and why",
    load: () => import("./resolve.js"),
  },
  render: { group: "Serve", summary: "Print the text a model would get", load: () => import("./render.js") },
  export: {
    group: "Serve",
    summary: "Write what an application needs, to read without git",
    load: () => import("./export.js"),
  },
  validate: {
    group: "Check",
    summary: "Check every version and promptsync.yaml",
    load: () => import("./validate.js"),
  },
  waive: {
    group: "Check",
    summary: "Live with one finding until a day",
    load: () => import("./waive.js"),
  },
  fix: { group: "Check", summary: "Mend what needs no judgement", load: () => import("./fix.js") },
  types: {
    group: "Check",
    summary: "Print TypeScript types of every prompt's variables",
    load: () => import("./types.js"),
  },
  trace: {
    group: "Check",
    summary: "Show what a user was served, and since when",
    load: () => import("./trace.js"),
  },
  log: { group: "Check", summary: "Show who changed what is served", load: () => import("./log.js") },
  audit: {
    group: "Check",
    summary: "Prove from the history that nothing was changed",
    load: () => import("./audit.js"),
  },
  status: { group: "Check", summary: "Show what needs a person", load: () => import("./status.js") },
  analytics: {
    group: "Check",
    summary: "Show how served versions do, from the usage log",
    load: () => import("./analytics.js"),
  },
  explain: { group: "Check", summary: "Explain a rule or an error code", load: () => import("./explain.js") },
  doctor: {
    group: "Set up",
    summary: "Find what is misconfigured",
    load: () => import("./doctor.js"),
  },
  "merge-driver": {
    group: "Set up",
    summary: "Merge promptsync.yaml on its values, for git",
    load: () => import("./merge-driver.js"),
  },
  completion: {
    group: "Set up",
    summary: "Print a completion script for the shell",
    load: () => import("./completion.js"),
  },
  complete: { summary: "Print what a shell can complete", hidden: true, load: () => import("./complete.js") },
} as const satisfies OperationTable;

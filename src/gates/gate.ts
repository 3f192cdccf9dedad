import { PromptSyncError } from "../core/errors.js";
import type { ById, State } from "../core/state/state.js";
import { entryOf, idsOf } from "../core/state/state.js";
import { parseSpan } from "./span.js";
import { splitCommand } from "./split-command.js";

/** What a metric must hold; `max_increase_pct` is measured from what the version served today reaches. */
export interface Threshold {
  readonly min?: number;
  readonly max?: number;
  readonly max_increase_pct?: number;
}

/** A program to start: its words, or one line for a shell. */
export type Command = readonly [string, ...string[]] | { readonly shell: string };

/** A program that judges a version. */
export interface Check {
  readonly name: string;
  readonly command: Command;
  /** ms. */
  readonly timeout: number;
  /** Where the program leaves its results, relative to the repository root; undefined: on stdout. */
  readonly results: string | undefined;
  readonly metrics: ById<Threshold>;
}

/** What must hold beside the checks. */
export interface Policy {
  readonly approvals: number;
  readonly requireSignedCommit: boolean;
  /** ms; 0 asks for nothing. */
  readonly minSoak: number;
  readonly soakAlias: string;
}

/** What stands between a version and an alias. */
export interface Gate {
  readonly name: string;
  readonly checks: readonly Check[];
  readonly policy: Policy;
}

/** A gate as `promptsync.yaml` holds it; the schema has looked at it already. */
interface WrittenGate {
  readonly checks?: ById<{
    readonly run: string | readonly string[];
    readonly shell?: boolean;
    readonly results?: string;
    readonly timeout?: string | number;
    readonly metrics?: ById<Threshold>;
  }>;
  readonly policy?: {
    readonly approvals?: number;
    readonly require_signed_commit?: boolean;
    readonly min_soak?: string;
    readonly soak_alias?: string;
  };
}

/** How long a check may run that says nothing else. */
const usualTimeout = "10m";

/**
 * The gate that an alias asks for; undefined when it asks for none.
 * @throws PromptSyncError `STATE_INVALID` for a gate that is not defined, and for one that cannot be run
 */
export function gateOf(state: State, alias: string): Gate | undefined {
  const name = entryOf(state.aliases, alias)?.gates;
  if (name === undefined) return undefined;
  const written = entryOf(state.gates, name) as WrittenGate | undefined;
  if (written === undefined) {
    throw new PromptSyncError(
      "STATE_INVALID",
      `alias \`${alias}\` asks for the gates \`${name}\`, which are not defined`,
      { hint: `define \`${name}\` under \`gates:\` in promptsync.yaml, and commit it` },
    );
  }
  const { checks = {}, policy = {} } = written;
  const gate = {
    name,
    checks: idsOf(checks).map((check) => checkOf(written, name, check)),
    policy: {
      approvals: policy.approvals ?? 0,
      requireSignedCommit: policy.require_signed_commit ?? false,
      minSoak: policy.min_soak === undefined ? 0 : soakOf(policy.min_soak, name),
      soakAlias: policy.soak_alias ?? "dev",
    },
  };
  if (gate.checks.length === 0 && Object.keys(policy).length === 0) {
    throw new PromptSyncError("STATE_INVALID", `the gates \`${name}\` of \`${alias}\` ask for nothing`, {
      hint: `name a check or a policy under \`gates.${name}\`, or drop \`gates: ${name}\` from the alias`,
    });
  }
  return gate;
}

function checkOf({ checks }: WrittenGate, gate: string, name: string): Check {
  const entry = `gates.${gate}.checks.${name}`;
  const check = entryOf(checks, name) ?? { run: "" };
  const { results, metrics = {}, timeout = usualTimeout } = check;
  return {
    name,
    command: commandOf(check, `${entry}.run`),
    timeout: parseSpan(timeout, `${entry}.timeout`),
    results,
    metrics,
  };
}

function commandOf(
  { run, shell = false }: { readonly run: string | readonly string[]; readonly shell?: boolean },
  entry: string,
): Command {
  if (typeof run === "string") return shell && run.trim() !== "" ? { shell: run } : splitCommand(run, entry);
  const [program = "", ...words] = run;
  if (program !== "" && !shell) return [program, ...words];
  throw new PromptSyncError(
    "STATE_INVALID",
    shell
      ? `\`${entry}\` is a list of words, which no shell reads, and \`shell: true\` stands beside it`
      : `\`${entry}\` cannot be run: there is no command`,
    {
      hint: shell ? "write the command as one line, or drop `shell`" : "write the program and its arguments",
    },
  );
}

/** `0h` asks for nothing, like no entry. */
function soakOf(text: string, gate: string): number {
  return /^0+[smhd]$/.test(text) ? 0 : parseSpan(text, `gates.${gate}.policy.min_soak`);
}

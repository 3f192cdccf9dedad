import { assertStateReadable } from "../core/catalog.js";
import { PromptSyncError } from "../core/errors.js";
import type { CheckVerdict } from "../gates/verdict.js";
import { operation, type Style } from "./operation.js";
import { plural } from "./text/plural.js";
import { table } from "./text/table.js";

interface Input {
  readonly refs: readonly string[];
  readonly for?: string;
  readonly base?: string;
}

interface Result {
  readonly ok: boolean;
  /** What each check said; empty when no alias asks for gates, or nothing moves. */
  readonly checks: readonly CheckVerdict[];
}

export default operation({
  description:
    "Runs the checks and the policy that an alias asks for with `gates:`. The commands that run are those of the last commit, with --base those of the base: an edit that nobody reviewed is never run. A check is told what to judge by PROMPTSYNC_REF, _PROMPT, _VERSION, _FILE, _ALIAS, _BASELINE_REF and _BASELINE_FILE, and tells its metrics in its last line of JSON or in its `results` file. Approvals are `Approved-by` and `Reviewed-by` trailers of the commits that brought the version, and PROMPTSYNC_APPROVALS.",
  arguments: [
    { name: "[refs...]", summary: "The versions to judge; a bare `v1.2.3` means every prompt that has it" },
  ],
  options: [
    { flags: "--for <alias>", summary: "Judge them for this alias" },
    { flags: "--base <ref>", summary: "Judge every move of an alias since this commit" },
  ],
  examples: [
    {
      command: "promptsync gate qualify-lead@2.0.0 --for production",
      does: "see whether a version may go to production",
    },
    { command: "promptsync gate --base origin/main", does: "judge what a pull request moves, in CI" },
  ],
  async run(input: Input, context): Promise<Result> {
    const isNamed = input.refs.length > 0 && input.for !== undefined && input.base === undefined;
    const isDiff = input.refs.length === 0 && input.for === undefined && input.base !== undefined;
    if (!isNamed && !isDiff) {
      throw new PromptSyncError(
        "USAGE",
        "`gate` judges either versions for an alias or the moves since a base",
        {
          hint: "`promptsync gate <name>@<version> --for <alias>`, or `promptsync gate --base <ref>`",
        },
      );
    }
    const [{ gateRefs, gateSince }, { runGates }] = await Promise.all([
      import("./gates/requests.js"),
      import("./gates/run-gates.js"),
    ]);
    const workspace = await context.workspace();
    const catalog = await workspace.catalog();
    assertStateReadable(catalog);
    const request = isNamed
      ? await gateRefs(context, catalog, { references: input.refs, alias: input.for ?? "" })
      : await gateSince(context, catalog, input.base ?? "");
    const checks = await runGates(context, request);
    return { ok: checks.every(({ ok }) => ok), checks };
  },
  text: ({ checks, ok }, style) => {
    if (checks.length === 0) return "nothing to judge: no alias with gates is moved";
    const failed = checks.filter((check) => !check.ok).length;
    const end = ok
      ? style.green(`${plural(checks.length, "check")} passed`)
      : style.red(`${String(failed)} of ${plural(checks.length, "check")} failed`);
    return `${table(
      checks.flatMap((check) => rowsOf(check, style)),
      style,
    )}\n${end}`;
  },
  exitCode: ({ ok }) => (ok ? 0 : 1),
});

function rowsOf(verdict: CheckVerdict, style: Style): string[][] {
  const { gate, check, prompt, version, alias, ok, seconds, reasons } = verdict;
  const state = ok ? style.green("ok") : style.red("failed");
  const took = seconds === 0 ? "" : `${seconds.toFixed(1)} s`;
  const said = ok ? metricsText(verdict) : reasons.join("; ");
  return [[state, `${gate}/${check}`, style.cyan(`${prompt}@${version}`), alias, style.dim(took), said]];
}

function metricsText({ metrics }: CheckVerdict): string {
  const numbers = Object.entries(metrics).map(([name, value]) => `${name} ${String(value)}`);
  return numbers.join(", ");
}

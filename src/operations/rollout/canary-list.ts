import { assertStateReadable } from "../../core/catalog.js";
import { daysBetween } from "../../core/day.js";
import { armsOf } from "../../core/state/arms.js";
import { requireAlias } from "../../plans/known-alias.js";
import { operation } from "../operation.js";
import { plural } from "../text/plural.js";
import { table } from "../text/table.js";

interface CanaryLine {
  readonly prompt: string;
  readonly alias: string;
  /** Set when the canary splits the users of one tenant. */
  readonly tenant: string | null;
  readonly baseline: string;
  readonly serve: string;
  readonly percent: number;
  readonly state: string;
  readonly steps: readonly number[];
  readonly seed: string;
  readonly started: string | null;
  readonly days: number | null;
}

interface Result {
  readonly canaries: readonly CanaryLine[];
}

export default operation({
  options: [{ flags: "--alias <alias>", summary: "Show the canaries of this alias only" }],
  examples: [
    { command: "promptsync canary list", does: "show every canary and how long it runs" },
    { command: "promptsync canary list --alias production --json", does: "the same for a script" },
  ],
  async run({ alias: only }: { readonly alias?: string }, context): Promise<Result> {
    const workspace = await context.workspace();
    const catalog = await workspace.catalog();
    assertStateReadable(catalog);
    if (only !== undefined) requireAlias(catalog, only);
    const canaries = [...armsOf(catalog.state)].flatMap(
      ({ prompt, alias, tenant = null, arm }): CanaryLine[] => {
        if (arm.canary === undefined || (only !== undefined && alias !== only)) return [];
        const { serve, percent, state, steps = [], seed, started = null } = arm.canary;
        const days = started === null ? null : daysBetween(started, context.now);
        const split = { serve, percent, state, steps, seed, started, days };
        return [{ prompt, alias, tenant, baseline: arm.serve, ...split }];
      },
    );
    return {
      canaries: canaries.sort((a, b) => (`${a.alias} ${a.prompt}` < `${b.alias} ${b.prompt}` ? -1 : 1)),
    };
  },
  text({ canaries }, style) {
    if (canaries.length === 0) return "no canaries: `promptsync canary set` starts one";
    const rows = canaries.map((it) => [
      style.bold(it.tenant === null ? it.alias : `${it.alias} of tenant ${it.tenant}`),
      style.cyan(it.prompt),
      `${style.dim(it.baseline)} → ${style.green(it.serve)}`,
      `${it.percent} %`,
      it.state === "running" ? it.state : style.yellow(it.state),
      it.days === null ? "" : style.dim(plural(it.days, "day")),
    ]);
    return table(rows, style, { head: ["ALIAS", "PROMPT", "VERSIONS", "SHARE", "STATE", "AGE"], right: [3] });
  },
});

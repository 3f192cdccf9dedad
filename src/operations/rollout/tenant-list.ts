import { assertStateReadable } from "../../core/catalog.js";
import { armsOf } from "../../core/state/arms.js";
import { entryOf } from "../../core/state/state.js";
import { operation } from "../operation.js";
import { table } from "../text/table.js";

interface TenantLine {
  readonly tenant: string;
  readonly prompt: string;
  readonly alias: string;
  readonly version: string;
  readonly reason: string | null;
}

interface Result {
  readonly tenants: readonly TenantLine[];
}

export default operation({
  arguments: [{ name: "[tenant]", summary: "Show this tenant only" }],
  examples: [
    { command: "promptsync tenant list", does: "show who has versions of their own, and why" },
    { command: "promptsync tenant list acme --json", does: "the same for one tenant, for a script" },
  ],
  async run({ tenant: only }: { readonly tenant?: string }, context): Promise<Result> {
    const workspace = await context.workspace();
    const catalog = await workspace.catalog();
    assertStateReadable(catalog);
    const { state } = catalog;
    const tenants = [...armsOf(state)].flatMap(({ prompt, alias, tenant, arm }): TenantLine[] => {
      if (tenant === undefined || (only !== undefined && tenant !== only)) return [];
      const { reason = null } = entryOf(entryOf(state.prompts, prompt)?.tenants, tenant) ?? {};
      return [{ tenant, prompt, alias, version: arm.serve, reason }];
    });
    return {
      tenants: tenants.sort((a, b) => (`${a.tenant} ${a.prompt}` < `${b.tenant} ${b.prompt}` ? -1 : 1)),
    };
  },
  text({ tenants }, style, { tenant }) {
    if (tenants.length === 0)
      return `${tenant === undefined ? "every tenant" : `tenant ${tenant}`} gets what everybody gets`;
    const rows = tenants.map(({ tenant, prompt, alias, version, reason }) => [
      style.bold(tenant),
      style.cyan(prompt),
      alias,
      style.green(version),
      style.dim(reason ?? ""),
    ]);
    return table(rows, style, { head: ["TENANT", "PROMPT", "ALIAS", "SERVES", "REASON"] });
  },
});

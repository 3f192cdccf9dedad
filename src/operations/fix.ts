import { PromptSyncError } from "../core/errors.js";
import { planFix, type Mend } from "../plans/plan-fix.js";
import { rewriteFiles } from "../store/rewrite-files.js";
import { operation } from "./operation.js";
import { table } from "./text/table.js";

interface Input {
  readonly base?: string;
  readonly dryRun?: boolean;
}

interface Result {
  readonly fixed: readonly Omit<Mend, "before" | "after">[];
  /** Merged versions that have the same flaws: they never change. */
  readonly merged: readonly string[];
  readonly dryRun: boolean;
}

export default operation({
  description:
    "Mends what needs no judgement in versions that are not merged yet: line ends, byte order marks, and a copied name or number. The change stays in the working tree.",
  options: [
    { flags: "--base <ref>", summary: "What is merged into this branch or commit is left alone" },
    { flags: "--dry-run", summary: "Show the change and write nothing" },
  ],
  examples: [
    { command: "promptsync fix", does: "mend the new versions of this branch" },
    { command: "promptsync fix --dry-run", does: "show which files would change" },
  ],
  async run({ base: asked, dryRun = false }: Input, context): Promise<Result> {
    const workspace = await context.workspace();
    const { top } = workspace.repository;
    if (top === null)
      throw new PromptSyncError("NOT_A_REPOSITORY", "a bare repository has no files to mend", {
        hint: "clone it and run the command there",
      });
    const catalog = await workspace.catalog();
    const { changes, catalog: base } = await workspace.picture(catalog, await workspace.base(asked));
    const isMerged = ({ name, version }: Pick<Mend, "name" | "version">): boolean =>
      base.prompts.get(name)?.versions.some((it) => it.version === version) === true;
    const mends = planFix(
      changes.flatMap(({ status, after }) => (status !== "added" || !after ? [] : [after])),
    );
    const fixed = mends.filter((mend) => !isMerged(mend));
    if (!dryRun) rewriteFiles(top, fixed);
    return {
      fixed: fixed.map(({ before: _b, after: _a, ...mend }) => mend),
      merged: mends.filter(isMerged).map(({ path }) => path),
      dryRun,
    };
  },
  text({ fixed, merged, dryRun }, style) {
    if (fixed.length === 0) return "nothing to fix";
    const rows = fixed.map(({ path, rules }) => [style.cyan(path), style.dim(rules.join(", "))]);
    const left = merged.map((path) => style.dim(`${path} is merged and stays as it is`));
    const end = style.dim(dryRun ? "dry run: nothing was written" : "written, not committed");
    return [table(rows, style), ...left, end].join("\n");
  },
});

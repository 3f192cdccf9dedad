import { relative, resolve, sep } from "node:path";
import { printers, type FindingFormat, type Report } from "../findings/index.js";
import { rules } from "../rules/index.js";
import { lint } from "../rules/lint.js";
import type { Workspace } from "../store/workspace.js";
import { operation } from "./operation.js";

interface Input {
  readonly paths: readonly string[];
  readonly staged?: boolean;
  readonly format?: FindingFormat;
  readonly now?: string;
}

interface Result extends Report {
  readonly toolVersion: string;
}

export default operation({
  description: "Checks every version and promptsync.yaml. Exit code 1 means that something is wrong.",
  arguments: [{ name: "[paths...]", summary: "Report on these files and folders only" }],
  options: [
    { flags: "--staged", summary: "Check what the next commit would hold instead of the working tree" },
    { flags: "--format <format>", summary: "Print the findings this way", choices: Object.keys(printers) },
    { flags: "--now <date>", summary: "Judge dates as of this day instead of today" },
  ],
  examples: [
    { command: "promptsync validate", does: "check the working tree" },
    {
      command: "promptsync validate --staged",
      does: "check what is about to be committed, in a pre-commit hook",
    },
  ],
  async run(input: Input, context): Promise<Result> {
    const workspace = await context.workspace();
    const catalog = input.staged === true ? await workspace.catalogOfIndex() : await workspace.catalog();
    const all = [...catalog.prompts.values()].flatMap(({ name, versions }) =>
      versions.map((it) => ({ ...it, name })),
    );
    const versions = await workspace.readVersions(all);
    const today = input.now?.slice(0, 10) ?? context.now.toISOString().slice(0, 10);
    const { profile: _, ...overrides } = workspace.config.rules;
    const isWanted = pathFilter(workspace, input.paths);
    const findings = lint({ catalog, versions, today }, rules, overrides).filter(({ file }) =>
      isWanted(file),
    );
    const count = (severity: string): number =>
      findings.filter((finding) => finding.severity === severity).length;
    return {
      ok: count("error") === 0,
      summary: {
        prompts: catalog.prompts.size,
        versions: all.length,
        errors: count("error"),
        warnings: count("warning"),
      },
      findings,
      toolVersion: context.toolVersion,
    };
  },
  async text(report, style, { format = "text" }) {
    const print = await printers[format]();
    const described = rules.map(({ id, checks, why, severity }) => ({ id, title: checks, why, severity }));
    return print(report, { style, rules: described, toolVersion: report.toolVersion });
  },
  exitCode: ({ ok }) => (ok ? 0 : 1),
});

function pathFilter({ root, directory }: Workspace, paths: readonly string[]): (file: string) => boolean {
  if (paths.length === 0) return () => true;
  const wanted = paths.map((path) => relative(root, resolve(directory, path)).split(sep).join("/"));
  return (file) => wanted.some((path) => path === "" || file === path || file.startsWith(`${path}/`));
}

import { errorCodes, PromptSyncError, type ErrorCode } from "../core/errors.js";
import { didYouMean } from "../core/suggest.js";
import { ruleFacts } from "../rules/index.js";
import { operation } from "./operation.js";
import { table } from "./text/table.js";

type Page =
  | {
      readonly kind: "rule";
      readonly id: string;
      readonly category: string;
      readonly severity: string;
      readonly scope: (typeof ruleFacts)[number]["scope"];
      readonly fixable: boolean;
      readonly checks: string;
      readonly why: string;
      readonly wrong: string;
      readonly right: string;
    }
  | { readonly kind: "error"; readonly code: string; readonly exit: number; readonly meaning: string };

interface Result {
  readonly pages: readonly Page[];
}

export default operation({
  arguments: [
    { name: "[name]", summary: "A rule such as `schema-field-unknown`, or an error code; left out: all" },
  ],
  examples: [
    { command: "promptsync explain registry-reference-dangling", does: "why the rule exists, with examples" },
    { command: "promptsync explain ALIAS_NOT_FOUND", does: "what an error code means" },
  ],
  run({ name }: { readonly name?: string }): Promise<Result> {
    const all = [
      ...ruleFacts.map(rulePage),
      ...Object.keys(errorCodes).map((code) => errorPage(code as ErrorCode)),
    ];
    const pages =
      name === undefined ? all : all.filter((page) => idOf(page).toLowerCase() === name.toLowerCase());
    if (pages.length > 0) return Promise.resolve({ pages });
    throw new PromptSyncError(
      "EXPLANATION_NOT_FOUND",
      `no rule and no error code is called \`${name ?? ""}\``,
      {
        hint: didYouMean(name ?? "", all.map(idOf)) || "`promptsync explain` lists all",
      },
    );
  },
  text({ pages }, style) {
    const [page] = pages;
    if (pages.length !== 1 || page === undefined) {
      const rows = pages.map((it) => [
        style.cyan(idOf(it)),
        it.kind === "rule" ? it.severity : `exit ${it.exit}`,
        it.kind === "rule" ? it.checks : it.meaning,
      ]);
      return table(rows, style);
    }
    if (page.kind === "error")
      return `${style.bold(page.code)}  ${style.dim(`exit code ${page.exit}`)}\n\n${page.meaning}`;
    const indent = (text: string): string => text.replaceAll(/^/gm, "  ");
    return [
      `${style.bold(page.id)}  ${style.dim(`${page.severity}, ${scopes[page.scope]}`)}`,
      `Checks that ${page.checks}.`,
      page.why,
      `${style.red("wrong")}\n${indent(page.wrong)}`,
      `${style.green("right")}\n${indent(page.right)}`,
      ...(page.fixable ? ["`promptsync fix` mends it in versions that are not merged yet."] : []),
      style.dim(`Another severity, in .promptsyncrc:\n  rules: { ${page.id}: ${otherThan(page.severity)} }`),
      style.dim(
        `To live with one finding for a while:\n  promptsync waive <fingerprint> --reason "why this is fine" --expires <date>`,
      ),
    ].join("\n\n");
  },
});

/** What a rule looks at. */
const scopes = {
  static: "looks at the tree alone",
  base: "compares with the base",
  code: "reads the code that uses prompts",
  date: "looks at the day",
} as const;

/** A severity to show as another one. */
function otherThan(severity: string): string {
  return severity === "warning" ? "error" : "warning";
}

function idOf(page: Page): string {
  return page.kind === "rule" ? page.id : page.code;
}

function rulePage({
  id,
  category,
  severity,
  scope,
  checks,
  why,
  wrong,
  right,
  fixable = false,
}: (typeof ruleFacts)[number]): Page {
  return { kind: "rule", id, category, severity, scope, checks, why, wrong, right, fixable };
}

function errorPage(code: ErrorCode): Page {
  return { kind: "error", code, ...errorCodes[code] };
}

import type { JsonValue } from "../core/json.js";
import { digestOf } from "../core/prompt-file/digest-of.js";
import type { FrontMatter } from "../core/prompt.js";
import { resolve } from "../core/resolve/resolve.js";
import type { Deprecation } from "../core/state/state.js";
import type { Workspace } from "../store/workspace.js";
import { variablesOf, type Variable } from "../compare/variables.js";
import { operation } from "./operation.js";
import { readResolved } from "./read-resolved.js";
import { catalogFor, toRequest } from "./resolve-options.js";
import { table } from "./text/table.js";

interface Input {
  readonly ref: string;
  readonly at?: string;
}

interface Result {
  readonly name: string;
  readonly version: string;
  readonly path: string;
  readonly digest: string;
  readonly frontMatter: FrontMatter;
  readonly body: string;
  readonly variables: readonly Variable[];
  /** The commit that added the file; null while it is not committed. */
  readonly introduced: { readonly commit: string; readonly author: string; readonly date: string } | null;
  readonly deprecated: Deprecation | null;
}

export default operation({
  arguments: [{ name: "<ref>", summary: "`name`, `name@1.2.0`, `name@^1.2` or `name@alias`" }],
  options: [{ flags: "--at <when>", summary: "Answer as of a commit, tag, branch or date" }],
  examples: [
    { command: "promptsync show qualify-lead@production", does: "the version that production serves" },
    {
      command: "promptsync show qualify-lead@1.0.0 --json",
      does: "one version with its metadata, for a script",
    },
  ],
  async run(input: Input, context): Promise<Result> {
    const workspace = await context.workspace();
    const catalog = await catalogFor(workspace, input.at);
    const { name, version, deprecated } = resolve(catalog, toRequest(input));
    const { prompt, text, path } = await readResolved(workspace, catalog, { name, version });
    return {
      name,
      version,
      path,
      digest: digestOf(text),
      frontMatter: prompt.frontMatter,
      body: prompt.body,
      variables: variablesOf(prompt),
      introduced: await introduction(workspace, path, catalog.origin.commit),
      deprecated,
    };
  },
  text({ name, version, path, digest, frontMatter, body, variables, introduced, deprecated }, style) {
    const { name: _name, version: _version, variants = [], ...facts } = frontMatter;
    const by =
      introduced === null
        ? "not committed yet"
        : `${introduced.commit.slice(0, 12)} by ${introduced.author}, ${introduced.date.slice(0, 10)}`;
    const rows = [
      ...Object.entries(facts).map(([key, value]) => [style.dim(key), oneLine(value as JsonValue)]),
      [style.dim("file"), path],
      [style.dim("digest"), digest],
      [style.dim("introduced"), by],
    ];
    const use = variables.map((it) => [
      `  ${style.cyan(it.name)}`,
      it.required ? "required" : style.dim("optional"),
      style.dim(it.type),
    ]);
    const bodies = variants.map(
      ({ tags, content }) => `${style.dim(`── ${oneLine(tags as JsonValue)}`)}\n${content.trimEnd()}`,
    );
    return [
      `${style.cyan(name)}@${style.bold(version)}${deprecated === null ? "" : style.yellow("  deprecated")}`,
      table(rows, style),
      ...(use.length === 0 ? [] : [`${style.dim("variables")}\n${table(use, style)}`]),
      `${style.dim("──")}\n${body}`,
      ...bodies,
    ].join("\n\n");
  },
});

async function introduction(
  workspace: Workspace,
  path: string,
  from: string | null,
): Promise<Result["introduced"]> {
  const found = await workspace.introducedBy(path, from);
  return found === null ? null : { commit: found.commit, author: found.author, date: found.date };
}

function oneLine(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

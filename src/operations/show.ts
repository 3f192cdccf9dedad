import { stateOf } from "../core/catalog.js";
import { isJsonObject, type JsonValue } from "../core/json.js";
import { digestOf } from "../core/prompt-file/digest-of.js";
import type { FrontMatter } from "../core/prompt.js";
import { parseReference } from "../core/reference.js";
import { namedVersion } from "../core/resolve/named-version.js";
import { entryOf, type Deprecation, type Yanked } from "../core/state/state.js";
import type { Introduction } from "../store/workspace/past.js";
import { variablesOf, type Variable } from "../compare/variables.js";
import { introductionOf } from "./introduction.js";
import { operation, type Style } from "./operation.js";
import { readIncludes } from "./read-includes.js";
import { readResolved } from "./read-resolved.js";
import { answeringFor } from "./resolve-options.js";
import { shallowNote } from "./text/shallow-note.js";
import { table } from "./text/table.js";
import { wrap } from "./text/wrap.js";

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
  readonly introduced: {
    readonly commit: string;
    readonly author: string;
    readonly date: string;
    /** False for the oldest commit of a shallow clone: an older one may have added the file. */
    readonly complete: boolean;
  } | null;
  readonly deprecated: Deprecation | null;
  readonly yanked: Yanked | null;
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
    const reference = parseReference(input.ref);
    const workspace = await context.workspace();
    const { catalog, whole } = await answeringFor(workspace, reference, input.at, context);
    const { name, version } = namedVersion(catalog, reference);
    const { deprecations, yanked } = stateOf(catalog, name);
    const { prompt, text, path } = await readResolved(workspace, catalog, { name, version });
    const library = await readIncludes(workspace, async () => [await whole()], [prompt]);
    const from = catalog.origin.commit;
    const introduced = told(await introductionOf(workspace, name, { version, path, from }));
    const shallow = introduced?.complete === false ? shallowNote(workspace) : undefined;
    if (shallow !== undefined) context.note(shallow);
    return {
      name,
      version,
      path,
      digest: digestOf(text),
      frontMatter: prompt.frontMatter,
      body: prompt.body,
      variables: variablesOf(prompt, { load: library.load }),
      introduced,
      deprecated: entryOf(deprecations, version) ?? null,
      yanked: entryOf(yanked, version) ?? null,
    };
  },
  text: showText,
});

function told(found: Introduction | null): Result["introduced"] {
  if (found === null) return null;
  const { commit, author, date, isEdge } = found;
  return { commit, author, date, complete: !isEdge };
}

/** What is shown in a place of its own, or tells nothing beside the rest. */
const shownElsewhere = ["name", "version", "title", "description", "input", "variants", "examples"];

function showText(result: Result, style: Style): string {
  const { frontMatter, body, variables, introduced, deprecated, yanked } = result;
  const by =
    introduced === null
      ? "not committed yet"
      : introduced.complete
        ? `${introduced.commit.slice(0, 12)} by ${introduced.author}, ${introduced.date.slice(0, 10)}`
        : `in ${introduced.commit.slice(0, 12)} or before: this shallow clone has nothing older`;
  const facts = [
    ...Object.entries(frontMatter).filter(([key]) => !shownElsewhere.includes(key)),
    ...(frontMatter.examples === undefined ? [] : [["examples", frontMatter.examples.length] as const]),
    ["file", result.path],
    ["digest", result.digest],
    ["introduced", by],
    ...(yanked === null ? [] : [["yanked", style.red(yankOf(yanked))] as const]),
    ...(deprecated === null ? [] : [["deprecated", style.yellow(deprecationOf(deprecated))] as const]),
  ] as const;
  const defaults = frontMatter.input?.default ?? {};
  const use = variables.map(({ name, required, type }) => [
    `  ${style.cyan(name)}`,
    required ? "required" : style.dim("optional"),
    style.dim(type),
    Object.hasOwn(defaults, name) ? style.dim(`default ${inWords(defaults[name] ?? null)}`) : "",
  ]);
  const title = frontMatter.title === undefined ? "" : `  ${frontMatter.title}`;
  const texts = [
    { heading: "text", text: body },
    ...(frontMatter.variants ?? []).map(({ tags, content }) => ({
      heading: `text for ${inWords(tags as JsonValue)}`,
      text: content.trimEnd(),
    })),
  ];
  return [
    `${style.cyan(result.name)}@${style.bold(result.version)}${title}`,
    ...(frontMatter.description === undefined ? [] : [wrap(frontMatter.description, style.width).join("\n")]),
    factLines(facts, style),
    ...(use.length === 0 ? [] : [`${style.bold("variables")}\n${table(use, style)}`]),
    ...texts.map(({ heading, text }) => `${style.bold(heading)}\n${text}`),
  ].join("\n\n");
}

function deprecationOf({ reason, replacement, deadline }: Deprecation): string {
  const until = deadline === undefined ? "" : `; until ${deadline.slice(0, 10)}`;
  return `${reason ?? "no reason given"}${replacement === undefined ? "" : `; use ${replacement}`}${until}`;
}

function yankOf({ reason, since }: Yanked): string {
  return `${reason ?? "no reason given"}${since === undefined ? "" : `; since ${since}`}`;
}

/** Names and values in two columns; long values go on below themselves. */
function factLines(facts: readonly (readonly [string, unknown])[], style: Style): string {
  const widest = Math.max(...facts.map(([key]) => key.length)) + 2;
  const room = style.width === undefined ? undefined : style.width - widest;
  return facts
    .flatMap(([key, value]) =>
      wrap(inWords(value as JsonValue), room).map(
        (line, index) => `${style.dim((index === 0 ? key : "").padEnd(widest))}${line}`,
      ),
    )
    .join("\n");
}

/** A value as people write it: `sales, email`, `temperature: 0.2`. */
function inWords(value: JsonValue): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) return value.join(", ");
  if (!isJsonObject(value)) return JSON.stringify(value);
  return Object.entries(value)
    .map(
      ([key, inner]) => `${key}: ${isJsonObject(inner) ? `{ ${inWords(inner)} }` : inWords(inner ?? null)}`,
    )
    .join(", ");
}

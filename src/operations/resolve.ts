import { chooseVariant } from "../core/resolve/variant.js";
import type { Reason } from "../core/resolve/resolution.js";
import { resolve } from "../core/resolve/resolve.js";
import { digestOf } from "../core/prompt-file/digest-of.js";
import type { Deprecation } from "../core/state/state.js";
import type { SkewedCommit } from "../core/listing.js";
import type { Workspace } from "../store/workspace.js";
import { blameTrail, type BlamedLine } from "./blame.js";
import { operation } from "./operation.js";
import { readResolved } from "./read-resolved.js";
import { answeringFor, resolveOptions, toRequest, type ResolveInput } from "./resolve-options.js";
import { tree } from "./text/tree.js";

interface Result {
  readonly name: string;
  readonly version: string;
  readonly digest: string;
  readonly alias: string | null;
  readonly reason: Reason;
  readonly rule: string;
  readonly arm: "baseline" | "candidate" | null;
  readonly bucket: number | null;
  /** The tags of the chosen variant; null for the body. */
  readonly variant: Readonly<Record<string, string>> | null;
  readonly deprecated: Deprecation | null;
  readonly trail: readonly BlamedLine[];
  readonly at: {
    readonly commit: string | null;
    readonly date: string | null;
    /** When a date chose the commit: those whose clock had gone back, where that made a difference. */
    readonly skewed?: readonly SkewedCommit[];
  };
}

export default operation({
  description: "Says which version a caller gets, and every step that led there.",
  arguments: [{ name: "[ref]", summary: "`name`, `name@1.2.0`, `name@^1.2` or `name@alias`" }],
  options: resolveOptions,
  examples: [
    {
      command: "promptsync resolve qualify-lead@production",
      does: "the version that production serves, and why",
    },
    {
      command: "promptsync resolve qualify-lead --alias stable --key user-42 --json",
      does: "the same for one user, for a script",
    },
  ],
  async run(input: ResolveInput, context): Promise<Result> {
    const request = toRequest(input);
    const workspace = await context.workspace();
    const headDate = input.at === undefined ? dateOfHead(workspace) : null; // git starts while the files are read
    const { catalog } = await answeringFor(workspace, request, input.at, context);
    const { trail, ...resolution } = resolve(catalog, request);
    const { prompt, text } = await readResolved(workspace, catalog, resolution);
    const { commit, date, skewed } = catalog.origin;
    return {
      ...resolution,
      digest: digestOf(text),
      variant: chooseVariant(prompt, request.tags)?.tags ?? null,
      trail: await blameTrail(workspace, catalog, { name: resolution.name, trail }),
      at: { commit, date: date ?? (await headDate), ...(skewed === undefined ? {} : { skewed }) },
    };
  },
  text(result, style) {
    const { name, version, reason, rule, trail, deprecated, variant, at } = result;
    const steps = trail.map((line) => {
      const { step, matched, detail } = line;
      const label = matched ? `${style.green("✓")} ${step}: ${detail}` : style.dim(`· ${step}: ${detail}`);
      return { label, children: line.commit === null ? [] : [{ label: style.dim(writerOf(line)) }] };
    });
    const end =
      deprecated === null
        ? ""
        : ` since ${deprecated.deprecated ?? "?"}, until ${deprecated.deadline ?? "?"}`;
    const better = deprecated?.replacement === undefined ? "" : `; use ${deprecated.replacement}`;
    return [
      tree([
        {
          label: `${style.cyan(name)}@${style.bold(version)}  ${style.dim(`${reason} by ${rule}`)}`,
          children: steps,
        },
      ]),
      ...(variant === null
        ? []
        : [
            `variant ${Object.entries(variant)
              .map(([tag, value]) => `${tag}=${value}`)
              .join(" ")}`,
          ]),
      ...(deprecated === null ? [] : [style.yellow(`deprecated${end}${better}`)]),
      style.dim(`${result.digest.slice(0, 19)}…  at ${at.commit?.slice(0, 12) ?? "no commit yet"}`),
    ].join("\n");
  },
});

/** The date of the commit that the working tree stands on; null when there is none yet. */
function dateOfHead({ repository, dateOf }: Workspace): Promise<string | null> {
  const { commit } = repository.head;
  const date = commit === null ? Promise.resolve(null) : dateOf(commit);
  date.catch(() => undefined); // an error of the files comes first
  return date;
}

function writerOf({ commit, author, date }: BlamedLine): string {
  return `${commit?.slice(0, 12) ?? ""} by ${author ?? ""}, ${date?.slice(0, 10) ?? ""}`;
}

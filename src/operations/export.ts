import { isAbsolute, relative, resolve } from "node:path";
import { printBundle, splitBundle } from "../core/bundle/print-bundle.js";
import { PromptSyncError } from "../core/errors.js";
import { digestOf } from "../core/prompt-file/digest-of.js";
import type { Workspace } from "../store/workspace.js";
import { collectBundle } from "./export/collect-bundle.js";
import { operation } from "./operation.js";
import { plural } from "./text/plural.js";

interface Input {
  readonly names?: readonly string[];
  readonly all?: boolean;
  readonly format?: "bundle" | "split";
  readonly out?: string;
  readonly at?: string;
  readonly everyVersion?: boolean;
}

interface Result {
  /** As it was given; null when the bundle goes to the output. */
  readonly path: string | null;
  readonly format: "bundle" | "split";
  readonly commit: string;
  readonly prompts: number;
  /** Versions whose text was exported. */
  readonly versions: number;
  /** Of everything that was written. */
  readonly bytes: number;
  /** Of the bundle, or of the index. */
  readonly digest: string;
  /** The bundle itself when it goes to the output, else null. */
  readonly text: string | null;
}

export default operation({
  description: [
    "Writes what an application needs to resolve and render without git: the state, and every version that somebody may",
    "get with what it includes. Only what is committed is exported: of HEAD, or of the commit that `--at` names. The same",
    "commit gives the same bytes. `split` writes a small `index.json` and one immutable file a text, for a CDN.",
  ].join(" "),
  arguments: [{ name: "[names...]", summary: "The prompts to export, with what they include" }],
  options: [
    { flags: "--all", summary: "Export every prompt" },
    {
      flags: "--format <format>",
      summary: "Choose one document, or an index with one file a text",
      choices: ["bundle", "split"],
      default: "bundle",
    },
    {
      flags: "--out <path>",
      summary: "Write to this file, or into this folder for `split`; `-` for the output",
    },
    { flags: "--at <when>", summary: "Export what a commit, tag, branch or date holds" },
    { flags: "--every-version", summary: "Export the versions too that only a pinned number reaches" },
  ],
  examples: [
    {
      command: "promptsync export --all --format bundle --out prompts.json",
      does: "write one file for an application",
    },
    { command: "promptsync export --all --format split --out dist/prompts", does: "write files for a CDN" },
    { command: "promptsync export qualify-lead --at v1.4.0", does: "print one prompt as a release had it" },
  ],
  async run(input: Input, context): Promise<Result> {
    const { format = "bundle", at, everyVersion = false } = input;
    const out = input.out === "-" ? undefined : input.out;
    const names = namesOf(input);
    if (format === "split" && out === undefined) {
      throw new PromptSyncError("USAGE", "`--format split` writes several files", {
        hint: "name a folder for them: `--out dist/prompts`",
      });
    }
    const workspace = await context.workspace();
    const target = out === undefined ? undefined : resolve(context.directory, out);
    if (target !== undefined) refuseInside(workspace, target, out ?? "");
    if (at === undefined) await refuseUncommitted(workspace);
    const catalog = await workspace.catalogAt(at ?? "HEAD");
    const { note } = context;
    const bundle = await collectBundle(workspace, catalog, { names, everyVersion, note });
    const files =
      format === "split" ? splitBundle(bundle) : [{ path: "", text: printBundle(bundle, "bundle") }];
    if (target !== undefined) {
      const { writeBundleFile, writeBundleFolder } = await import("../store/write-bundle.js");
      const [whole] = files;
      if (format === "split") writeBundleFolder(target, files);
      else if (whole !== undefined) writeBundleFile(target, whole.text);
    }
    const main = files.at(-1)?.text ?? "";
    return {
      path: out ?? null,
      format,
      commit: bundle.catalog.commit,
      prompts: new Set([...bundle.versions, ...bundle.others].map(({ name }) => name)).size,
      versions: bundle.versions.length,
      bytes: files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0),
      digest: digestOf(main),
      text: target === undefined ? main : null,
    };
  },
  text({ path, commit, prompts, versions, bytes, digest, text }, style) {
    if (text !== null) return text.trimEnd();
    const what = `${plural(prompts, "prompt")}, ${plural(versions, "version")}`;
    return [
      `${style.green("✓")} wrote ${what} to ${path ?? ""} (${bytes} bytes)`,
      style.dim(`${digest.slice(0, 19)}…  at ${commit.slice(0, 12)}`),
    ].join("\n");
  },
});

/** The prompts that were named; undefined for all. @throws PromptSyncError `USAGE` */
function namesOf({ names = [], all = false }: Input): readonly string[] | undefined {
  if (all !== names.length > 0) return all ? undefined : names;
  const what = all ? "`--all` leaves nothing to name" : "nothing was named";
  throw new PromptSyncError("USAGE", what, {
    hint: "name prompts, or export every one: `promptsync export --all --out prompts.json`",
  });
}

/** What is exported is a commit, so that whoever gets it can say which. */
async function refuseUncommitted(workspace: Workspace): Promise<void> {
  const [path, ...others] = await workspace.uncommittedPaths();
  if (path === undefined) return;
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  throw new PromptSyncError("UNCOMMITTED_CHANGES", `\`${path}\`${more} is not committed as it is`, {
    hint: "commit it first, or export what is committed: `--at HEAD`",
    file: path,
  });
}

/** An export inside the registry would be a part of the next one. */
function refuseInside({ root, config }: Workspace, target: string, out: string): void {
  const inside = relative(resolve(root, config.registry), target);
  if (inside.startsWith("..") || isAbsolute(inside)) return;
  throw new PromptSyncError("PATH_UNSAFE", `\`${out}\` is in the registry`, {
    hint: "write it elsewhere: `--out dist/prompts.json`",
    file: out,
  });
}

import type { Problem } from "./finding.js";
import type { ListedFile } from "./listing.js";
import { allowedSpelling, nameProblem } from "./name.js";
import { isVersion, parseVersion } from "./version.js";

/** The file that holds the rollout state, in the registry folder or beside a prompt's versions. */
export const stateFileName = "promptsync.yaml";

/** What a path under the registry folder is. */
export type Placed =
  | { readonly kind: "version"; readonly group: string; readonly name: string; readonly version: string }
  /** A state file; `prompt` is set when it stands in a prompt's folder. */
  | { readonly kind: "state"; readonly prompt?: string }
  /** Not ours to judge: dot-files and README.md. */
  | { readonly kind: "ignored" }
  | { readonly kind: "wrong"; readonly problem: Problem };

/** Says what a listed file is by its path alone: `[<group>/…]<name>/<x.y.z>.md`. */
export function placeFile(file: Pick<ListedFile, "path" | "mode">): Placed {
  return placeOrdinary(file) ?? placeCarefully(file);
}

/** Says whether a listed file is a version of the prompt of this name in this group. */
export function isVersionOf(file: Pick<ListedFile, "path" | "mode">, group: string, name: string): boolean {
  const placed = placeFile(file);
  return placed.kind === "version" && placed.group === group && placed.name === name;
}

/** The path of something in a folder; `""` is the registry itself. */
export function pathIn(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/**
 * Says whether a prompt's folder in one group counts although there is one in the other: the higher, then the first by
 * path, does. So who looks for one prompt need not see all. Groups are asked about in the order of their paths.
 */
export function isAbove(group: string, other: string): boolean {
  return group !== other && depthOf(group) < depthOf(other);
}

const depthOf = (group: string): number => (group === "" ? 0 : group.split("/").length);

/** A prompt's folder taken apart; undefined when it has no allowed name. */
type PromptFolder = { readonly group: string; readonly name: string } | undefined;

/** The folder that was asked for last: a listing is sorted, so the versions of a prompt follow each other. */
let last: { readonly path: string; readonly folder: PromptFolder } = { path: "", folder: undefined };

/** The place of a version file whose path is in order, as nearly all are; undefined for the others. */
function placeOrdinary({ path, mode }: Pick<ListedFile, "path" | "mode">): Placed | undefined {
  const cut = path.lastIndexOf("/");
  if (cut < 0 || mode === "link" || mode === "module" || !path.endsWith(".md")) return undefined;
  const version = path.slice(cut + 1, -".md".length);
  if (!isVersion(version)) return undefined;
  const above = path.slice(0, cut);
  if (above !== last.path) last = { path: above, folder: promptFolder(above) };
  const { folder } = last;
  return folder === undefined
    ? undefined
    : { kind: "version", group: folder.group, name: folder.name, version };
}

function promptFolder(path: string): PromptFolder {
  const parts = path.split("/");
  if (parts.some((part, index) => folderProblem(parts, index, part) !== undefined)) return undefined;
  return { group: parts.slice(0, -1).join("/"), name: parts.at(-1) ?? "" };
}

function placeCarefully({ path, mode }: Pick<ListedFile, "path" | "mode">): Placed {
  const parts = path.split("/");
  const file = parts.pop() ?? "";
  if (parts.some((part) => part.startsWith(".")) || file.startsWith(".") || /^readme\.md$/i.test(file)) {
    return { kind: "ignored" };
  }
  if (mode === "link" || mode === "module") {
    const what = mode === "link" ? "a symbolic link" : "a submodule";
    return wrong("layout-path-invalid", `\`${path}\` is ${what}`, "put the file itself into the registry");
  }
  if (file === stateFileName) {
    const prompt = parts.at(-1);
    return prompt === undefined ? { kind: "state" } : { kind: "state", prompt };
  }
  if (!file.toLowerCase().endsWith(".md")) {
    const isState = /^promptsync\.ya?ml$/i.test(file);
    const hint = isState ? `rename it to \`${stateFileName}\`` : "move it out of the registry or delete it";
    return wrong("layout-unexpected-file", `\`${path}\` is no version file`, hint);
  }
  const version = file.slice(0, -3);
  const badFolder = parts.find((part, index) => folderProblem(parts, index, part) !== undefined);
  const expected = expectedPath(parts, version);
  const why = badFolder === undefined ? undefined : folderProblem(parts, parts.indexOf(badFolder), badFolder);
  const advice =
    why === undefined
      ? "give it a folder named for the prompt and a full version"
      : `folder \`${badFolder ?? ""}\` ${why}; choose another name`;
  const hint = expected === undefined ? advice : `move it to \`${expected}\``;
  return wrong("layout-path-invalid", `\`${path}\` is not [<group>/]<name>/<x.y.z>.md`, hint, expected);
}

/** The last folder is the prompt, those above it are its group. */
function folderProblem(folders: readonly string[], index: number, folder: string): string | undefined {
  return nameProblem(index === folders.length - 1 ? "prompt" : "group", folder);
}

function expectedPath(folders: readonly string[], version: string): string | undefined {
  const spelled = folders.map((folder) => allowedSpelling(folder) ?? "");
  const padded = /^v?\d+(\.\d+)?$/i.test(version)
    ? [...version.split("."), "0", "0"].slice(0, 3).join(".")
    : version;
  try {
    const path = [...spelled, `${parseVersion(padded.toLowerCase())}.md`];
    const isAllowed = spelled.every((folder, index) => folderProblem(spelled, index, folder) === undefined);
    return folders.length > 0 && isAllowed ? path.join("/") : undefined;
  } catch {
    return undefined; // the number cannot be guessed
  }
}

function wrong(rule: string, message: string, hint: string, expected?: string): Placed {
  const data = expected === undefined ? {} : { data: { expected } };
  return { kind: "wrong", problem: { rule, message, hint, line: 1, column: 1, ...data } };
}

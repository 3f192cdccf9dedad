import { lstatSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { isPromptSyncError, PromptSyncError } from "../core/errors.js";
import { checkName } from "../core/name.js";
import { draftFormats, readDraft, type DraftFormat, type DraftText } from "../core/prompt-file/read-draft.js";
import { decodeText } from "./listing/decode-text.js";
import { promptLimit, readFromDisk } from "./listing/read-files.js";
import { walkFolder } from "./listing/walk.js";

/** A draft file on disk; its text is read when it is asked for. */
export interface DraftFile {
  /** The prompt's name: the file's name without its ending. */
  readonly name: string;
  /** The folders between the drafts folder and the file. */
  readonly group: string;
  readonly format: DraftFormat;
  /** Relative to the repository root where it is inside, else absolute. */
  readonly file: string;
  /** @throws PromptSyncError `FILE_UNREADABLE`, `NAME_INVALID`, `PATH_UNSAFE` for a link */
  readonly read: () => DraftText;
}

/** Where drafts are looked for. */
export interface DraftPlaces {
  /** The repository root, absolute. */
  readonly root: string;
  /** The drafts folder of the settings, relative to the root. */
  readonly drafts: string;
  /** A file or folder to read instead, absolute. */
  readonly path?: string | undefined;
}

/**
 * The drafts in a folder, or the one in a file. Other files, dot-files and README.md are left alone.
 * @throws PromptSyncError `FILE_NOT_FOUND`, `PATH_UNSAFE` when the place itself is a link
 */
export function listDrafts({ root, drafts, path }: DraftPlaces): DraftFile[] {
  const home = resolve(root, drafts);
  const start = path ?? home;
  const found = lookAt(start);
  if (found === undefined && path === undefined) return [];
  if (found === undefined) {
    throw new PromptSyncError("FILE_NOT_FOUND", `\`${path ?? ""}\` does not exist`, {
      hint: "name the folder of your drafts: `--path ./prompts/`",
    });
  }
  if (found.isSymbolicLink()) throw linked(shownAs(root, start));
  const top =
    start === home || start.startsWith(home + sep) ? home : found.isDirectory() ? start : dirname(start);
  const files = found.isDirectory()
    ? walkFolder(start).map((file) => ({ ...file, path: resolve(start, file.path) }))
    : [{ path: start, mode: "file" as const }];
  return files.flatMap(({ path: file, mode }): DraftFile[] => {
    const folders = relative(top, file).split(sep);
    const base = folders.pop() ?? "";
    const format = formatOf(base) ?? (mode === "link" && !base.includes(".") ? "md" : undefined); // a linked folder
    const isHidden = base.startsWith(".") || folders.some((folder) => folder.startsWith("."));
    if (format === undefined || isHidden || /^readme\./i.test(base)) return [];
    const name = base.replace(/\.[^.]+$/, "");
    const shown = shownAs(root, file);
    const read = (): DraftText => {
      if (mode === "link") throw linked(shown);
      checkNames(name, folders, shown);
      return readDraftFile(root, file, { shown, format, name });
    };
    return [{ name, group: folders.join("/"), format, file: shown, read }];
  });
}

function lookAt(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // a file in place of a folder on the way, or a path that no file can have
  }
}

/** How a file is called in messages: relative to the root where it is inside. */
function shownAs(root: string, file: string): string {
  return file.startsWith(root + sep) ? relative(root, file).split(sep).join("/") : file;
}

function formatOf(file: string): DraftFormat | undefined {
  const ending = /\.([^.]+)$/.exec(file)?.[1]?.toLowerCase();
  return ending === "yml" ? "yaml" : draftFormats.find((format) => format === ending);
}

/** A draft's path names its prompt; one bad name is the trouble of that draft only. */
function checkNames(name: string, folders: readonly string[], file: string): void {
  try {
    for (const folder of folders) checkName("group", folder);
    checkName("prompt", name);
  } catch (error) {
    if (!isPromptSyncError(error)) throw error;
    throw new PromptSyncError(error.code, `${error.message}: a draft's path names its prompt`, {
      hint: `rename it; ${error.hint ?? ""}`,
      file,
    });
  }
}

function readDraftFile(
  root: string,
  path: string,
  { shown, format, name }: { readonly shown: string; readonly format: DraftFormat; readonly name: string },
): DraftText {
  const bytes = shown === path ? readFromDisk("", path, promptLimit) : readFromDisk(root, shown, promptLimit);
  if (bytes instanceof PromptSyncError) throw bytes;
  const text = decodeText(bytes, shown);
  if (text instanceof PromptSyncError) throw text;
  return readDraft(text, format, name);
}

function linked(path: string): PromptSyncError {
  return new PromptSyncError("PATH_UNSAFE", "a draft may be no symbolic link", {
    hint: "replace the link with the file itself; what stands behind it may be outside the repository",
    file: path,
  });
}

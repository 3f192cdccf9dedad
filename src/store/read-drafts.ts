import { lstatSync } from "node:fs";
import { basename, dirname, relative, resolve, sep } from "node:path";
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
  /** @throws PromptSyncError `FILE_UNREADABLE` */
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
 * @throws PromptSyncError `FILE_NOT_FOUND`, `NAME_INVALID`, `PATH_UNSAFE`
 */
export function listDrafts({ root, drafts, path }: DraftPlaces): DraftFile[] {
  const home = resolve(root, drafts);
  const start = path ?? home;
  const found = lstatSync(start, { throwIfNoEntry: false });
  if (found === undefined && path === undefined) return [];
  if (found === undefined) {
    throw new PromptSyncError("FILE_NOT_FOUND", `\`${path ?? ""}\` does not exist`, {
      hint: "name the folder of your drafts: `--path ./prompts/`",
    });
  }
  if (found.isSymbolicLink()) throw linked(start);
  const top =
    start === home || start.startsWith(home + sep) ? home : found.isDirectory() ? start : dirname(start);
  const files = found.isDirectory()
    ? walkFolder(start).map((file) => ({ ...file, path: resolve(start, file.path) }))
    : [{ path: start, mode: "file" }];
  return files.flatMap(({ path: file, mode }): DraftFile[] => {
    const inside = relative(top, file).split(sep);
    const format = formatOf(basename(file));
    if (
      format === undefined ||
      inside.some((part) => part.startsWith(".")) ||
      /^readme\./i.test(basename(file))
    )
      return [];
    if (mode === "link") throw linked(file);
    const shown = file.startsWith(root + sep) ? relative(root, file).split(sep).join("/") : file;
    const name = nameOf(basename(file).replace(/\.[^.]+$/, ""), shown);
    for (const folder of inside.slice(0, -1)) checkName("group", folder);
    return [
      {
        name,
        group: inside.slice(0, -1).join("/"),
        format,
        file: shown,
        read: () => readDraftFile(file, shown, format, name),
      },
    ];
  });
}

function formatOf(file: string): DraftFormat | undefined {
  const ending = /\.([^.]+)$/.exec(file)?.[1]?.toLowerCase();
  return ending === "yml" ? "yaml" : draftFormats.find((format) => format === ending);
}

function nameOf(stem: string, file: string): string {
  try {
    return checkName("prompt", stem);
  } catch (error) {
    if (!isPromptSyncError(error)) throw error;
    throw new PromptSyncError(error.code, `${error.message}: a draft's file name is its prompt's name`, {
      hint: `rename the file; ${error.hint ?? ""}`,
      file,
    });
  }
}

function readDraftFile(path: string, shown: string, format: DraftFormat, name: string): DraftText {
  const bytes = readFromDisk(dirname(path), basename(path), promptLimit);
  if (bytes instanceof PromptSyncError) throw bytes;
  const text = decodeText(bytes, shown);
  if (text instanceof PromptSyncError) throw text;
  return readDraft(text, format, name);
}

function linked(path: string): PromptSyncError {
  return new PromptSyncError("PATH_UNSAFE", `\`${path}\` is a symbolic link`, {
    hint: "replace the link with the file itself; what stands behind it may be outside the repository",
    file: path,
  });
}

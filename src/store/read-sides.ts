import { resolve } from "node:path";
import { PromptSyncError } from "../core/errors.js";
import type { Sides } from "../core/state/merge-states.js";
import { decodeText } from "./listing/decode-text.js";
import { readFromDisk, stateLimit } from "./listing/read-files.js";

/**
 * Reads the three files that git hands to a merge driver; names are relative to the folder.
 * @throws PromptSyncError `FILE_UNREADABLE`
 */
export function readSides(folder: string, files: Sides<string>): Sides<string> {
  const read = (name: string): string => {
    const bytes = readFromDisk("", resolve(folder, name), stateLimit);
    if (bytes instanceof PromptSyncError) throw bytes;
    const text = decodeText(bytes, name);
    if (text instanceof PromptSyncError) throw text;
    return text;
  };
  return { ancestor: read(files.ancestor), ours: read(files.ours), theirs: read(files.theirs) };
}

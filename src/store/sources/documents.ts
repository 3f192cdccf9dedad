import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isPromptSyncError } from "../../core/errors.js";
import { stampOf } from "./list-folder.js";
import { sourceInvalid, sourceUnreachable } from "./source-errors.js";

/** A document with what tells, when it is asked for again, that it is still the same. */
export interface Document {
  readonly bytes: Buffer;
  readonly token: string | null;
}

/** How a document is read. */
export interface ReadOptions {
  /** Bytes; what is larger is refused. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** A bundle or an index, and the texts beside it. Errors are `SOURCE_UNREACHABLE` and `SOURCE_INVALID`. */
export interface Documents {
  /** Reads the document unless it is still the one with the token `known`. */
  readonly read: (known: string | null, options: ReadOptions) => Promise<Document | "unchanged">;
  /** Reads what stands beside it. */
  readonly beside: (path: string, options: ReadOptions) => Promise<Buffer>;
}

/** Documents on disk. Links are followed: whoever names the file decides what is behind it. */
export function fileDocuments(file: string, label: string): Documents {
  return {
    read: (known, { limit }) => readFile(file, { label, limit, known }),
    beside: async (path, { limit }) => {
      const found = await readFile(join(dirname(file), path), {
        label: `${label}: ${path}`,
        limit,
        known: null,
      });
      return found === "unchanged" ? Buffer.alloc(0) : found.bytes;
    },
  };
}

async function readFile(
  file: string,
  { label, limit, known }: { readonly label: string; readonly limit: number; readonly known: string | null },
): Promise<Document | "unchanged"> {
  try {
    // O_NONBLOCK: opening a named pipe would wait for a writer.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = await handle.stat({ bigint: true });
      const token = stampOf(stats);
      if (token === known) return "unchanged";
      if (!stats.isFile()) throw sourceInvalid(label, "is no file");
      if (stats.size > limit) throw tooLarge(label, limit);
      return { bytes: await handle.readFile(), token };
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (isPromptSyncError(cause)) throw cause;
    const { code = "unknown" } = cause as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "does not exist" : `cannot be read (${code})`;
    throw sourceUnreachable(label, why, { cause });
  }
}

/** The error for a document that is larger than it may be. */
export function tooLarge(label: string, limit: number): Error {
  return sourceInvalid(label, `has more than ${String(limit)} bytes`, {
    hint: "export fewer prompts, or split the bundle with `--format split`",
  });
}

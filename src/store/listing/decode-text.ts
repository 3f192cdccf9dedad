import { isUtf8 } from "node:buffer";
import { PromptSyncError } from "../../core/errors.js";

/**
 * Decodes strict UTF-8, byte for byte: a byte order mark and CRLF stay in the text, for the parser to point at.
 * Anything else is a `FILE_UNREADABLE` with the place of the first wrong byte.
 */
export function decodeText(bytes: Buffer, file: string): string | PromptSyncError {
  return notUtf8(bytes, file) ?? bytes.toString("utf8");
}

/** What {@link decodeText} says of bytes that are not UTF-8; undefined when they are. */
export function notUtf8(bytes: Buffer, file: string): PromptSyncError | undefined {
  if (isUtf8(bytes)) return undefined;
  const offset = validPrefix(bytes);
  const before = bytes.toString("utf8", 0, offset);
  const byte = (bytes[offset] ?? 0).toString(16).padStart(2, "0");
  return new PromptSyncError(
    "FILE_UNREADABLE",
    `\`${file}\` is not UTF-8: byte 0x${byte} at offset ${String(offset)}`,
    {
      hint: "save the file as UTF-8",
      file,
      line: before.split("\n").length,
      column: before.length - before.lastIndexOf("\n"),
      data: { offset },
    },
  );
}

/** Bytes before the first that is not UTF-8. */
function validPrefix(bytes: Buffer): number {
  let at = 0;
  for (let size = 1; size > 0 && at < bytes.length; at += size) size = characterSize(bytes, at);
  return at;
}

/** Bytes of the character that begins here; 0 when none does. */
function characterSize(bytes: Buffer, at: number): number {
  const lead = bytes[at] ?? 0;
  const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const character = bytes.subarray(at, at + size);
  return character.length === size && isUtf8(character) ? size : 0;
}

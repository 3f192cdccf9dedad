import { createHash } from "node:crypto";

/** The digest of a stored text: `sha256:` and the hexadecimal hash of its UTF-8 bytes. */
export function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text, "utf8").digest("hex")}`;
}

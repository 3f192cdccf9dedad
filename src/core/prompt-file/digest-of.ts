import * as crypto from "node:crypto";
import { createHash } from "node:crypto";

/** The digest of a stored text: `sha256:` and the hexadecimal hash of its UTF-8 bytes. */
export function digestOf(text: string): string {
  return `sha256:${sha256(text)}`;
}

/** Node 20.12 hashes a text in one call, in half the time. */
const sha256: (text: string) => string =
  "hash" in crypto
    ? (text) => crypto.hash("sha256", text, "hex")
    : (text) => createHash("sha256").update(text, "utf8").digest("hex");

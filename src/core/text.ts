import type { Problem } from "./finding.js";

/** A text, or why the bytes are none. */
export type Decoded = { readonly text: string } | { readonly problem: Problem };

/** What a file may bring along: drafts come from any editor, stored versions have one form. */
export interface DecodeOptions {
  /** Drops a byte order mark and turns CRLF into LF instead of refusing them. */
  readonly lenient: boolean;
}

/** Reads bytes as UTF-8 without replacing anything silently; the problem names the first bad place. */
export function decodeText(bytes: Uint8Array, { lenient }: DecodeOptions): Decoded {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  if (hasMark && !lenient) {
    return wrong("", "the file begins with a byte order mark", "save it as UTF-8 without BOM");
  }
  const content = hasMark ? bytes.subarray(3) : bytes;
  const text = decodeStrictly(content);
  if (text === undefined) {
    const offset = firstInvalidByte(content);
    const before = new TextDecoder().decode(content.subarray(0, offset));
    const byte = (content[offset] ?? 0).toString(16).padStart(2, "0");
    return wrong(before, `byte ${offset} (0x${byte}) is not UTF-8`, "save the file as UTF-8");
  }
  const nul = text.indexOf("\0");
  if (nul >= 0)
    return wrong(text.slice(0, nul), "the text holds a NUL character", "remove it; prompts are text");
  if (!text.includes("\r")) return { text };
  if (lenient) return { text: text.replaceAll(/\r\n?/g, "\n") };
  return wrong(
    text.slice(0, text.indexOf("\r")),
    "the file has Windows line ends (CR)",
    "save it with LF line ends; `*.md -text` in .gitattributes keeps git from changing them",
  );
}

function decodeStrictly(bytes: Uint8Array, stream = false): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, { stream });
  } catch {
    return undefined;
  }
}

/** The offset of the first byte that no UTF-8 text can hold, found by halving. */
function firstInvalidByte(bytes: Uint8Array): number {
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodeStrictly(bytes.subarray(0, middle), true) === undefined) bad = middle;
    else good = middle;
  }
  return good;
}

function wrong(before: string, message: string, hint: string): { problem: Problem } {
  const lines = before.split("\n");
  return {
    problem: {
      rule: "layout-encoding-invalid",
      message,
      hint,
      line: lines.length,
      column: (lines.at(-1) ?? "").length + 1,
    },
  };
}

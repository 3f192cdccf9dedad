import type { Problem } from "./finding.js";

/** Why a decoded text is not in the stored form: a byte order mark, CR line ends or a NUL; undefined when it is. */
export function textProblem(text: string): Problem | undefined {
  if (text.startsWith("\uFEFF")) {
    return wrong("", "the file begins with a byte order mark", "save it as UTF-8 without BOM");
  }
  const odd = /[\r\0]/.exec(text);
  if (odd === null) return undefined;
  const before = text.slice(0, odd.index);
  return odd[0] === "\0"
    ? wrong(before, "the text holds a NUL character", "remove it; prompts are text")
    : wrong(
        before,
        "the file has Windows line ends (CR)",
        "save it with LF line ends; `prompt-templates/** -text` in .gitattributes keeps git from changing them",
      );
}

/** Brings the text of a draft, which comes from any editor, to LF line ends without a byte order mark. */
export function normalizeDraft(text: string): string {
  return text.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n");
}

function wrong(before: string, message: string, hint: string): Problem {
  const lines = before.split("\n");
  const column = (lines.at(-1) ?? "").length + 1;
  return { rule: "layout-encoding-invalid", message, hint, line: lines.length, column };
}

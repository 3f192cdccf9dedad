import { parser } from "@lezer/python";
import type { SourceFile, SourceProblem } from "../../core/call-site.js";
import type { Source, SyntaxNode } from "./syntax.js";

/** Characters of the largest text in which mistakes are mended: that takes far longer than reading what is right. */
const mendLimit = 1 << 17;

const strict = parser.configure({ strict: true });

/**
 * Parses Python. The parser mends what it cannot read, so a tree can come with a problem; a long text with a mistake
 * is a problem only.
 */
export function parsePython(
  { path, text }: SourceFile,
  source: Source,
):
  | { readonly top: SyntaxNode; readonly problem?: SourceProblem }
  | { readonly top?: undefined; readonly problem: SourceProblem } {
  if (text.length <= mendLimit) {
    const { topNode: top } = parser.parse(text);
    const mistake = firstMistake(top);
    return { top, ...(mistake && { problem: problemOf(path, mistake, source) }) };
  }
  try {
    return { top: strict.parse(text).topNode };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const at = Number(/\d+$/.exec(error.message)?.[0] ?? 0);
    return { problem: problemOf(path, { from: at, to: at }, source) };
  }
}

function firstMistake(top: SyntaxNode): SyntaxNode | undefined {
  const cursor = top.cursor();
  do if (cursor.type.isError) return cursor.node;
  while (cursor.next());
  return undefined;
}

function problemOf(file: string, at: Pick<SyntaxNode, "from" | "to">, source: Source): SourceProblem {
  const found = source.textOf(at).split("\n")[0]?.slice(0, 40) ?? "";
  return {
    file,
    message: `\`${file}\` does not parse: ${found === "" ? "something is missing here" : `\`${found}\` is unexpected`}`,
    hint: "calls below may not be checked; mend it, or leave it out with `code: { exclude: [...] }` in .promptsyncrc",
    ...source.spanOf(at),
  };
}

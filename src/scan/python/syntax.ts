import type { parser } from "@lezer/python";
import type { Span } from "../../core/call-site.js";

/** A node of Lezer's tree. */
export type SyntaxNode = ReturnType<typeof parser.parse>["topNode"];

/** A source text with its lines. */
export interface Source {
  readonly textOf: (node: Pick<SyntaxNode, "from" | "to">) => string;
  readonly spanOf: (node: Pick<SyntaxNode, "from" | "to">) => Span;
}

/** Makes a {@link Source}; lines end with LF, CRLF or CR. */
export function sourceOf(text: string): Source {
  const starts = [0, ...[...text.matchAll(/\r\n?|\n/g)].map(({ 0: end, index }) => index + end.length)];
  const placeOf = (offset: number) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
  return {
    textOf: ({ from, to }) => text.slice(from, to),
    spanOf: ({ from, to }) => {
      const end = placeOf(to);
      return { ...placeOf(from), endLine: end.line, endColumn: end.column };
    },
  };
}

/** The children of a node; comments stand between them and are left out. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling)
    if (child.name !== "Comment") children.push(child);
  return children;
}

/** The parts of a list between its commas, without the brackets around it. */
export function partsOf(nodes: readonly SyntaxNode[]): readonly (readonly SyntaxNode[])[] {
  const parts: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === ",") parts.push([]);
    else if (!/^[()[\]{}]$/.test(node.name)) parts.at(-1)?.push(node);
  }
  return parts.filter((part) => part.length > 0);
}

/** The text that a string literal stands for; undefined for bytes. */
export function stringValue(literal: string): string | undefined {
  const match = /^([a-z]*)("""|'''|"|')([^]*)\2$/i.exec(literal);
  const [, prefix = "", , inner = ""] = match ?? [];
  if (match === null || /b/i.test(prefix)) return undefined;
  return /r/i.test(prefix) ? inner : unescaped(inner);
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\n": "" };

/** A text with its common escapes resolved. */
export function unescaped(text: string): string {
  return text.replaceAll(/\\([^])/g, (whole, character: string) =>
    /["'\\]/.test(character) ? character : (escapes[character] ?? whole),
  );
}

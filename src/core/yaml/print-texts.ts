import { Document, parseDocument, Scalar, visit, type Node } from "yaml";

/** How documents are printed: no folding, and a quoted text stays on its line (over several it does not read back). */
export const printOptions = { lineWidth: 0, doubleQuotedMinMultiLineLength: Infinity };

/** Chooses for each text of several lines how it is printed: as a block, or in quotes where a block would change it. */
export function setTextTypes(root: Node | Document): void {
  visit(root, {
    Scalar: (position, scalar) => {
      if (typeof scalar.value !== "string" || !scalar.value.includes("\n")) return;
      scalar.type = position === "key" ? Scalar.QUOTE_DOUBLE : blockType(scalar.value);
    },
  });
}

/** A block where the text reads back from one; odd white space and control characters need quotes. */
export function blockType(text: string): Scalar.Type {
  const block = new Scalar(text);
  block.type = Scalar.BLOCK_LITERAL;
  if (/[^\P{Cc}\t\n]/u.test(text)) return Scalar.QUOTE_DOUBLE;
  const read = parseDocument(new Document({ block }).toString(printOptions));
  return read.errors.length === 0 && read.get("block") === text ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE;
}

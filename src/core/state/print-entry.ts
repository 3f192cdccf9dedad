import { Document, isPair, isScalar, Scalar, visit } from "yaml";
import type { JsonValue } from "../json.js";
import { isVersion } from "../version.js";
import { printOptions, setTextTypes } from "../yaml/print-texts.js";
import { inOrder } from "./order.js";

/** The lines of `key: value` as the canonical form has them: block style, keys in order, versions quoted. */
export function printEntry(path: readonly string[], value: JsonValue): readonly string[] {
  const entry = { [path.at(-1) ?? ""]: inOrder(value, path) };
  const document = new Document(entry, { version: "1.2", schema: "core", aliasDuplicateObjects: false });
  setTextTypes(document);
  visit(document, (_, node) => {
    for (const scalar of isPair(node) ? [node.key, node.value] : [node]) {
      if (isScalar(scalar) && typeof scalar.value === "string" && isVersion(scalar.value)) {
        scalar.type = Scalar.QUOTE_DOUBLE;
      }
    }
  });
  return document.toString(printOptions).replace(/\n$/, "").split("\n");
}

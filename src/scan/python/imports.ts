import { bind, unknown, type Expression } from "../model.js";
import type { Reader, Where } from "./reader.js";
import { childrenOf, partsOf, type SyntaxNode } from "./syntax.js";

/** Reads `from a.b import c as d` and `import a.b as c`. */
export function readImport(node: SyntaxNode, reader: Reader, where: Where): Expression {
  const children = childrenOf(node);
  const at = children.findIndex(({ name }) => name === "import");
  const items = partsOf(children.slice(at + 1));
  if (children[0]?.name !== "from") {
    for (const item of items) bindModule(item, reader, where);
    return unknown;
  }
  const module = textOf(children.slice(1, at), reader);
  for (const [first, as, local] of items) {
    if (first === undefined) continue;
    const name = reader.textOf(first);
    const imported: Expression = { kind: "import", from: reader.path, module, name };
    if (name === "*") reader.reexports.push(imported);
    else
      bind(where.scope, as !== undefined && local !== undefined ? reader.textOf(local) : name).values.push(
        imported,
      );
  }
  return unknown;
}

/** `import a.b` binds `a`, and `import a.b as c` binds `c` to `a.b`. */
function bindModule(item: readonly SyntaxNode[], reader: Reader, { scope }: Where): void {
  const as = item.findIndex(({ name }) => name === "as");
  const path = textOf(as < 0 ? item : item.slice(0, as), reader);
  const local = as < 0 ? undefined : item[as + 1];
  const [first = ""] = path.split(".");
  const [name, module] = local === undefined ? [first, first] : [reader.textOf(local), path];
  bind(scope, name).values.push({ kind: "import", from: reader.path, module, name: "*" });
}

function textOf(nodes: readonly SyntaxNode[], reader: Reader): string {
  return nodes.map((node) => reader.textOf(node)).join("");
}

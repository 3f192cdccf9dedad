import { assignTo, bind, binding, lookUp, either, unknown, type Expression } from "../model.js";
import { now, passOn, type Reader, type Where } from "./reader.js";
import { childrenOf, partsOf, stringValue, type SyntaxNode } from "./syntax.js";

type Place = { readonly reader: Reader; readonly where: Where };

/** Gives a value to what stands on the left: a name, names with commas between, a member, a key. */
export function assign(
  target: readonly SyntaxNode[],
  value: Expression | undefined,
  { reader, where }: Place,
): void {
  const parts = partsOf(target.filter(({ name }) => name !== "TypeDef"));
  const [first] = parts[0] ?? [];
  if (first === undefined) return;
  if (parts.length > 1 || first.name === "TupleExpression" || first.name === "ArrayExpression") {
    const inner = parts.length > 1 ? parts : partsOf(childrenOf(first));
    for (const [index, part] of inner.entries())
      assign(
        part,
        { kind: "member", object: value ?? unknown, property: String(index), at: reader.spanOf(first) },
        {
          reader,
          where,
        },
      );
    return;
  }
  const annotation = target.find(({ name }) => name === "TypeDef");
  const type = annotation === undefined ? undefined : typeOf(annotation, reader, where);
  if (first.name === "VariableName") {
    const bound = bind(where.scope, reader.textOf(first));
    if (value !== undefined) assignTo(bound, value, now(reader, where));
    if (type !== undefined) bound.values.push(type);
    where.body?.members.set(reader.textOf(first), bound);
  }
  const values = [value, type].filter((it) => it !== undefined);
  if (first.name === "MemberExpression") assignMember(first, values, { reader, where });
}

function assignMember(node: SyntaxNode, values: readonly Expression[], { reader, where }: Place): void {
  const [object, , last] = childrenOf(node);
  if (object === undefined || last === undefined) return;
  const text = reader.textOf(last);
  const key = last.name === "PropertyName" ? text : last.name === "String" ? stringValue(text) : undefined;
  for (const value of values) passOn(value, reader);
  const owner = reader.textOf(object);
  if (object.name !== "VariableName") {
    reader.read(object, where);
    return;
  }
  if (owner === where.self?.name && key !== undefined) {
    const { members } = where.self.owner;
    const member = members.get(key) ?? binding();
    member.values.push(...values);
    members.set(key, member);
    return;
  }
  const at = reader.spanOf(node);
  const entry = key === undefined ? { value: unknown, ...at } : { key, value: either(values), ...at };
  reader.later.push(() => lookUp(where.scope, owner)?.added.push(entry));
}

/** What an annotation says of a value: an instance of one of the classes that it names, `"quoted"` or wrapped. */
export function typeOf(annotation: SyntaxNode, reader: Reader, { scope }: Where): Expression | undefined {
  const names = reader.textOf(annotation).match(/[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/g) ?? [];
  const types = names.slice(0, 16).map((dotted): Expression => {
    const [first = "", ...rest] = dotted.split(".");
    let type: Expression = { kind: "name", name: first, scope };
    for (const property of rest)
      type = { kind: "member", object: type, property, at: reader.spanOf(annotation) };
    return { kind: "typed", type };
  });
  return types.length === 0 ? undefined : either(types);
}

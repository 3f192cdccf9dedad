import { Namespace } from "../builtins/namespace.js";
import type { Frame } from "../runtime/frame.js";
import type { Target } from "../syntax/tree.js";
import { elementsOf } from "../values/elements.js";
import { typeName } from "../values/kinds.js";
import { typeError } from "../values/undefined.js";
import type { Value } from "../values/value.js";
import { compileName } from "./name.js";
import type { Scope } from "./scope.js";

/** Stores a value where a target says. */
export type Assign = (frame: Frame, value: Value) => void;

/**
 * Compiles an assignment. At the top level of a template it sets the context, where blocks, includes and imports see
 * it; elsewhere a local name. `certain` declares the names first, as always set before they are read.
 */
export function assignment(target: Target, scope: Scope, certain = false): Assign {
  if (target.kind === "tuple") return unpacking(target, scope, certain);
  if (target.kind === "attribute") return attributeAssignment(target, scope);
  const { name } = target;
  if (scope.isTop && scope.own(name) === undefined) {
    return (frame, value) => {
      frame.context.vars.set(name, value);
      frame.context.imported.delete(name);
    };
  }
  const slot = certain ? scope.declare(name, true) : (scope.own(name) ?? scope.declare(name, false));
  return (frame, value) => {
    frame.slots[slot] = value;
  };
}

function attributeAssignment(target: Extract<Target, { kind: "attribute" }>, scope: Scope): Assign {
  const { name, attribute, at } = target;
  const owner = compileName(name, at, scope);
  return (frame, value) => {
    const namespace = owner(frame);
    frame.run.at = at;
    if (!(namespace instanceof Namespace)) {
      throw typeError(
        `\`${name}\` is a ${typeName(namespace)}, whose attributes cannot be set`,
        "make it a `namespace()`",
      );
    }
    namespace.set(attribute, value);
  };
}

function unpacking(target: Extract<Target, { kind: "tuple" }>, scope: Scope, certain: boolean): Assign {
  const parts = target.items.map((item) => assignment(item, scope, certain));
  return (frame, value) => {
    const items = elementsOf(value, frame.run);
    if (items.length !== parts.length) {
      frame.run.at = target.at;
      throw typeError(`${parts.length} names cannot take ${items.length} values`);
    }
    for (const [index, assign] of parts.entries()) assign(frame, items[index] as Value);
  };
}

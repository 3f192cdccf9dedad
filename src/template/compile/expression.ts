import { arithmetic, signed } from "../values/arithmetic.js";
import { compare } from "../values/compare.js";
import { Dict } from "../values/dict.js";
import { isTrue } from "../values/kinds.js";
import { slice } from "../values/slice.js";
import { attribute, item, type Site } from "../values/subscript.js";
import { textOf } from "../values/text.js";
import { Undefined, isUndefined, typeError } from "../values/undefined.js";
import { Tuple, type Value } from "../values/value.js";
import { typeName } from "../values/kinds.js";
import type { Evaluate } from "../runtime/frame.js";
import type { Expression, Slice } from "../syntax/tree.js";
import { compileCall, compileFilter, compileTest } from "./call.js";
import { compileName } from "./name.js";
import type { Scope } from "./scope.js";

/** Turns an expression into a function of the frame; done once, before the first render. */
export function compileExpression(node: Expression, scope: Scope): Evaluate {
  const compile = (inner: Expression): Evaluate => compileExpression(inner, scope);
  const { at } = node;
  const site: Site = { source: scope.unit.source, at };
  switch (node.kind) {
    case "literal": {
      const { value } = node;
      return () => value;
    }
    case "name":
      return compileName(node.name, at, scope);
    case "tuple": {
      const items = compileList(node.items, scope);
      return (frame) => new Tuple(items(frame));
    }
    case "list":
      return compileList(node.items, scope);
    case "dict":
      return compileDict(node.pairs, scope);
    case "attribute": {
      const object = compile(node.object);
      const { name } = node;
      return (frame) => {
        const owner = object(frame);
        frame.run.at = at;
        return attribute(owner, name, site, frame.run);
      };
    }
    case "item": {
      const object = compile(node.object);
      const index = compile(node.index);
      return (frame) => {
        const owner = object(frame);
        const key = index(frame);
        frame.run.at = at;
        return item(owner, key, site, frame.run);
      };
    }
    case "slice":
      return compileSlice(node, scope);
    case "call":
      return compileCall(node, scope);
    case "filter":
      return compileFilter(node, scope, null);
    case "test":
      return compileTest(node, scope);
    case "signed": {
      const operand = compile(node.operand);
      const { operator } = node;
      return (frame) => {
        const value = operand(frame);
        frame.run.at = at;
        return signed(operator, value);
      };
    }
    case "arithmetic": {
      const left = compile(node.left);
      const right = compile(node.right);
      const { operator } = node;
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        frame.run.at = at;
        return arithmetic(operator, a, b, frame.run);
      };
    }
    case "concat": {
      const parts = node.parts.map(compile);
      return (frame) => {
        const { run } = frame;
        run.charge(parts.length);
        return parts.reduce((text, part) => run.grown(text + textOf(part(frame), run)), "");
      };
    }
    case "compare":
      return compileCompare(node, scope);
    case "not": {
      const operand = compile(node.operand);
      return (frame) => !isTrue(operand(frame));
    }
    case "and": {
      const left = compile(node.left);
      const right = compile(node.right);
      return (frame) => {
        const value = left(frame);
        return isTrue(value) ? right(frame) : value;
      };
    }
    case "or": {
      const left = compile(node.left);
      const right = compile(node.right);
      return (frame) => {
        const value = left(frame);
        return isTrue(value) ? value : right(frame);
      };
    }
    case "conditional": {
      const test = compile(node.test);
      const then = compile(node.then);
      const otherwise = node.otherwise === null ? () => nothing(site) : compile(node.otherwise);
      return (frame) => (isTrue(test(frame)) ? then(frame) : otherwise(frame));
    }
  }
}

/** What `a if b` is without an `else`: it prints as nothing even in strict mode, as in Jinja. */
function nothing({ source, at }: Site): Undefined {
  return new Undefined("lenient", { message: "this `if` has no `else`", source, at });
}

/** Evaluates expressions into a list. */
function compileList(
  nodes: readonly Expression[],
  scope: Scope,
): (frame: Parameters<Evaluate>[0]) => Value[] {
  const items = nodes.map((node) => compileExpression(node, scope));
  return (frame) => {
    frame.run.charge(items.length);
    return items.map((each) => each(frame));
  };
}

function compileDict(pairs: readonly (readonly [Expression, Expression])[], scope: Scope): Evaluate {
  const compiled = pairs.map(
    ([key, value]) => [compileExpression(key, scope), compileExpression(value, scope)] as const,
  );
  return (frame) => {
    frame.run.charge(compiled.length);
    return Dict.of(compiled.map(([key, value]) => [key(frame), value(frame)] as const));
  };
}

function compileSlice(node: Slice, scope: Scope): Evaluate {
  const object = compileExpression(node.object, scope);
  const [start, stop, step] = [node.start, node.stop, node.step].map((bound) =>
    bound === null ? () => null : compileExpression(bound, scope),
  ) as [Evaluate, Evaluate, Evaluate];
  const { at } = node;
  return (frame) => {
    const value = object(frame);
    const bounds = { start: start(frame), stop: stop(frame), step: step(frame) };
    frame.run.at = at;
    if (isUndefined(value)) return value.attribute();
    const part = slice(value, bounds, frame.run);
    if (part === undefined) throw typeError(`a ${typeName(value)} cannot be sliced`);
    return part;
  };
}

function compileCompare(node: Extract<Expression, { kind: "compare" }>, scope: Scope): Evaluate {
  const first = compileExpression(node.first, scope);
  const rest = node.rest.map((one) => ({ ...one, operand: compileExpression(one.operand, scope) }));
  const [only] = rest;
  if (only !== undefined && rest.length === 1) {
    const { operator, operand, at } = only;
    return (frame) => {
      const left = first(frame);
      const right = operand(frame);
      frame.run.at = at;
      return compare(operator, left, right, frame.run);
    };
  }
  return (frame) => {
    let left = first(frame);
    for (const { operator, operand, at } of rest) {
      const right = operand(frame);
      frame.run.at = at;
      frame.run.charge(1);
      if (!compare(operator, left, right, frame.run)) return false;
      left = right;
    }
    return true;
  };
}

import { bind, invoke, invokeBound, type Bound, type Builtin } from "../builtins/builtin.js";
import { methodOf } from "../builtins/methods.js";
import type { Evaluate, Frame } from "../runtime/frame.js";
import type { Run } from "../runtime/run.js";
import type { Arguments, Call, Expression, Filter } from "../syntax/tree.js";
import { Dict } from "../values/dict.js";
import { elementsOf } from "../values/elements.js";
import { typeName } from "../values/kinds.js";
import { Special } from "../values/special.js";
import { attribute } from "../values/subscript.js";
import { isUndefined, typeError } from "../values/undefined.js";
import { noNames, type Args, type Value } from "../values/value.js";
import { compileExpression } from "./expression.js";
import type { Scope } from "./scope.js";

/** Compiles `callee(…)`. A method is looked up on the object, so that data can never stand in for it. */
export function compileCall(node: Call, scope: Scope): Evaluate {
  const call = compileCallWith(node, scope);
  return (frame) => call(frame, null);
}

/** {@link compileCall} with one more named argument, the `caller` of a `call` block. */
export function compileCallWith(node: Call, scope: Scope): (frame: Frame, caller: Value | null) => Value {
  const args = compileArguments(node.args, scope);
  const { callee, at } = node;
  if (callee.kind !== "attribute") {
    const called = compileExpression(callee, scope);
    return (frame, caller) => {
      const value = called(frame);
      const given = args(frame);
      frame.run.at = at;
      return callValue(value, withCaller(given, caller), frame.run);
    };
  }
  const object = compileExpression(callee.object, scope);
  const { name } = callee;
  const site = { source: scope.unit.source, at: callee.at };
  return (frame, caller) => {
    const owner = object(frame);
    const given = args(frame);
    const { run } = frame;
    run.at = site.at;
    const method = methodOf(owner, name);
    if (method !== undefined) return invoke(method, owner, withCaller(given, caller), run);
    return callValue(attribute(owner, name, site, run), withCaller(given, caller), run);
  };
}

function withCaller(args: Args, caller: Value | null): Args {
  return caller === null ? args : { ...args, named: new Map([...args.named, ["caller", caller]]) };
}

/** Calls a value. Only macros, blocks, loops and built-in functions can be called; nothing of the caller's can. */
function callValue(callee: Value, args: Args, run: Run): Value {
  run.charge(1 + args.positional.length);
  if (callee instanceof Special && (callee.callable || isUndefined(callee))) return callee.call(args, run);
  throw typeError(`a ${typeName(callee)} cannot be called`, "only macros, blocks and built-in functions can");
}

/** Evaluates the arguments of a call. */
function compileArguments(args: Arguments, scope: Scope): (frame: Frame) => Args {
  const positional = args.positional.map((node) => compileExpression(node, scope));
  const named = args.named.map(({ name, value }) => [name, compileExpression(value, scope)] as const);
  const rest = args.rest === null ? null : compileExpression(args.rest, scope);
  const restNamed = args.restNamed === null ? null : compileExpression(args.restNamed, scope);
  return (frame) => {
    const values = positional.map((each) => each(frame));
    if (named.length === 0 && rest === null && restNamed === null)
      return { positional: values, named: noNames };
    const all = rest === null ? values : values.concat(frame.run.made(elementsOf(rest(frame), frame.run)));
    const names = new Map(named.map(([name, each]) => [name, each(frame)]));
    if (restNamed !== null) spread(names, restNamed(frame));
    return { positional: all, named: names };
  };
}

function spread(names: Map<string, Value>, value: Value): void {
  if (!(value instanceof Dict)) throw typeError(`\`**\` takes a dict, not a ${typeName(value)}`);
  for (const [key, item] of value.pairs()) {
    if (typeof key !== "string" || names.has(key)) throw typeError("`**` takes a dict of new names");
    names.set(key, item);
  }
}

/** Compiles a filter. `subject` is what to apply it to when the node has none of its own: a captured text. */
export function compileFilter(node: Filter, scope: Scope, subject: Evaluate | null): Evaluate {
  const inner = node.subject;
  const own =
    inner === null
      ? subject
      : inner.kind === "filter" && subject !== null
        ? compileFilter(inner, scope, subject)
        : compileExpression(inner, scope);
  return compileBuiltin({ builtin: node.builtin, args: node.args, at: node.at }, own as Evaluate, scope);
}

/** Compiles a test. */
export function compileTest(node: Extract<Expression, { kind: "test" }>, scope: Scope): Evaluate {
  return compileBuiltin(node, compileExpression(node.subject, scope), scope);
}

interface Applied {
  readonly builtin: Builtin;
  readonly args: Arguments;
  readonly at: number;
}

/** Arguments whose number is known go to their parameters here, once; others at each call. */
function compileBuiltin({ builtin, args, at }: Applied, subject: Evaluate, scope: Scope): Evaluate {
  if (builtin.parameters === null || args.rest !== null || args.restNamed !== null) {
    const given = compileArguments(args, scope);
    return (frame) => {
      const value = subject(frame);
      const evaluated = given(frame);
      frame.run.at = at;
      return invoke(builtin, value, evaluated, frame.run);
    };
  }
  const named = args.named.map(({ name, value }) => [name, value] as const);
  const places = bind(builtin, args.positional, named).map((node) =>
    node === undefined ? undefined : compileExpression(node, scope),
  );
  const isBare = places.every((place) => place === undefined);
  const bare: Bound = places.map(() => undefined);
  return (frame) => {
    const value = subject(frame);
    const bound = isBare ? bare : places.map((place) => place?.(frame));
    frame.run.at = at;
    return invokeBound(builtin, value, bound, frame.run);
  };
}

import { PromptSyncError } from "../../core/errors.js";
import { builtinNames } from "../runtime/globals.js";
import { Context, type Names } from "../runtime/context.js";
import type { Execute, Frame } from "../runtime/frame.js";
import { Inheritance } from "../runtime/inheritance.js";
import { exceeded } from "../runtime/limits.js";
import { Module } from "../runtime/module.js";
import { renderProgram } from "../runtime/render-program.js";
import type { Run } from "../runtime/run.js";
import type { Block, Extends, FromImport, Import, Include } from "../syntax/tree.js";
import { elementsOf } from "../values/elements.js";
import { typeName } from "../values/kinds.js";
import { Undefined, isUndefined, typeError } from "../values/undefined.js";
import { Tuple, type Value } from "../values/value.js";
import { assignment } from "./assign.js";
import { compileExpression } from "./expression.js";
import type { Program } from "./program.js";
import type { Scope } from "./scope.js";
import { simple } from "./statement.js";

/** Compiles `{% include %}`: another template writes here, seeing what can be seen here. */
export function compileInclude(node: Include, scope: Scope): Execute {
  const template = compileExpression(node.template, scope);
  const outside = compileOutside(scope, node.withContext);
  return simple((frame) => {
    const { run } = frame;
    const value = template(frame);
    run.at = node.at;
    const program = find(value, run, node.ignoreMissing);
    if (program === null) return;
    visiting(program, run, () => {
      renderProgram(program, new Context(outside(frame)), { run, inheritance: new Inheritance(program) });
    });
  });
}

/** Compiles `{% import %}`. */
export function compileImport(node: Import, scope: Scope): Execute {
  const load = compileModule(node, scope);
  const assign = assignment({ kind: "name", at: node.at, name: node.name }, scope);
  return simple((frame) => {
    assign(frame, load(frame));
    if (scope.isTop) frame.context.imported.add(node.name);
  });
}

/** Compiles `{% from … import … %}`. */
export function compileFromImport(node: FromImport, scope: Scope): Execute {
  const load = compileModule(node, scope);
  const { source } = scope.unit;
  const names = node.names.map((one) => ({
    ...one,
    assign: assignment({ kind: "name", at: one.at, name: one.alias }, scope),
  }));
  return simple((frame) => {
    const module = load(frame);
    for (const { name, alias, at, assign } of names) {
      const message = `\`${module.name}\` exports no \`${name}\``;
      assign(
        frame,
        module.attribute(name) ?? new Undefined(frame.run.undefinedMode, { message, source, at, name }),
      );
      if (scope.isTop) frame.context.imported.add(alias);
    }
  });
}

/** Compiles `{% extends %}`: the rest of the template only fills blocks; the parent renders at its end. */
export function compileExtends(node: Extends, scope: Scope): Execute {
  const template = compileExpression(node.template, scope);
  return simple((frame) => {
    const { run, inheritance } = frame;
    const value = template(frame);
    run.at = node.at;
    if (inheritance.parent !== null) throw typeError("the template extends two parents");
    const parent = find(value, run, false) as Program;
    inheritance.add(parent);
    inheritance.parent = parent;
    inheritance.kept = { out: run.out, messages: run.messages.length };
  });
}

/** Compiles the place of a block: what the youngest template puts there. */
export function compileBlockPlace(node: Block, scope: Scope): Execute {
  const outside = compileOutside(scope, true);
  return simple((frame) => {
    const { run, context, inheritance } = frame;
    if (inheritance.parent !== null) return;
    run.at = node.at;
    if (node.required && inheritance.block(node.name, 1) === undefined) {
      throw typeError(
        `the required block \`${node.name}\` has no content`,
        "fill it in the template that extends this one",
      );
    }
    const inner = node.scoped ? new Context(outside(frame)) : context;
    inheritance.block(node.name, 0)?.run(inner, inheritance, { run, depth: 0 });
  });
}

function compileModule(node: Import | FromImport, scope: Scope): (frame: Frame) => Module {
  const template = compileExpression(node.template, scope);
  const outside = compileOutside(scope, node.withContext);
  return (frame) => {
    const { run } = frame;
    const value = template(frame);
    run.at = node.at;
    const program = find(value, run, false) as Program;
    const context = new Context(outside(frame));
    const messages = run.messages.length;
    let output = "";
    visiting(program, run, () => {
      output = run.capture(() => {
        renderProgram(program, context, { run, inheritance: new Inheritance(program) });
      });
    });
    run.messages.length = messages;
    const exported = [...context.vars].filter(
      ([name]) => !name.startsWith("_") && !context.imported.has(name),
    );
    return new Module(program.source.name ?? "", new Map(exported), output);
  };
}

/** What another template sees: everything that can be seen here, or only the built-in functions. */
function compileOutside(scope: Scope, withContext: boolean): (frame: Frame) => Names {
  if (!withContext) return () => builtinNames;
  return (frame) => ({ resolve: (name) => scope.lookUp(name, frame) });
}

/** The template of a name, or the first that exists of a list; null when it may be missing and is. */
function find(value: Value, run: Run, mayMiss: boolean): Program | null {
  if (isUndefined(value)) value.fail();
  const isList = Array.isArray(value) || value instanceof Tuple;
  const names = isList ? elementsOf(value, run) : [value];
  for (const name of names) {
    run.charge(1);
    if (typeof name !== "string") throw typeError(`a template has a name, not a ${typeName(name)}`);
    const program = run.library.template(name);
    if (program !== null) return program;
  }
  if (mayMiss) return null;
  throw new PromptSyncError(
    "TEMPLATE_INCLUDE",
    `template \`${names.map(String).join("`, `")}\` was not found`,
    {
      hint: "check the name and the version, or add `ignore missing`",
      data: { names: names.map(String) },
    },
  );
}

/** Counts includes inside each other and refuses circles. */
function visiting(program: Program, run: Run, action: () => void): void {
  const name = program.source.name ?? "";
  if (run.including.includes(name)) {
    const circle = [...run.including.slice(run.including.indexOf(name)), name].join(" → ");
    throw new PromptSyncError("TEMPLATE_INCLUDE", `template \`${name}\` includes itself: ${circle}`);
  }
  const { includes } = run.limits;
  if (run.including.length >= includes)
    throw exceeded("includes", includes, "templates include each other too deep");
  run.including.push(name);
  action();
  run.including.pop();
}

import { continuing, breaking, normally, type Evaluate, type Execute, type Frame } from "../runtime/frame.js";
import { declaredNames } from "../syntax/names.js";
import type { Body, If, Statement } from "../syntax/tree.js";
import { isTrue } from "../values/kinds.js";
import { textOf } from "../values/text.js";
import type { Value } from "../values/value.js";
import { assignment } from "./assign.js";
import { compileFilter } from "./call.js";
import {
  compileBlockPlace,
  compileExtends,
  compileFromImport,
  compileImport,
  compileInclude,
} from "./composition.js";
import { compileExpression } from "./expression.js";
import { compileFor } from "./for.js";
import { compileCallBlock, compileMacro } from "./macro.js";
import { compileMessage, compilePlaceholder } from "./message.js";
import type { Scope } from "./scope.js";

/** Gives the names that a body sets their places in its scope: those that are empty until it sets them. */
export function declareNames(body: Body, scope: Scope): number[] {
  const names = declaredNames(body).filter((name) => !scope.isCertain(name));
  return names.map((name) => scope.declare(name, false));
}

/** Compiles a body in a scope of its own. Names that it sets are empty each time it starts. */
export function compileScoped(body: Body, scope: Scope): Execute {
  const empty = declareNames(body, scope);
  const execute = compileBody(body, scope);
  if (empty.length === 0) return execute;
  return (frame) => {
    for (const slot of empty) frame.slots[slot] = undefined;
    return execute(frame);
  };
}

/** Compiles a body in the scope it stands in. Text and outputs beside each other are written at once. */
export function compileBody(body: Body, scope: Scope): Execute {
  const statements: Execute[] = [];
  let pieces: (string | Piece)[] = [];
  for (const node of body) {
    if (node.kind === "text") {
      pieces.push(node.text);
    } else if (node.kind === "output") {
      pieces.push({ value: compileExpression(node.value, scope), at: node.at });
    } else {
      if (pieces.length > 0) statements.push(compilePieces(pieces));
      pieces = [];
      statements.push(compileStatement(node, scope));
    }
  }
  if (pieces.length > 0) statements.push(compilePieces(pieces));
  return sequence(statements, body.length);
}

/** Runs statements in order, until one leaves the loop. */
function sequence(statements: readonly Execute[], cost: number): Execute {
  const [only] = statements;
  if (only !== undefined && statements.length === 1) {
    return (frame) => {
      frame.run.charge(cost);
      return only(frame);
    };
  }
  return (frame) => {
    frame.run.charge(cost);
    for (const execute of statements) {
      const signal = execute(frame);
      if (signal !== normally) return signal;
    }
    return normally;
  };
}

/** A value that is printed. */
interface Piece {
  readonly value: Evaluate;
  readonly at: number;
}

function compilePieces(pieces: readonly (string | Piece)[]): Execute {
  return (frame) => {
    const { run } = frame;
    let text = "";
    for (const piece of pieces) text += typeof piece === "string" ? piece : printed(piece, frame);
    run.write(text);
    return normally;
  };
}

function printed({ value, at }: Piece, frame: Frame): string {
  const result = value(frame);
  if (typeof result === "string") return result;
  frame.run.at = at;
  return textOf(result, frame.run);
}

function compileStatement(node: Exclude<Statement, { kind: "text" | "output" }>, scope: Scope): Execute {
  switch (node.kind) {
    case "if":
      return compileIf(node, scope);
    case "for":
      return compileFor(node, scope);
    case "set": {
      const value = compileExpression(node.value, scope);
      const assign = assignment(node.target, scope);
      return simple((frame) => assign(frame, value(frame)));
    }
    case "set-block": {
      const captured = capturing(compileScoped(node.body, scope.inner()));
      const value = node.filter === null ? captured : compileFilter(node.filter, scope, captured);
      const assign = assignment(node.target, scope);
      return simple((frame) => assign(frame, value(frame)));
    }
    case "filter-block": {
      const inner = scope.inner();
      const filtered = compileFilter(node.filter, inner, capturing(compileScoped(node.body, inner)));
      return compileOutput(filtered, node.at);
    }
    case "with":
      return compileWith(node, scope);
    case "do": {
      const value = compileExpression(node.value, scope);
      return simple((frame) => void value(frame));
    }
    case "macro":
      return compileMacro(node, scope);
    case "call-block":
      return compileCallBlock(node, scope);
    case "message":
      return compileMessage(node, scope);
    case "placeholder":
      return compilePlaceholder(node, scope);
    case "include":
      return compileInclude(node, scope);
    case "import":
      return compileImport(node, scope);
    case "from-import":
      return compileFromImport(node, scope);
    case "extends":
      return compileExtends(node, scope);
    case "block":
      return compileBlockPlace(node, scope);
    case "break":
      return () => breaking;
    case "continue":
      return () => continuing;
  }
}

/** A statement that always ends normally. */
export function simple(action: (frame: Frame) => void): Execute {
  return (frame) => {
    action(frame);
    return normally;
  };
}

/** Writes a value. */
export function compileOutput(value: Evaluate, at: number): Execute {
  return compilePieces([{ value, at }]);
}

/** What a body writes, as a value. */
function capturing(execute: Execute): Evaluate {
  return (frame) => frame.run.capture(() => execute(frame));
}

function compileIf(node: If, scope: Scope): Execute {
  const branches = node.branches.map(({ test, body }) => ({
    test: compileExpression(test, scope),
    body: compileBody(body, scope),
  }));
  const otherwise = node.otherwise.length === 0 ? () => normally : compileBody(node.otherwise, scope);
  return (frame) => {
    for (const { test, body } of branches) if (isTrue(test(frame))) return body(frame);
    return otherwise(frame);
  };
}

function compileWith(node: Extract<Statement, { kind: "with" }>, scope: Scope): Execute {
  const inner = scope.inner();
  const bindings = node.bindings.map(({ target, value }) => {
    const evaluated = compileExpression(value, scope);
    return { value: evaluated, assign: assignment(target, inner, true) };
  });
  const execute = compileScoped(node.body, inner);
  return (frame) => {
    const values = bindings.map(({ value }) => value(frame));
    bindings.forEach(({ assign }, index) => {
      assign(frame, values[index] as Value);
    });
    return execute(frame);
  };
}

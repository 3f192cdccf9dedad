import { Frame, breaking, normally, type Evaluate, type Execute } from "../runtime/frame.js";
import { Loop } from "../runtime/loop.js";
import { allStatements } from "../syntax/children.js";
import { mentions } from "../syntax/names.js";
import type { Body, For } from "../syntax/tree.js";
import { elementsOf } from "../values/elements.js";
import { isTrue } from "../values/kinds.js";
import type { Value } from "../values/value.js";
import { assignment } from "./assign.js";
import { compileExpression } from "./expression.js";
import { within } from "./program.js";
import { Scope, Unit } from "./scope.js";
import { compileScoped } from "./statement.js";

/** Runs the rounds of a loop over items that are known. */
type Rounds = (frame: Frame, items: readonly Value[], depth: number) => ReturnType<Execute>;

/** Compiles `{% for %}`. A recursive loop gets frames of its own, as it runs inside itself. */
export function compileFor(node: For, scope: Scope): Execute {
  const iterable = compileExpression(node.iterable, scope);
  if (node.recursive) return compileRecursive(node, iterable, scope);
  const rounds = compileRounds(node, scope, null);
  const { at } = node.iterable;
  return (frame) => {
    const value = iterable(frame);
    frame.run.at = at;
    return rounds(frame, elementsOf(value, frame.run), 0);
  };
}

function compileRecursive(node: For, iterable: Evaluate, scope: Scope): Execute {
  const unit = new Unit(scope.unit.source, scope);
  const render = (outer: Frame, value: Value, depth: number): void => {
    const { run, context, inheritance } = outer;
    run.at = node.iterable.at;
    const items = elementsOf(value, run);
    const frame = new Frame(run, context, inheritance, { slots: unit.slots, outer });
    within(run, unit.source, () => rounds(frame, items, depth));
  };
  const recurse = (frame: Frame) => (items: Value, depth: number) =>
    frame.run.capture(() => {
      render(frame.outer as Frame, items, depth);
    });
  const rounds = compileRounds(node, new Scope(unit, null), recurse);
  return (frame) => {
    render(frame, iterable(frame), 0);
    return normally;
  };
}

type Recurse = (frame: Frame) => (items: Value, depth: number) => string;

function compileRounds(node: For, scope: Scope, recurse: Recurse | null): Rounds {
  const inner = scope.inner();
  const assign = assignment(node.target, inner, true);
  const loopSlot = recurse !== null || usesLoop(node.body) ? inner.declare("loop", true) : null;
  const body = compileScoped(node.body, inner);
  const otherwise = node.otherwise.length === 0 ? null : compileScoped(node.otherwise, scope.inner());
  const keep = compileCondition(node, scope);
  return (frame, all, depth) => {
    const { run } = frame;
    const items = keep === null ? all : keep(frame, all);
    const loop = loopSlot === null ? null : new Loop(items, depth, recurse === null ? null : recurse(frame));
    let isEmpty = true;
    for (let index = 0; index < items.length; index += 1) {
      run.charge(1);
      assign(frame, items[index] as Value);
      if (loop !== null && loopSlot !== null) {
        loop.index0 = index;
        frame.slots[loopSlot] = loop;
      }
      const signal = body(frame);
      if (signal === breaking) break;
      if (signal === normally) isEmpty = false;
    }
    // As in Jinja, a loop that no round of which reached its end counts as empty.
    return isEmpty && otherwise !== null ? otherwise(frame) : normally;
  };
}

/** A scoped block sees `loop` even where the loop itself does not mention it. */
function usesLoop(body: Body): boolean {
  return (
    mentions(body, "loop") ||
    allStatements(body).some((statement) => statement.kind === "block" && statement.scoped)
  );
}

type Keep = (frame: Frame, items: readonly Value[]) => readonly Value[];

/** The `if` of a `for`: it sees the loop's targets, but nothing else of the loop. */
function compileCondition(node: For, scope: Scope): Keep | null {
  if (node.test === null) return null;
  const inner = scope.inner();
  const assign = assignment(node.target, inner, true);
  const test = compileExpression(node.test, inner);
  return (frame, items) =>
    items.filter((item) => {
      frame.run.charge(1);
      assign(frame, item);
      return isTrue(test(frame));
    });
}

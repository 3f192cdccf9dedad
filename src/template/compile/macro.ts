import { Frame, type Execute } from "../runtime/frame.js";
import { Macro, type MacroShape } from "../runtime/macro.js";
import { mentions } from "../syntax/names.js";
import type { Body, CallBlock, Macro as MacroNode, Parameter } from "../syntax/tree.js";
import { Undefined } from "../values/undefined.js";
import { assignment } from "./assign.js";
import { compileCallWith } from "./call.js";
import { compileExpression } from "./expression.js";
import { within } from "./program.js";
import { Scope, Unit } from "./scope.js";
import { compileOutput, compileScoped, simple } from "./statement.js";

/** Compiles a macro; it closes over the frame it is defined in. */
export function compileMacro(node: MacroNode, scope: Scope): Execute {
  const define = compileDefinition(node, scope);
  const assign = assignment({ kind: "name", at: node.at, name: node.name }, scope);
  return simple((frame) => assign(frame, define(frame)));
}

/** Compiles `{% call %}`: its body becomes the `caller` of the macro that is called. */
export function compileCallBlock(node: CallBlock, scope: Scope): Execute {
  const define = compileDefinition({ ...node, name: "caller" }, scope);
  const call = compileCallWith(node.call, scope);
  return compileOutput((frame) => call(frame, define(frame)), node.at);
}

interface Definition {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: Body;
}

function compileDefinition({ name, parameters, body }: Definition, around: Scope): (frame: Frame) => Macro {
  const unit = new Unit(around.unit.source, around);
  const scope = new Scope(unit, null);
  const names = parameters.map((parameter) => parameter.name);
  const uses = (special: string): boolean => !names.includes(special) && mentions(body, special);
  const catches = { caller: uses("caller"), kwargs: uses("kwargs"), varargs: uses("varargs") };
  const shape: MacroShape = { name, parameters: names, catches };
  const set = parameters.map((parameter) => compileParameter(parameter, scope));
  const caller = catches.caller ? scope.declare("caller", true) : null;
  const kwargs = catches.kwargs ? scope.declare("kwargs", true) : null;
  const varargs = catches.varargs ? scope.declare("varargs", true) : null;
  const execute = compileScoped(body, scope.inner());
  return (outer) =>
    new Macro(shape, (args) => {
      const { run, context, inheritance } = outer;
      const frame = new Frame(run, context, inheritance, { slots: unit.slots, outer });
      return run.capture(() => {
        within(run, unit.source, () => {
          set.forEach(({ slot, otherwise }, index) => {
            const given = args.given[index];
            frame.slots[slot] = given === undefined ? otherwise(frame) : given;
          });
          if (caller !== null) frame.slots[caller] = args.caller;
          if (kwargs !== null) frame.slots[kwargs] = args.kwargs;
          if (varargs !== null) frame.slots[varargs] = args.varargs;
          execute(frame);
        });
      });
    });
}

function compileParameter({ name, otherwise, at }: Parameter, scope: Scope) {
  const { source } = scope.unit;
  const absent = (frame: Frame): Undefined =>
    new Undefined(frame.run.undefinedMode, {
      message: `parameter \`${name}\` was not given`,
      source,
      at,
      name,
    });
  const value = otherwise === null ? absent : compileExpression(otherwise, scope);
  return { slot: scope.declare(name, true), otherwise: value };
}

import { Special } from "../values/special.js";
import { reprText } from "../values/text.js";
import { Dict } from "../values/dict.js";
import { missing, typeError } from "../values/undefined.js";
import { Tuple, type Args, type Value } from "../values/value.js";
import type { Run } from "./run.js";

/** What the compiler knows about a macro. */
export interface MacroShape {
  readonly name: string;
  readonly parameters: readonly string[];
  /** Which of the special variables the body uses. */
  readonly catches: { readonly caller: boolean; readonly kwargs: boolean; readonly varargs: boolean };
}

/** The arguments of one call, sorted by what they are for. */
export interface MacroArgs {
  /** In the order of the parameters; undefined where the default is used. */
  readonly given: readonly (Value | undefined)[];
  readonly caller: Value;
  readonly kwargs: Value;
  readonly varargs: Value;
}

/** A macro, or the `caller` of a `call` block. */
export class Macro extends Special {
  readonly type = "Macro";

  constructor(
    readonly shape: MacroShape,
    readonly body: (args: MacroArgs) => string,
  ) {
    super();
  }

  override attribute(name: string): Value | undefined {
    const { shape } = this;
    switch (name) {
      case "name":
        return shape.name;
      case "arguments":
        return new Tuple(shape.parameters);
      case "catch_kwargs":
        return shape.catches.kwargs;
      case "catch_varargs":
        return shape.catches.varargs;
      case "caller":
        return shape.catches.caller;
      default:
        return undefined;
    }
  }

  override get callable(): boolean {
    return true;
  }

  override call({ positional, named }: Args, run: Run): Value {
    const { name, parameters, catches } = this.shape;
    const left = new Map(named);
    const given = parameters.map((parameter, index) => {
      if (index < positional.length) return positional[index];
      const value = left.get(parameter);
      left.delete(parameter);
      return value;
    });
    const caller = catches.caller ? left.get("caller") : undefined;
    if (catches.caller) left.delete("caller");
    const [unknown] = left.keys();
    if (!catches.kwargs && unknown !== undefined) {
      throw typeError(`macro \`${name}\` has no parameter \`${unknown}\``, parametersHint(parameters));
    }
    if (!catches.varargs && positional.length > parameters.length) {
      throw typeError(`macro \`${name}\` got ${positional.length} arguments`, parametersHint(parameters));
    }
    return this.body({
      given,
      caller:
        caller ?? missing(run, "`caller` is undefined: the macro was not called by a `call` block", "caller"),
      kwargs: Dict.of(left),
      varargs: new Tuple(positional.slice(parameters.length)),
    });
  }

  override repr(): string {
    return `<Macro ${reprText(this.shape.name)}>`;
  }
}

function parametersHint(parameters: readonly string[]): string {
  return parameters.length === 0 ? "it takes no argument" : `it takes ${parameters.join(", ")}`;
}

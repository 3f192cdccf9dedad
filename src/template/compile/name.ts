import { didYouMean } from "../../core/suggest.js";
import type { Evaluate } from "../runtime/frame.js";
import { Undefined } from "../values/undefined.js";
import type { Scope } from "./scope.js";

/** Reads a variable; a missing one becomes a value that knows where it was asked for. */
export function compileName(name: string, at: number, scope: Scope): Evaluate {
  const read = scope.reader(name);
  const { source } = scope.unit;
  return (frame) => {
    const value = read(frame);
    if (value !== undefined) return value;
    const { undefinedMode, knownNames } = frame.run;
    return new Undefined(undefinedMode, {
      message: `\`${name}\` is undefined`,
      source,
      at,
      name,
      hint: () =>
        didYouMean(name, knownNames()) || `pass \`${name}\`, or write \`{{ ${name} | default("") }}\``,
    });
  };
}

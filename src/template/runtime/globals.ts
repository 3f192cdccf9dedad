import { GlobalFunction, globals } from "../builtins/globals.js";
import type { Names } from "./context.js";

const functions = new Map([...globals].map(([name, builtin]) => [name, new GlobalFunction(builtin)]));

/** The built-in functions by name; what stands behind all variables. */
export const builtinNames: Names = { resolve: (name) => functions.get(name) };

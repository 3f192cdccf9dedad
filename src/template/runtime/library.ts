import type { Builtin } from "../builtins/builtin.js";
import type { Program } from "../compile/program.js";

/** What a running template can reach beside its variables. */
export interface Library {
  /** The filter of this name; throws `TEMPLATE_TYPE` with the nearest name. */
  filter(name: string): Builtin;
  /** The test of this name; throws `TEMPLATE_TYPE` with the nearest name. */
  test(name: string): Builtin;
  hasFilter(name: string): boolean;
  hasTest(name: string): boolean;
  /** Another template by name, compiled; null when there is none. */
  template(name: string): Program | null;
}

import type { JsonValue } from "../json.js";
import { compileTest, type SchemaTest } from "./compile-test.js";
import { contracts } from "./contracts.js";
import { explainMisfit } from "./explain-misfit.js";

/** The contract that a file of ours keeps to: `schemas/*.json`. */
export type Contract = keyof typeof contracts;

/** One thing that a value lacks against its schema. */
export interface SchemaProblem {
  readonly kind: "missing" | "unknown" | "wrong";
  /** The entry at fault; for `missing` the object that lacks the key. */
  readonly path: readonly string[];
  /** The missing or unknown key. */
  readonly key?: string;
  readonly message: string;
  readonly hint: string;
  /** The key is at fault, not its value. */
  readonly isAboutKey: boolean;
  /** The nearest allowed word. */
  readonly suggestion?: string;
  readonly expected?: string;
}

const tests = new Map<Contract, SchemaTest>();

/** Checks a value against a contract and says what is wrong in words; an empty list when nothing is. */
export function checkSchema(contract: Contract, value: JsonValue): SchemaProblem[] {
  const fits = tests.get(contract) ?? compileTest(contracts[contract]);
  tests.set(contract, fits);
  return fits(value) ? [] : explainMisfit(contract, value);
}

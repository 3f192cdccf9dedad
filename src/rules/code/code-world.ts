import type { CallSite, SourceProblem } from "../../core/call-site.js";
import type { Catalog } from "../../core/catalog.js";
import type { Severity } from "../../core/finding.js";
import type { Selector } from "../../core/reference.js";
import type { RuleFacts, Violation } from "../rule.js";
import type { VersionInputs } from "./version-inputs.js";

/** The prompts at one moment, with what the versions take that callers may get. */
export interface ServedPrompts {
  readonly catalog: Catalog;
  /** Undefined for a version that cannot be read: it is another rule's finding. */
  readonly inputsOf: (name: string, version: string) => VersionInputs | undefined;
}

/** Everything a rule about code may look at. */
export interface CodeWorld {
  readonly calls: readonly CallSite[];
  readonly problems: readonly SourceProblem[];
  /** The prompts as they are about to be. */
  readonly head: ServedPrompts;
  /** The prompts as they were: code and prompts deploy at different times. */
  readonly base?: ServedPrompts;
  /** What calls are judged against instead of what they ask for. */
  readonly instead?: Selector;
}

/** One thing in the code that breaks a rule; a severity of its own when it is less bad than the rule. */
export interface CodeViolation extends Violation {
  readonly severity?: Severity;
}

/** A rule about code that uses prompts. */
export interface CodeRule extends RuleFacts {
  readonly check: (world: CodeWorld) => Iterable<CodeViolation>;
}

/** Declares a rule about code; exists for type inference only. */
export function codeRule(definition: CodeRule): CodeRule {
  return definition;
}

/** How a call is named in the data of a finding. */
export function callId({ file, line, column }: Pick<CallSite, "file" | "line" | "column">): string {
  return `${file}:${line}:${column}`;
}

import type { EvaluationContext, EvaluationContextValue } from "@openfeature/server-sdk";
import type { PromptOptions } from "../prompt-options.js";

/** What of an evaluation context decides which version is served; values of other types are passed over. */
export function callOf({ targetingKey, tenant, flags, tags, scopes }: EvaluationContext): PromptOptions {
  const given: [keyof PromptOptions, unknown][] = [
    ["key", targetingKey === "" ? undefined : targetingKey],
    ["tenant", typeof tenant === "string" ? tenant : undefined],
    ["flags", pick(flags, (value) => ["boolean", "string", "number"].includes(typeof value))],
    ["tags", pick(tags, (value) => typeof value === "string")],
    ["scopes", pick(scopes, (value) => typeof value === "string")],
  ];
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

/** The variables of the template. */
export function variablesOf({ variables }: EvaluationContext): Readonly<Record<string, unknown>> {
  return pick(variables, () => true) ?? {};
}

function pick(
  value: EvaluationContextValue | undefined,
  isWanted: (value: unknown) => boolean,
): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Date)
    return undefined;
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => isWanted(entry)));
}

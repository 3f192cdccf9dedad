import { isJsonObject, type JsonObject } from "../../core/json.js";
import type { Enricher } from "./enrich.js";

/**
 * Puts the caller's own facts under one variable: `injectContext("user", { plan: "pro" })` makes `{{ user.plan }}`.
 * What the caller of this render passes under the same name wins, key by key.
 */
export function injectContext(prefix: string, values: JsonObject): Enricher {
  return {
    name: `context:${prefix}`,
    enrich: ({ variables, tags }) => {
      const given = Object.hasOwn(variables, prefix) ? variables[prefix] : undefined;
      if (given !== undefined && !isJsonObject(given)) return { variables, tags }; // the caller meant something else
      return { variables: { ...variables, [prefix]: { ...values, ...given } }, tags };
    },
  };
}

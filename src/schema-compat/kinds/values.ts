import type { JsonValue } from "../../core/json.js";

/** Some values, one by one; null, true and false always stand here. */
export interface Values {
  readonly kind: "values";
  readonly values: readonly JsonValue[];
}

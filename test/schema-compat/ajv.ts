import { Ajv2020 } from "ajv/dist/2020.js";
import type { JsonObject, JsonValue } from "../../src/core/json.js";

/** Says whether a value is valid; undefined when Ajv gives up, as it does on schemas that refer to themselves. */
export type Validator = (value: JsonValue) => boolean | undefined;

/** Compiles a schema with Ajv, the judge of our own validator; undefined for what it refuses. */
export function validatorOf(schema: JsonObject | boolean): Validator | undefined {
  try {
    const validate = new Ajv2020({
      strict: false,
      validateFormats: false,
      validateSchema: true,
      logger: false,
    }).compile(schema);
    return (value) => {
      try {
        return validate(value) as boolean;
      } catch {
        return undefined;
      }
    };
  } catch {
    return undefined;
  }
}

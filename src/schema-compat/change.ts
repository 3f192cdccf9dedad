import type { Bump } from "../core/bump.js";
import type { SchemaChangeKind } from "../core/change-kind.js";
import type { JsonValue } from "../core/json.js";

/** One named and located difference between two schemas. */
export interface SchemaChange {
  /** Such as `input-narrowed` or `output-property-added`. */
  readonly kind: SchemaChangeKind;
  /** A JSON pointer into the schema, references followed: `/properties/lead/properties/name`. */
  readonly pointer: string;
  /** What stood there before; null when nothing did. */
  readonly from: JsonValue;
  readonly to: JsonValue;
  readonly bump: Bump;
  /**
   * A value of the whole schema that is the proof: accepted before and refused now (input), or possible now and not
   * understood before (output).
   */
  readonly witness?: JsonValue;
}

/** A change, and whether the old side of the contract still holds with it. */
export interface JudgedChange extends SchemaChange {
  readonly holds: "yes" | "no" | "unknown";
}

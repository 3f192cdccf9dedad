import type { Bump } from "../core/bump.js";
import type { SchemaChangeKind } from "../core/change-kind.js";
import type { JsonValue } from "../core/json.js";
import { branchesOf } from "./branches.js";
import type { JudgedChange } from "./change.js";
import { isVoid } from "./disjoint.js";
import { isWithin } from "./inclusion.js";
import { decide, type Answer } from "./subschema.js";
import { holdsAt, type Place, type Walk } from "./walk.js";
import { both, literal, type Node, type Work } from "./work.js";

/** Names the change of a place as a whole: by which side contains the other. */
export function classify(walker: Walk, place: Place): readonly JudgedChange[] {
  const { work, role } = walker;
  const { before, after } = place;
  const [grown, shrunk] = [isWithin(work, before, after), isWithin(work, after, before)];
  if (grown && shrunk)
    return [describe(place, { kind: `${role}-equivalent`, answer: { is: "yes" }, bump: "patch" })];
  if (isRetyped(work, before, after))
    return [describe(place, { kind: `${role}-retyped`, answer: provenNo(walker, place) })];
  if (role === "output" && isNowNullable(work, place)) {
    return [describe(place, { kind: "output-property-became-nullable", answer: holdsAt(walker, place) })];
  }
  const answer = holdsAt(walker, place);
  return [describe(place, { kind: `${role}-${relation(walker, place, { answer, grown, shrunk })}`, answer })];
}

interface Known {
  readonly answer: Answer;
  readonly grown: boolean;
  readonly shrunk: boolean;
}

function relation({ work, role }: Walk, { before, after }: Place, { answer, grown, shrunk }: Known) {
  if (answer.is === "unknown") return "undecidable";
  if (grown) return "widened";
  if (shrunk) return "narrowed";
  // Only a tolerant reader takes more than was said before.
  if (answer.is === "yes") return "widened";
  const back = role === "input" ? decide(work, after, before) : decide(work, before, after);
  if (back.is === "no") return "retyped";
  return role === "input" ? "narrowed" : "widened";
}

/** Says whether both sides accept something, but nothing of the same JSON type. */
function isRetyped(work: Work, before: Node, after: Node): boolean {
  const [one, other] = [before, after].map((node) => new Set(typesOf(work, node)));
  if (one === undefined || other === undefined || one.size === 0 || other.size === 0) return false;
  return [...one].every((type) => !other.has(type)) && !isVoid(work, before) && !isVoid(work, after);
}

function typesOf(work: Work, node: Node): readonly string[] {
  return branchesOf(work, node).flatMap((branch) => {
    if (branch.kind !== "values") return [branch.kind];
    return branch.values.map(kindOfValue);
  });
}

function kindOfValue(value: JsonValue): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (typeof value === "string") return "text";
  return typeof value === "object" ? "record" : typeof value;
}

/** Another type is refused even when no value was found to show it, because a pattern is beyond our means. */
function provenNo(walker: Walk, place: Place): Answer | { is: "no" } {
  const answer = holdsAt(walker, place);
  return answer.is === "no" ? answer : { is: "no" };
}

function isNowNullable(work: Work, { before, after, pointer }: Place): boolean {
  const onlyNull = literal(work, { type: "null" });
  const hasNull = (node: Node) => isWithin(work, onlyNull, node);
  if (pointer === "" || hasNull(before) || !hasNull(after)) return false;
  const some = literal(work, { type: ["array", "boolean", "number", "object", "string"] });
  return isWithin(work, both(work, after, some), before);
}

/** The change of a place that takes null now, or takes it no longer. */
export function nullChange({ role }: Walk, place: Place, added: boolean): readonly JudgedChange[] {
  const accepted = added === (role === "input");
  const answer = accepted ? { is: "yes" as const } : { is: "no" as const, witness: null };
  const named = role === "output" && added && place.pointer !== "";
  const kind: SchemaChangeKind = named
    ? "output-property-became-nullable"
    : `${role}-${added ? "widened" : "narrowed"}`;
  return [describe(place, { kind, answer })];
}

interface Verdict {
  readonly kind: SchemaChangeKind;
  readonly answer: { readonly is: Answer["is"]; readonly witness?: JsonValue };
  /** Left out: by the answer. */
  readonly bump?: Bump;
}

/** Writes down a change of a place; a witness is lifted to a value of the whole schema. */
export function describe(
  { before, after, pointer, lift }: Place,
  { kind, answer, bump }: Verdict,
): JudgedChange {
  const witness = answer.witness === undefined ? undefined : lift(answer.witness);
  const change = { kind, pointer, from: schemaOf(before), to: schemaOf(after), holds: answer.is };
  const full = { ...change, bump: bump ?? (answer.is === "no" ? "major" : "minor") } as const;
  return witness === undefined ? full : { ...full, witness };
}

/** Writes a node as a schema that people can read. */
export function schemaOf({ parts }: Node): JsonValue {
  const schemas = parts.map(({ schema }) => schema);
  return schemas.length === 1 ? (schemas[0] ?? true) : schemas.length === 0 ? {} : { allOf: schemas };
}

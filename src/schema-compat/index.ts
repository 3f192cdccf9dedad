import { largestBump } from "../core/bump.js";
import type { SchemaChangeKind } from "../core/change-kind.js";
import { isJsonObject, jsonEquals, type JsonValue } from "../core/json.js";
import { toJsonSchema } from "../core/picoschema.js";
import { compareAnnotations, withoutAnnotations } from "./annotations.js";
import type { JudgedChange, SchemaChange } from "./change.js";
import { accepts } from "./evaluate.js";
import { closeInputs, readerView } from "./policy.js";
import { decide, type Answer } from "./subschema.js";
import { depthOf } from "./text.js";
import { holdsAt, walk, type Place, type Role } from "./walk.js";
import { nodeOf, openDocument, startWork, type Node, type Work } from "./work.js";

export type { SchemaChange } from "./change.js";

/** How two schemas are compared. */
export interface CompareOptions {
  /** `input`: callers give values, so the new schema must take all old ones. `output`: the other way round. */
  readonly role: "input" | "output";
  /** Whether readers ignore properties that they do not know (`tolerant`, the default) or refuse them. */
  readonly reader?: "tolerant" | "exact";
  /** Whether names that an input schema does not declare are refused (the default) or taken as JSON Schema has it. */
  readonly undeclared?: "refuse" | "as written";
  /** Whether `format` is a note (the default) or refuses values. */
  readonly formats?: "annotate" | "assert";
}

/** What one schema means for those who rely on the other. */
export interface SchemaComparison {
  readonly verdict: "compatible" | "incompatible" | "unknown";
  readonly changes: readonly SchemaChange[];
}

const maxDepth = 300;

/**
 * Compares two versions of a schema (JSON Schema or Picoschema): names and locates every change, and says whether the
 * other party can live with all of them. The variables of an input schema are closed unless it says otherwise.
 */
export function compareSchemas(
  before: JsonValue,
  after: JsonValue,
  options: CompareOptions,
): SchemaComparison {
  const { role, formats = "annotate" } = options;
  if (isTooDeep(before, after)) return undecided(role, before, after);
  const [old, now] = [read(before), read(after)];
  if (old === undefined || now === undefined) return undecided(role, before, after);
  const differ = !jsonEquals(old, now);
  const judged = differ ? judgeSchemas({ old, now }, options) : []; // as most versions leave it
  const spoken = compareAnnotations(old, now, { role, pointer: "" }).filter(
    ({ kind }) => formats === "annotate" || !kind.endsWith("format-changed"),
  );
  const changes = [...judged.map(publish), ...spoken];
  const silent = differ && changes.length === 0 ? [respelled(role, old, now)] : [];
  return { verdict: verdictOf(judged), changes: [...changes, ...silent] };
}

/**
 * Says whether every value that `a` accepts is accepted by `b`, as exact sets: `yes` is proven, `no` has a value that
 * shows it, and everything else, unknown keywords among it, is `unknown`.
 */
export function isSubschema(a: JsonValue, b: JsonValue): "yes" | "no" | "unknown" {
  const [one, other] = isTooDeep(a, b) ? [] : [read(a), read(b)];
  if (one === undefined || other === undefined) return "unknown";
  const work = startWork();
  return decide(work, rootOf(work, one), rootOf(work, other)).is;
}

/** Empty, a schema accepts everything here: only in a prompt's file does it mean "no fields". */
function read(schema: JsonValue): JsonValue | undefined {
  if (typeof schema === "boolean" || (isJsonObject(schema) && Object.keys(schema).length === 0))
    return schema;
  const { schema: result, problems } = toJsonSchema(schema);
  return problems.length === 0 ? result : undefined;
}

function isTooDeep(...schemas: readonly JsonValue[]): boolean {
  return schemas.some((schema) => depthOf(schema, maxDepth) >= maxDepth);
}

function rootOf(work: Work, schema: JsonValue): Node {
  return nodeOf(work, schema, openDocument(work, schema));
}

function placeOf(
  work: Work,
  { old, now }: { old: JsonValue; now: JsonValue },
  { role, reader = "tolerant", undeclared = "refuse" }: CompareOptions,
): Place {
  const sides = { pointer: "", lift: (value: JsonValue) => value };
  if (role === "output") {
    return {
      ...sides,
      before: rootOf(work, old),
      after: rootOf(work, now),
      demand: rootOf(work, readerView(old, reader)),
    };
  }
  const close = (schema: JsonValue) =>
    undeclared === "refuse" ? closeInputs(work, rootOf(work, schema)) : rootOf(work, schema);
  const after = close(now);
  return { ...sides, before: close(old), after, demand: after };
}

function judgeSchemas(
  sides: { readonly old: JsonValue; readonly now: JsonValue },
  options: CompareOptions,
): readonly JudgedChange[] {
  const work = startWork(options.formats);
  return judge({ work, role: options.role }, placeOf(work, sides, options));
}

/** Walks both schemas, and makes sure that the parts add up to the whole. */
function judge({ work, role }: { work: Work; role: Role }, place: Place): readonly JudgedChange[] {
  const changes = walk({ work, role, path: [], revisited: { count: 0 } }, place);
  const given = role === "input" ? place.before : place.after;
  const whole = holdsAt({ work, role }, place);
  const noted = changes.some(({ kind, holds }) => kind === "input-optional-added" && holds === "unknown");
  const sound = changes.map((change) => prove(work, { change, whole, given, demand: place.demand }));
  if (whole.is === "yes" || noted || sound.some(({ holds }) => holds === whole.is)) return sound;
  const kind: SchemaChangeKind =
    whole.is === "unknown" ? `${role}-undecidable` : role === "input" ? "input-narrowed" : "output-widened";
  const bump = whole.is === "no" ? "major" : "minor";
  const root = { kind, pointer: "", from: null, to: null, bump, holds: whole.is } as const;
  return [...sound, whole.is === "no" ? { ...root, witness: whole.witness } : root];
}

interface Proof {
  readonly change: JudgedChange;
  readonly whole: Answer;
  readonly given: Node;
  readonly demand: Node;
}

/** Keeps a witness only when it proves its point on the whole schema; nothing breaks where the whole is proven safe. */
function prove(work: Work, { change, whole, given, demand }: Proof): JudgedChange {
  const { witness, ...rest } = change;
  if (whole.is === "yes") return { ...rest, holds: "yes", bump: rest.bump === "patch" ? "patch" : "minor" };
  if (change.holds === "yes" || witness === undefined) return rest;
  const proves = accepts(work, given, witness) === true && accepts(work, demand, witness) === false;
  return proves
    ? change
    : whole.is === "no" && change.holds === "no"
      ? { ...rest, witness: whole.witness }
      : rest;
}

function verdictOf(changes: readonly JudgedChange[]): SchemaComparison["verdict"] {
  if (changes.some(({ holds }) => holds === "no")) return "incompatible";
  return changes.some(({ holds }) => holds === "unknown") ? "unknown" : "compatible";
}

function publish({ holds: _holds, ...change }: JudgedChange): SchemaChange {
  return change;
}

/** The change of schemas that differ, yet in nothing that was compared. */
function respelled(role: Role, old: JsonValue, now: JsonValue): SchemaChange {
  const same = jsonEquals(withoutAnnotations(old), withoutAnnotations(now));
  return {
    kind: `${role}-${same ? "annotation-changed" : "equivalent"}`,
    pointer: "",
    from: null,
    to: null,
    bump: "patch",
  };
}

function undecided(role: Role, before: JsonValue, after: JsonValue): SchemaComparison {
  if (!isTooDeep(before, after) && jsonEquals(before, after)) return { verdict: "compatible", changes: [] };
  const change: SchemaChange = {
    kind: `${role}-undecidable`,
    pointer: "",
    from: null,
    to: null,
    bump: largestBump(["minor"]),
  };
  return { verdict: "unknown", changes: [change] };
}

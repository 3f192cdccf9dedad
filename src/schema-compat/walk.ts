import type { JsonObject, JsonValue } from "../core/json.js";
import { branchesOf, type Branch } from "./branches.js";
import type { JudgedChange } from "./change.js";
import { classify, nullChange } from "./classify.js";
import { compareLists } from "./compare-lists.js";
import { compareRecords } from "./compare-records.js";
import { accepts } from "./evaluate.js";
import { isWithin } from "./inclusion.js";
import { decide, type Answer } from "./subschema.js";
import { both, literal, step, type Node, type Work } from "./work.js";

/** Whose side a schema is on: callers give inputs, readers take outputs. */
export type Role = "input" | "output";

/** The schemas of one place. */
interface Places {
  readonly before: Node;
  readonly after: Node;
  /** What the other party takes: callers' values go into `after`, readers understand their view of `before`. */
  readonly demand: Node;
}

/** One place of both schemas. */
export interface Place extends Places {
  readonly pointer: string;
  /** Puts a value of this place into a value of the whole schema; undefined when none can be made around it. */
  readonly lift: (value: JsonValue) => JsonValue | undefined;
}

/** What a walk needs everywhere. */
export interface Walk {
  readonly work: Work;
  readonly role: Role;
  /** The pairs on the way to here: one that comes back is a recursive schema, and its changes stand further up. */
  readonly path: readonly string[];
  readonly revisited: { count: number };
}

const maxPath = 100;

/** Walks both schemas together and names what changed where. */
export function walk(walker: Walk, place: Place): readonly JudgedChange[] {
  const { work, path, revisited } = walker;
  const { before, after, demand } = place;
  const pair = `${before.key}|${after.key}|${demand.key}`;
  if (before.key === after.key || !step(work)) return [];
  if (path.includes(pair) || path.length > maxPath) {
    revisited.count += 1;
    return [];
  }
  const known = revisited.count;
  const inner = walkMembers({ ...walker, path: [...path, pair] }, place);
  if (inner === undefined) return classify(walker, place);
  const elsewhere = revisited.count > known;
  const broken = elsewhere || inner.some(({ holds }) => holds !== "yes");
  const explained = broken || (inner.length > 0 && holdsAt(walker, place).is === "yes");
  return explained ? inner : [...inner, ...classify(walker, place)];
}

/** Says whether everything that one party gives at a place is taken by the other. */
export function holdsAt(
  { work, role }: Pick<Walk, "work" | "role">,
  { before, after, demand }: Places,
): Answer {
  if (role === "input") return decide(work, before, demand);
  // Readers go on understanding what they understood, whatever a tolerant view of a `not` would say.
  if (isWithin(work, after, before)) return { is: "yes" };
  const answer = decide(work, after, demand);
  return answer.is === "no" && accepts(work, before, answer.witness) === true ? { is: "unknown" } : answer;
}

/** Compares the properties or items where each side is one object or one list, perhaps beside null. */
function walkMembers(walker: Walk, place: Place): readonly JudgedChange[] | undefined {
  const { work } = walker;
  const views = [place.before, place.after, place.demand].map((node) => viewOf(work, node));
  const [before, after, demand] = views;
  if (before === undefined || after === undefined || demand === undefined) return undefined;
  const inner = { ...place, ...withoutNull(work, place) };
  const nulls = before.nullable === after.nullable ? [] : nullChange(walker, place, after.nullable);
  const sides = { before: before.branch, after: after.branch, demand: demand.branch };
  if (areAll(sides, "record")) return [...nulls, ...compareRecords(walker, inner, sides)];
  if (areAll(sides, "list")) return [...nulls, ...compareLists(walker, inner, sides)];
  return undefined;
}

/** The three views of one place. */
export type Sides<Kind> = Readonly<Record<"before" | "after" | "demand", Kind>>;

function areAll<Kind extends Branch["kind"]>(
  sides: Sides<Branch>,
  kind: Kind,
): sides is Sides<Branch & { kind: Kind }> {
  return Object.values(sides).every((branch) => branch.kind === kind);
}

function viewOf(work: Work, node: Node): { branch: Branch; nullable: boolean } | undefined {
  const branches = branchesOf(work, node);
  const isNull = (branch: Branch) =>
    branch.kind === "values" && branch.values.every((value) => value === null);
  const [branch, ...others] = branches.filter((candidate) => !isNull(candidate));
  if (branch === undefined || others.length > 0 || branches.some(({ opaque }) => opaque.size > 0))
    return undefined;
  return { branch, nullable: branches.some(isNull) };
}

function withoutNull(
  work: Work,
  { before, after, demand }: Place,
): Pick<Place, "before" | "after" | "demand"> {
  const some: JsonObject = { type: ["array", "boolean", "number", "object", "string"] };
  const strip = (node: Node) => both(work, node, literal(work, some));
  return { before: strip(before), after: strip(after), demand: strip(demand) };
}

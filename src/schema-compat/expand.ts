import { isJsonObject, type JsonObject, type JsonValue } from "../core/json.js";
import { areDisjoint } from "./disjoint.js";
import { plainTwin } from "./keywords.js";
import { literal, partOf, resolveReference, step, type Node, type Part, type Work } from "./work.js";

/** One way to satisfy a node: parts without references and choices, all of which must hold. */
export interface Clause {
  readonly parts: readonly Part[];
  /** Names of conditions that are not understood; the clause accepts at most what its parts accept. */
  readonly opaque: ReadonlySet<string>;
}

/** A part that waits to be opened, and the parts at the same value that led to it. */
interface Pending {
  readonly part: Part;
  readonly path: readonly string[];
}

interface State {
  readonly pending: readonly Pending[];
  readonly parts: readonly Part[];
  readonly opaque: ReadonlySet<string>;
}

const maxClauses = 64;
const maxPath = 60;

/**
 * Rewrites a node as a choice of clauses: `$ref` and `allOf` are opened, `anyOf` becomes one clause a branch, and so
 * does `oneOf` when its branches exclude each other. What cannot be rewritten is named in `opaque`.
 */
export function expand(work: Work, node: Node): readonly Clause[] {
  const clauses: Clause[] = [];
  const open: State[] = [
    { pending: node.parts.map((part) => ({ part, path: [] })), parts: [], opaque: new Set() },
  ];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const [first, ...rest] = state.pending;
    if (first === undefined) clauses.push({ parts: state.parts, opaque: state.opaque });
    else if (!step(work)) return [{ parts: [], opaque: new Set([unique(work, "out of steps")]) }];
    else
      open.push(
        ...openPart(work, first, {
          state: { ...state, pending: rest },
          room: maxClauses - clauses.length - open.length,
        }),
      );
  }
  return clauses;
}

function openPart(
  work: Work,
  { part, path }: Pending,
  { state, room }: { state: State; room: number },
): State[] {
  const { schema } = part;
  if (schema === true) return [state];
  if (schema === false) return [];
  if (path.includes(part.key) || path.length > maxPath)
    return [withOpaque(state, unique(work, "refers to itself"))];
  const inside = [...path, part.key];
  const { plain, same, choices, opaque } = takeApart(work, part);
  const pending = [...same.map((inner) => ({ part: inner, path: inside })), ...state.pending];
  const flat = Object.keys(plain).length > 0 ? [partOf(work, plain, part.document)] : [];
  const base = { pending, parts: [...state.parts, ...flat], opaque: union(state.opaque, opaque) };
  const states = choices.reduce<State[]>(
    (list, choice) => distribute(work, list, { choice, inside, room }),
    [base],
  );
  return states;
}

interface Choice {
  readonly branches: readonly Part[];
  readonly name: string;
}

/** Multiplies the states by the branches of a choice; a choice with too many is left opaque. */
function distribute(
  work: Work,
  states: State[],
  { choice, inside, room }: { choice: Choice; inside: readonly string[]; room: number },
): State[] {
  if (states.length * choice.branches.length > room)
    return states.map((state) => withOpaque(state, choice.name));
  return states.flatMap((state) =>
    choice.branches.map((branch) => ({
      ...state,
      pending: [{ part: branch, path: inside }, ...state.pending],
    })),
  );
}

interface Pieces {
  /** The keywords that speak of the value itself and its members. */
  readonly plain: JsonObject;
  /** Schemas that must hold for the same value. */
  readonly same: readonly Part[];
  readonly choices: readonly Choice[];
  readonly opaque: ReadonlySet<string>;
}

function takeApart(work: Work, part: Part): Pieces {
  const plain: [string, JsonValue][] = [];
  const same: Part[] = [];
  const choices: Choice[] = [];
  const opaque = new Set<string>();
  const open = (schema: JsonValue): Part => partOf(work, schema, part.document);
  for (const [keyword, value] of Object.entries(part.schema)) {
    const name = `${keyword} ${open({ [keyword]: value }).key}`;
    if (keyword === "$ref") {
      const target = resolveReference(work, value, part.document);
      if (target === undefined) opaque.add(unique(work, "unresolved reference"));
      else same.push(target);
    } else if (keyword === "allOf" && Array.isArray(value)) same.push(...value.map(open));
    else if (keyword === "anyOf" && Array.isArray(value)) choices.push({ branches: value.map(open), name });
    else if (keyword === "oneOf" && Array.isArray(value)) {
      const branches = value.map(open);
      choices.push({ branches, name });
      if (!areDisjoint(work, branches)) opaque.add(name);
    } else if (keyword === "not") {
      const rest = complementOf(work, value);
      if (rest === undefined) opaque.add(name);
      else same.push(...rest.parts);
    } else if (keyword.startsWith("unevaluated")) {
      const twin = plainTwin(keyword, part.schema as JsonObject);
      if (typeof twin === "string") plain.push([twin, value]);
      else if (twin === undefined) opaque.add(`${keyword} ${part.key}`);
    } else plain.push([keyword, value]);
  }
  return { plain: Object.fromEntries(plain), same, choices, opaque };
}

const typeWords = ["array", "boolean", "null", "number", "object", "string"];

/** The node of everything outside a schema, for schemas that only name types. */
function complementOf(work: Work, schema: JsonValue): Node | undefined {
  if (typeof schema === "boolean") return literal(work, !schema);
  if (!isJsonObject(schema)) return undefined;
  const text = work.textOf(schema);
  if (text === "{}") return literal(work, false);
  const types = [schema.type].flat();
  const onlyTypes =
    text === work.textOf({ type: schema.type ?? null }) &&
    types.every((type) => typeWords.includes(String(type)));
  return onlyTypes ? literal(work, { type: typeWords.filter((word) => !types.includes(word)) }) : undefined;
}

function withOpaque(state: State, name: string): State {
  return { ...state, opaque: union(state.opaque, new Set([name])) };
}

function union(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...a, ...b]);
}

/** A name that equals no other, for conditions whose meaning depends on more than their text. */
function unique(work: Work, name: string): string {
  work.steps -= 1;
  return `${name} ${String(work.steps)}`;
}

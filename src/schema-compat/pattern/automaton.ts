import { charset, hasCode, type Charset } from "./charset.js";
import { parsePattern, type Expression } from "./syntax.js";

/** A way from one node to another: over a character, freely, or only at the start or the end of the text. */
interface Edge {
  readonly to: number;
  readonly over: Charset | "free" | "start" | "end";
}

/**
 * A non-deterministic automaton that accepts the texts a pattern is found in; node 0 begins, node 1 accepts. It is
 * made deterministic while it runs: a state is a set of nodes, known by its number.
 */
export interface Automaton {
  readonly edges: readonly (readonly Edge[])[];
  readonly charsets: readonly Charset[];
  readonly states: (readonly number[])[];
  readonly numbers: Map<string, number>;
  /** By state and code point, the next state. */
  readonly moves: Map<number, number>[];
}

const maxNodes = 1500;
const maxStates = 4000;
const every = charset([0, 0x10ffff]);
const known = new Map<string, Automaton | undefined>();

/** Builds the automaton of a pattern; undefined when the pattern is not understood or too large. */
export function automatonOf(pattern: string): Automaton | undefined {
  if (known.has(pattern)) return known.get(pattern);
  const tree = pattern.length > 2000 ? undefined : parsePattern(pattern);
  const automaton = tree === undefined ? undefined : build(tree);
  if (known.size > 500) known.clear();
  known.set(pattern, automaton);
  return automaton;
}

/** The state at the beginning of a text. */
export function firstState(automaton: Automaton): number {
  return numberOf(automaton, close(automaton, [0], ["free", "start"]));
}

/** The state after one more character; undefined when there are too many states to go on. */
export function nextState(automaton: Automaton, state: number, code: number): number | undefined {
  const before = automaton.moves[state]?.get(code);
  if (before !== undefined || automaton.states.length > maxStates) return before;
  const reached = new Set<number>();
  for (const node of automaton.states[state] ?? []) {
    for (const { to, over } of automaton.edges[node] ?? []) {
      if (typeof over !== "string" && !reached.has(to) && hasCode(over, code)) reached.add(to);
    }
  }
  const next = numberOf(automaton, close(automaton, reached, ["free"]));
  automaton.moves[state]?.set(code, next);
  return next;
}

/** Says whether a text may end in this state; `atStart` for the empty text. */
export function isAccepting(automaton: Automaton, state: number, atStart: boolean): boolean {
  const nodes = automaton.states[state] ?? [];
  return (
    nodes.includes(1) ||
    close(automaton, nodes, atStart ? ["free", "start", "end"] : ["free", "end"]).includes(1)
  );
}

function numberOf({ states, numbers, moves }: Automaton, nodes: readonly number[]): number {
  const key = nodes.join();
  const before = numbers.get(key);
  if (before !== undefined) return before;
  numbers.set(key, states.length);
  moves.push(new Map());
  return states.push(nodes) - 1;
}

/** Follows the edges that need no character; the result is sorted. */
function close(
  { edges }: Automaton,
  nodes: Iterable<number>,
  over: readonly Edge["over"][],
): readonly number[] {
  const reached = new Set(nodes);
  for (const node of reached) {
    for (const edge of edges[node] ?? []) if (over.includes(edge.over)) reached.add(edge.to);
  }
  return [...reached].sort((a, b) => a - b);
}

/** Thompson's construction; a pattern is searched for, so any text may stand before and after. */
function build(tree: Expression): Automaton | undefined {
  const edges: Edge[][] = [[], []];
  const charsets: Charset[] = [];
  const add = (): number => edges.push([]) - 1;
  const connect = (from: number, to: number, over: Edge["over"]): void => {
    edges[from]?.push({ to, over });
    if (typeof over !== "string") charsets.push(over);
  };
  /** Adds the nodes of an expression behind `from` and returns the last of them. */
  const place = (part: Expression, from: number): number => {
    if (edges.length > maxNodes) return from;
    if (part.kind === "sequence") return part.parts.reduce((state, inner) => place(inner, state), from);
    if (part.kind === "repeat") return repeat(part, from);
    const to = add();
    if (part.kind === "choice") for (const inner of part.parts) connect(place(inner, from), to, "free");
    else connect(from, to, part.kind === "chars" ? part.chars : part.kind);
    return to;
  };
  const repeat = (part: Expression & { kind: "repeat" }, from: number): number => {
    let state = from;
    for (let count = 0; count < part.min && edges.length <= maxNodes; count += 1)
      state = place(part.part, state);
    const end = add();
    if (part.max === Infinity) {
      const loop = add();
      connect(state, loop, "free");
      connect(place(part.part, loop), loop, "free");
      connect(loop, end, "free");
      return end;
    }
    for (let count = part.min; count < part.max && edges.length <= maxNodes; count += 1) {
      connect(state, end, "free");
      state = place(part.part, state);
    }
    connect(state, end, "free");
    return end;
  };
  connect(0, 0, every);
  const begin = add();
  connect(0, begin, "free");
  connect(place(tree, begin), 1, "free");
  connect(1, 1, every);
  return edges.length > maxNodes ? undefined : { edges, charsets, states: [], numbers: new Map(), moves: [] };
}

import type { Call, ClassModel, Comment, Expression, FunctionModel, Moment, Scope } from "../model.js";
import { scopeIn, unknown } from "../model.js";
import type { Node } from "./syntax.js";

/** What reading one file collects. */
export interface Reader {
  readonly path: string;
  readonly calls: Call[];
  readonly comments: Comment[];
  readonly passedOn: Expression[];
  readonly exports: Map<string, Expression>;
  readonly reexports: Expression[];
  /** What has to wait until every name is declared: assignments may stand before the declaration. */
  readonly later: (() => void)[];
  /** Counts what happens, in the order of the source. */
  order: number;
  /** Reads a node of any type with everything below it. */
  readonly read: (node: Node, where: Where) => Expression;
}

/** Where in the file a node stands. */
export interface Where {
  readonly scope: Scope;
  /** The scope that `var` declares in. */
  readonly functionScope: Scope;
  /** What `this` is an instance of. */
  readonly owner: ClassModel | undefined;
  /** The function whose `return` this would be. */
  readonly model: { readonly returns: Expression[] } | undefined;
  /** The names of the functions around, outermost first. */
  readonly inside: readonly string[];
  /** The line on which the statement begins. */
  readonly line: number;
}

/** The same place in a block of its own. */
export function inBlock(where: Where): Where {
  return { ...where, scope: scopeIn(where.scope) };
}

/** The same place in a function of its own. */
export function inFunction(where: Where, model: FunctionModel): Where {
  const scope = scopeIn(where.scope);
  const inside = model.name === "" ? where.inside : [...where.inside, model.name];
  return { ...where, scope, functionScope: scope, model, inside };
}

/** The next moment of the source. */
export function now(reader: Reader, { scope, functionScope }: Where): Moment {
  return { order: reader.order++, block: scope, frame: functionScope };
}

/** Reads nodes whose values go where nobody follows them. */
export function readAll(
  nodes: readonly (Node | null | undefined)[],
  reader: Reader,
  where: Where,
): Expression {
  for (const node of nodes) if (node) passOn(reader.read(node, where), reader);
  return unknown;
}

/** Notes that a value goes where it cannot be followed. */
export function passOn(value: Expression, { passedOn }: Reader): Expression {
  if (["name", "call", "member", "either"].includes(value.kind)) passedOn.push(value);
  return value;
}

import type { Block, Call, ClassModel, Comment, Expression, Moment, Scope } from "../model.js";
import { unknown } from "../model.js";
import type { Source, SyntaxNode } from "./syntax.js";

/** What reading one file collects. */
export interface Reader extends Source {
  readonly path: string;
  readonly calls: Call[];
  readonly comments: Comment[];
  readonly passedOn: Expression[];
  readonly reexports: Expression[];
  /** What has to wait until every name is known. */
  readonly later: (() => void)[];
  /** Counts what happens, in the order of the source. */
  order: number;
  /** Reads a node of any type with everything below it. */
  readonly read: (node: SyntaxNode, where: Where) => Expression;
}

/** Where in the file a node stands. */
export interface Where {
  /** Where names are looked up and, outside of a class body, declared. */
  readonly scope: Scope;
  /** What is run as a whole or not at all. */
  readonly block: Block;
  /** The class whose body this is directly. */
  readonly body: ClassModel | undefined;
  /** What functions see of the names around them: never those of a class body. */
  readonly outer: Scope;
  /** The class that `self` is an instance of, and how `self` is called here. */
  readonly self: { readonly name: string; readonly owner: ClassModel } | undefined;
  readonly returns: Expression[] | undefined;
  /** The names of the functions around, outermost first. */
  readonly inside: readonly string[];
  /** The line on which the statement begins. */
  readonly line: number;
}

/** The next moment of the source. */
export function now(reader: Reader, { block, outer }: Where): Moment {
  return { order: reader.order++, block, frame: outer };
}

/** Reads nodes whose values go where nobody follows them. */
export function readAll(nodes: readonly SyntaxNode[], reader: Reader, where: Where): Expression {
  for (const node of nodes) passOn(reader.read(node, where), reader);
  return unknown;
}

/** Notes that a value goes where it cannot be followed. */
export function passOn(value: Expression, { passedOn }: Reader): Expression {
  if (["name", "call", "member", "either"].includes(value.kind)) passedOn.push(value);
  return value;
}

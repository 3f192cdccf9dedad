import type { SourceProblem, Span } from "../core/call-site.js";

/**
 * An expression of a source file, reduced to what can lead to a prompt. `await`, casts and brackets are transparent,
 * and so are promises: a value and a promise of it are the same here. Both languages are lowered to this.
 */
export type Expression =
  | { readonly kind: "text"; readonly value: string }
  /** Texts put together: `+`, template literals, f-strings. */
  | { readonly kind: "join"; readonly parts: readonly Expression[] }
  /** One of several: `a ? b : c`, `a ?? b`. */
  | { readonly kind: "either"; readonly options: readonly Expression[] }
  | Name
  /** `this`, or `self` in Python. */
  | { readonly kind: "this"; readonly owner: ClassModel }
  | Member
  | Call
  | Dictionary
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "function"; readonly model: FunctionModel }
  | { readonly kind: "class"; readonly model: ClassModel }
  /** A value of a type, as an annotation says. */
  | { readonly kind: "typed"; readonly type: Expression }
  /** What a module exports; `*` for all of it. */
  | { readonly kind: "import"; readonly from: string; readonly module: string; readonly name: string }
  | { readonly kind: "unknown" };

/** A name; what it stands for depends on when it is read. */
export interface Name {
  readonly kind: "name";
  readonly name: string;
  readonly scope: Scope;
  /** Left out: at any time. */
  readonly at?: Moment;
}

/** `object.property`, also from destructuring; undefined for a computed property that is no literal. */
export interface Member {
  readonly kind: "member";
  readonly object: Expression;
  readonly property: string | undefined;
  /** Where the property is written. */
  readonly at: Span;
}

/** A call or a construction. */
export interface Call extends Span {
  readonly kind: "call";
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
  /** The line on which the statement begins that the call is part of. */
  readonly statementLine: number;
  /** The names of the functions that the call stands in, outermost first. */
  readonly inside: readonly string[];
}

/** An argument of a call: in order, by name, or spread. */
export interface Argument extends Span {
  readonly value: Expression;
  readonly name?: string;
  /** `*` for `...list` and `*list`, `**` for `**dictionary`. */
  readonly spread?: "*" | "**";
}

/** An object literal or a dictionary. */
export interface Dictionary {
  readonly kind: "dictionary";
  readonly entries: readonly Entry[];
}

/** `key: value`; a spread has no key, nor has a computed key that is no literal. */
export interface Entry extends Span {
  readonly key?: string;
  readonly value: Expression;
}

/** When something happens: only within one function does the order of the source say so. */
export interface Moment {
  /** Rises with the source. */
  readonly order: number;
  readonly block: Block;
  /** Stands for the function. */
  readonly frame: object;
}

/** A part of a function that is run as a whole or not at all, and the part around it. */
export interface Block {
  readonly parent: Block | undefined;
}

/** Names and what they may stand for. */
export interface Scope {
  readonly parent: Scope | undefined;
  readonly names: Map<string, Binding>;
}

/** What a name may stand for. */
export interface Binding {
  /** All values that are assigned to it somewhere. */
  readonly values: Expression[];
  /** When they are assigned, by their index; none for a value that may come at any time. */
  readonly moments: (Moment | undefined)[];
  /** Keys that are set on it after it was made, such as `variables.tone = …`. */
  readonly added: Entry[];
}

/** A function: what it takes and gives. */
export interface FunctionModel {
  readonly name: string;
  /** In order, `self` left out; a parameter that is taken apart has no name. */
  readonly parameters: readonly Parameter[];
  readonly returns: Expression[];
}

/** A parameter; callers add what they pass to its values. */
export interface Parameter {
  readonly name: string | undefined;
  readonly binding: Binding;
}

/** A class: what its instances and itself hold. */
export interface ClassModel {
  readonly name: string;
  readonly parents: readonly Expression[];
  /** By name; static members and instance members together. */
  readonly members: Map<string, Binding>;
}

/** A comment of the form `promptsync-uses: …`. */
export interface Comment extends Span {
  readonly text: string;
}

/** A source file, reduced. */
export interface Program {
  readonly path: string;
  /** The names of the file itself. */
  readonly scope: Scope;
  /** Every call, in the order of the source. */
  readonly calls: readonly Call[];
  readonly comments: readonly Comment[];
  /** Expressions whose value goes where it cannot be followed: arguments, results, entries of other values. */
  readonly passedOn: readonly Expression[];
  /** By exported name. */
  readonly exports: ReadonlyMap<string, Expression>;
  /** Modules whose exports are exported again. */
  readonly reexports: readonly Expression[];
  /** A place that could not be read; the rest was. */
  readonly problem?: SourceProblem;
}

/** The expression of which nothing is known. */
export const unknown = { kind: "unknown" } as const satisfies Expression;

/** Makes a scope inside another. */
export function scopeIn(parent: Scope | undefined): Scope {
  return { parent, names: new Map() };
}

/** Makes a binding. */
export function binding(...values: Expression[]): Binding {
  return { values, moments: [], added: [] };
}

/** Assigns a value to what a name is bound to. */
export function assignTo({ values, moments }: Binding, value: Expression, at: Moment | undefined): void {
  if (at !== undefined) moments[values.length] = at;
  values.push(value);
}

/** The binding of a name in this very scope; made when there is none. */
export function bind({ names }: Scope, name: string): Binding {
  const known = names.get(name) ?? binding();
  names.set(name, known);
  return known;
}

/** The binding that a name means in a scope. */
export function lookUp(scope: Scope | undefined, name: string): Binding | undefined {
  for (let at = scope; at !== undefined; at = at.parent) {
    const binding = at.names.get(name);
    if (binding !== undefined) return binding;
  }
  return undefined;
}

/** One of several expressions; itself when there is one. */
export function either(options: readonly Expression[]): Expression {
  const [first, second] = options;
  return first === undefined ? unknown : second === undefined ? first : { kind: "either", options };
}

/** The place of something, without the thing. */
export function spanOf({ line, column, endLine, endColumn }: Span): Span {
  return { line, column, endLine, endColumn };
}

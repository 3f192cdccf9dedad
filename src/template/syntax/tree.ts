import type { Builtin } from "../builtins/builtin.js";
import type { ArithmeticOperator } from "../values/arithmetic.js";
import type { CompareOperator } from "../values/compare.js";
import type { Value } from "../values/value.js";

/** Every node knows the offset where it stands in the source. */
interface Node<Kind extends string> {
  readonly kind: Kind;
  readonly at: number;
}

/** The arguments of a call, in the order they were written. */
export interface Arguments {
  readonly positional: readonly Expression[];
  readonly named: readonly { readonly name: string; readonly value: Expression; readonly at: number }[];
  /** `*args`. */
  readonly rest: Expression | null;
  /** `**kwargs`. */
  readonly restNamed: Expression | null;
}

type Literal = Node<"literal"> & { readonly value: Value };
export type Name = Node<"name"> & { readonly name: string };
type TupleNode = Node<"tuple"> & { readonly items: readonly Expression[] };
export type Call = Node<"call"> & { readonly callee: Expression; readonly args: Arguments };
/** `subject` is null for the first filter of `{% filter … %}` and `{% set x | … %}`. */
export type Filter = Node<"filter"> & {
  readonly builtin: Builtin;
  readonly subject: Expression | null;
  readonly args: Arguments;
};
export type Slice = Node<"slice"> & {
  readonly object: Expression;
  readonly start: Expression | null;
  readonly stop: Expression | null;
  readonly step: Expression | null;
};

export type Expression =
  | Literal
  | Name
  | TupleNode
  | Call
  | Filter
  | Slice
  | (Node<"list"> & { readonly items: readonly Expression[] })
  | (Node<"dict"> & { readonly pairs: readonly (readonly [Expression, Expression])[] })
  | (Node<"attribute"> & { readonly object: Expression; readonly name: string })
  | (Node<"item"> & { readonly object: Expression; readonly index: Expression })
  | (Node<"test"> & { readonly builtin: Builtin; readonly subject: Expression; readonly args: Arguments })
  | (Node<"signed"> & { readonly operator: "-" | "+"; readonly operand: Expression })
  | (Node<"arithmetic"> & {
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
    })
  | (Node<"concat"> & { readonly parts: readonly Expression[] })
  | (Node<"compare"> & {
      readonly first: Expression;
      readonly rest: readonly {
        readonly operator: CompareOperator;
        readonly operand: Expression;
        readonly at: number;
      }[];
    })
  | (Node<"not"> & { readonly operand: Expression })
  | (Node<"and"> & { readonly left: Expression; readonly right: Expression })
  | (Node<"or"> & { readonly left: Expression; readonly right: Expression })
  | (Node<"conditional"> & {
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise: Expression | null;
    });

/** What can be assigned to: a name, several, or an attribute of a `namespace()`. */
export type Target =
  | Name
  | (Node<"tuple"> & { readonly items: readonly Target[] })
  | (Node<"attribute"> & { readonly name: string; readonly attribute: string });

/** A parameter of a macro. */
export type Parameter = Node<"parameter"> & { readonly name: string; readonly otherwise: Expression | null };

export type Body = readonly Statement[];

export type For = Node<"for"> & {
  readonly target: Target;
  readonly iterable: Expression;
  readonly test: Expression | null;
  readonly recursive: boolean;
  readonly body: Body;
  readonly otherwise: Body;
};
export type Macro = Node<"macro"> & {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: Body;
};
export type CallBlock = Node<"call-block"> & {
  readonly parameters: readonly Parameter[];
  readonly call: Call;
  readonly body: Body;
};
export type Block = Node<"block"> & {
  readonly name: string;
  readonly scoped: boolean;
  readonly required: boolean;
  readonly body: Body;
};
export type Include = Node<"include"> & {
  readonly template: Expression;
  readonly ignoreMissing: boolean;
  readonly withContext: boolean;
};
export type Import = Node<"import"> & {
  readonly template: Expression;
  readonly name: string;
  readonly withContext: boolean;
};
export type FromImport = Node<"from-import"> & {
  readonly template: Expression;
  readonly names: readonly { readonly name: string; readonly alias: string; readonly at: number }[];
  readonly withContext: boolean;
};
export type Extends = Node<"extends"> & { readonly template: Expression };
export type MessageBlock = Node<"message"> & {
  readonly role: Expression;
  readonly name: Expression | null;
  readonly body: Body;
};
export type If = Node<"if"> & {
  readonly branches: readonly { readonly test: Expression; readonly body: Body }[];
  readonly otherwise: Body;
};

export type Statement =
  | If
  | For
  | Macro
  | CallBlock
  | Block
  | Include
  | Import
  | FromImport
  | Extends
  | MessageBlock
  | (Node<"text"> & { readonly text: string })
  | (Node<"output"> & { readonly value: Expression })
  | (Node<"set"> & { readonly target: Target; readonly value: Expression })
  | (Node<"set-block"> & { readonly target: Target; readonly filter: Filter | null; readonly body: Body })
  | (Node<"with"> & {
      readonly bindings: readonly { readonly target: Target; readonly value: Expression }[];
      readonly body: Body;
    })
  | (Node<"filter-block"> & { readonly filter: Filter; readonly body: Body })
  | (Node<"do"> & { readonly value: Expression })
  | (Node<"placeholder"> & { readonly name: string })
  | Node<"break">
  | Node<"continue">;

/** A parsed template. */
export interface Tree {
  readonly body: Body;
}

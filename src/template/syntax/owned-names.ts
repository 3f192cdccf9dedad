import { attributeOwners, expressionsOf, operandsOf, targetNames } from "./names.js";
import type { Body, Expression, Statement } from "./tree.js";

/**
 * The names that belong to a template alone: its top level sets them before it reads them. As in Jinja, such a name is
 * never taken from the caller, not even by a macro that runs before it is set.
 */
export function ownedNames(body: Body): ReadonlySet<string> {
  const order = new Order();
  order.body(body);
  return order.owned;
}

/** Follows the top level, where `if` is no scope of its own, and notes what happens to each name first. */
class Order {
  readonly owned = new Set<string>();
  readonly #seen = new Set<string>();

  constructor(readonly outer: Order | null = null) {}

  #isSeen(name: string): boolean {
    return this.#seen.has(name) || (this.outer !== null && this.outer.#isSeen(name));
  }

  body(body: Body): void {
    for (const statement of body) this.#statement(statement);
  }

  #statement(statement: Statement): void {
    if (statement.kind === "if") {
      this.#if(statement);
      return;
    }
    if (statement.kind !== "macro") for (const expression of expressionsOf(statement)) this.#read(expression);
    for (const name of setBy(statement)) this.#set(name);
  }

  #if(statement: Extract<Statement, { kind: "if" }>): void {
    for (const { test } of statement.branches) this.#read(test);
    const branches = [...statement.branches.map(({ body }) => body), statement.otherwise].map((body) => {
      const branch = new Order(this);
      branch.body(body);
      return branch;
    });
    const [first, ...rest] = branches;
    const everywhere = [...(first?.owned ?? [])].filter((name) =>
      rest.every((branch) => branch.owned.has(name)),
    );
    for (const name of everywhere) this.#set(name);
    for (const branch of branches) for (const name of branch.#seen) this.#seen.add(name);
  }

  #set(name: string): void {
    if (!this.#isSeen(name)) this.owned.add(name);
    this.#seen.add(name);
  }

  #read(expression: Expression): void {
    if (expression.kind === "name") this.#seen.add(expression.name);
    for (const operand of operandsOf(expression)) this.#read(operand);
  }
}

function setBy(statement: Statement): readonly string[] {
  switch (statement.kind) {
    case "set":
    case "set-block":
      return attributeOwners(statement.target).length > 0 ? [] : targetNames(statement.target);
    case "macro":
    case "import":
      return [statement.name];
    case "from-import":
      return statement.names.map(({ alias }) => alias);
    default:
      return [];
  }
}

import { allStatements } from "../syntax/children.js";
import { ownedNames } from "../syntax/owned-names.js";
import { attributeOwners, declaredNames, mentions, targetNames } from "../syntax/names.js";
import type { Body, Expression, Parameter, Statement, Target } from "../syntax/tree.js";
import { Knowledge } from "./knowledge.js";
import { Reading, type Parsed } from "./reading.js";
import type { Analysis, Reference } from "./use.js";

/**
 * Finds the variables that a template takes from its caller, and the templates it names. Templates that `load` finds
 * are looked into as well. A variable counts as guarded where the render goes on without it.
 */
export function analyse(parsed: Parsed, load: (name: string) => Parsed | null): Analysis {
  const walk = new Walk(load);
  walk.template(parsed, new Knowledge());
  return walk.analysis;
}

class Walk {
  readonly #reading = new Reading();
  readonly #references: Reference[] = [];
  readonly #locals = new Set<string>();
  /** Names of the template's own that no statement has set so far: a block does not see them yet. */
  #unset = new Set<string>();
  /** Blocks that a child fills, and whether it uses the parent's content. */
  #filled = new Map<string, boolean>();

  constructor(readonly load: (name: string) => Parsed | null) {}

  get analysis(): Analysis {
    const { uses, unknownCalls } = this.#reading;
    return { uses, references: this.#references, locals: [...this.#locals], unknownCalls };
  }

  template(parsed: Parsed, known: Knowledge): void {
    this.#reading.open.push(parsed);
    const inner = known.fork();
    inner.bind("self");
    const outer = this.#unset;
    this.#unset = new Set(ownedNames(parsed.tree.body));
    for (const name of this.#unset) inner.bind(name);
    for (const statement of allStatements(parsed.tree.body)) {
      for (const name of declaredNames([statement])) this.#locals.add(name);
    }
    this.#body(parsed.tree.body, inner);
    this.#unset = outer;
    this.#reading.open.pop();
  }

  #body(body: Body, known: Knowledge): void {
    for (const statement of body) {
      this.#statement(statement, known);
      for (const name of declaredNames([statement])) this.#unset.delete(name);
    }
  }

  #statement(node: Statement, known: Knowledge): void {
    switch (node.kind) {
      case "text":
      case "break":
      case "continue":
        return;
      case "output":
      case "do":
        this.#reading.expression(node.value, known);
        return;
      case "set":
        this.#reading.expression(node.value, known);
        this.#bind(
          node.target,
          known,
          node.target.kind === "name" ? this.#reading.pathOf(node.value, known) : null,
        );
        return;
      case "set-block":
        this.#body(node.body, known.fork());
        if (node.filter !== null) this.#reading.expression(node.filter, known);
        this.#bind(node.target, known, null);
        return;
      case "if":
        this.#if(node, known);
        return;
      case "for":
        this.#for(node, known);
        return;
      case "with": {
        const inner = known.fork();
        for (const { target, value } of node.bindings) {
          this.#reading.expression(value, known);
          this.#bind(target, inner, target.kind === "name" ? this.#reading.pathOf(value, known) : null);
        }
        this.#body(node.body, inner);
        return;
      }
      case "filter-block":
        this.#body(node.body, known.fork());
        this.#reading.expression(node.filter, known);
        return;
      case "macro":
        known.bind(node.name);
        this.#macro(node.parameters, node.body, known);
        return;
      case "call-block":
        this.#reading.expression(node.call, known);
        this.#macro(node.parameters, node.body, known);
        return;
      case "block":
        this.#block(node, known);
        return;
      case "message":
        this.#reading.expression(node.role, known);
        if (node.name !== null) this.#reading.expression(node.name, known);
        this.#body(node.body, known.fork());
        return;
      case "placeholder":
        this.#reading.use({ kind: "name", at: node.at, name: node.name }, known, false);
        return;
      case "include":
        this.#visit(node, node.withContext ? known : null);
        return;
      case "import":
        this.#visit(node, node.withContext ? known : null);
        known.bind(node.name);
        return;
      case "from-import":
        this.#visit(node, node.withContext ? known : null);
        for (const { alias } of node.names) known.bind(alias);
        return;
      case "extends":
        this.#extends(node, known);
        return;
    }
  }

  #bind(target: Target, known: Knowledge, path: string | null): void {
    for (const owner of attributeOwners(target)) this.#reading.expression(owner, known);
    for (const name of targetNames(target)) known.bind(name, path);
  }

  #if(node: Extract<Statement, { kind: "if" }>, known: Knowledge): void {
    let rest = known.fork();
    const branches: Knowledge[] = [];
    for (const { test, body } of node.branches) {
      this.#reading.expression(test, rest, true);
      const branch = rest.fork(this.#reading.present(test, true, rest));
      this.#body(body, branch);
      branches.push(branch);
      rest = rest.fork(this.#reading.present(test, false, rest));
    }
    this.#body(node.otherwise, rest);
    known.join([...branches, rest]);
  }

  #for(node: Extract<Statement, { kind: "for" }>, known: Knowledge): void {
    this.#reading.expression(node.iterable, known);
    const path = node.target.kind === "name" ? this.#reading.pathOf(node.iterable, known) : null;
    const inner = known.fork();
    this.#bind(node.target, inner, path === null ? null : `${path}[]`);
    let round = inner;
    if (node.test !== null) {
      this.#reading.expression(node.test, inner, true);
      round = inner.fork(this.#reading.present(node.test, true, inner));
    }
    round.bind("loop");
    this.#body(node.body, round);
    this.#body(node.otherwise, known.fork());
  }

  #macro(parameters: readonly Parameter[], body: Body, known: Knowledge): void {
    const inner = known.fork();
    for (const { name, otherwise } of parameters) {
      if (otherwise !== null) this.#reading.expression(otherwise, inner);
      inner.bind(name);
    }
    for (const name of ["caller", "varargs", "kwargs"]) inner.bind(name);
    this.#body(body, inner);
  }

  #block(node: Extract<Statement, { kind: "block" }>, known: Knowledge): void {
    const isReplaced = this.#filled.get(node.name) === false && this.#reading.open.length > 1;
    if (isReplaced) return;
    const inner = known.fork();
    inner.unbind(this.#unset);
    inner.bind("super");
    this.#body(node.body, inner);
  }

  #extends(node: Extract<Statement, { kind: "extends" }>, known: Knowledge): void {
    const outer = this.#filled;
    this.#filled = new Map(outer);
    for (const statement of allStatements(this.#reading.current.tree.body)) {
      if (statement.kind === "block") this.#filled.set(statement.name, mentions(statement.body, "super"));
    }
    this.#visit(node, known);
    this.#filled = outer;
  }

  /** Notes a reference and looks into the template; without `known` it sees no variables, so only references count. */
  #visit(node: Extract<Statement, { template: Expression }>, known: Knowledge | null): void {
    this.#reading.expression(node.template, known ?? new Knowledge());
    const { template } = node;
    const isList = template.kind === "list" || template.kind === "tuple";
    for (const one of isList ? template.items : [template]) {
      const name = one.kind === "literal" && typeof one.value === "string" ? one.value : null;
      const parsed = name === null ? null : this.load(name);
      this.#references.push({
        kind: node.kind === "from-import" ? "import" : node.kind,
        name,
        ...this.#reading.place(one.at),
        optional: isList || (node.kind === "include" && node.ignoreMissing),
        found: parsed !== null,
      });
      if (parsed === null || this.#reading.open.includes(parsed)) continue;
      const before = this.#reading.uses.length;
      this.template(parsed, known ?? new Knowledge());
      if (known === null) this.#reading.uses.length = before;
    }
  }
}

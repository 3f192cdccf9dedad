import { globals } from "../builtins/globals.js";
import type { Source } from "../source.js";
import { operandsOf } from "../syntax/names.js";
import type { Expression, Name, Tree } from "../syntax/tree.js";
import { presentWhen, tolerantTests } from "./guards.js";
import { rootOf, type Knowledge } from "./knowledge.js";
import type { Use } from "./use.js";

/** A parsed template with the text it came from. */
export interface Parsed {
  readonly tree: Tree;
  readonly source: Source;
  /** Whether it has messages of its own. */
  readonly isChat: boolean;
}

/** Notes what expressions read of the caller's variables. */
export class Reading {
  readonly uses: Use[] = [];
  readonly unknownCalls: { name: string; at: number }[] = [];
  /** Templates that are being looked into, outermost first. */
  readonly open: Parsed[] = [];

  /** The innermost of {@link open}. */
  get current(): Parsed {
    return this.open.at(-1) as Parsed;
  }

  /** Where an offset of the current template is. */
  place(at: number): { readonly line: number; readonly column: number; readonly template: string | null } {
    const { source } = this.current;
    return { ...source.place(at), template: source.name };
  }

  /** The paths that are known to be there when a test came out as `outcome`. */
  present(test: Expression, outcome: boolean, known: Knowledge): ReadonlySet<string> {
    return presentWhen(test, outcome, (expression) => this.pathOf(expression, known));
  }

  /** Notes what an expression reads. `tolerant`: a missing value is fine here, as only its truth is asked for or a default stands by. */
  expression(node: Expression, known: Knowledge, tolerant = false): void {
    switch (node.kind) {
      case "name":
      case "attribute":
      case "item":
        this.use(node, known, tolerant);
        return;
      case "call":
        this.#call(node, known);
        return;
      case "filter": {
        const isDefault = node.builtin.name === "default" || node.builtin.name === "d";
        if (node.subject !== null) this.expression(node.subject, known, isDefault);
        for (const operand of operandsOf(node)) if (operand !== node.subject) this.expression(operand, known);
        return;
      }
      case "test":
        this.expression(node.subject, known, tolerantTests.has(node.builtin.name));
        for (const operand of operandsOf(node)) if (operand !== node.subject) this.expression(operand, known);
        return;
      case "not":
        this.expression(node.operand, known, true);
        return;
      case "and":
      case "or":
        this.expression(node.left, known, tolerant || node.kind === "or");
        this.expression(
          node.right,
          known.fork(this.present(node.left, node.kind === "and", known)),
          tolerant,
        );
        return;
      case "conditional":
        this.expression(node.test, known, true);
        this.expression(node.then, known.fork(this.present(node.test, true, known)), tolerant);
        if (node.otherwise === null) return;
        this.expression(node.otherwise, known.fork(this.present(node.test, false, known)), tolerant);
        return;
      default:
        for (const operand of operandsOf(node)) this.expression(operand, known);
    }
  }

  #call(node: Extract<Expression, { kind: "call" }>, known: Knowledge): void {
    const { callee } = node;
    if (callee.kind === "name") this.#callName(callee, known);
    else if (callee.kind === "attribute") this.expression(callee.object, known);
    else this.expression(callee, known);
    for (const operand of operandsOf(node)) if (operand !== callee) this.expression(operand, known);
  }

  #callName(callee: Name, known: Knowledge): void {
    if (known.isBound(callee.name) || globals.has(callee.name) || this.open.length > 1) return;
    this.unknownCalls.push({ name: callee.name, at: callee.at });
  }

  /** Notes that a chain such as `user.address.city` is read, and looks into computed keys. */
  use(node: Expression, known: Knowledge, tolerant: boolean): void {
    let root = node;
    while (root.kind === "attribute" || root.kind === "item") {
      if (root.kind === "item") this.expression(root.index, known);
      root = root.object;
    }
    if (root.kind !== "name") {
      this.expression(root, known);
      return;
    }
    const path = this.pathOf(node, known);
    if (path === null) return;
    const direct = !known.isBound(root.name);
    const name = direct ? root.name : rootOf(path);
    const guarded = known.isPresent(name) || (tolerant && path === name);
    const pathGuarded = tolerant || known.isPresent(path);
    this.uses.push({ name, path, ...this.place(root.at), guarded, pathGuarded, direct });
  }

  /** The path of a chain of attributes on a variable, or on a local name that stands for one; else null. */
  pathOf(node: Expression, known: Knowledge): string | null {
    if (node.kind === "name") return known.isBound(node.name) ? known.aliasOf(node.name) : node.name;
    if (node.kind !== "attribute" && node.kind !== "item") return null;
    const base = this.pathOf(node.object, known);
    if (base === null) return null;
    if (node.kind === "attribute") return `${base}.${node.name}`;
    const key = node.index.kind === "literal" ? node.index.value : undefined;
    if (typeof key === "number") return `${base}[]`;
    return typeof key === "string" ? `${base}.${key}` : `${base}[*]`;
  }
}

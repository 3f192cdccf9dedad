import type { Body, Statement } from "./tree.js";

/** The bodies directly inside a statement. */
export function bodiesOf(statement: Statement): readonly Body[] {
  switch (statement.kind) {
    case "if":
      return [...statement.branches.map(({ body }) => body), statement.otherwise];
    case "for":
      return [statement.body, statement.otherwise];
    case "macro":
    case "call-block":
    case "block":
    case "message":
    case "set-block":
    case "with":
    case "filter-block":
      return [statement.body];
    default:
      return [];
  }
}

/** Every statement of a body and of the bodies inside it, outer ones first. */
export function allStatements(body: Body): Statement[] {
  const all: Statement[] = [];
  const collect = (inner: Body): void => {
    for (const statement of inner) {
      all.push(statement);
      bodiesOf(statement).forEach(collect);
    }
  };
  collect(body);
  return all;
}

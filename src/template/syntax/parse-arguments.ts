import { bind, type Builtin } from "../builtins/builtin.js";
import { isPromptSyncError } from "../../core/errors.js";
import { parseExpression } from "./parse-expression.js";
import type { Reader } from "./reader.js";
import type { Arguments, Expression } from "./tree.js";

/** Parses `(a, b=c, *d, **e)`. */
export function parseArguments(reader: Reader): Arguments {
  reader.expect("operator", "(");
  const positional: Expression[] = [];
  const named: { name: string; value: Expression; at: number }[] = [];
  const names = new Set<string>();
  let rest: Expression | null = null;
  let restNamed: Expression | null = null;
  const refuseAfter = (isWrong: boolean): void => {
    if (isWrong) throw reader.fail("arguments come in the order: values, `name=value`, `*list`, `**dict`");
  };
  while (!reader.is("operator", ")")) {
    if (reader.skip("operator", "*")) {
      refuseAfter(rest !== null || restNamed !== null);
      rest = parseExpression(reader);
    } else if (reader.skip("operator", "**")) {
      refuseAfter(restNamed !== null);
      restNamed = parseExpression(reader);
    } else if (
      reader.token.kind === "name" &&
      reader.following.kind === "operator" &&
      reader.following.text === "="
    ) {
      refuseAfter(restNamed !== null);
      const name = reader.next();
      reader.next();
      if (names.has(name.text)) throw reader.fail(`\`${name.text}\` is given twice`, undefined, name.at);
      names.add(name.text);
      named.push({ name: name.text, value: parseExpression(reader), at: name.at });
    } else {
      refuseAfter(rest !== null || restNamed !== null || named.length > 0);
      positional.push(parseExpression(reader));
    }
    if (!reader.is("operator", ")")) reader.expect("operator", ",");
  }
  reader.next();
  return { positional, named, rest, restNamed };
}

/** The arguments of a call without parentheses. */
export const noArguments: Arguments = { positional: [], named: [], rest: null, restNamed: null };

/** Throws for arguments that a builtin does not take, as far as they can be known before rendering. */
export function checkArguments(
  reader: Reader,
  { builtin, args, at }: { builtin: Builtin; args: Arguments; at: number },
): void {
  if (builtin.parameters === null || args.rest !== null || args.restNamed !== null) return;
  const named = args.named.map(({ name, value }) => [name, value] as const);
  try {
    bind(builtin, args.positional, named);
  } catch (error) {
    if (!isPromptSyncError(error)) throw error;
    throw reader.fail(error.message, error.hint, at);
  }
}

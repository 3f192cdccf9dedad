import type { Change } from "../core/bump.js";
import type { Contract } from "./contract.js";
import { pointerAsWritten } from "./locate.js";
import { schemaChanges } from "./schema-changes.js";
import { schemaMessage } from "./schema-message.js";

/** How outputs are compared. */
export interface OutputOptions {
  readonly reader?: "tolerant" | "exact" | undefined;
  readonly formats?: "annotate" | "assert" | undefined;
}

/** Compares what readers get. */
export function compareOutputs(
  before: Contract,
  after: Contract,
  options: OutputOptions = {},
): readonly Change[] {
  return [
    ...kindChanges(before, after),
    ...changesOfSchema(before, after, options),
    ...strictChanges(before, after),
  ];
}

function kindChanges({ output: was }: Contract, { output: is }: Contract): readonly Change[] {
  if (was.kind === is.kind) return [];
  const message = `the output is ${is.kind} now and was ${was.kind}; readers that parse it break`;
  return [
    {
      kind: "output-kind-changed",
      at: "/output/format",
      bump: "major",
      message,
      from: was.kind,
      to: is.kind,
    },
  ];
}

function changesOfSchema(
  before: Contract,
  after: Contract,
  { reader = "tolerant", formats = "annotate" }: OutputOptions,
): readonly Change[] {
  const [from, to] = [before.output.schema, after.output.schema];
  const at = "/output/schema";
  if (before.output.kind !== after.output.kind || (from === undefined && to === undefined)) return [];
  if (to === undefined) {
    const message = "the output schema was removed; readers can rely on nothing any more";
    return [{ kind: "output-schema-removed", at, bump: "major", message, from, to: null }];
  }
  if (from === undefined) {
    return [
      {
        kind: "output-schema-added",
        at,
        bump: "minor",
        message: "the output has a schema now",
        from: null,
        to,
      },
    ];
  }
  return schemaChanges(from, to, { role: "output", reader, formats }).map(({ pointer, ...change }) => {
    const written = pointerAsWritten(change.to === null ? from : to, pointer);
    return {
      ...change,
      at: at + written,
      message: schemaMessage({ ...change, pointer }, { noun: "output", role: "output" }),
    };
  });
}

function strictChanges({ output: was }: Contract, { output: is }: Contract): readonly Change[] {
  if (was.strict === is.strict) return [];
  const [bump, message] = is.strict
    ? (["minor", "the provider guarantees the output schema now"] as const)
    : (["major", "the provider no longer guarantees the output schema; readers have to check it"] as const);
  return [
    { kind: "output-strict-changed", at: "/output/strict", bump, message, from: was.strict, to: is.strict },
  ];
}

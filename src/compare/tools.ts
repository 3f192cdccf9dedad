import type { Change } from "../core/bump.js";
import type { ChangeKind } from "../core/change-kind.js";
import type { JsonValue } from "../core/json.js";
import type { Tool } from "../core/prompt.js";
import type { Contract } from "./contract.js";
import { pointerAsWritten } from "./locate.js";
import type { OutputOptions } from "./outputs.js";
import { schemaChanges } from "./schema-changes.js";
import { schemaMessage } from "./schema-message.js";

/** Compares the tools that the model may call: it writes their parameters and reads their results. */
export function compareTools(
  before: Contract,
  after: Contract,
  options: OutputOptions = {},
): readonly Change[] {
  const [was, is] = [toolsOf(before), toolsOf(after)];
  const forced = before.prompt.frontMatter.toolChoice;
  const removed = [...was.values()].filter(({ tool }) => !is.has(tool.name));
  return [
    ...removed.map(({ tool, at }) => removal(tool, { at, forced: forced === tool.name })),
    ...[...is.values()].flatMap((now) => {
      const old = was.get(now.tool.name);
      return old === undefined ? [addition(now)] : changesOf(old, now, options);
    }),
    ...choiceChanges(before, after),
  ];
}

interface Placed {
  readonly tool: Tool;
  readonly at: string;
}

function toolsOf({ prompt }: Contract): ReadonlyMap<string, Placed> {
  const tools = prompt.frontMatter.tools ?? [];
  const placed = tools.map((tool, index) => {
    return { tool: typeof tool === "string" ? { name: tool } : tool, at: `/tools/${String(index)}` };
  });
  return new Map(placed.map((entry) => [entry.tool.name, entry]));
}

function addition({ tool: { name, hosted = false }, at }: Placed): Change {
  return hosted
    ? {
        kind: "tool-added",
        at,
        bump: "minor",
        message: `tool \`${name}\` was added; the provider runs it`,
        to: name,
      }
    : {
        kind: "tool-added",
        at,
        bump: "major",
        message: `tool \`${name}\` was added; callers do not answer its calls yet`,
        to: name,
      };
}

function removal({ name }: Tool, { at, forced }: { at: string; forced: boolean }): Change {
  const message = `tool \`${name}\` was removed${forced ? "; the model was made to call it" : ""}`;
  return { kind: "tool-removed", at, bump: forced ? "major" : "minor", message, from: name };
}

function changesOf(was: Placed, is: Placed, options: OutputOptions): readonly Change[] {
  const { name } = is.tool;
  const parameters = {
    kind: "tool-parameters",
    at: `${is.at}/inputSchema`,
    role: "output",
    noun: `parameter of tool \`${name}\``,
  } as const;
  const result = {
    kind: "tool-result",
    at: `${is.at}/outputSchema`,
    role: "input",
    noun: `result of tool \`${name}\``,
  } as const;
  return [
    ...changesOfSchema([was.tool.inputSchema, is.tool.inputSchema], parameters, options),
    ...changesOfSchema([was.tool.outputSchema, is.tool.outputSchema], result, options),
    ...hostChanges(was, is),
    ...(was.tool.description === is.tool.description
      ? []
      : [
          {
            kind: "tool-annotation-changed",
            at: `${is.at}/description`,
            bump: "patch",
            message: `the description of tool \`${name}\` changed`,
          } as const,
        ]),
  ];
}

interface Part {
  readonly kind: "tool-parameters" | "tool-result";
  readonly at: string;
  readonly role: "input" | "output";
  readonly noun: string;
}

function changesOfSchema(
  [from, to]: readonly (JsonValue | undefined)[],
  { kind, at, role, noun }: Part,
  options: OutputOptions,
): readonly Change[] {
  if (from === undefined && to === undefined) return [];
  if (from === undefined || to === undefined) {
    const lost = to === undefined && role === "output";
    const message = `the schema of the ${noun} was ${to === undefined ? "removed" : "added"}`;
    return [
      {
        kind: `${kind}-schema-${to === undefined ? "removed" : "added"}`,
        at,
        bump: lost ? "major" : "minor",
        message,
      },
    ];
  }
  const { reader = "tolerant", formats = "annotate" } = options;
  return schemaChanges(from, to, { role, reader, formats, undeclared: "as written" }).map(
    ({ pointer, ...change }) => ({
      ...change,
      kind: change.kind.replace(/^(input|output)/, kind) as ChangeKind, // a part has one role
      at: at + pointerAsWritten(change.to === null ? from : to, pointer),
      message: schemaMessage({ ...change, pointer }, { noun, role }),
    }),
  );
}

function hostChanges({ tool: was }: Placed, { tool: is, at }: Placed): readonly Change[] {
  const [from, to] = [was.hosted ?? false, is.hosted ?? false];
  if (from === to) return [];
  const message = to
    ? `the provider runs tool \`${is.name}\` now`
    : `callers have to run tool \`${is.name}\` now`;
  return [
    { kind: "tool-hosted-changed", at: `${at}/hosted`, bump: to ? "minor" : "major", message, from, to },
  ];
}

function choiceChanges({ prompt: was }: Contract, { prompt: is }: Contract): readonly Change[] {
  const [from, to] = [was.frontMatter.toolChoice, is.frontMatter.toolChoice];
  if (from === to) return [];
  const message = `the tool choice changed from \`${from ?? "auto"}\` to \`${to ?? "auto"}\``;
  return [
    {
      kind: "tool-choice-changed",
      at: "/toolChoice",
      bump: "minor",
      message,
      from: from ?? null,
      to: to ?? null,
    },
  ];
}

import { readFileSync } from "node:fs";
import { errorCodes } from "../../src/core/errors.js";
import { operations } from "../../src/operations/index.js";
import { isOperation, type OperationTable } from "../../src/operations/table.js";
import { ruleFacts } from "../../src/rules/index.js";

/** The tables that README.md repeats from the code, by the name in their markers. */
export const tables: Readonly<Record<string, () => Promise<string>>> = {
  commands: commandTable,
  rules: () => Promise.resolve(ruleTable()),
  errors: () => Promise.resolve(errorTable()),
  settings: () => Promise.resolve(settingTable()),
  speed: () => Promise.resolve(speedTable()),
};

/** Puts the tables between their markers: `<!-- begin commands -->` and `<!-- end commands -->`. */
export async function withTables(text: string): Promise<string> {
  let result = text;
  for (const [name, table] of Object.entries(tables)) {
    const marked = new RegExp(`(<!-- begin ${name} -->\n)[^]*?(<!-- end ${name} -->)`);
    const content = await table();
    result = result.replace(marked, (_, begin: string, end: string) => `${begin}${content}\n${end}`);
  }
  return result;
}

async function commandTable(): Promise<string> {
  const rows: string[][] = [];
  for (const [words, entry] of Object.entries(operations as OperationTable)) {
    if (!isOperation(entry) || entry.hidden === true) continue;
    const { default: operation } = await entry.load();
    const names = (operation.arguments ?? []).map(({ name }) => name).join(" ");
    rows.push([code(`${words} ${names}`.trim()), entry.summary, code(operation.examples[0]?.command ?? "")]);
  }
  return table(["command", "does", "for example"], rows);
}

function ruleTable(): string {
  return table(
    ["rule", "severity", "checks that"],
    ruleFacts.map(({ id, severity, checks }) => [code(id), severity, checks]),
  );
}

function errorTable(): string {
  const rows = Object.entries(errorCodes).map(([name, { exit, meaning }]) => [
    code(name),
    String(exit),
    meaning,
  ]);
  return table(["code", "exit", "meaning"], rows);
}

interface SchemaNode {
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
}

function settingTable(): string {
  const file = new URL("../../schemas/promptsyncrc.schema.json", import.meta.url);
  const { properties = {} } = JSON.parse(readFileSync(file, "utf8")) as SchemaNode;
  const rows = Object.entries(properties).map(([key, { description = "", default: value }]) => [
    code(key),
    value === undefined ? "" : code(JSON.stringify(value).replaceAll('"', "")),
    description,
  ]);
  return table(["key", "default", "what it says"], rows);
}

interface Measured {
  readonly date: string;
  readonly machine: string;
  readonly rows: readonly {
    readonly name: string;
    readonly against: string;
    readonly median: number;
    readonly goal?: number;
  }[];
}

/** What `npm run bench` measured last and has a goal for. */
function speedTable(): string {
  const file = new URL("../bench/results.json", import.meta.url);
  const parts = Object.values(JSON.parse(readFileSync(file, "utf8")) as Record<string, Measured>);
  const rows = parts.flatMap(({ date, machine, rows }) =>
    rows.flatMap(({ name, against, median, goal }) =>
      goal === undefined
        ? []
        : [[code(name), code(against), median.toFixed(2), String(goal), `${date}, ${machine}`]],
    ),
  );
  return table(["what", "against", "median", "goal", "measured"], rows);
}

function code(text: string): string {
  return text === "" ? "" : `\`${text}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

import type { Change } from "../core/bump.js";
import { jsonEquals } from "../core/json.js";
import { joinPointer } from "../core/picoschema.js";
import type { SchemaChange } from "../schema-compat/index.js";
import { namesOnly, propertiesOf, type Contract } from "./contract.js";
import { pointerAsWritten, variableAt } from "./locate.js";
import { schemaChanges } from "./schema-changes.js";
import { schemaMessage } from "./schema-message.js";

/** How inputs are compared. */
export interface InputOptions {
  readonly formats?: "annotate" | "assert" | undefined;
}

/** Compares what callers have to give. */
export function compareInputs(
  before: Contract,
  after: Contract,
  options: InputOptions = {},
): readonly Change[] {
  if (isUnread(before) || isUnread(after))
    return unread(before.template.problem ?? after.template.problem ?? "");
  const [one, other] = schemasOf(before, after);
  const changes = schemaChanges(one, other, { role: "input", formats: options.formats ?? "annotate" });
  // Defaults of variables are compared below, wherever they stand.
  const own = changes.filter(({ pointer }) => !/^\/properties\/[^/]+\/default$/.test(pointer));
  const located = own.map((change) => locate(change, before, after));
  return [
    ...nameRenames(located, before, after),
    ...declarations(before, after),
    ...defaultChanges(before, after),
  ];
}

/** Without a schema the template is the contract, and it does not parse. */
function isUnread({ input, template }: Contract): boolean {
  return !input.declared && template.problem !== undefined;
}

function unread(problem: string): readonly Change[] {
  const message = `the template does not parse, so its variables are not known: ${problem}`;
  return [{ kind: "input-undecidable", at: "body", bump: "minor", message }];
}

/** When one side has no schema, only names can be compared. */
function schemasOf(before: Contract, after: Contract) {
  const schemas = [before.input.given, after.input.given] as const;
  return before.input.declared === after.input.declared
    ? schemas
    : ([namesOnly(schemas[0]), namesOnly(schemas[1])] as const);
}

function locate(change: SchemaChange, before: Contract, after: Contract): Change {
  const { pointer, ...rest } = change;
  const name = variableAt(pointer);
  const filled =
    name !== undefined && after.input.required.has(name) && Object.hasOwn(after.input.defaults, name);
  if (change.kind === "input-optional-added" && filled) {
    const message = `input \`${name}\` is new and required; its default fills it for callers that do not pass it`;
    return { ...rest, kind: "input-required-added", at: placeOf(pointer, after), message };
  }
  const contract = change.to === null ? before : after;
  return {
    ...rest,
    at: placeOf(pointer, contract),
    message: schemaMessage(change, { noun: "input", role: "input" }),
  };
}

function placeOf(pointer: string, { input, prompt }: Contract): string {
  if (!input.declared) return "body";
  return `/input/schema${pointerAsWritten(prompt.frontMatter.input?.schema, pointer)}`;
}

/** A variable that went while another of the same type came looks like a rename. */
function nameRenames(changes: readonly Change[], before: Contract, after: Contract): readonly Change[] {
  const removed = namesOf(before).filter((name) => !namesOf(after).includes(name));
  const added = namesOf(after).filter((name) => !namesOf(before).includes(name));
  const twins = removed.flatMap((from) => {
    const alike = (name: string) =>
      jsonEquals(propertiesOf(before.input.written)[from], propertiesOf(after.input.written)[name]);
    const matches = added.filter(alike);
    return matches.length === 1 ? [{ from, to: matches[0] ?? "" }] : [];
  });
  const sure = twins.filter(({ to }) => twins.filter((twin) => twin.to === to).length === 1);
  return changes.map((change) => {
    const twin = sure.find(
      ({ from }) => change.kind === "input-removed" && change.message.includes(`\`${from}\``),
    );
    if (twin === undefined) return change;
    const message = `input \`${twin.from}\` was removed and \`${twin.to}\` of the same type added: it looks like a rename; keep both for one major version`;
    return { ...change, message };
  });
}

function namesOf({ input }: Contract): readonly string[] {
  return Object.keys(propertiesOf(input.written));
}

function declarations(before: Contract, after: Contract): readonly Change[] {
  if (before.input.declared === after.input.declared) return [];
  const at = "/input/schema";
  return after.input.declared
    ? [
        {
          kind: "input-schema-added",
          at,
          bump: "minor",
          message: "the inputs are declared now; before, any type was taken",
        },
      ]
    : [
        {
          kind: "input-schema-removed",
          at,
          bump: "minor",
          message: "the inputs are no longer declared; the template decides",
        },
      ];
}

/** What callers get who leave a variable out. */
function defaultChanges(before: Contract, after: Contract): readonly Change[] {
  const names = new Set([...Object.keys(before.input.defaults), ...Object.keys(after.input.defaults)]);
  const kept = [...names].filter((name) => namesOf(before).includes(name) && namesOf(after).includes(name));
  return kept.flatMap((name) => [...filled(name, before, after), ...defaultChange(name, before, after)]);
}

/** A variable that became required, yet has a default, breaks nobody. */
function filled(name: string, { input: was }: Contract, after: Contract): readonly Change[] {
  const { required, defaults } = after.input;
  if (was.required.has(name) || !required.has(name) || !Object.hasOwn(defaults, name)) return [];
  const at = placeOf(joinPointer("/properties", name), after);
  const message = `input \`${name}\` became required; its default fills it for callers that leave it out`;
  return [{ kind: "input-became-required", at, bump: "minor", message, from: "optional", to: "required" }];
}

function defaultChange(name: string, { input: was }: Contract, after: Contract): readonly Change[] {
  const from = Object.hasOwn(was.defaults, name) ? was.defaults[name] : undefined;
  const to = Object.hasOwn(after.input.defaults, name) ? after.input.defaults[name] : undefined;
  // A variable that was required until now had no default to change.
  if (jsonEquals(from, to) || (from === undefined && was.required.has(name))) return [];
  const beside = [was, after.input].some((input) => Object.hasOwn(input.beside, name));
  const at = beside ? joinPointer("/input/default", name) : placeOf(joinPointer("/properties", name), after);
  if (to === undefined) return removedDefault(name, { at, from, after });
  const message = `the default of input \`${name}\` changed; callers that leave it out get other text`;
  return [{ kind: "input-default-changed", at, bump: "minor", message, from: from ?? null, to }];
}

function removedDefault(
  name: string,
  { at, from, after }: { at: string; from: unknown; after: Contract },
): readonly Change[] {
  // Without its default a required variable became required for callers, which is told already.
  if (after.input.required.has(name)) return [];
  const bare = after.template.variables.required.includes(name);
  const consequence = bare
    ? "the template prints it without a guard"
    : "callers that leave it out get other text";
  const message = `the default of input \`${name}\` was removed; ${consequence}`;
  return [{ kind: "input-default-removed", at, bump: bare ? "major" : "minor", message, from, to: null }];
}

import type { JsonValue } from "../core/json.js";
import type { SchemaChange } from "../schema-compat/index.js";
import { cut, describeSchema } from "./describe-schema.js";
import { pathOf } from "./locate.js";

/** What a sentence about a change of a schema is made of. */
interface Words {
  /** Such as "input `lead.name`". */
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly change: SchemaChange;
}

type Sentence = (words: Words) => string;

const fromTo = ({ from, to }: Words) => (from === to ? "" : `: it was \`${from}\` and is \`${to}\``);
const nested = ({ from, to }: SchemaChange) =>
  from === "optional" || from === "required" || to === null || from === null;
const sub = ({ change, to }: Words) =>
  change.to === null ? "was removed" : change.from === null ? `was added as ${to}` : `became ${to}`;

/** One sentence a kind; the front of the kind (`input-`, `output-`) is the caller's. */
const sentences: Readonly<Record<string, Sentence>> = {
  "required-added": ({ subject }) => `${subject} is new and required; callers that do not pass it break`,
  "optional-added": ({ subject }) => `${subject} is new and optional`,
  removed: ({ subject }) => `${subject} was removed; callers that pass it are refused`,
  "became-required": ({ subject }) => `${subject} became required; callers that leave it out break`,
  "became-optional": ({ subject }) => `${subject} became optional`,
  "default-changed": ({ subject }) =>
    `the default of ${subject} changed; callers that leave it out get other text`,
  "property-added": ({ subject, change }) =>
    `${subject} was added${change.bump === "major" ? "; readers that take only known properties break" : ""}`,
  "property-removed": ({ subject, change }) =>
    `${subject} was removed${change.bump === "major" ? "; readers that rely on it break" : "; it was optional"}`,
  "property-became-optional": ({ subject }) => `${subject} may be missing now; readers that rely on it break`,
  "property-became-nullable": ({ subject }) =>
    `${subject} may be null now; readers that rely on a value break`,
  "order-changed": ({ subject }) =>
    `the properties of ${subject} come in another order; models write them in that order`,
  "annotation-changed": ({ subject }) => `the description of ${subject} changed`,
  "format-changed": ({ subject, from, to }) =>
    `the format of ${subject} changed from \`${from}\` to \`${to}\``,
  equivalent: ({ subject }) => `${subject} is spelled in another way and means the same`,
  undecidable: ({ subject }) => `${subject} changed, and it cannot be proven that this is compatible`,
  widened: (words) =>
    nested(words.change)
      ? `${words.subject} ${sub(words)}`
      : `${words.subject} takes more values${fromTo(words)}`,
  narrowed: (words) =>
    nested(words.change)
      ? `${words.subject} ${sub(words)}`
      : `${words.subject} takes fewer values${fromTo(words)}`,
  retyped: (words) => `${words.subject} has another type${fromTo(words)}`,
};

/** Says in one sentence what changed in a schema; `noun` is what its values are called, such as `input`. */
export function schemaMessage(
  change: SchemaChange,
  { noun, role }: { noun: string; role: "input" | "output" },
): string {
  const path = pathOf(change.pointer);
  const subject = path === "" ? `the ${noun}` : `${noun} \`${path}\``;
  const words = { subject, from: describeSchema(change.from), to: describeSchema(change.to), change };
  const sentence = sentences[change.kind.replace(/^(input|output)-/, "")] ?? (() => `${subject} changed`);
  return sentence(words) + proof(change, role);
}

/** The value that shows what breaks. */
function proof({ witness, bump, kind }: SchemaChange, role: "input" | "output"): string {
  if (witness === undefined || !/narrowed|retyped|widened|optional-added/.test(kind)) return "";
  const value = `\`${cut(JSON.stringify(witness satisfies JsonValue))}\``;
  if (role === "output") return `; \`${cut(JSON.stringify(witness))}\` is possible now`;
  return bump === "major" ? `; ${value} was accepted before` : `; callers that already sent ${value} break`;
}

import type { JsonValue } from "../json.js";

/** Thrown inside the strict-subset reader where a text leaves the subset; never seen outside it. */
export const notSure = Symbol("not sure");

/** Leaves the strict subset: the whole text is read again by the full parser. */
export function refuse(): never {
  throw notSure;
}

/** Anything that the core schema of YAML 1.2 might read as a number; what is not canonical is refused. */
const numberLike = /^[-+]?(?:0o[0-7]+|0x[\da-f]+|\.inf|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)$|^\.nan$/i;
const canonicalNumber = /^(?:0|-?[1-9]\d{0,14}|-?(?:0|[1-9]\d{0,7})\.\d{1,7})$/;
const wordLike = /^(?:null|true|false)$/i;
const words: ReadonlyMap<string, JsonValue> = new Map([
  ["null", null],
  ["true", true],
  ["false", false],
]);

/** The value of a plain (unquoted) scalar whose first character is known to begin one. */
export function plainValue(text: string): JsonValue {
  if (wordLike.test(text)) {
    const value = words.get(text);
    return value === undefined ? refuse() : value;
  }
  if (!numberLike.test(text)) return text;
  return canonicalNumber.test(text) ? Number(text) : refuse();
}

const doubleQuoted = /"((?:[^"\\\n]|\\["\\n])*)"/y;
const singleQuoted = /'([^'\n]*)'/y;

/** A quoted scalar that begins and ends on one line. */
export function quotedAt(text: string, at: number): { readonly value: string; readonly end: number } {
  const isDouble = text[at] === '"';
  const pattern = isDouble ? doubleQuoted : singleQuoted;
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  const inside = found?.[1];
  if (inside === undefined || text[pattern.lastIndex] === "'") return refuse(); // `''` is an escaped quote
  const value = isDouble && inside.includes("\\") ? (JSON.parse(`"${inside}"`) as string) : inside;
  return { value, end: pattern.lastIndex };
}

const version = String.raw`\d+\.\d+\.\d+(?:[-.][\w.-]*)?`;
const blockKey = new RegExp(
  String.raw`(?:[A-Za-z_$][\w$.?(),;'+=/-]*(?: [\w$.?(),;'+=/-]+)*|${version})(?=:)`,
  "y",
);
const flowKey = new RegExp(String.raw`(?:[A-Za-z_$][\w$.?()/-]*|${version})(?=:)`, "y");

/** A key and where its colon stands. */
interface Key {
  readonly key: string;
  readonly end: number;
}

/** The key of a block map that begins here; undefined when none does. */
export function blockKeyAt(text: string, at: number): Key | undefined {
  return keyAt(text, at, blockKey);
}

/** The key of a flow map that begins here; undefined when none does. */
export function flowKeyAt(text: string, at: number): Key | undefined {
  return keyAt(text, at, flowKey);
}

function keyAt(text: string, at: number, plain: RegExp): Key | undefined {
  const first = text[at];
  if (first === '"' || first === "'") {
    const { value, end } = quotedAt(text, at);
    return text[end] === ":" ? { key: usableKey(value), end } : undefined;
  }
  plain.lastIndex = at;
  const key = plain.exec(text)?.[0];
  return key === undefined ? undefined : { key: usableKey(key), end: plain.lastIndex };
}

/** Longer keys are an error of YAML's; `__proto__` is one of ours; the words would be no text. */
function usableKey(key: string): string {
  return key.length > 200 || key === "__proto__" || key === "<<" || wordLike.test(key) ? refuse() : key;
}

import { didYouMean } from "../../core/suggest.js";
import { methodOf } from "../builtins/methods.js";
import type { Run } from "../runtime/run.js";
import type { Source } from "../source.js";
import { BoundMethod } from "./bound-method.js";
import { characterCount, substring } from "./characters.js";
import { Dict } from "./dict.js";
import { typeName } from "./kinds.js";
import { Range } from "./range.js";
import { Special } from "./special.js";
import { reprText } from "./text.js";
import { Undefined } from "./undefined.js";
import { Float, Tuple, type Value } from "./value.js";

/** Where in which template a look-up stands. */
export interface Site {
  readonly source: Source;
  readonly at: number;
}

/**
 * `value.name`: the key of a dict, else a method or attribute. (Jinja takes the method first, so that there
 * `order.items` is never the key; a call, `order.items()`, is the method here as well.)
 */
export function attribute(value: Value, name: string, site: Site, run: Run): Value {
  const own = attributeIfAny(value, name, run);
  return own === undefined ? absent(value, name, site, run) : own;
}

/** {@link attribute}, or JavaScript's undefined when there is none. */
function attributeIfAny(value: Value, name: string, run: Run): Value | undefined {
  if (value instanceof Dict) {
    const own = value.get(name);
    if (own !== undefined) return own;
  } else if (value instanceof Special) {
    return value.attribute(name, run);
  } else if (value instanceof Tuple && value.names.includes(name)) {
    return value.items[value.names.indexOf(name)];
  }
  const method = methodOf(value, name);
  return method === undefined ? undefined : new BoundMethod(value, method);
}

/** `value[index]`: an item, a character, the key of a dict; for a text index also an attribute, as in Jinja. */
export function item(value: Value, index: Value, site: Site, run: Run): Value {
  const own = itemIfAny(value, index);
  if (own !== undefined) return own;
  const named = typeof index === "string" ? attributeIfAny(value, index, run) : undefined;
  if (named !== undefined) return named;
  if (value instanceof Undefined) return value.attribute();
  return absent(value, index, site, run);
}

function itemIfAny(value: Value, index: Value): Value | undefined {
  if (index instanceof Undefined) return index.mode === "strict" ? index.fail() : undefined;
  if (value instanceof Dict)
    return Array.isArray(index) || index instanceof Dict ? undefined : value.get(index);
  const place = typeof index === "boolean" ? Number(index) : index;
  if (typeof place !== "number") return undefined;
  if (Array.isArray(value)) return value.at(place);
  if (typeof value === "string") return character(value, place);
  if (value instanceof Tuple) return value.items.at(place);
  if (!(value instanceof Range)) return undefined;
  const fromStart = place < 0 ? place + value.size() : place;
  return fromStart >= 0 && fromStart < value.size() ? value.item(fromStart) : undefined;
}

function character(text: string, place: number): string | undefined {
  const length = characterCount(text);
  const fromStart = place < 0 ? place + length : place;
  return fromStart >= 0 && fromStart < length ? substring(text, fromStart, fromStart + 1) : undefined;
}

/** The missing value for a look-up that found nothing. */
function absent(value: Value, key: Value, site: Site, run: Run): Undefined {
  const shown = typeof key === "string" ? key : typeof key === "number" ? String(key) : `a ${typeName(key)}`;
  const owner = value instanceof Dict ? "object" : value instanceof Float ? "float" : typeName(value);
  return new Undefined(run.undefinedMode, {
    message: `\`${shown}\` is undefined: the ${owner} has no such ${typeof key === "number" ? "item" : "key"}`,
    source: site.source,
    at: site.at,
    name: shown,
    hint: () => {
      const keys = value instanceof Dict ? value.keys().filter((known) => typeof known === "string") : [];
      return didYouMean(shown, keys) || keysHint(keys);
    },
  });
}

function keysHint(keys: readonly string[]): string {
  const few = keys
    .slice(0, 8)
    .map((key) => reprText(key))
    .join(", ");
  return keys.length === 0 ? "use `| default(…)` for a value that may be missing" : `it has ${few}`;
}

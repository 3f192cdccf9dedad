import { isJsonObject, type JsonValue } from "../json.js";

/**
 * Parses a bundle a line at a time, as `printBundle` lays it out, and yields in between so that a caller can let others
 * have their turn: one `JSON.parse` of ten thousand prompts holds up a process for tens of milliseconds. Undefined for
 * any other text, which has to be parsed whole.
 */
export function* parseBundleLines(text: string): Generator<undefined, JsonValue | undefined> {
  const lists = new Map<string, JsonValue[]>();
  let frame = "";
  let list: JsonValue[] | undefined;
  let wantsMore = true;
  for (let start = 0, end; start < text.length; start = end + 1) {
    end = text.indexOf("\n", start);
    if (end < 0) return undefined;
    const line = text.slice(start, end);
    if (list !== undefined && line.startsWith("{")) {
      if (!wantsMore) return undefined;
      wantsMore = line.endsWith(",");
      const entry = parsed(wantsMore ? line.slice(0, -1) : line);
      if (entry === undefined) return undefined;
      list.push(entry);
      yield;
      continue;
    }
    if (list !== undefined && wantsMore) return undefined;
    frame += line;
    const key = /"(state|versions|others)":\[$/.exec(line)?.[1];
    list = key === undefined ? undefined : [];
    wantsMore = true;
    if (key === undefined || list === undefined) continue;
    if (lists.has(key)) return undefined;
    lists.set(key, list);
  }
  const document = parsed(frame);
  if (!isJsonObject(document)) return undefined;
  for (const key of lists.keys()) {
    const there = Object.hasOwn(document, key) ? document[key] : undefined;
    if (!Array.isArray(there) || there.length > 0) return undefined;
  }
  return { ...document, ...Object.fromEntries(lists) };
}

/** Undefined when it is no JSON: parsing the whole text says where. */
function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

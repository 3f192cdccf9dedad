import { isJsonObject, type JsonValue } from "../json.js";
import type { Steps } from "../steps.js";

/**
 * Parses a bundle a line at a time, as `printBundle` lays it out, and yields in between so that a caller can let others
 * have their turn: one `JSON.parse` of ten thousand prompts holds up a process for tens of milliseconds, and so does
 * making one text of their bytes. `keep` may put another object in the place of an entry, so that the entry does not
 * outlive its line. Undefined for any other layout, which has to be parsed whole.
 */
export function* parseBundleLines(
  bytes: Buffer,
  keep: (entry: JsonValue) => JsonValue,
): Steps<JsonValue | undefined> {
  const lists = new Map<string, JsonValue[]>();
  let frame = "";
  let list: JsonValue[] | undefined;
  let wantsMore = true;
  for (let start = 0, end; start < bytes.length; start = end + 1) {
    end = bytes.indexOf("\n", start);
    if (end < 0) return undefined;
    const line = bytes.toString("utf8", start, end);
    if (list !== undefined && line.startsWith("{")) {
      if (!wantsMore) return undefined;
      wantsMore = line.endsWith(",");
      const entry = parsed(wantsMore ? line.slice(0, -1) : line);
      if (entry === undefined) return undefined;
      list.push(keep(entry));
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

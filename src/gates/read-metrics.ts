import { isJsonObject, type JsonObject } from "../core/json.js";
import { promptfooMetrics } from "./promptfoo.js";

/** Numbers by name, as a check reported them. */
export type Metrics = Readonly<Record<string, number>>;

/** The metrics of the last line of an output that is a JSON object; undefined when no line is. */
export function metricsOfOutput(stdout: string): Metrics | undefined {
  for (const line of stdout.split("\n").reverse()) {
    const document = line.trimStart().startsWith("{") ? objectOf(line) : undefined;
    if (document !== undefined) return metricsOf(document);
  }
  return undefined;
}

/** The metrics of a results file; undefined when it is no JSON object. */
export function metricsOfFile(text: string): Metrics | undefined {
  const document = objectOf(text.replace(/^\ufeff/, ""));
  return document === undefined ? undefined : metricsOf(document);
}

/** promptfoo's results, or the numbers of the document, or of its `metrics`. */
function metricsOf(document: JsonObject): Metrics {
  const numbers = isJsonObject(document.metrics) ? document.metrics : document;
  const own = Object.entries(numbers).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number" && Number.isFinite(entry[1]),
  );
  return promptfooMetrics(document) ?? Object.fromEntries(own);
}

function objectOf(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined; // a line that only looks like JSON
  }
}

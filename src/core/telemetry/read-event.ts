import { isDateLike } from "../date.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../json.js";
import { nameProblem } from "../name.js";
import { isVersion } from "../version.js";
import type { MetricsEvent, ServedEvent } from "./event.js";
import { readMetrics } from "./metrics.js";

type Arm = ServedEvent["arm"];

/** What a reader of the usage log may rely on. */
export type ReadEvent =
  | Pick<
      ServedEvent,
      "event" | "time" | "prompt" | "version" | "alias" | "rule" | "arm" | "bucket" | "tenant" | "catalog"
    >
  | Pick<MetricsEvent, "event" | "time" | "prompt" | "version" | "alias" | "arm" | "metrics">;

/** The event that a line of a usage log holds; undefined when it holds none. */
export function readEvent(line: string): ReadEvent | undefined {
  let value: JsonValue;
  try {
    value = JSON.parse(line) as JsonValue;
  } catch {
    return undefined;
  }
  if (!isJsonObject(value)) return undefined;
  const { event, time, prompt, version = null } = value;
  if (!isTime(time) || typeof prompt !== "string" || nameProblem("prompt", prompt) !== undefined)
    return undefined;
  if (version !== null && (typeof version !== "string" || !isVersion(version))) return undefined;
  const common = { time, prompt, alias: textOf(value.alias), arm: armOf(value.arm) };
  if (event === "metrics" && version !== null)
    return { ...common, event, version, metrics: readMetrics(value.metrics).metrics };
  if (event !== "served") return undefined;
  const { commit } = isJsonObject(value.catalog) ? value.catalog : {};
  return {
    ...common,
    event,
    version,
    rule: textOf(value.rule) ?? "",
    bucket: bucketOf(value),
    tenant: textOf(value.tenant),
    catalog: {
      commit: typeof commit === "string" && /^[0-9a-f]{40,64}$/.test(commit) ? commit : null,
      tree: null,
    },
  };
}

function isTime(value: JsonValue | undefined): value is string {
  return typeof value === "string" && isDateLike(value) && !Number.isNaN(Date.parse(value));
}

const textOf = (value: JsonValue | undefined): string | null =>
  typeof value === "string" && value.length <= 256 ? value : null;

const armOf = (value: JsonValue | undefined): Arm =>
  value === "baseline" || value === "candidate" ? value : null;

function bucketOf({ bucket }: JsonObject): number | null {
  return typeof bucket === "number" && Number.isInteger(bucket) && bucket >= 0 && bucket < 10_000
    ? bucket
    : null;
}

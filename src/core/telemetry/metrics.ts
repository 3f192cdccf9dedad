/**
 * Measurements by name. Known names: `success` (boolean), `latency_ms`, `cost_usd`, `input_tokens`, `output_tokens`
 * (numbers); others are kept as they are.
 */
export type Metrics = Readonly<Record<string, number | boolean | string>>;

const most = { names: 64, name: 64, text: 256 }; // entries, characters, characters

/** The measurements of a record that can be kept, and how many entries could not. */
export interface ReadMetrics {
  readonly metrics: Metrics;
  readonly refused: number;
}

/**
 * Copies what can be kept of a caller's record: own data properties that are finite numbers, booleans or short texts.
 * Getters are not run. Anything else is counted; never throws, whatever it is given.
 */
export function readMetrics(value: unknown): ReadMetrics {
  try {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return { metrics: {}, refused: 1 };
    const names = Object.keys(value);
    const kept = names.slice(0, most.names).flatMap((name): [string, Metrics[string]][] => {
      const measured: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
      return name.length <= most.name && isMetric(measured) ? [[name, measured]] : [];
    });
    return { metrics: Object.fromEntries(kept), refused: names.length - kept.length };
  } catch {
    return { metrics: {}, refused: 1 }; // a proxy whose traps throw
  }
}

function isMetric(value: unknown): value is Metrics[string] {
  if (typeof value === "string") return value.length <= most.text;
  return typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));
}

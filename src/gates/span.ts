import { PromptSyncError } from "../core/errors.js";

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads a span of time as a gate writes it, in ms: `60s`, `1.5h`, `24h`, `3d`; a bare number means seconds.
 * @throws PromptSyncError `STATE_INVALID`, naming the entry
 */
export function parseSpan(value: string | number, entry: string): number {
  const [, amount = "", unit = "s"] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(String(value)) ?? [];
  const span = Number(amount) * (units[unit] ?? 0);
  if (amount !== "" && span > 0 && Number.isFinite(span)) return span;
  throw new PromptSyncError("STATE_INVALID", `\`${entry}: ${String(value)}\` is no span of time`, {
    hint: "write a number above 0 and a unit: `90s`, `10m`, `24h`, `3d`",
  });
}

/** A span of ms in one unit, as short as it stays true: `45ms`, `12.3s`, `18h`, `3.5d`. */
export function printSpan(ms: number): string {
  if (ms < 1000) return `${String(Math.round(ms))}ms`;
  const unit = ["d", "h", "m"].find((it) => ms >= 2 * (units[it] ?? 0)) ?? "s";
  return `${String(Math.round((ms / (units[unit] ?? 1)) * 10) / 10)}${unit}`;
}

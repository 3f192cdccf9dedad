import { createHash } from "node:crypto";
import type { Finding } from "./finding.js";

/** Where a rule says which part of the prompt it means, the most exact first. */
const parts = ["pointer", "field", "variable", "path", "target", "example", "keyword"] as const;

/**
 * Names a finding so that a waiver or a baseline still knows it after a rewording or a reflow: 16 hex digits over
 * the rule, the prompt (or the file, when it is no prompt's), the version, the kind of change and the JSON pointer
 * (or what else the rule's data points with); a call is known by its file. Neither message nor line take part.
 */
export function fingerprint({ rule, prompt, version, file, data = {} }: Finding): string {
  const part = parts.find((name) => typeof data[name] === "string");
  const identity = [
    rule,
    prompt ?? file,
    version,
    data["kind"] ?? null,
    part === undefined ? null : data[part],
    // `src/a.ts:41:3`: the place of the call would not outlive a reflow.
    ...(typeof data["call"] === "string" ? [data["call"].replace(/:\d+:\d+$/, "")] : []),
  ];
  return createHash("sha256").update(JSON.stringify(identity)).digest("hex").slice(0, 16);
}

import type { AuditRecord } from "./plan.js";

/** The trailers of an audit commit by the field of the record they carry, in their order. */
export const trailers = {
  action: "Promptsync-Action",
  prompt: "Promptsync-Prompt",
  version: "Promptsync-Version",
  alias: "Promptsync-Alias",
  tenant: "Promptsync-Tenant",
  flag: "Promptsync-Flag",
  capability: "Promptsync-Capability",
  emergency: "Promptsync-Emergency",
  override: "Promptsync-Override",
  field: "Promptsync-Field",
  from: "Promptsync-From",
  to: "Promptsync-To",
  percent: "Promptsync-Percent",
  reason: "Promptsync-Reason",
} as const satisfies Record<keyof AuditRecord, string>;

const fields = Object.fromEntries(Object.entries(trailers).map(([field, trailer]) => [trailer, field]));

/** Reads the audit records back from a commit's message; empty for a commit that was not made by us. */
export function readTrailers(message: string): AuditRecord[] {
  return recordsIn(paragraphsOf(message).at(-1) ?? "");
}

/**
 * The records of every paragraph, with its text: who squashes commits keeps the trailers of all of them. What such a
 * message leaves out, nobody knows; see {@link isWhole}.
 */
export function readSquashed(
  message: string,
): { readonly text: string; readonly records: readonly AuditRecord[] }[] {
  return paragraphsOf(message).map((text) => ({ text, records: recordsIn(text) }));
}

/** Says whether a message is as we write them, a subject and one paragraph: then its trailers tell all that was done. */
export function isWhole(message: string): boolean {
  return paragraphsOf(message).length === 1;
}

/** The paragraphs after the subject, which is no trailer. */
function paragraphsOf(message: string): string[] {
  return message.trimEnd().split(/\n\n+/).slice(1);
}

function recordsIn(paragraph: string): AuditRecord[] {
  const records: Record<string, string>[] = [];
  for (const line of paragraph.split("\n")) {
    const colon = line.indexOf(": ");
    const field = fields[line.slice(0, colon)];
    if (field === undefined) continue;
    if (field === "action") records.push({});
    const record = records.at(-1);
    if (record !== undefined) record[field] = line.slice(colon + 2);
  }
  return records.filter((record) => "prompt" in record || "flag" in record) as unknown as AuditRecord[];
}

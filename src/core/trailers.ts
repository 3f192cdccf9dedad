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
  if (!message.includes(trailers.action)) return [];
  const [, ...paragraphs] = message.trimEnd().split(/\n\n+/); // the subject is no trailer
  const lastParagraph = paragraphs.at(-1) ?? "";
  const records: Record<string, string>[] = [];
  for (const line of lastParagraph.split("\n")) {
    const colon = line.indexOf(": ");
    const field = fields[line.slice(0, colon)];
    if (field === undefined) continue;
    if (field === "action") records.push({});
    const record = records.at(-1);
    if (record !== undefined) record[field] = line.slice(colon + 2);
  }
  return records.filter((record) => "prompt" in record || "flag" in record) as unknown as AuditRecord[];
}

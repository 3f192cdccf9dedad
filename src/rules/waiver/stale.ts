import { fingerprint } from "../../core/fingerprint.js";
import { entryAt } from "../registry/entry.js";
import { rule, type Violation } from "../rule.js";
import { matchingWaiver } from "../waivers.js";

export default rule({
  id: "waiver-stale",
  category: "waiver",
  severity: "warning",
  scope: "date",
  checks: "every waiver still covers a finding; one that lapsed while its finding is there is an error",
  why: "A waiver that covers nothing covers the next mistake, unseen.",
  wrong: "a waiver that expired on 2026-03-01, and its finding is back",
  right: "promptsync waive <fingerprint> --reason … --expires …, or the finding mended",
  *check(world, found): Iterable<Violation> {
    if (world.waivers?.every(({ waiver }) => waiver === undefined) !== false) return;
    const marked = found.map((finding) => ({ ...finding, fingerprint: fingerprint(finding) }));
    const isAllCodeSeen = world.code !== undefined && world.code.instead === undefined;
    for (const { index, waiver, lapsed } of world.waivers ?? []) {
      if (waiver === undefined) continue;
      const isNeeded = marked.some((finding) => matchingWaiver(finding, [waiver]) !== undefined);
      const isSeen = waiver.rule.startsWith("code-") ? isAllCodeSeen : world.changed === undefined;
      const { data, ...place } = entryAt(world, ["waivers", String(index)]);
      const details = { ...place, data: { ...data, target: waiver.target } };
      if (lapsed && (isNeeded || !isSeen))
        yield {
          message: `waiver ${index + 1} lapsed on ${waiver.expires ?? waiver.until ?? ""}${isNeeded ? "; its finding is back" : ""}`,
          hint: "mend the finding, or renew the waiver with a reason",
          severity: isNeeded ? "error" : "warning",
          ...details,
        };
      else if (!isNeeded && isSeen)
        yield {
          message: `waiver ${index + 1} covers nothing any more: ${waiver.rule} does not fire for \`${waiver.target}\``,
          hint: "take it out of promptsync.yaml",
          ...details,
        };
    }
  },
});

import type { Catalog } from "../core/catalog.js";
import type { Config } from "../core/config.js";
import { PromptSyncError } from "../core/errors.js";
import type { Finding } from "../core/finding.js";
import { readVersion } from "../core/prompt-file/read-version.js";
import type { PlannedPush } from "../plans/plan-push.js";
import { aboutVersions } from "../rules/about-versions.js";
import { lint } from "../rules/lint.js";
import { severities } from "../rules/settings.js";
import type { DraftFile } from "../store/read-drafts.js";

interface Circumstances {
  readonly catalog: Catalog;
  readonly drafts: readonly DraftFile[];
  readonly rules: Config["rules"];
  readonly now: Date;
}

/**
 * Refuses a push of versions that `validate` would call wrong: once they are merged nobody can mend them.
 * @throws PromptSyncError `PROMPT_INVALID`; `data.findings` has all, with their places in the files that would be made
 */
export function refuseFindings(
  { plan, pushed }: PlannedPush,
  { catalog, drafts, ...settings }: Circumstances,
): void {
  const texts = new Map(
    (plan?.effects ?? []).flatMap((it) => (it.kind === "write" ? [[it.path, it.content]] : [])),
  );
  const versions = pushed.map(({ name, version, path }) => {
    const text = texts.get(path) ?? "";
    return { name, version, path, text, ...readVersion(text, { name, version }) };
  });
  const world = { catalog, versions, today: settings.now.toISOString().slice(0, 10) };
  const made = new Set(versions.map(({ path }) => path));
  const findings = lint(world, aboutVersions, severities(settings.rules)).filter(
    ({ severity, file }) => severity === "error" && made.has(file),
  );
  const [finding, ...others] = findings;
  if (finding === undefined) return;
  const draft = drafts.find(({ name }) => name === finding.prompt);
  const bodyLine = versions.find(({ path }) => path === finding.file)?.bodyLine ?? 1;
  const more =
    others.length === 0
      ? ""
      : ` (and ${others.length} more: ${others.map(({ message }) => message).join("; ")})`;
  throw new PromptSyncError("PROMPT_INVALID", `${finding.message}${more}`, {
    hint: finding.hint,
    ...(draft === undefined ? {} : placeIn(draft, finding, bodyLine)),
    data: { findings },
  });
}

/** Where it stands in the draft: a body is the same in both files; front-matter has other lines, and YAML other columns. */
function placeIn({ file, format, read }: DraftFile, { line, column }: Finding, bodyLine: number) {
  if (line < bodyLine) return { file };
  const at = read().bodyLine + line - bodyLine;
  return format === "yaml" ? { file, line: at } : { file, line: at, column };
}

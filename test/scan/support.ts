import type { CallSite, CallTarget, Rendering } from "../../src/core/call-site.js";
import { formatReference } from "../../src/core/reference.js";
import { scanSources, type ScanSettings } from "../../src/scan/index.js";

/** Scans one file or several and says each call in one line, such as `3:20 getPrompt qualify-lead@production format(company)`. */
export async function callsIn(
  files: Readonly<Record<string, string>>,
  settings: ScanSettings = {},
): Promise<readonly string[]> {
  const { calls } = await scanSources(
    Object.entries(files).map(([path, text]) => ({ path, text })),
    settings,
  );
  return calls.map((call) => describe(call, Object.keys(files).length > 1));
}

function describe(call: CallSite, withFile: boolean): string {
  const { file, line, column, callee, targets, renderings, isPassedOn } = call;
  return [
    `${withFile ? `${file}:` : ""}${line}:${column}`,
    callee,
    targets.length === 0 ? "?" : targets.map(target).join("|"),
    ...renderings.map(rendering),
    ...(isPassedOn ? ["passed on"] : []),
  ].join(" ");
}

function target({ name, selector }: CallTarget): string {
  return selector === undefined ? `${name}@?` : formatReference({ name, selector });
}

function rendering({ method, variables, completeness }: Rendering): string {
  const names = variables.map(({ name }) => name);
  const more = { all: [], some: ["…"], unknown: ["?"] }[completeness];
  return `${method}(${[...names, ...more].join(",")})`;
}

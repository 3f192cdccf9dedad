import type { Catalog, CatalogPrompt } from "../catalog.js";
import { placeFile, stateFileName } from "../layout.js";
import type { Origin } from "../listing.js";
import { readStateAfter } from "../state/read-state-after.js";
import type { Steps } from "../steps.js";
import { compareVersions } from "../version.js";
import { versionPath, type Bundle } from "./bundle.js";

/**
 * The catalog of a bundle, as its registry has it, in many small steps: versions whose texts are elsewhere are in it too,
 * so that ranges mean the same. `stateTexts` are those of the state files, in their order. What is as in `previous` is
 * the same object again.
 */
export function* bundleCatalog(
  bundle: Bundle,
  {
    label,
    stateTexts,
    previous,
  }: {
    readonly label: string;
    readonly stateTexts: readonly string[];
    readonly previous?: Catalog | undefined;
  },
): Steps<Catalog> {
  const { commit, date, registry } = bundle.catalog;
  const origin: Origin = { kind: "bundle", commit, date, label };
  const stateFiles = bundle.state.map(({ path }, index) => {
    const placed = placeFile({ path, mode: "file" });
    const prompt = placed.kind === "state" ? placed.prompt : undefined;
    const text = stateTexts[index] ?? "";
    return { path: `${registry}/${path}`, text, ...(prompt === undefined ? {} : { prompt }) };
  });
  const known = previous?.registry === registry ? previous : undefined;
  const home = `${registry}/${stateFileName}`;
  const stateText = yield* readStateAfter(stateFiles, home, known?.stateText);
  const prompts = yield* promptsOf(bundle, known?.prompts);
  return { origin, registry, prompts, state: stateText.state, stateText, problems: [] };
}

/** The prompts by name, sorted; no name is in two groups, or it would be no bundle. */
function* promptsOf(
  { catalog: { registry }, versions, others }: Bundle,
  known: Catalog["prompts"] = new Map(),
): Steps<Catalog["prompts"]> {
  const found = new Map<string, NumberedPrompt>();
  const numbersOf = ({ name, group }: Omit<NumberedPrompt, "numbers">): string[] => {
    const prompt = found.get(name) ?? { name, group, numbers: [] };
    found.set(name, prompt);
    return prompt.numbers;
  };
  for (const it of versions) {
    numbersOf(it).push(it.version);
    yield;
  }
  for (const it of others) {
    numbersOf(it).push(...it.versions);
    yield;
  }
  const prompts = new Map<string, CatalogPrompt>();
  for (const name of [...found.keys()].sort()) {
    const prompt = found.get(name);
    if (prompt === undefined) continue;
    prompt.numbers.sort(compareVersions);
    const same = known.get(name);
    prompts.set(name, same !== undefined && isSame(same, prompt) ? same : withPaths(prompt, registry));
    yield;
  }
  return prompts;
}

interface NumberedPrompt {
  readonly name: string;
  readonly group: string;
  /** The numbers of its versions. */
  readonly numbers: string[];
}

function isSame({ group, versions }: CatalogPrompt, prompt: NumberedPrompt): boolean {
  if (group !== prompt.group || versions.length !== prompt.numbers.length) return false;
  return versions.every(({ version }, index) => version === prompt.numbers[index]);
}

function withPaths({ name, group, numbers }: NumberedPrompt, registry: string): CatalogPrompt {
  const versions = numbers.map((version) => {
    return { version, path: `${registry}/${versionPath({ name, group }, version)}`, blob: null };
  });
  return { name, group, versions };
}

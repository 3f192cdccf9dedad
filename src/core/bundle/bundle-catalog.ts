import { buildCatalog, catalogOf, type Catalog } from "../catalog.js";
import { placeFile } from "../layout.js";
import type { ListedFile, Origin } from "../listing.js";
import type { StateFile } from "../state/read-state.js";
import { versionPath, type Bundle } from "./bundle.js";

/**
 * The catalog of a bundle, as its registry has it: versions whose texts are elsewhere are in it too, so that ranges
 * mean the same. `stateTexts` are those of the state files, in their order; state files that are those of `previous`
 * are not parsed again.
 */
export function bundleCatalog(
  { catalog, state, versions, others }: Bundle,
  {
    label,
    stateTexts,
    previous,
  }: {
    readonly label: string;
    readonly stateTexts: readonly string[];
    readonly previous?: Catalog | undefined;
  },
): Catalog {
  const { commit, date, registry } = catalog;
  const paths = [
    ...state.map(({ path }) => path),
    ...versions.map((it) => versionPath(it, it.version)),
    ...others.flatMap((it) => it.versions.map((version) => versionPath(it, version))),
  ];
  const files = paths.sort().map((path): ListedFile => ({ path, blob: null, mode: "file" }));
  const origin: Origin = { kind: "bundle", commit, date, label };
  const stateFiles = state.map(({ path }, index) => {
    const placed = placeFile({ path, mode: "file" });
    const prompt = placed.kind === "state" ? placed.prompt : undefined;
    const text = stateTexts[index] ?? "";
    return { path: `${registry}/${path}`, text, ...(prompt === undefined ? {} : { prompt }) };
  });
  const listing = { origin, registry, files };
  const known = previous?.registry === registry ? previous.stateText : undefined;
  if (known !== undefined && isSame(known.files, stateFiles)) return catalogOf(listing, known);
  return buildCatalog(listing, stateFiles);
}

function isSame(some: readonly StateFile[], others: readonly StateFile[]): boolean {
  if (some.length !== others.length) return false;
  return some.every(({ path, text }, index) => path === others[index]?.path && text === others[index].text);
}

import { bundleSchemas, objectPath, type Bundle } from "./bundle.js";

/**
 * The text of a bundle, or of its index: one JSON document with the same bytes for the same commit. Every state file
 * and every version has a line of its own, so that differences can be read.
 */
export function printBundle({ catalog, state, versions, others }: Bundle, form: "bundle" | "index"): string {
  const head = JSON.stringify({ schema: bundleSchemas[form], catalog });
  const inside = (text: string | undefined) => (form === "bundle" ? { text } : {});
  const lists = {
    state: state.map(({ path, digest, text }) => ({ path, digest, ...inside(text) })),
    versions: versions.map(({ name, group, version, digest, text }) => ({
      ...{ name, group, version, digest },
      ...inside(text),
    })),
    others: others.map(({ name, group, versions: numbers }) => ({ name, group, versions: numbers })),
  };
  const printed = Object.entries(lists).map(([key, list]) => {
    const lines = list.map((entry) => `\n${JSON.stringify(entry)}`);
    return `${JSON.stringify(key)}:[${lines.join(",")}${lines.length === 0 ? "" : "\n"}]`;
  });
  return `${head.slice(0, -1)},${printed.join(",")}}\n`;
}

/** A file of a split bundle; its path is relative to the folder of the index. */
export interface BundleFile {
  readonly path: string;
  readonly text: string;
}

/** The name of the index in its folder. */
export const indexName = "index.json";

/**
 * A bundle as a small index and one file a text, which never changes and may be kept for ever. The index stands last:
 * whoever writes in this order never has an index that names what is not there.
 */
export function splitBundle(bundle: Bundle): readonly BundleFile[] {
  const texts = new Map<string, string>();
  for (const { digest, text = "" } of [...bundle.state, ...bundle.versions])
    texts.set(objectPath(digest), text);
  const objects = [...texts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, text]) => ({ path, text }));
  return [...objects, { path: indexName, text: printBundle(bundle, "index") }];
}

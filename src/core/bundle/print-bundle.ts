import { bundleSchemas, objectPath, type Bundle } from "./bundle.js";

/**
 * The text of a bundle, or of its index: one JSON document with the same bytes for the same commit. Every state file
 * and every version has a line of its own, so that differences can be read.
 */
export function printBundle(bundle: Bundle, form: "bundle" | "index"): string {
  return [...bundleLines(bundle, form)].join("");
}

/** The same line by line, for a writer that lets others have their turn in between. */
export function* bundleLines({ catalog, ...lists }: Bundle, form: "bundle" | "index"): Iterable<string> {
  yield JSON.stringify({ schema: bundleSchemas[form], catalog }).slice(0, -1);
  const inside = (text: string | undefined) => (form === "bundle" ? { text } : {});
  yield* list("state", lists.state, ({ path, digest, text }) => ({ path, digest, ...inside(text) }));
  yield* list("versions", lists.versions, ({ name, group, version, digest, text }) => ({
    ...{ name, group, version, digest },
    ...inside(text),
  }));
  yield* list("others", lists.others, ({ name, group, versions }) => ({ name, group, versions }));
  yield "}\n";
}

function* list<Entry>(
  key: string,
  entries: readonly Entry[],
  inOrder: (entry: Entry) => object,
): Iterable<string> {
  yield `,${JSON.stringify(key)}:[`;
  for (const [index, entry] of entries.entries())
    yield `${index === 0 ? "" : ","}\n${JSON.stringify(inOrder(entry))}`;
  yield entries.length === 0 ? "]" : "\n]";
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

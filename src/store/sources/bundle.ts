import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { objectPath, versionPath, type Bundle } from "../../core/bundle/bundle.js";
import { bundleCatalog } from "../../core/bundle/bundle-catalog.js";
import { readBundle } from "../../core/bundle/read-bundle.js";
import type { Catalog } from "../../core/catalog.js";
import { PromptSyncError } from "../../core/errors.js";
import { digestOf } from "../../core/prompt-file/digest-of.js";
import { decodeText } from "../listing/decode-text.js";
import { promptLimit, stateLimit } from "../listing/read-files.js";
import { assertRegistry } from "./assert-registry.js";
import { within } from "./deadline.js";
import type { Documents } from "./documents.js";
import { inSlices } from "./in-slices.js";
import { inParallel } from "./in-parallel.js";
import { asSourceError, integrityMismatch } from "./source-errors.js";
import type { Picture, Source } from "./source.js";

interface Place {
  readonly documents: Documents;
  readonly label: string;
  /** Milliseconds. */
  readonly timeoutMs: number;
}

/** The largest bundle that is read, in bytes. */
const bundleLimit = 128 << 20;
/** How many texts of an index are asked for at a time. */
const parallel = 8;
/** How many texts are hashed before others get their turn. */
const step = 200;

/**
 * What `export` wrote: a document with every text, or an index whose texts are asked for when they are needed. Every
 * text is compared with its digest before anybody gets it; the texts of a whole bundle when it is loaded.
 */
export function bundleSource(place: Place): Source {
  const { documents, label, timeoutMs } = place;
  let last: { readonly mark: string; readonly token: string | null } | undefined;
  let states: ReadonlyMap<string, string> = new Map();
  let catalog: Catalog | undefined;
  return {
    kind: "bundle",
    label,
    load: (previous, signal) =>
      within({ label, signal, timeoutMs }, async (own) => {
        const known = last !== undefined && last.mark === previous ? last.token : null;
        const found = await documents.read(known, { limit: bundleLimit, signal: own });
        if (found === "unchanged") return found;
        const mark = createHash("sha256").update(found.bytes).digest("hex");
        last = { mark, token: found.token };
        if (mark === previous) return "unchanged";
        const loaded = await loadBundle(place, { bytes: found.bytes, states, catalog, signal: own });
        ({ states, catalog } = loaded);
        return pictureOf(place, { ...loaded, mark });
      }),
    close: () => undefined,
  };
}

interface Loading {
  readonly bytes: Buffer;
  /** The state texts of the last load by their digests: of a split registry, most stay the same. */
  readonly states: ReadonlyMap<string, string>;
  /** The catalog of the last load, whose parsed state is good while the texts are the same. */
  readonly catalog: Catalog | undefined;
  readonly signal: AbortSignal;
}

async function loadBundle(place: Place, { bytes, states, catalog: previous, signal }: Loading) {
  const { label } = place;
  const text = decodeText(bytes, label);
  if (text instanceof PromptSyncError) throw asSourceError(text, label);
  const bundle = await inSlices(readBundle(text, label), signal);
  const stateTexts = await inParallel(bundle.state, parallel, ({ digest, text: own, path }) =>
    textOf(place, { digest, own: own ?? states.get(digest), path, limit: stateLimit, signal }),
  );
  await verifyTexts(bundle, label);
  await setImmediate();
  const catalog = bundleCatalog(bundle, { label, stateTexts, previous });
  await setImmediate();
  assertRegistry(catalog, bundle.state.length > 0, label);
  const known = bundle.state.map(({ digest }, index) => [digest, stateTexts[index] ?? ""] as const);
  return { bundle, catalog, states: new Map(known) };
}

/** Compares the texts that a bundle holds with their digests, and lets others have their turn in between. */
async function verifyTexts({ versions }: Bundle, label: string): Promise<void> {
  for (const [index, { name, version, digest, text }] of versions.entries()) {
    if (text !== undefined && digestOf(text) !== digest) throw integrityMismatch(label, `${name}@${version}`);
    if (index % step === step - 1) await setImmediate();
  }
}

interface Loaded extends Pick<Picture, "catalog" | "mark"> {
  readonly bundle: Bundle;
}

function pictureOf(place: Place, { bundle, catalog, mark }: Loaded): Picture {
  const { label, timeoutMs } = place;
  const { registry, tree } = bundle.catalog;
  const byPath = new Map(bundle.versions.map((it) => [`${registry}/${versionPath(it, it.version)}`, it]));
  return {
    catalog,
    tree,
    mark,
    keyOf: ({ path }) => byPath.get(path)?.digest ?? path,
    read: (versions, signal) =>
      inParallel(versions, parallel, async ({ path, name, version }) => {
        const found = byPath.get(path);
        if (found === undefined) throw notExported(`${name}@${version}`, label);
        if (found.text !== undefined) return found.text;
        const { digest } = found;
        return within({ label, signal, timeoutMs }, (own) =>
          textOf(place, { digest, own: undefined, path, limit: promptLimit, signal: own }),
        );
      }),
  };
}

interface Wanted {
  readonly digest: string;
  /** The text that the document itself holds. */
  readonly own: string | undefined;
  readonly path: string;
  /** Bytes. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** A text of its digest, out of the document or from beside it. */
async function textOf(
  { documents, label }: Place,
  { digest, own, path, limit, signal }: Wanted,
): Promise<string> {
  const text = own ?? (await documents.beside(objectPath(digest), { limit, signal })).toString("utf8");
  // What is not UTF-8 was decoded to something else, so its digest does not fit either.
  if (digestOf(text) !== digest) throw integrityMismatch(label, path, { file: path });
  return text;
}

function notExported(id: string, label: string): PromptSyncError {
  return new PromptSyncError("FILE_UNREADABLE", `the text of \`${id}\` is not in \`${label}\``, {
    hint: "nothing serves this version; `promptsync export --every-version` takes along what only a pin can reach",
  });
}

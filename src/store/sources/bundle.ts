import { createHash } from "node:crypto";
import {
  objectPath,
  type Bundle,
  type BundledVersion,
  type BundledVersions,
} from "../../core/bundle/bundle.js";
import { bundleCatalog } from "../../core/bundle/bundle-catalog.js";
import { readBundle } from "../../core/bundle/read-bundle.js";
import type { Catalog } from "../../core/catalog.js";
import { PromptSyncError } from "../../core/errors.js";
import { digestOf } from "../../core/prompt-file/digest-of.js";
import type { Steps } from "../../core/steps.js";
import { notUtf8 } from "../listing/decode-text.js";
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
/** How many bytes are hashed before others may get their turn. */
const chunk = 1 << 18;

/**
 * What `export` wrote: a document with every text, or an index whose texts are asked for when they are needed. Every
 * text is compared with its digest before anybody gets it; the texts of a whole bundle when it is loaded.
 */
export function bundleSource(place: Place): Source {
  const { documents, label, timeoutMs } = place;
  let last: { readonly mark: string; readonly token: string | null } | undefined;
  let held: Held = { versions: new Map(), states: new Map(), catalog: undefined };
  return {
    kind: "bundle",
    label,
    load: (previous, signal) =>
      within({ label, signal, timeoutMs }, async (own) => {
        const known = last !== undefined && last.mark === previous ? last.token : null;
        const found = await documents.read(known, { limit: bundleLimit, signal: own });
        if (found === "unchanged") return found;
        const mark = await inSlices(markOf(found.bytes), own);
        last = { mark, token: found.token };
        if (mark === previous) return "unchanged";
        const loaded = await loadBundle(place, { bytes: found.bytes, held, signal: own });
        held = loaded;
        return pictureOf(place, { ...loaded, mark });
      }),
    close: () => undefined,
  };
}

/** What the last load held: most of it is in the next one too, and was verified. */
interface Held {
  readonly versions: BundledVersions;
  /** The texts of state files by their digests. */
  readonly states: ReadonlyMap<string, string>;
  readonly catalog: Catalog | undefined;
}

interface Loading {
  readonly bytes: Buffer;
  readonly held: Held;
  readonly signal: AbortSignal;
}

async function loadBundle(place: Place, { bytes, held, signal }: Loading) {
  const { label } = place;
  const odd = notUtf8(bytes, label);
  if (odd !== undefined) throw asSourceError(odd, label);
  const bundle = await inSlices(readBundle(bytes, { label, earlier: held.versions }), signal);
  const stateTexts = await inParallel(bundle.state, parallel, ({ digest, text: own, path }) =>
    textOf(place, { digest, own: own ?? held.states.get(digest), path, limit: stateLimit, signal }),
  );
  const versions = await inSlices(verifiedVersions(bundle, { label, held: held.versions }), signal);
  const previous = held.catalog;
  const catalog = await inSlices(bundleCatalog(bundle, { label, stateTexts, previous }), signal);
  assertRegistry(catalog, bundle.state.length > 0, label);
  const states = new Map(bundle.state.map(({ digest }, index) => [digest, stateTexts[index] ?? ""]));
  return { tree: bundle.catalog.tree, versions, catalog, states };
}

function* markOf(bytes: Buffer): Steps<string> {
  const hash = createHash("sha256");
  for (let at = 0; at < bytes.length; at += chunk) {
    hash.update(bytes.subarray(at, at + chunk));
    yield;
  }
  return hash.digest("hex");
}

/** The versions of a bundle, once the texts that it holds were compared with their digests; those held were before. */
function* verifiedVersions(
  bundle: Bundle,
  { label, held }: { readonly label: string; readonly held: BundledVersions },
): Steps<BundledVersions> {
  const versions = new Map<string, BundledVersion>();
  for (const it of bundle.versions) {
    const id = `${it.name}@${it.version}`;
    const { digest, text } = it;
    if (text !== undefined && held.get(id) !== it && digestOf(text) !== digest)
      throw integrityMismatch(label, id);
    versions.set(id, it);
    yield;
  }
  return versions;
}

interface Loaded extends Pick<Picture, "catalog" | "mark" | "tree"> {
  readonly versions: BundledVersions;
}

function pictureOf(place: Place, { versions: known, catalog, mark, tree }: Loaded): Picture {
  const { label, timeoutMs } = place;
  return {
    catalog,
    tree,
    mark,
    keyOf: ({ name, version, path }) => known.get(`${name}@${version}`)?.digest ?? path,
    read: (versions, signal) =>
      inParallel(versions, parallel, async ({ path, name, version }) => {
        const id = `${name}@${version}`;
        const found = known.get(id);
        if (found === undefined) throw notExported(id, label);
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

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { sourceInvalid } from "./source-errors.js";
import type { Source } from "./source.js";

/** Where prompts are read from: a registry folder, a repository with a registry, or what `export` wrote. */
export type SourceSpec =
  /** A folder; a bundle when it is a web address or ends in `.json`. */
  | string
  | {
      /** A work tree or a bare repository on this machine. */
      readonly repository: string;
      /** A branch, tag or commit; HEAD when left out. */
      readonly ref?: string;
      /** The registry folder in it; as its settings say when left out. */
      readonly registry?: string;
    }
  | {
      /** A file, or an http or https address. */
      readonly bundle: string;
    };

/** The world that a source is opened in; nothing is read from the process itself. */
export interface SourceOptions {
  /** What relative paths are relative to; absolute. */
  readonly directory: string;
  /** The environment of git. */
  readonly environment: NodeJS.ProcessEnv;
  /** Milliseconds until a source counts as unreachable: for each load, and for each step of reading. */
  readonly timeoutMs: number;
}

/**
 * Opens a source. Nothing is read, and the code that reads is not loaded, before the first load.
 * @throws PromptSyncError `SOURCE_INVALID` for what cannot be one
 */
export function openSource(spec: SourceSpec, options: SourceOptions): Source {
  refuseOddSpec(spec);
  if (typeof spec !== "string" && "repository" in spec) return openRepositorySource(spec, options);
  const text = typeof spec === "string" ? spec : spec.bundle;
  if (/^https?:/i.test(text)) return openWebBundle(text, options);
  const { directory, timeoutMs } = options;
  const path = localPath(text);
  const root = resolve(directory, path);
  if (typeof spec !== "string" || path.endsWith(".json")) {
    return lazy({ kind: "bundle", label: path, identity: root }, async () => {
      const [{ bundleSource }, { fileDocuments }] = await Promise.all([
        import("./bundle.js"),
        import("./documents.js"),
      ]);
      return bundleSource({ documents: fileDocuments(root, path), label: path, timeoutMs });
    });
  }
  return lazy({ kind: "folder", label: path, identity: root }, async () =>
    (await import("./folder.js")).folderSource({ root, label: path, timeoutMs }),
  );
}

/** Callers without types may give anything. */
function refuseOddSpec(spec: unknown): void {
  if (typeof spec === "string") return;
  const { repository, bundle } = (typeof spec === "object" ? (spec ?? {}) : {}) as Record<string, unknown>;
  if (typeof repository === "string" || typeof bundle === "string") return;
  throw sourceInvalid("source", "is neither a path nor `{ repository }` nor `{ bundle }`");
}

function openWebBundle(address: string, { timeoutMs }: SourceOptions): Source {
  if (!URL.canParse(address)) throw sourceInvalid("the address of the bundle", "is no web address");
  const { origin, pathname } = new URL(address);
  const label = `${origin}${pathname}`; // neither credentials nor a signed query belong in messages
  return lazy({ kind: "bundle", label, identity: new URL(address).href }, async () => {
    const [{ bundleSource }, { webDocuments }] = await Promise.all([
      import("./bundle.js"),
      import("./web-documents.js"),
    ]);
    return bundleSource({ documents: webDocuments(address, label), label, timeoutMs });
  });
}

function openRepositorySource(
  { repository, ref = "HEAD", registry }: Extract<SourceSpec, { readonly repository: string }>,
  { directory, environment, timeoutMs }: SourceOptions,
): Source {
  const path = localPath(repository);
  const label = `${path} at ${ref}`;
  const place = { directory: resolve(directory, path), ref, registry, environment, label, timeoutMs };
  const identity = JSON.stringify([place.directory, ref, registry]);
  return lazy({ kind: "repository", label, identity }, async () =>
    (await import("./repository.js")).repositorySource(place),
  );
}

/** A path, also out of a `file:` address. */
function localPath(text: string): string {
  if (text.startsWith("file:")) return fileURLToPath(text);
  if (text === "" || text.includes("\0")) throw sourceInvalid(text, "is no path");
  const isElsewhere = /^[a-z][a-z0-9+.-]+:\/\//i.test(text) || /^[\w.-]+@[\w.-]+:/.test(text);
  if (!isElsewhere) return text;
  throw sourceInvalid(text.replace(/\/\/[^/]*@/, "//"), "is on another machine", {
    hint: "clone it and name the clone, or name the http or https address of a bundle",
  });
}

function lazy(
  facts: Required<Pick<Source, "kind" | "label" | "identity">>,
  open: () => Promise<Source>,
): Source {
  let source: Promise<Source> | undefined;
  return {
    ...facts,
    load: async (previous, signal) => (await (source ??= open())).load(previous, signal),
    close: () => {
      source?.then(
        (opened) => {
          opened.close();
        },
        () => undefined, // it was never opened
      );
    },
  };
}

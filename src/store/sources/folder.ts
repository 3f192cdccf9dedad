import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { catalogAfter } from "../../core/catalog-after.js";
import type { Catalog } from "../../core/catalog.js";
import { stateFilesOf } from "../../core/state-files.js";
import { configFileName } from "../../core/config.js";
import { PromptSyncError } from "../../core/errors.js";
import { stateFileName } from "../../core/layout.js";
import type { StateFile } from "../../core/state/read-state.js";
import type { Steps } from "../../core/steps.js";
import { promptLimit, stateLimit } from "../listing/read-files.js";
import { assertRegistry } from "./assert-registry.js";
import { within } from "./deadline.js";
import { inParallel } from "./in-parallel.js";
import { inSlices } from "./in-slices.js";
import { listFolder, parallelFiles, type StampedFile } from "./list-folder.js";
import { readStamped } from "./read-stamped.js";
import { asSourceError, sourceInvalid, sourceUnreachable } from "./source-errors.js";
import type { Picture, Source } from "./source.js";

interface Place {
  /** Absolute. */
  readonly root: string;
  readonly label: string;
  /** Milliseconds. */
  readonly timeoutMs: number;
}

/** How often a folder is listed anew because its state changes while it is read. */
const attempts = 3;

/**
 * A registry folder as it lies on disk; git has no part in it. An unchanged folder costs one walk. A file is read only
 * as it was listed: one that is being written is refused, and the next refresh sees it whole.
 */
export function folderSource(place: Place): Source {
  const { root, label, timeoutMs } = place;
  let hadState = false;
  let last: Catalog | undefined;
  return {
    kind: "folder",
    label,
    load: (previous, signal) =>
      within({ label, signal, timeoutMs }, async (own) => {
        for (let attempt = 0; attempt < attempts; attempt++) {
          const files = await listFolder(root, { label, signal: own });
          refuseRepository(place, files);
          const mark = await inSlices(markOf(files), own);
          if (mark === previous) return "unchanged";
          const state = await readStateFiles(place, files);
          if (state === "changed") continue;
          const hasState = state.some(({ prompt }) => prompt === undefined);
          // Editors and `git checkout` delete a file before they write it: every alias would seem to be gone.
          if (hadState && !hasState) throw sourceUnreachable(label, `has lost its \`${stateFileName}\``);
          hadState = hasState;
          const registry = basename(root);
          const listing = { origin: originOf(label), registry, files };
          const catalog = await inSlices(catalogAfter(last, listing, state), own);
          assertRegistry(catalog, state.length > 0, label);
          last = catalog;
          return pictureOf(place, { mark, catalog, byPath: await inSlices(byPathOf(registry, files), own) });
        }
        throw sourceUnreachable(label, "changes faster than it can be read");
      }),
    close: () => undefined,
  };
}

/** A repository would be read as one large registry whose state is no state. */
function refuseRepository({ root, label }: Place, files: readonly StampedFile[]): void {
  const states = files.filter(({ path }) => path.endsWith(`/${stateFileName}`));
  const [state] = states;
  if (state === undefined || files.some(({ path }) => path === stateFileName)) return;
  if (![".git", configFileName].some((name) => existsSync(join(root, name)))) return;
  const registry = join(label, dirname(state.path));
  throw sourceInvalid(label, "is a repository, and no registry folder", {
    hint: `name its registry, such as \`${registry}\`, or the repository: \`{ repository: "${label}" }\``,
  });
}

function* markOf(files: readonly StampedFile[]): Steps<string> {
  const hash = createHash("sha256");
  for (const { path, mode, stamp } of files) {
    hash.update(`${path}\0${mode}\0${stamp}\0`);
    yield;
  }
  return hash.digest("hex");
}

/** Files by their paths relative to the root of the repository. */
function* byPathOf(registry: string, files: readonly StampedFile[]): Steps<Read["byPath"]> {
  const byPath = new Map<string, StampedFile>();
  for (const file of files) {
    byPath.set(`${registry}/${file.path}`, file);
    yield;
  }
  return byPath;
}

async function readStateFiles(
  { root, label }: Place,
  files: readonly StampedFile[],
): Promise<readonly StateFile[] | "changed"> {
  const registry = basename(root);
  const byPath = new Map(files.map((file) => [file.path, file]));
  const found = await inParallel(
    stateFilesOf({ files }),
    parallelFiles,
    async ({ path, prompt }): Promise<StateFile | "changed"> => {
      const file = byPath.get(path);
      const text = file === undefined ? "changed" : await readStamped(root, file, stateLimit);
      if (text instanceof PromptSyncError) throw asSourceError(text, label);
      if (text === "changed") return text;
      return { path: `${registry}/${path}`, text, ...(prompt === undefined ? {} : { prompt }) };
    },
  );
  return found.every((it) => it !== "changed") ? found : "changed";
}

interface Read extends Pick<Picture, "catalog" | "mark"> {
  readonly byPath: ReadonlyMap<string, StampedFile>;
}

function pictureOf({ root, label, timeoutMs }: Place, { byPath, mark, catalog }: Read): Picture {
  return {
    catalog,
    tree: null,
    mark,
    keyOf: ({ path }) => `${path} ${byPath.get(path)?.stamp ?? ""}`,
    read: (versions, signal) =>
      inParallel(versions, parallelFiles, ({ path }) =>
        within({ label, signal, timeoutMs }, async () => {
          const file = byPath.get(path);
          const text = file === undefined ? "changed" : await readStamped(root, file, promptLimit);
          if (text === "changed") throw changed(path);
          if (text instanceof PromptSyncError) throw text;
          return text;
        }),
      ),
  };
}

function originOf(label: string) {
  return { kind: "folder", commit: null, date: null, label } as const;
}

function changed(path: string): PromptSyncError {
  return new PromptSyncError("FILE_UNREADABLE", `\`${path}\` changed after its folder was listed`, {
    hint: "the next refresh reads it as it is then",
    file: path,
  });
}

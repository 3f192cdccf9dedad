import { expect } from "vitest";
import { buildCatalog } from "../../../src/core/catalog.js";
import { stateFilesOf } from "../../../src/core/state-files.js";
import { resolve } from "../../../src/core/resolve/resolve.js";
import type { ResolveRequest } from "../../../src/core/resolve/resolution.js";
import { isPromptSyncError } from "../../../src/core/errors.js";
import { parseReference } from "../../../src/core/reference.js";
import { storyFiles } from "./story.js";
import type { Picture, Source } from "../../../src/store/sources/source.js";

/** Nobody gives up. */
export const patient: AbortSignal = new AbortController().signal;

/** Loads a source that has to have something new. */
export async function load(source: Source, previous?: string): Promise<Picture> {
  const picture = await source.load(previous, patient);
  if (picture === "unchanged") throw new Error(`${source.label} is unchanged`);
  return picture;
}

const ask = (text: string, more: Partial<ResolveRequest> = {}): ResolveRequest => ({
  ...parseReference(text),
  ...more,
});

const questions: readonly ResolveRequest[] = [
  ask("welcome", { key: "user-1" }),
  ask("welcome", { key: "user-2" }),
  ask("welcome@^1"),
  ask("welcome@latest"),
  ask("refund"),
  ask("refund@^1"),
  ask("refund@1.2.0"),
  ask("refund", { tenant: "acme" }),
  ask("refund", { flags: { concise: true } }),
  ask("refund@beta"),
  ask("tone"),
  ask("qualify-lead"),
  ask("welcom"),
  { capability: "answer-customer" },
];

/** The facts of the story as pure code gets them from its files. */
export function storyFacts(): unknown {
  const registry = "prompt-templates";
  const files = Object.keys(storyFiles)
    .sort()
    .map((path) => ({ path: path.slice(registry.length + 1), blob: null, mode: "file" as const }));
  const origin = { kind: "commit", commit: null, date: null, label: "the story" } as const;
  const listing = { origin, registry, files };
  const state = stateFilesOf(listing).map(({ path, prompt }) => ({
    path: `${registry}/${path}`,
    text: storyFiles[`${registry}/${path}`] ?? "",
    ...(prompt === undefined ? {} : { prompt }),
  }));
  return factsOf({ catalog: buildCatalog(listing, state) });
}

/** What a picture says: the same for every kind of source of the same registry. */
export function factsOf({ catalog }: Pick<Picture, "catalog">): unknown {
  return {
    registry: catalog.registry,
    prompts: [...catalog.prompts.values()].map(({ name, group, versions }) => ({
      name,
      group,
      versions: versions.map(({ version, path }) => ({ version, path })),
    })),
    state: catalog.state,
    problems: catalog.problems,
    place: catalog.stateText.locate(["prompts", "welcome", "aliases", "production"]),
    answers: questions.map((question) => {
      try {
        return resolve(catalog, question);
      } catch (error) {
        if (!isPromptSyncError(error)) throw error;
        return { code: error.code, hint: error.hint };
      }
    }),
  };
}

/** The texts of versions such as `tone@1.0.0`, by these names. */
export async function textsOf(picture: Picture, names: readonly string[]): Promise<Record<string, string>> {
  const wanted = names.map((text) => {
    const [name = "", number] = text.split("@");
    const found = picture.catalog.prompts.get(name)?.versions.find(({ version }) => version === number);
    if (found === undefined) throw new Error(`${text} is not there`);
    return { ...found, name };
  });
  const texts = await picture.read(wanted, patient);
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? ""]));
}

/** Expects a refusal with a code; the error, for more questions. */
export async function refusal(
  work: Promise<unknown>,
  code: string,
): Promise<{ message: string; hint?: string }> {
  const error: unknown = await work.then(
    () => undefined,
    (it: unknown) => it,
  );
  expect(error).toMatchObject({ code });
  return error as { message: string; hint?: string };
}

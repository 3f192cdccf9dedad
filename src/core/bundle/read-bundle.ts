import { PromptSyncError } from "../errors.js";
import { isJsonObject, jsonEquals, type JsonValue } from "../json.js";
import { placeFile } from "../layout.js";
import { checkSchema } from "../schema/check.js";
import type { Steps } from "../steps.js";
import { bundleSchemas, versionPath, type Bundle, type BundledVersions } from "./bundle.js";
import { parseBundleLines } from "./parse-bundle.js";

/**
 * Reads a bundle or an index, UTF-8, in many small steps; `label` is how messages call it. Versions that are as in an
 * earlier reading, there by their ids, are the same objects again. Its texts are not
 * compared with their digests here, because hashing is what takes long.
 * @throws PromptSyncError `SOURCE_INVALID` naming the first thing that does not fit
 */
export function* readBundle(
  bytes: Buffer,
  { label, earlier = new Map() }: { readonly label: string; readonly earlier?: BundledVersions },
): Steps<Bundle & { readonly form: "bundle" | "index" }> {
  const keep = (entry: JsonValue): JsonValue => {
    const { name, version } = isJsonObject(entry) ? entry : {};
    const known = earlier.get(`${String(name)}@${String(version)}`) as JsonValue | undefined;
    return known !== undefined && jsonEquals(known, entry) ? known : entry;
  };
  const value = (yield* parseBundleLines(bytes, keep)) ?? parse(bytes.toString(), label);
  for (const part of partsOf(value)) {
    const [problem] = checkSchema("bundle", part);
    if (problem !== undefined) throw invalid(label, problem.message);
    yield;
  }
  const document = value as unknown as Bundle & { readonly schema: string };
  const form = document.schema === bundleSchemas.bundle ? "bundle" : "index";
  const { catalog, state, versions, others } = document;
  if (form === "bundle" && [state, versions].some((list) => list.some(({ text }) => text === undefined)))
    throw invalid(label, "a text is left out, as only an index may do");
  yield* refuseOddPlaces(document, label);
  return { form, catalog, state, versions, others };
}

function parse(text: string, label: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (cause) {
    const why = (cause as Error).message.replaceAll(/\s+/g, " ").slice(0, 100);
    throw invalid(label, `it is no whole JSON document (${why})`);
  }
}

/** A document as several, each with some of its versions: what each of them says right, it says right. */
function* partsOf(document: JsonValue): Generator<JsonValue> {
  const versions = isJsonObject(document) ? document["versions"] : undefined;
  if (!isJsonObject(document) || !Array.isArray(versions)) return yield document;
  yield { ...document, versions: versions.slice(0, step) };
  for (let at = step; at < versions.length; at += step)
    yield { ...document, state: [], others: [], versions: versions.slice(at, at + step) };
}

/** How many versions are checked before others may get their turn. */
const step = 100;

/** Every file has to be one that a registry could hold, and none may stand twice: nothing leaves the folder. */
function* refuseOddPlaces({ state, versions, others }: Bundle, label: string): Steps<void> {
  const seen = new Set<string>();
  const groups = new Map<string, string>();
  const add = (path: string): void => {
    if (seen.has(path)) throw invalid(label, `\`${path}\` stands twice`);
    seen.add(path);
  };
  for (const { path } of state) {
    if (placeFile({ path, mode: "file" }).kind !== "state")
      throw invalid(label, `\`${path}\` is no state file`);
    add(path);
  }
  const addVersion = (name: string, group: string, version: string): void => {
    const path = versionPath({ group, name }, version);
    const placed = placeFile({ path, mode: "file" });
    const fits = placed.kind === "version" && placed.name === name && placed.version === version;
    if (!fits) throw invalid(label, `\`${path}\` is no version file`);
    if ((groups.get(name) ?? group) !== group) throw invalid(label, `prompt \`${name}\` is in two groups`);
    groups.set(name, group);
    add(path);
  };
  for (const { name, group, version } of versions) {
    addVersion(name, group, version);
    yield;
  }
  for (const { name, group, versions: numbers } of others) {
    for (const version of numbers) addVersion(name, group, version);
    yield;
  }
}

function invalid(label: string, what: string): PromptSyncError {
  return new PromptSyncError("SOURCE_INVALID", `\`${label}\` is no bundle of prompts: ${what}`, {
    hint: "write it again with `promptsync export --all --format bundle`",
  });
}

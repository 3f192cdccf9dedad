import { readState, type StateFile, type StateText } from "./read-state.js";
import { cutState } from "./split-state.js";
import { createStateReader, type StateReader } from "./state-reader.js";

/**
 * Reads what the state says of some prompts and of all: the blocks of the others are not looked at, so that a decision
 * about one prompt costs the same among a thousand. Undefined when a file has a problem or is not in the canonical
 * layout: it has to be read as a whole then.
 */
export function readStateAbout(
  names: readonly string[],
  files: readonly StateFile[],
  home: string,
): StateText | undefined {
  const parts = partsAbout(names, files);
  return parts === undefined ? undefined : readParts(names, parts, { files, home });
}

/**
 * Makes a reader for the states of many commits that says the same as {@link readStateAbout}: states that say the same
 * of the prompt and of all are one object. What cannot be cut is read as a whole.
 */
export function createStateReaderAbout(name: string): Pick<StateReader, "read"> {
  const known = new Map<string, StateText | undefined>();
  const whole = createStateReader();
  return {
    read(files, home) {
      const parts = partsAbout([name], files);
      if (parts === undefined) return whole.read(files, home);
      const id = parts.map(({ path, text }) => `${path}\0${text}`).join("\0");
      const read = known.has(id) ? known.get(id) : readParts([name], parts, { files, home });
      known.set(id, read);
      return read ?? whole.read(files, home);
    },
  };
}

/** The files without the blocks of other prompts; undefined where a cut is not certain. */
function partsAbout(names: readonly string[], files: readonly StateFile[]): readonly StateFile[] | undefined {
  const parts: StateFile[] = [];
  for (const file of files) {
    const text = file.prompt === undefined ? cutState(file.text, names)?.text : file.text;
    if (text === undefined) return undefined;
    parts.push({ ...file, text });
  }
  return parts;
}

/** Undefined when a part has a problem, or says something of other prompts after all. */
function readParts(
  about: readonly string[],
  parts: readonly StateFile[],
  { files, home }: { readonly files: readonly StateFile[]; readonly home: string },
): StateText | undefined {
  const { state, problems, fileOf } = readState(parts, home);
  const isMore = Object.keys(state.prompts ?? {}).some((name) => !about.includes(name));
  if (problems.length > 0 || isMore) return undefined;
  return {
    state,
    problems,
    files,
    fileOf,
    locate: (path, part) => readState(files, home).locate(path, part),
  };
}

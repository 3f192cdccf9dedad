import type { Scan, SourceFile, SourceProblem } from "../core/call-site.js";
import { findCalls } from "./find-calls.js";
import { createFollow } from "./follow.js";
import { createLink, importWords } from "./link.js";
import type { Program } from "./model.js";
import { passArguments } from "./pass-arguments.js";
import { prune } from "./prune.js";
import { bareName, type Wrapper } from "./wrappers.js";

export type { Wrapper } from "./wrappers.js";

/** What is looked for. */
export interface ScanSettings {
  /** Functions of the application that pass a name on. */
  readonly wrappers?: readonly Wrapper[];
  /** Modules that give what `promptsync` gives. */
  readonly modules?: readonly string[];
}

const methodNames = ["getPrompt", "get_prompt"];
const packageName = "promptsync";

/** What a source file has to mention, some of it at least, to be worth reading. */
export function wordsToFind(settings: ScanSettings): readonly string[] {
  return [...wordsToParse(settings), ...methodNames];
}

/** What a source file has to mention to be parsed whatever else is there. */
function wordsToParse({ wrappers = [], modules = [] }: ScanSettings): readonly string[] {
  return [packageName, ...modules, ...wrappers.map(bareName)];
}

/** Characters of the largest source file that is parsed: what is larger was made by a machine. */
const sourceLimit = 1 << 20;

/** Finds the calls of one source file. */
export function scanSource(
  { path, text, wrappers = [] }: SourceFile & Pick<ScanSettings, "wrappers">,
  settings: Pick<ScanSettings, "modules"> = {},
): Promise<Scan> {
  return scanSources([{ path, text }], { ...settings, wrappers });
}

/**
 * Finds the calls of source files that ask for a prompt, and what they pass.
 *
 * Only files that mention the package, a wrapper or a `promptsync-uses:` comment are parsed, and files that call
 * `getPrompt` and mention one of those by its module name: they may import its client.
 */
export async function scanSources(files: readonly SourceFile[], settings: ScanSettings = {}): Promise<Scan> {
  const { wrappers = [], modules = [] } = settings;
  const words = wordsToParse(settings);
  const names = new Set(wrappers.map(bareName));
  const programs: Program[] = [];
  const problems: SourceProblem[] = [];
  let [parsed, rest] = [0, files];
  let isWanted = (text: string): boolean => words.some((word) => text.includes(word));
  for (;;) {
    const wanted = rest.filter(({ text }) => isWanted(text));
    if (wanted.length === 0) break;
    rest = rest.filter(({ text }) => !isWanted(text));
    const before = programs.length;
    for (const file of wanted) {
      const read = await readProgram(file);
      parsed++;
      if ("calls" in read) {
        passArguments(read);
        programs.push(prune(read, names));
      }
      const problem = "calls" in read ? read.problem : read;
      if (problem !== undefined) problems.push(problem);
    }
    isWanted = importTest(programs.slice(before));
  }
  programs.sort((a, b) => (a.path < b.path ? -1 : 1));
  const follow = createFollow({ modules: [packageName, ...modules], link: createLink(programs) });
  return { calls: findCalls(programs, wrappers, follow), problems, parsed };
}

/** Tells whether a text asks for prompts and may import one of some programs. */
function importTest(programs: readonly Program[]): (text: string) => boolean {
  const words = new Set(programs.filter((it) => it.exports.size > 0).flatMap((it) => importWords(it.path)));
  const imports = (line: string): boolean =>
    /\b(?:from|import|require)\b/.test(line) && line.split(/[^\w$-]+/).some((word) => words.has(word));
  return (text) =>
    words.size > 0 &&
    methodNames.some((name) => text.includes(name)) &&
    text.split("\n").some((line) => imports(line.slice(0, longestImport)));
}

/** Characters of a line in which an import is looked for: code that people wrote has shorter lines. */
const longestImport = 1000;

async function readProgram(file: SourceFile): Promise<Program | SourceProblem> {
  if (file.text.length > sourceLimit) {
    const message = `\`${file.path}\` has ${file.text.length} characters, more than ${sourceLimit}`;
    return { file: file.path, message, hint: leaveOut, line: 1, column: 1 };
  }
  try {
    if (file.path.endsWith(".py")) {
      const python = await import("./python/read-program.js");
      return python.readProgram(file);
    }
    const javascript = await import("./javascript/read-program.js");
    return javascript.readProgram(file);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = `\`${file.path}\` is nested too deeply to read`;
    return { file: file.path, message, hint: leaveOut, line: 1, column: 1 };
  }
}

const leaveOut = "leave it out: `code: { exclude: [...] }` in .promptsyncrc";

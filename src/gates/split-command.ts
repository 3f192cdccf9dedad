import { PromptSyncError } from "../core/errors.js";

/** What only a shell understands: without one it would reach the program as a word and do nothing. */
const shellOnly = /[|&;<>()$`]+/;

/**
 * Splits a command line into words as a shell does, without a shell: blanks part, quotes hold together, a backslash
 * takes the next character as it is.
 * @throws PromptSyncError `STATE_INVALID` for no word, an open quote, and what needs a shell
 */
export function splitCommand(line: string, entry: string): [string, ...string[]] {
  const words: string[] = [];
  const token = /\s+|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)|(.)/gsy;
  let word: string | undefined;
  for (const [text, single, double, escaped, plain, rest] of line.matchAll(token)) {
    if (rest !== undefined) throw unusable(entry, "a quote or backslash has no end", "close it");
    const special = shellOnly.exec(plain ?? "")?.[0];
    if (special !== undefined) {
      const how = "quote it, or write `shell: true` beside the command";
      throw unusable(
        entry,
        `\`${special}\` means something to a shell only, and the command runs without one`,
        how,
      );
    }
    const part = single ?? double?.replaceAll(/\\(["\\])/g, "$1") ?? escaped ?? plain;
    if (part !== undefined) word = (word ?? "") + part;
    else if (text !== "" && word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  if (word !== undefined) words.push(word);
  const [program, ...others] = words;
  if (program === undefined || program === "")
    throw unusable(entry, "there is no command", "write the program and its arguments");
  return [program, ...others];
}

function unusable(entry: string, why: string, hint: string): PromptSyncError {
  return new PromptSyncError("STATE_INVALID", `\`${entry}\` cannot be run: ${why}`, { hint });
}

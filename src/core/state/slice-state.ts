/**
 * A state file without the blocks of all prompts but one: a text of a few hundred bytes that reads as the same state,
 * as far as that prompt is concerned. Reading a state of 1,000 prompts for one of them then costs a search instead of
 * a parse: `readState([{ path, text: sliceState(text, prompt) ?? text }], path)`.
 *
 * Undefined where the file is not laid out as PromptSync writes it; read the whole text then. For a text that reads
 * without problems the answer is exact (YAML itself wants what continues a value to stand deeper than its key), so
 * what is wrong in another prompt's block is not seen: for states of the past, and never for a check.
 */
export function sliceState(text: string, prompt: string): string | undefined {
  const head = text.indexOf("\nprompts:\n");
  if (head < 0) return /^.?prompts/m.test(text) ? undefined : text;
  const start = head + "\nprompts:\n".length;
  const end = search(/\n[^ \n#]/g, text, start - 1);
  if (!firstEntry.test(text.slice(start, end))) return undefined;
  const entry = text.indexOf(`\n  ${prompt}:\n`, start - 1);
  if (entry < 0 || entry >= end) {
    // Not there, unless it is written in a way of its own.
    return unusualEntry.test(text.slice(start - 1, end)) ? undefined : text.slice(0, head) + text.slice(end);
  }
  const blockEnd = search(/\n {0,2}[^ \n]/g, text, entry + 1);
  return text.slice(0, start) + text.slice(entry + 1, blockEnd) + text.slice(end);
}

/** The entries of `prompts` are indented by two. */
const firstEntry = /^(?: *(?:#.*)?\n)* {2}[^ #]/;

/** A line of an entry that is not a plain `  name:`. */
const unusualEntry = /\n(?! {2}[a-z0-9._-]+:\n| *#| {3}| *\n|$)/;

/** Where the line break before a match stands; the end of the text, or of its last line, when there is none. */
function search(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  const found = pattern.exec(text);
  if (found !== null) return found.index;
  return text.endsWith("\n") ? text.length - 1 : text.length;
}

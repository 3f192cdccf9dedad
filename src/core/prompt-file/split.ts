/** The two parts of a version file. Lines are 1-based and count from the top of the file. */
export interface SplitFile {
  /** The YAML between the fences. */
  readonly yaml: string;
  readonly yamlLine: number;
  /** Everything after the closing fence. */
  readonly body: string;
  readonly bodyLine: number;
}

/** Splits a text at its `---` fences; undefined when it does not begin with front-matter. */
export function splitFile(text: string): SplitFile | undefined {
  if (!text.startsWith("---\n")) return undefined;
  const closing = /^---[ \t]*$/m.exec(text.slice(4));
  if (closing === null) return undefined;
  const end = 4 + closing.index;
  const yaml = text.slice(4, end);
  return {
    yaml,
    yamlLine: 2,
    body: text.slice(end + closing[0].length + 1),
    bodyLine: yaml.split("\n").length + 2,
  };
}

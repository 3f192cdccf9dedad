import { normalizeDraft } from "../core/text.js";

/** A version file that can be mended by a machine. */
export interface Mend {
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly before: string;
  readonly after: string;
  /** The rules whose findings go away. */
  readonly rules: readonly string[];
}

/** A version file as it stands. */
interface File {
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly text: string;
}

/**
 * Plans the mends that need no judgement: line ends and byte order mark, and a name or number that is not the path's.
 * The caller leaves merged versions out: they never change.
 */
export function planFix(files: readonly File[]): Mend[] {
  return files.flatMap(({ text: before, ...file }) => {
    const plain = normalizeDraft(before);
    const after = withIdentity(plain, file);
    const rules = [
      ...(plain === before ? [] : ["layout-encoding-invalid"]),
      ...(after === plain ? [] : ["layout-identity-mismatch"]),
    ];
    return rules.length === 0 ? [] : [{ ...file, before, after, rules }];
  });
}

/** The text with the name and the version of its path; keys that are not there stay away. */
function withIdentity(text: string, { name, version }: Pick<File, "name" | "version">): string {
  const end = text.indexOf("\n---", 4);
  if (!text.startsWith("---\n") || end < 0) return text;
  const head = text
    .slice(0, end)
    .replace(/^name:[ \t]*(\S+).*$/m, (line, written: string) =>
      unquoted(written) === name ? line : `name: ${name}`,
    )
    .replace(/^version:[ \t]*(\S+).*$/m, (line, written: string) =>
      unquoted(written) === version ? line : `version: "${version}"`,
    );
  return head + text.slice(end);
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, "$2");
}

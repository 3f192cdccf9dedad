import { isPromptSyncError, PromptSyncError } from "../core/errors.js";
import type { Draft } from "../core/prompt-file/read-draft.js";
import type { DraftFile } from "../store/read-drafts.js";
import { parseTemplate, type ParseOptions } from "../template/index.js";

/** Where the text of a draft stands. */
interface Place extends Pick<DraftFile, "file" | "format"> {
  /** The line of the file on which the body begins. */
  readonly bodyLine: number;
}

/**
 * Refuses a draft with a template that does not parse: a version can never be mended, and this one could never be
 * rendered.
 * @throws PromptSyncError `TEMPLATE_SYNTAX`, `TEMPLATE_LIMIT`
 */
export function checkTemplates({ frontMatter, body }: Draft, place: Place, options: ParseOptions): void {
  check(body, options, ({ line, column }) => ({
    file: place.file,
    line: line === undefined ? undefined : place.bodyLine - 1 + line,
    column: place.format === "yaml" ? undefined : column, // the block's indentation is not known here
  }));
  for (const { tags, content } of frontMatter.variants ?? []) {
    const words = Object.entries(tags).map(([tag, value]) => `${tag}=${value}`);
    check(content, options, () => ({ file: place.file, variant: words.join(" ") }));
  }
}

interface Found {
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** The tags of the variant that the template belongs to; its lines are not those of the file. */
  readonly variant?: string;
}

function check(text: string, options: ParseOptions, locate: (error: PromptSyncError) => Found): void {
  try {
    parseTemplate(text, options);
  } catch (error) {
    if (!isPromptSyncError(error)) throw error;
    const { variant, ...place } = locate(error);
    const where = variant === undefined ? "" : ` in line ${error.line ?? 1} of the variant ${variant}`;
    throw new PromptSyncError(error.code, `${error.message}${where}`, {
      hint: error.hint,
      ...place,
      cause: error,
    });
  }
}

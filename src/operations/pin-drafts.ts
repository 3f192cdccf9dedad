import type { Catalog } from "../core/catalog.js";
import { isPromptSyncError, PromptSyncError } from "../core/errors.js";
import type { Draft } from "../core/prompt-file/read-draft.js";
import { pinDraft } from "../plans/pin-draft.js";
import type { DraftToPush } from "../plans/plan-push.js";
import type { DraftFile } from "../store/read-drafts.js";
import type { Library } from "../render/library.js";
import type { Workspace } from "../store/workspace.js";
import { readIncludes } from "./read-includes.js";

/** A draft that was read. */
export interface OpenDraft {
  readonly file: DraftFile;
  readonly draft: Draft;
  /** The line of the file on which the body begins. */
  readonly bodyLine: number;
}

/**
 * The drafts with their includes at exact versions.
 * @throws PromptSyncError `TEMPLATE_INCLUDE` with the place in the draft's file
 */
export function pinDrafts(catalog: Catalog, drafts: readonly OpenDraft[]): OpenDraft[] {
  return drafts.map((open) => {
    try {
      return { ...open, draft: pinDraft(catalog, open.file.name, open.draft) };
    } catch (error) {
      if (!isPromptSyncError(error)) throw error;
      const { code, message, hint, column, cause, line = 1 } = error;
      const place = { file: open.file.file, line: line + open.bodyLine - 1, column };
      throw new PromptSyncError(code, message, { ...place, hint, cause });
    }
  });
}

/** Reads what drafts and the versions they follow include, and writes down the digest of it. */
export async function withClosures(
  workspace: Workspace,
  catalog: Catalog,
  drafts: readonly DraftToPush[],
): Promise<{ readonly drafts: readonly DraftToPush[]; readonly library: Library }> {
  const library = await readIncludes(
    workspace,
    () => Promise.resolve([catalog]),
    drafts.flatMap(({ draft, known }) => [draft, ...known.values()]),
  );
  const closed = drafts.map((item): DraftToPush => {
    const { closure: _written, ...frontMatter } = item.draft.frontMatter;
    const closure = library.closure(item.draft);
    return {
      ...item,
      draft: {
        ...item.draft,
        frontMatter: { ...frontMatter, ...(closure === undefined ? {} : { closure }) },
      },
    };
  });
  return { drafts: closed, library };
}

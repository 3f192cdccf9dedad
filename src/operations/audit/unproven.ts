import type { ProtectedMove } from "../../gates/audit-moves.js";
import type { HistoryCommit } from "../../store/git/history.js";
import { readSignaturesOf } from "../../store/git/signatures.js";
import type { Workspace } from "../../store/workspace.js";
import { readProofs, type Proofs } from "../read-proofs.js";
import { findingOf, type AuditFinding } from "./finding.js";

/** A move that had to pass gates, and the commit of the base branch that brought it. */
export interface MadeMove {
  readonly commit: HistoryCommit;
  readonly move: ProtectedMove;
}

/** The moves without evidence, and those without a signature where one is asked for. At most three git processes. */
export async function unproven(workspace: Workspace, moved: readonly MadeMove[]): Promise<AuditFinding[]> {
  if (moved.length === 0) return [];
  const proofs = await readProofs(workspace);
  const toSign = moved
    .filter(({ move }) => move.requireSigned)
    .flatMap(({ commit }) => makersOf(proofs, commit));
  const signed = await readSignaturesOf(workspace.repository, [...new Set(toSign)]);
  return moved.flatMap(({ commit, move }) => {
    const { prompt, alias, tenant, version, gates, requireSigned } = move;
    const found: AuditFinding[] = [];
    const about = `${prompt}@${alias}${tenant === undefined ? "" : ` of ${tenant}`}`;
    const add = (message: string, hint: string): void => {
      const rule = "registry-gates-unproven";
      found.push(findingOf(commit, { rule, prompt, version, alias, message, hint }));
    };
    if (!proofs.hasEvidence(commit.commit, `${prompt}@${alias}=${version}`)) {
      add(
        `${about} moved to ${version}, and no commit says that the gates \`${gates}\` passed`,
        `\`promptsync gate ${prompt}@${version} --for ${alias}\` runs them; \`promptsync alias set\` records what they said`,
      );
    }
    const isSigned = (id: string): boolean => ["G", "U"].includes(signed.get(id) ?? "N");
    const [merge, ...others] = makersOf(proofs, commit);
    const isCovered = isSigned(merge ?? "") || (others.length > 0 && others.every(isSigned));
    if (requireSigned && !isCovered) {
      add(
        `${about} moved to ${version} in a commit that is not signed, and the gates \`${gates}\` ask for it`,
        "`git config commit.gpgsign true` signs what comes; who signed what is, only its author can prove",
      );
    }
    return found;
  });
}

/** The commit of the base branch, then those that it merged. */
const makersOf = (proofs: Proofs, { commit }: HistoryCommit): string[] => [
  commit,
  ...proofs.mergedBy(commit),
];

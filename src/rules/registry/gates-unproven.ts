import { rule, type Violation } from "../rule.js";
import { entryAt } from "./entry.js";
import { gatedMoves } from "./gated-moves.js";

export default rule({
  id: "registry-gates-unproven",
  category: "registry",
  severity: "error",
  scope: "base",
  checks: "a protected alias with gates moves in a commit that carries the evidence of its gates",
  why: "A hand-made move of production passes no check; the commit that PromptSync makes says which checks passed.",
  wrong: "an edit of `serve:` under `production`, whose settings ask for `gates: release`",
  right: "promptsync alias set production qualify-lead@1.2.0",
  *check(world): Iterable<Violation> {
    for (const { prompt, alias, tenant, baseline: from, version: to, isTrial, path, gates } of gatedMoves(
      world,
    )) {
      if (world.base?.hasEvidence?.({ prompt, alias, to }) === true) continue;
      const { data, ...place } = entryAt(world, path);
      const whose = tenant === undefined ? `${prompt}@${alias}` : `${prompt}@${alias} of tenant ${tenant}`;
      const move = isTrial ? `tries ${to} on some` : `moves ${from ?? "nothing"} → ${to}`;
      yield {
        message: `${whose} ${move}, and no commit says that the gates \`${gates}\` passed`,
        hint: `\`promptsync gate ${prompt}@${to} --for ${alias}\` runs them; \`promptsync alias set\` records what they said`,
        prompt,
        version: to,
        ...place,
        data: { ...data, from, to, gates },
      };
    }
  },
});

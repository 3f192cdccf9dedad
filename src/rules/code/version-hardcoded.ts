import type { CallTarget } from "../../core/call-site.js";
import { stateOf, type Catalog } from "../../core/catalog.js";
import { idsOf } from "../../core/state/state.js";
import { callId, codeRule, type CodeViolation } from "./code-world.js";

export default codeRule({
  id: "code-version-hardcoded",
  category: "code",
  severity: "warning",
  scope: "code",
  checks: "code asks for an alias, not for a version or for `latest`",
  why: "A version in code cannot be rolled back or tried on some users without a deployment, and `latest` is served before anybody has approved it.",
  wrong: 'prompts.getPrompt("qualify-lead", { versionOrAlias: "1.2.0" })',
  right: 'prompts.getPrompt("qualify-lead", { versionOrAlias: "production" })',
  *check({ calls, head }): Iterable<CodeViolation> {
    for (const call of calls) {
      if (call.found === "comment") continue;
      for (const target of call.targets) {
        const pinned = pinnedIn(target);
        if (pinned === undefined) continue;
        yield {
          message:
            pinned === "latest"
              ? `code asks for the newest ${target.name}, whatever was pushed last`
              : `code pins ${target.name}@${pinned}`,
          hint: `ask for ${aliasOf(head.catalog, target.name)}, or waive this with a reason`,
          prompt: target.name,
          ...(pinned === "latest" ? {} : { version: pinned }),
          file: call.file,
          line: call.line,
          column: call.column,
          endLine: call.endLine,
          endColumn: call.endColumn,
          data: { call: callId(call), version: pinned },
        };
      }
    }
  },
});

function pinnedIn({ selector }: CallTarget): string | undefined {
  if (selector?.kind === "version") return selector.version;
  return selector?.kind === "latest" ? "latest" : undefined;
}

function aliasOf(catalog: Catalog, name: string): string {
  const aliases = idsOf(stateOf(catalog, name).aliases);
  const usual = catalog.state.project?.default_alias;
  const alias = usual !== undefined && aliases.includes(usual) ? usual : aliases[0];
  return alias === undefined ? "an alias" : `alias \`${alias}\``;
}

import { assertStateReadable } from "../../core/catalog.js";
import { daysBetween } from "../../core/day.js";
import { needsFlag } from "../../core/resolve/when.js";
import { operation } from "../operation.js";
import { table } from "../text/table.js";

interface FlagLine {
  readonly flag: string;
  readonly kind: string | null;
  readonly owner: string | null;
  readonly purpose: string | null;
  readonly created: string | null;
  readonly expires: string;
  readonly isExpired: boolean;
  /** What those who have the flag get. */
  readonly serves: readonly { readonly prompt: string; readonly rule: string; readonly version: string }[];
}

interface Result {
  readonly flags: readonly FlagLine[];
}

export default operation({
  examples: [
    { command: "promptsync flag list", does: "show the flags, what they serve and when they expire" },
    { command: "promptsync flag list --json", does: "the same for a script" },
  ],
  async run(_input: object, context): Promise<Result> {
    const workspace = await context.workspace();
    const catalog = await workspace.catalog();
    assertStateReadable(catalog);
    const { flags = {}, prompts = {} } = catalog.state;
    const lines = Object.entries(flags).map(([flag, it]): FlagLine => {
      const { kind = null, owner = null, purpose = null, created = null, expires } = it;
      const serves = Object.entries(prompts).flatMap(([prompt, { rules = {} }]) =>
        Object.entries(rules)
          .filter(([, { when }]) => needsFlag(when, flag))
          .map(([rule, { serve: version }]) => ({ prompt, rule, version })),
      );
      const isExpired = daysBetween(context.now, expires) < 0;
      return { flag, kind, owner, purpose, created, expires, isExpired, serves };
    });
    return { flags: lines.sort((a, b) => (a.flag < b.flag ? -1 : 1)) };
  },
  text({ flags }, style) {
    if (flags.length === 0) return "no flags: `promptsync flag create <flag> --expires <date>` makes one";
    const rows = flags.map(({ flag, kind, owner, expires, isExpired, serves, purpose }) => [
      style.cyan(flag),
      kind ?? "",
      isExpired ? style.red(`${expires.slice(0, 10)}, expired`) : expires.slice(0, 10),
      owner ?? "",
      serves.map(({ prompt, version }) => `${prompt}@${version}`).join(" "),
      style.dim(purpose ?? ""),
    ]);
    return table(rows, style, { head: ["FLAG", "KIND", "EXPIRES", "OWNER", "SERVES", "PURPOSE"] });
  },
});

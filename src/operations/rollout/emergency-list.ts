import { assertStateReadable } from "../../core/catalog.js";
import { daysBetween } from "../../core/day.js";
import { operation } from "../operation.js";
import { table } from "../text/table.js";

interface EmergencyLine {
  readonly id: string;
  readonly status: "active" | "resolved";
  readonly prompt: string;
  /** Null when it is open for every alias. */
  readonly alias: string | null;
  readonly version: string;
  readonly label: string | null;
  readonly opened: string | null;
  readonly openedBy: string | null;
  readonly resolved: string | null;
  readonly postMortem: string | null;
  readonly postMortemDue: string | null;
  /** The post-mortem is missing after its day. */
  readonly isOverdue: boolean;
}

interface Result {
  readonly emergencies: readonly EmergencyLine[];
}

export default operation({
  options: [{ flags: "--active", summary: "Show only those that are open" }],
  examples: [
    { command: "promptsync emergency list", does: "show emergencies and the post-mortems they owe" },
    {
      command: "promptsync emergency list --active --json",
      does: "what is served past the rules, for a script",
    },
  ],
  async run({ active = false }: { readonly active?: boolean }, context): Promise<Result> {
    const workspace = await context.workspace();
    const catalog = await workspace.catalog();
    assertStateReadable(catalog);
    const emergencies = Object.entries(catalog.state.emergencies ?? {}).map(([id, it]): EmergencyLine => {
      const { post_mortem: postMortem = null, post_mortem_due: postMortemDue = null } = it;
      return {
        id,
        status: it.status,
        prompt: it.prompt,
        alias: it.alias ?? null,
        version: it.serve,
        label: it.label ?? null,
        opened: it.opened ?? null,
        openedBy: it.opened_by ?? null,
        resolved: it.resolved ?? null,
        postMortem,
        postMortemDue,
        isOverdue:
          postMortem === null && postMortemDue !== null && daysBetween(context.now, postMortemDue) < 0,
      };
    });
    const wanted = emergencies.filter(({ status }) => !active || status === "active");
    return { emergencies: wanted.sort((a, b) => (a.id < b.id ? -1 : 1)) };
  },
  text({ emergencies }, style) {
    if (emergencies.length === 0) return "no emergencies";
    const rows = emergencies.map((it) => [
      style.bold(it.id),
      it.status === "active" ? style.red("active") : style.dim("resolved"),
      `${style.cyan(it.prompt)}${it.alias === null ? "" : ` ${it.alias}`}`,
      style.green(it.version),
      it.label ?? "",
      it.postMortem ??
        (it.isOverdue
          ? style.red(`overdue since ${it.postMortemDue ?? ""}`)
          : style.yellow(`due ${it.postMortemDue ?? ""}`)),
    ]);
    return table(rows, style, { head: ["ID", "STATUS", "PROMPT", "SERVES", "LABEL", "POST-MORTEM"] });
  },
});

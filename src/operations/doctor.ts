import type { Check } from "./doctor/checks.js";
import { operation } from "./operation.js";
import { wrap } from "./text/wrap.js";

interface Result {
  readonly ok: boolean;
  readonly checks: readonly Check[];
}

export default operation({
  description:
    "Looks at git, the settings, hooks, attributes and the base, and says what to type where something is wrong.",
  examples: [
    { command: "promptsync doctor", does: "find out why a hook or a gate does not do its work" },
    {
      command: "promptsync doctor --json",
      does: "the same for a script, such as a job that prepares machines",
    },
  ],
  async run(_input: object, { place }): Promise<Result> {
    const [{ readFacts }, { judgeFacts }] = await Promise.all([
      import("../store/read-facts.js"),
      import("./doctor/checks.js"),
    ]);
    const checks = judgeFacts(await readFacts(place));
    return { ok: checks.every(({ ok }) => ok), checks };
  },
  text: ({ checks }, style) =>
    checks
      .flatMap(({ ok, message, hint }) => [
        `${ok ? style.green("ok   ") : style.red("wrong")} ${message}`,
        ...(hint === null ? [] : hint.split("\n")).flatMap((line) =>
          wrap(line, style.width === undefined ? undefined : style.width - 6).map(
            (it) => `      ${style.dim(it)}`,
          ),
        ),
      ])
      .join("\n"),
  exitCode: ({ ok }) => (ok ? 0 : 1),
});

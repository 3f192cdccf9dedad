import type { PromptSyncError } from "../../core/errors.js";
import { nearest } from "../../core/suggest.js";
import { inBothOrders, orderText } from "./both-orders.js";
import { callId, codeRule, type CodeViolation } from "./code-world.js";
import { servedTo } from "./served.js";

export default codeRule({
  id: "code-prompt-unknown",
  category: "code",
  severity: "error",
  scope: "code",
  checks: "every prompt, alias and version that code names exists",
  why: "A name that does not exist is an error for the first user who comes by.",
  wrong: 'await prompts.getPrompt("qualify-led")',
  right: 'await prompts.getPrompt("qualify-lead")',
  *check(world): Iterable<CodeViolation> {
    for (const call of world.calls) {
      const mistakes = inBothOrders(world, ({ catalog }) => {
        const found = new Map<
          string,
          { name: string; error: PromptSyncError; suggestion: string | undefined }
        >();
        for (const { name, selector = { kind: "default" } as const } of call.targets) {
          const { error } = servedTo(catalog, { name, selector });
          if (error === undefined) continue;
          const suggestion = nearest(name, catalog.prompts.keys());
          found.set(name, { name, error, suggestion: catalog.prompts.has(name) ? undefined : suggestion });
        }
        return found;
      });
      for (const { mistake, order } of mistakes) {
        const { name, error, suggestion } = mistake;
        yield {
          message: `${error.message}${orderText(order)}`,
          hint: hintFor(error, order),
          prompt: name,
          file: call.file,
          ...call.nameAt,
          data: {
            call: callId(call),
            ...(suggestion === undefined ? {} : { suggestion }),
            order,
          },
          // Code and its new prompt belong into one change; that the prompt has to be served first is worth a word.
          ...(order === "code-first" ? { severity: "warning" } : {}),
        };
      }
    }
  },
});

function hintFor({ hint = "`promptsync list` shows all" }: PromptSyncError, order: string): string {
  return order === "code-first" ? "deploy the prompts before the code" : hint;
}

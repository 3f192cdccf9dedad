import { isPromptSyncError, type PromptSyncError } from "../../core/errors.js";
import type { Prompt } from "../../core/prompt.js";
import { renderPrompt } from "../../render/render-prompt.js";
import { rule, type Violation, type World } from "../rule.js";
import { bodiesOf } from "./bodies.js";
import { at } from "./whose.js";

export default rule({
  id: "template-example-render-failed",
  category: "template",
  severity: "error",
  scope: "static",
  checks: "every example renders, and gives the text that is stored beside it",
  why: "Examples are the tests of a prompt: the first reader copies one, and so does the first caller.",
  wrong: "examples:\n  - name: angry\n    input: { mood: angry }   # and `customer` is required",
  right: "examples:\n  - name: angry\n    input: { mood: angry, customer: Ada }",
  *checkPrompts(world): Iterable<Violation> {
    for (const file of world.versions) {
      const { prompt } = file;
      const canRender = bodiesOf(world, file).every(({ isComplete }) => isComplete);
      if (prompt === undefined || !canRender) continue;
      for (const [index, { name, output }] of (prompt.frontMatter.examples ?? []).entries()) {
        const example = name ?? String(index + 1);
        const rendered = render(world, prompt, index);
        const place = at(file, file.locate(["examples", index, "input"], "key"));
        const data = { example };
        if (typeof rendered !== "string") {
          const message = `example "${example}" does not render: ${rendered.message}`;
          yield { message, hint: rendered.hint ?? "complete the example", ...place, data };
        } else if (typeof output === "string" && output.trimEnd() !== rendered.trimEnd()) {
          const message = `example "${example}" renders another text than the one stored as its output`;
          yield {
            message,
            hint: `\`promptsync render\` shows the new text; ${firstDifference(output, rendered)}`,
            ...place,
            data,
          };
        }
      }
    }
  },
});

/** The text of the default body, after every variant has rendered too; or why something did not. */
function render(world: World, prompt: Prompt, index: number): string | PromptSyncError {
  const { examples = [], variants = [] } = prompt.frontMatter;
  const variables = examples[index]?.input ?? {};
  try {
    const [text = ""] = [undefined, ...variants].map((variant) => {
      const request = {
        variables,
        undefined: "strict" as const,
        tags: variant?.tags ?? {},
        template: world.template ?? {},
        limits: world.limits ?? {},
      };
      return renderPrompt(prompt, request).text;
    });
    return text;
  } catch (error) {
    if (isPromptSyncError(error)) return error;
    throw error;
  }
}

function firstDifference(expected: string, rendered: string): string {
  const lines = rendered.split("\n");
  const at = expected.split("\n").findIndex((line, index) => line !== lines[index]);
  return `they differ from line ${at < 0 ? lines.length : at + 1} on`;
}

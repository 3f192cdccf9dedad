import type { CallSite, Rendering, Span } from "../../core/call-site.js";
import { callId, codeRule, type CodeViolation, type CodeWorld } from "./code-world.js";

export default codeRule({
  id: "code-call-unresolved",
  category: "code",
  severity: "info",
  scope: "code",
  checks: "the prompt and the variables of a call can be read from the source",
  why: "What cannot be read cannot be checked. The report counts these calls, so that silence is never taken for proof.",
  wrong: "const text = (await prompts.getPrompt(name)).format(variables)",
  right:
    "// promptsync-uses: qualify-lead@production vars=company,notes\nconst text = (await prompts.getPrompt(name)).format(variables)",
  *check(world): Iterable<CodeViolation> {
    for (const { file, ...problem } of world.problems) yield { ...problem, file, data: { reason: "source" } };
    for (const call of world.calls) {
      const gap = unresolved(call, world);
      if (gap === undefined) continue;
      const [only] = call.targets;
      yield {
        message: gap.message,
        hint: gap.hint,
        ...(call.targets.length === 1 && only !== undefined ? { prompt: only.name } : {}),
        file: gap.file,
        ...gap.at,
        data: { call: callId(call), reason: gap.reason },
      };
    }
  },
});

interface Gap {
  readonly reason: "name" | "alias" | "variables" | "passed-on";
  readonly message: string;
  readonly hint: string;
  readonly file: string;
  readonly at: Span;
}

/** What about a call cannot be read from the source; undefined when it can be judged. */
export function unresolved(call: CallSite, { instead }: Pick<CodeWorld, "instead">): Gap | undefined {
  const { file, nameAt } = call;
  const comment = "`promptsync-uses: name@alias vars=a,b` in a comment above says it";
  if (call.targets.length === 0) {
    const hint = `declare the function around as \`code.wrappers\` in .promptsyncrc, or: ${comment}`;
    return {
      reason: "name",
      message: `the name that \`${call.callee}\` gets is not known here`,
      hint,
      file,
      at: nameAt,
    };
  }
  if (instead === undefined && call.targets.some(({ selector }) => selector === undefined)) {
    const hint = `validate with \`--alias <alias>\`, or: ${comment}`;
    return {
      reason: "alias",
      message: `the alias that \`${call.callee}\` gets is not known here`,
      hint,
      file,
      at: nameAt,
    };
  }
  const hidden = call.renderings.find(({ completeness }) => completeness === "unknown");
  if (hidden !== undefined) {
    const message = `the variables that \`${hidden.method}\` gets are not known here`;
    const hint = `write them as an object literal, or: ${comment}`;
    return { reason: "variables", message, hint, file: hidden.file, at: placeOf(hidden) };
  }
  if (!call.isPassedOn) return undefined;
  const message = `the prompt of \`${call.callee}\` is rendered where it cannot be followed`;
  return { reason: "passed-on", message, hint: `render it here, or: ${comment}`, file, at: placeOf(call) };
}

function placeOf({ line, column, endLine, endColumn }: CallSite | Rendering): Span {
  return { line, column, endLine, endColumn };
}

import { finishMerge } from "../../core/yaml/unmerged.js";
import { rule, type Violation } from "../rule.js";
import { at } from "./whose.js";

export default rule({
  id: "template-conflict-markers",
  category: "template",
  severity: "error",
  scope: "static",
  checks: "no body holds both sides of a merge that git left to somebody",
  why: "To a template the markers are words like others: the model would be told both versions, and the names of branches.",
  wrong: "<<<<<<< HEAD\nBe kind.\n=======\nBe brief.\n>>>>>>> work",
  right: "Be kind and brief.",
  *checkPrompts({ versions }): Iterable<Violation> {
    for (const file of versions) {
      const line = beginOfConflict(file.prompt?.body ?? "");
      if (line === undefined) continue;
      yield {
        message: "the body has conflict markers",
        hint: finishMerge,
        ...at(file, { line: file.bodyLine + line, column: 1 }),
      };
    }
  },
});

/** The index of the line on which the first whole conflict begins; half of one may be text about git. */
function beginOfConflict(body: string): number | undefined {
  if (!body.includes("<<<<<<< ")) return undefined;
  let begin: number | undefined;
  let isTheirs = false;
  for (const [index, line] of body.split("\n").entries()) {
    if (line.startsWith("<<<<<<< ")) [begin, isTheirs] = [index, false];
    else if (line.trimEnd() === "=======") isTheirs = begin !== undefined;
    else if (line.startsWith(">>>>>>> ") && isTheirs) return begin;
  }
  return undefined;
}

import { rule, type Violation } from "../rule.js";
import { bodiesOf } from "./bodies.js";
import { at } from "./whose.js";

export default rule({
  id: "template-syntax-error",
  category: "template",
  severity: "error",
  scope: "static",
  checks: "the body and every variant parse, with filters, tests and functions that exist",
  why: "A template that does not parse fails at the first request, and a merged version can never be mended.",
  wrong: "{% if notes %}Notes: {{ notes }}",
  right: "{% if notes %}Notes: {{ notes }}{% endif %}",
  *checkPrompts(world): Iterable<Violation> {
    for (const file of world.versions) {
      for (const { part, problem, locate } of bodiesOf(world, file)) {
        if (problem === undefined) continue;
        yield {
          message: problem.message,
          hint: problem.hint ?? "mend the template here",
          ...at(file, locate(problem)),
          data: { pointer: part, parserMessage: problem.message },
        };
      }
    }
  },
});

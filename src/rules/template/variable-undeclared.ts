import { nearest } from "../../core/suggest.js";
import { declaredInputs } from "../../render/inputs.js";
import { rule, type Violation } from "../rule.js";
import { bodiesOf } from "./bodies.js";
import { at, placeOfUse } from "./whose.js";

export default rule({
  id: "template-variable-undeclared",
  category: "template",
  severity: "error",
  scope: "static",
  checks: "every variable of the template is declared in the input schema, when there is one",
  why: "Callers can only pass what is declared; the template would fail at every request, or never take a branch.",
  wrong: "input: { schema: { customer: string } }\n---\nDear {{ custmer }},",
  right: "input: { schema: { customer: string } }\n---\nDear {{ customer }},",
  *checkPrompts(world): Iterable<Violation> {
    for (const file of world.versions) {
      const declared = file.prompt && declaredInputs(file.prompt);
      if (file.prompt === undefined || declared === undefined) continue;
      const { default: given = {}, unknown } = file.prompt.frontMatter.input ?? {};
      const names = new Set([...Object.keys(declared.properties), ...Object.keys(given)]);
      const isOpen = declared.isOpen || unknown === "ignore";
      for (const body of bodiesOf(world, file)) {
        const seen = new Set(names);
        for (const use of body.uses) {
          if (!use.direct || seen.has(use.name) || (isOpen && use.guarded)) continue;
          seen.add(use.name);
          const suggestion = nearest(use.name, names);
          const from = use.template === null ? "" : `, and the included ${use.template} reads it`;
          yield {
            message: `\`${use.name}\` is not declared${from}`,
            hint:
              suggestion === undefined
                ? `declare it under \`input.schema\`, or use one of ${[...names].join(", ")}`
                : `did you mean \`${suggestion}\`?`,
            ...at(file, placeOfUse(body, use)),
            data: { variable: use.name, ...(suggestion === undefined ? {} : { suggestion }) },
          };
        }
      }
    }
  },
});

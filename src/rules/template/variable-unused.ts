import { pointerAsWritten } from "../../compare/locate.js";
import { joinPointer } from "../../core/picoschema.js";
import { declaredInputs } from "../../render/inputs.js";
import { rule, type Violation } from "../rule.js";
import { stepsOf } from "../schema/schema-violations.js";
import { bodiesOf } from "./bodies.js";
import { at } from "./whose.js";

export default rule({
  id: "template-variable-unused",
  category: "template",
  severity: "warning",
  scope: "static",
  checks: "every declared input is read by the body, a variant or an include",
  why: "Callers go to lengths to pass it, and it changes nothing.",
  wrong: "input: { schema: { company: string, locale?: string } }\n---\nYou sell for {{ company }}.",
  right: "input: { schema: { company: string } }\n---\nYou sell for {{ company }}.",
  *checkPrompts(world): Iterable<Violation> {
    for (const file of world.versions) {
      const declared = file.prompt && declaredInputs(file.prompt);
      const bodies = bodiesOf(world, file);
      if (declared === undefined || !bodies.every(({ isComplete }) => isComplete)) continue;
      const read = new Set(bodies.flatMap(({ uses }) => uses.map(({ name }) => name)));
      for (const variable of Object.keys(declared.properties)) {
        if (read.has(variable)) continue;
        const pointer = pointerAsWritten(
          file.prompt?.frontMatter.input?.schema,
          joinPointer("/properties", variable),
        );
        yield {
          message: `input \`${variable}\` is never used`,
          hint: "use it, or drop it in the next major version",
          ...at(file, file.locate(["input", "schema", ...stepsOf(pointer)], "key")),
          data: { variable },
        };
      }
    }
  },
});

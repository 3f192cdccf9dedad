import { schemaReadingOf } from "../../core/schema-reading.js";
import { nearest } from "../../core/suggest.js";
import { rule, type Violation } from "../rule.js";
import { bodiesOf } from "./bodies.js";
import { schemaAtPath } from "./schema-at-path.js";
import { at, placeOfUse } from "./whose.js";

export default rule({
  id: "template-property-unknown",
  category: "template",
  severity: "warning",
  scope: "static",
  checks: "a property that the template reads is one of the declared object",
  why: "Callers who follow the schema never pass it.",
  wrong: "{{ user.nmae }}   # input: { schema: { user: { name: string } } }",
  right: "{{ user.name }}",
  *checkPrompts(world): Iterable<Violation> {
    for (const file of world.versions) {
      const written = file.prompt?.frontMatter.input?.schema;
      if (written === undefined) continue;
      const { schema } = schemaReadingOf(written);
      for (const body of bodiesOf(world, file)) {
        const seen = new Set<string>();
        for (const use of body.uses) {
          if (use.path === use.name || seen.has(use.path)) continue;
          seen.add(use.path);
          const found = schemaAtPath(schema, use.path);
          if (found.kind !== "unknown" && found.kind !== "scalar") continue;
          const suggestion = found.kind === "unknown" ? nearest(found.step, found.names) : undefined;
          yield {
            message:
              found.kind === "unknown"
                ? `\`${found.owner}\` has no property \`${found.step}\``
                : `\`${use.path}\` is read, and \`${found.owner}\` is declared as ${found.type}`,
            hint:
              suggestion !== undefined
                ? `did you mean \`${found.owner}.${suggestion}\`?`
                : found.kind === "unknown"
                  ? `it has ${found.names.join(", ")}`
                  : `read \`${found.owner}\` itself, or declare it as an object`,
            ...at(file, placeOfUse(body, use)),
            data: { path: use.path, ...(suggestion === undefined ? {} : { suggestion }) },
          };
        }
      }
    }
  },
});

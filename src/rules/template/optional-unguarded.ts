import { schemaReadingOf } from "../../core/schema-reading.js";
import { defaultInputs } from "../../render/inputs.js";
import { rule, type Violation } from "../rule.js";
import { bodiesOf } from "./bodies.js";
import { schemaAtPath } from "./schema-at-path.js";
import { at, placeOfUse } from "./whose.js";

export default rule({
  id: "template-optional-unguarded",
  category: "template",
  severity: "warning",
  scope: "static",
  checks: "what callers may leave out is read behind a default, a test or an `if`",
  why: "The render stops when it is missing, or prints nothing in lenient mode; examples that pass it hide that.",
  wrong: "Answer in {{ locale }}.   # input: { schema: { locale?: string } }",
  right: 'Answer in {{ locale | default("English") }}.',
  *checkPrompts(world): Iterable<Violation> {
    for (const file of world.versions) {
      const written = file.prompt?.frontMatter.input?.schema;
      if (file.prompt === undefined || written === undefined) continue;
      const { schema } = schemaReadingOf(written);
      const given = defaultInputs(file.prompt);
      for (const body of bodiesOf(world, file)) {
        const seen = new Set<string>();
        for (const use of body.uses) {
          const isWhole = use.path === use.name;
          if ((isWhole && !use.direct) || seen.has(use.path) || Object.hasOwn(given, use.path)) continue;
          if (isWhole ? use.guarded : use.pathGuarded) continue;
          const found = schemaAtPath(schema, use.path);
          if (found.kind !== "declared" || !found.isOptional) continue;
          seen.add(use.path);
          yield {
            message: `\`${use.path}\` may be missing, and is used without a default`,
            hint: `write \`${shown(use.path)} | default("…")\`, or put it inside \`{% if ${shown(use.path)} %}\``,
            ...at(file, placeOfUse(body, use)),
            data: { variable: use.path },
          };
        }
      }
    }
  },
});

/** The path as a template may write it: items of a list have a name of their own there. */
function shown(path: string): string {
  return path.includes("[]") ? `item${path.slice(path.lastIndexOf("[]") + 2)}` : path;
}

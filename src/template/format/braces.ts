import type { Run } from "../runtime/run.js";
import { repr, textOf } from "../values/text.js";
import { attribute, item } from "../values/subscript.js";
import { typeError } from "../values/undefined.js";
import type { Args, Value } from "../values/value.js";
import { formatValue } from "./spec.js";

/** Python's `template.format(*positional, **named)`. Fields may read attributes and items of plain data only. */
export function formatBraces(template: string, args: Args, run: Run): string {
  return new Formatter(args, run).format(template, 2);
}

class Formatter {
  #automatic = 0;

  constructor(
    readonly args: Args,
    readonly run: Run,
  ) {}

  /** `depth` is how many levels of fields inside fields are allowed. */
  format(template: string, depth: number): string {
    if (depth === 0) throw typeError("the format has fields inside the fields of a field");
    let text = "";
    let at = 0;
    while (at < template.length) {
      const brace = /[{}]/g;
      brace.lastIndex = at;
      const next = brace.exec(template)?.index ?? template.length;
      text += template.slice(at, next);
      if (next === template.length) break;
      if (template[next] === template[next + 1]) {
        text += template[next] ?? "";
        at = next + 2;
        continue;
      }
      if (template[next] === "}") throw typeError("the format has a single `}`", "write `}}` for a `}`");
      const end = closing(template, next);
      text += this.#field(template.slice(next + 1, end), depth);
      at = end + 1;
      this.run.charge(1);
    }
    return this.run.grown(text);
  }

  #field(field: string, depth: number): string {
    const parts = /^([^!:]*)(?:!([^:]*))?(?::(.*))?$/s.exec(field);
    const [, path = "", conversion, specification = ""] = parts ?? [];
    const value = this.#look(path);
    const shown = this.#converted(value, conversion);
    const spec = specification.includes("{") ? this.format(specification, depth - 1) : specification;
    return spec === "" ? textOf(shown, this.run) : formatValue(shown, spec, this.run);
  }

  #converted(value: Value, conversion: string | undefined): Value {
    if (conversion === undefined) return value;
    if (conversion === "s") return textOf(value, this.run);
    if (conversion === "r" || conversion === "a") return repr(value, this.run);
    throw typeError(`\`!${conversion}\` is no conversion of a format`, "`!r` and `!s` are");
  }

  #look(path: string): Value {
    const [first = "", ...steps] = path.split(/(?=[.[])/);
    let value = this.#argument(first);
    for (const step of steps) {
      const site = { source: this.run.source, at: this.run.at };
      if (step.startsWith(".")) value = attribute(value, step.slice(1), site, this.run);
      else if (!step.endsWith("]")) throw typeError(`the format has no \`]\` after \`${step}\``);
      else value = item(value, indexOf(step.slice(1, -1)), site, this.run);
    }
    return value;
  }

  #argument(name: string): Value {
    const isPosition = /^\d{0,9}$/.test(name);
    const index = name === "" ? this.#automatic++ : Number(name);
    const value = isPosition ? this.args.positional[index] : this.args.named.get(name);
    if (value === undefined) throw typeError(`the format asks for \`{${name}}\`, which was not given`);
    return value;
  }
}

function indexOf(text: string): Value {
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}

/** Where the field that opens at `open` closes. */
function closing(template: string, open: number): number {
  let depth = 0;
  for (let at = open; at < template.length; at += 1) {
    if (template[at] === "{") depth += 1;
    else if (template[at] === "}") depth -= 1;
    if (depth === 0) return at;
  }
  throw typeError("the format has a `{` that is not closed", "write `{{` for a `{`");
}

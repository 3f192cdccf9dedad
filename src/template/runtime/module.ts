import { Special } from "../values/special.js";
import { reprText } from "../values/text.js";
import type { Value } from "../values/value.js";

/** What `{% import %}` gives: the macros and top-level variables of another template; it prints as its text. */
export class Module extends Special {
  readonly type = "TemplateModule";

  constructor(
    readonly name: string,
    readonly exports: ReadonlyMap<string, Value>,
    readonly output: string,
  ) {
    super();
  }

  override attribute(name: string): Value | undefined {
    return this.exports.get(name);
  }

  override text(): string {
    return this.output;
  }

  override repr(): string {
    return `<TemplateModule ${reprText(this.name)}>`;
  }
}

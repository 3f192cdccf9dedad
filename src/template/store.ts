import { PromptSyncError } from "../core/errors.js";
import type { Parsed } from "./analysis/reading.js";
import type { Builtin } from "./builtins/builtin.js";
import { filters } from "./builtins/filters.js";
import { missingHint } from "./builtins/look-up.js";
import { tests } from "./builtins/tests.js";
import { compileProgram, type Program } from "./compile/program.js";
import type { Library } from "./runtime/library.js";
import { Source, type Whitespace } from "./source.js";
import { hasMessages } from "./syntax/check-chat.js";
import { parse } from "./syntax/parse.js";

/** How a template is parsed. */
export interface ParseOptions extends Whitespace {
  /** Finds the source of an included, imported or extended template; null when there is none of that name. */
  readonly load?: (name: string) => string | null;
  /** What the template itself is called in errors, and how a circle of includes is noticed one turn earlier. */
  readonly name?: string;
  /** Characters that a template may have; 1,000,000 by default. */
  readonly sourceLimit?: number;
}

/** A template and those it includes, each parsed and compiled once, and the built-in filters and tests. */
export class Store implements Library {
  readonly #loaded = new Map<string, Parsed | null>();
  readonly #programs = new Map<Parsed, Program>();

  constructor(readonly options: ParseOptions) {}

  /** Parses a text with the store's options. */
  parse(text: string, name: string | null): Parsed {
    const source = new Source(text, name, this.options.keepTrailingNewline === true);
    const tree = parse(source, this.options);
    return { source, tree, isChat: hasMessages(tree) };
  }

  /** The template of a name; null when there is none. */
  load(name: string): Parsed | null {
    const known = this.#loaded.get(name);
    if (known !== undefined) return known;
    const text = this.options.load?.(name) ?? null;
    const parsed = text === null ? null : this.parse(text, name);
    this.#loaded.set(name, parsed);
    return parsed;
  }

  /** The closures of a template; made at the first render. */
  compile(parsed: Parsed): Program {
    const known = this.#programs.get(parsed);
    if (known !== undefined) return known;
    const program = compileProgram(parsed.tree, parsed.source);
    this.#programs.set(parsed, program);
    return program;
  }

  template(name: string): Program | null {
    const parsed = this.load(name);
    return parsed === null ? null : this.compile(parsed);
  }

  filter(name: string): Builtin {
    return filters.get(name) ?? unknown("filter", name);
  }

  test(name: string): Builtin {
    return tests.get(name) ?? unknown("test", name);
  }

  hasFilter(name: string): boolean {
    return filters.has(name);
  }

  hasTest(name: string): boolean {
    return tests.has(name);
  }
}

function unknown(kind: "filter" | "test", name: string): never {
  throw new PromptSyncError("TEMPLATE_TYPE", `there is no ${kind} \`${name}\``, {
    hint: missingHint(kind, name),
  });
}

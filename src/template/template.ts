import { PromptSyncError } from "../core/errors.js";
import { didYouMean } from "../core/suggest.js";
import { analyse } from "./analysis/analyse.js";
import type { Parsed } from "./analysis/reading.js";
import type { Analysis, Reference, Use } from "./analysis/use.js";
import { filters } from "./builtins/filters.js";
import { globals } from "./builtins/globals.js";
import { missingHint } from "./builtins/look-up.js";
import { tests } from "./builtins/tests.js";
import { compileProgram, type Program } from "./compile/program.js";
import { Context, Variables } from "./runtime/context.js";
import { builtinNames } from "./runtime/globals.js";
import { Inheritance } from "./runtime/inheritance.js";
import type { Library } from "./runtime/library.js";
import { defaultLimits, type Limits } from "./runtime/limits.js";
import type { Message } from "./runtime/message.js";
import { renderProgram } from "./runtime/render-program.js";
import { Run } from "./runtime/run.js";
import { Source, type Whitespace } from "./source.js";
import { hasMessages } from "./syntax/check-chat.js";
import { parse } from "./syntax/parse.js";
import type { UndefinedMode } from "./values/undefined.js";

/** How a template is parsed. */
export interface ParseOptions extends Whitespace {
  /** Finds the source of an included, imported or extended template; null when there is none of that name. */
  readonly load?: (name: string) => string | null;
  /** What the template itself is called in errors, and how a circle of includes is noticed one turn earlier. */
  readonly name?: string;
  /** Characters that a template may have; 1,000,000 by default. */
  readonly sourceLimit?: number;
}

/** How a template is rendered. */
export interface RenderOptions {
  /** `strict` (the default), `lenient` or `chainable`. */
  readonly undefined?: UndefinedMode;
  readonly limits?: Partial<Limits>;
}

/** Plain data by name. */
export type TemplateVariables = Readonly<Record<string, unknown>>;

/** A parsed template. It never changes, and each render stands alone. */
export interface Template {
  /**
   * The text; for a chat prompt the contents of its messages, joined by an empty line.
   * @throws PromptSyncError `TEMPLATE_UNDEFINED`, `TEMPLATE_TYPE`, `TEMPLATE_LIMIT`, `TEMPLATE_INCLUDE`
   */
  readonly render: (variables?: TemplateVariables, options?: RenderOptions) => string;
  /** The messages; a text prompt is one message of the user. Throws what {@link Template.render} throws. */
  readonly messages: (variables?: TemplateVariables, options?: RenderOptions) => Message[];
  /** Whether it has messages of its own or includes some. */
  readonly kind: "chat" | "text";
  /** The variables it takes from its caller, includes counted, in the order they first appear. */
  readonly variables: {
    /** Somewhere read without a guard. */
    readonly required: readonly string[];
    /** Always guarded: by `default`, `is defined` or `if`. */
    readonly optional: readonly string[];
    /** What is read of them, such as `user.name` and `docs[].title`. */
    readonly paths: readonly string[];
  };
  /** Every place where a variable is read. */
  readonly uses: readonly Use[];
  /** The templates it names. */
  readonly references: readonly Reference[];
}

/**
 * Parses a Jinja template.
 * @throws PromptSyncError `TEMPLATE_SYNTAX` with line and column, `TEMPLATE_LIMIT` for endless size or nesting
 */
export function parseTemplate(text: string, options: ParseOptions = {}): Template {
  return new ParsedTemplate(text, options);
}

class ParsedTemplate implements Template, Library {
  readonly #parsed: Parsed;
  readonly #options: ParseOptions;
  readonly #loaded = new Map<string, Parsed | null>();
  readonly #programs = new Map<Parsed, Program>();
  #analysis: Analysis | undefined;
  #variables: Template["variables"] | undefined;

  constructor(text: string, options: ParseOptions) {
    this.#options = options;
    this.#parsed = this.#parse(text, options.name ?? null);
    refuseUnknownCalls(
      this.#parsed,
      analyse(this.#parsed, () => null),
    );
  }

  readonly render = (variables: TemplateVariables = {}, options: RenderOptions = {}): string => {
    const { text, messages } = this.#run(variables, options);
    return messages === null ? text : messages.map(({ content }) => content).join("\n\n");
  };

  readonly messages = (variables: TemplateVariables = {}, options: RenderOptions = {}): Message[] => {
    const { text, messages } = this.#run(variables, options);
    return messages ?? [{ role: "user", content: text }];
  };

  get kind(): "chat" | "text" {
    const trees = [
      this.#parsed,
      ...this.references.map(({ name }) => (name === null ? null : this.#load(name))),
    ];
    return trees.some((parsed) => parsed?.isChat === true) ? "chat" : "text";
  }

  get variables(): Template["variables"] {
    this.#variables ??= variablesOf(this.uses);
    return this.#variables;
  }

  get uses(): readonly Use[] {
    return this.#analyse().uses;
  }

  get references(): readonly Reference[] {
    return this.#analyse().references;
  }

  filter(name: string) {
    return filters.get(name) ?? unknownBuiltin("filter", name);
  }

  test(name: string) {
    return tests.get(name) ?? unknownBuiltin("test", name);
  }

  hasFilter(name: string): boolean {
    return filters.has(name);
  }

  hasTest(name: string): boolean {
    return tests.has(name);
  }

  template(name: string): Program | null {
    const parsed = this.#load(name);
    return parsed === null ? null : this.#compile(parsed);
  }

  #parse(text: string, name: string | null): Parsed {
    const source = new Source(text, name, this.#options.keepTrailingNewline === true);
    const tree = parse(source, this.#options);
    return { source, tree, isChat: hasMessages(tree) };
  }

  #load(name: string): Parsed | null {
    const known = this.#loaded.get(name);
    if (known !== undefined) return known;
    const text = this.#options.load?.(name) ?? null;
    const parsed = text === null ? null : this.#parse(text, name);
    this.#loaded.set(name, parsed);
    return parsed;
  }

  #compile(parsed: Parsed): Program {
    const known = this.#programs.get(parsed);
    if (known !== undefined) return known;
    const program = compileProgram(parsed.tree, parsed.source);
    this.#programs.set(parsed, program);
    return program;
  }

  #analyse(): Analysis {
    this.#analysis ??= analyse(this.#parsed, (name) => this.#load(name));
    return this.#analysis;
  }

  #run(variables: TemplateVariables, options: RenderOptions): { text: string; messages: Message[] | null } {
    const limits = options.limits === undefined ? defaultLimits : { ...defaultLimits, ...options.limits };
    const knownNames = () => [...Object.keys(variables), ...this.#analyse().locals, ...globals.keys()];
    const run = new Run(this.#parsed.source, this, options.undefined ?? "strict", limits, knownNames);
    try {
      const program = this.#compile(this.#parsed);
      if (this.#options.name !== undefined) run.including.push(this.#options.name);
      const context = new Context(new Variables(variables, run, builtinNames));
      renderProgram(program, context, { run, inheritance: new Inheritance(program) });
      return this.#result(run);
    } catch (error) {
      throw run.located(error);
    }
  }

  #result(run: Run): { text: string; messages: Message[] | null } {
    if (run.messages.length === 0 && !hasMessages(this.#parsed.tree))
      return { text: run.out, messages: null };
    if (run.out.trim() === "") return { text: "", messages: run.messages };
    throw this.#parsed.source.error(
      "TEMPLATE_SYNTAX",
      "an included template writes text outside of every message",
      { at: 0 },
    );
  }
}

/** Sorts the variables by whether every use of them is guarded. */
function variablesOf(uses: readonly Use[]): Template["variables"] {
  const direct = uses.filter((use) => use.direct);
  const names = [...new Set(direct.map(({ name }) => name))];
  const required = new Set(direct.filter(({ guarded }) => !guarded).map(({ name }) => name));
  return {
    required: names.filter((name) => required.has(name)),
    optional: names.filter((name) => !required.has(name)),
    paths: [...new Set(uses.map(({ path }) => path))],
  };
}

/** A call of something that nothing defines can only fail, so it fails before rendering. */
function refuseUnknownCalls({ source }: Parsed, { unknownCalls, references, locals }: Analysis): void {
  const call = unknownCalls.find(({ name }) => !locals.includes(name));
  if (call === undefined || references.some(({ kind }) => kind === "extends")) return;
  const { name, at } = call;
  const refused = ["lipsum", "now", "random", "strftime_now", "raise_exception"].includes(name);
  const hint = refused
    ? "a render is repeatable: compute it before rendering and pass it as a variable"
    : didYouMean(name, [...globals.keys(), ...locals]) ||
      `the functions are ${[...globals.keys()].join(", ")}`;
  throw source.error("TEMPLATE_SYNTAX", `there is no function or macro \`${name}\``, { at, hint });
}

function unknownBuiltin(kind: "filter" | "test", name: string): never {
  throw new PromptSyncError("TEMPLATE_TYPE", `there is no ${kind} \`${name}\``, {
    hint: missingHint(kind, name),
  });
}

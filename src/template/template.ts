import { didYouMean } from "../core/suggest.js";
import { analyse } from "./analysis/analyse.js";
import type { Parsed } from "./analysis/reading.js";
import type { Analysis, Reference, Use } from "./analysis/use.js";
import { globals } from "./builtins/globals.js";
import { Context, Variables } from "./runtime/context.js";
import { builtinNames } from "./runtime/globals.js";
import { Inheritance } from "./runtime/inheritance.js";
import { defaultLimits, type Limits } from "./runtime/limits.js";
import type { Message } from "./runtime/message.js";
import { renderProgram } from "./runtime/render-program.js";
import { Run } from "./runtime/run.js";
import type { Source } from "./source.js";
import { Store, type ParseOptions } from "./store.js";
import type { UndefinedMode } from "./values/undefined.js";

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

class ParsedTemplate implements Template {
  readonly #store: Store;
  readonly #parsed: Parsed;
  #analysis: Analysis | undefined;
  #variables: Template["variables"] | undefined;

  constructor(text: string, options: ParseOptions) {
    this.#store = new Store(options);
    this.#parsed = this.#store.parse(text, options.name ?? null);
    const alone = analyse(this.#parsed, () => null);
    refuseUnknownCalls(this.#parsed.source, alone);
    if (alone.references.length === 0) this.#analysis = alone; // it names no others, and there is no more to know
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
    const names = this.references.flatMap(({ name }) => (name === null ? [] : [name]));
    const isChat = this.#parsed.isChat || names.some((name) => this.#store.load(name)?.isChat === true);
    return isChat ? "chat" : "text";
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

  #analyse(): Analysis {
    this.#analysis ??= analyse(this.#parsed, (name) => this.#store.load(name));
    return this.#analysis;
  }

  #run(variables: TemplateVariables, options: RenderOptions): { text: string; messages: Message[] | null } {
    const { source } = this.#parsed;
    const limits = options.limits === undefined ? defaultLimits : { ...defaultLimits, ...options.limits };
    const knownNames = () => [...namesOf(variables), ...this.#analyse().locals, ...globals.keys()];
    const run = new Run(source, this.#store, options.undefined ?? "strict", limits, knownNames);
    try {
      const program = this.#store.compile(this.#parsed);
      if (source.name !== null) run.including.push(source.name);
      const context = new Context(new Variables(variables, run, builtinNames));
      renderProgram(program, context, { run, inheritance: new Inheritance(program) });
      return this.#result(run);
    } catch (error) {
      throw run.located(error);
    }
  }

  #result({ out, messages }: Run): { text: string; messages: Message[] | null } {
    if (messages.length === 0 && !this.#parsed.isChat) return { text: out, messages: null };
    if (out.trim() === "") return { text: "", messages };
    const message = "an included template writes text outside of every message";
    throw this.#parsed.source.error("TEMPLATE_SYNTAX", message, { at: 0 });
  }
}

/** The names of the caller's variables; none for an object that does not tell. */
function namesOf(variables: TemplateVariables): string[] {
  try {
    return Object.keys(variables);
  } catch {
    return [];
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
function refuseUnknownCalls(source: Source, { unknownCalls, references, locals }: Analysis): void {
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

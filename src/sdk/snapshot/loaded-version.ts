import { PromptSyncError } from "../../core/errors.js";
import { digestOf } from "../../core/prompt-file/digest-of.js";
import { readVersion, type VersionText } from "../../core/prompt-file/read-version.js";
import type { Prompt } from "../../core/prompt.js";
import type { VersionToRead } from "../../store/read-catalog.js";
import { assertClosure, type IncludableVersion, type Library } from "../../render/library.js";
import { parseTemplate, type ParseOptions, type Template } from "../../template/index.js";

/** The text of a version in memory. What is made of it is made when it is first asked for, and kept. */
export class LoadedVersion implements IncludableVersion {
  #read: VersionText | undefined;
  #digest: string | undefined;
  readonly #templates = new Map<string, Template>();
  readonly #content: string | PromptSyncError;

  constructor(
    readonly at: VersionToRead,
    /** The stored text, or why it cannot be had. */
    content: string | PromptSyncError,
    /** What it includes; undefined when it includes nothing. */
    readonly library?: Library,
  ) {
    this.#content = content;
  }

  get text(): string {
    return typeof this.#content === "string" ? this.#content : "";
  }

  get isWhole(): boolean {
    return typeof this.#content === "string";
  }

  /** `name@1.2.0` */
  get id(): string {
    return `${this.at.name}@${this.at.version}`;
  }

  get digest(): string {
    return (this.#digest ??= digestOf(this.text));
  }

  /** Undefined when the text cannot be used. */
  get prompt(): Prompt | undefined {
    if (this.#read === undefined) {
      this.#read = readVersion(this.text, this.at);
      freeze(this.#read.prompt); // every caller gets the same settings and tools
    }
    return this.#read.prompt;
  }

  /** Itself. @throws PromptSyncError `FILE_UNREADABLE` when its text could not be read */
  orThrow(): this {
    if (typeof this.#content !== "string") throw this.#content;
    return this;
  }

  /**
   * The prompt, whole and with what it was pushed with.
   * @throws PromptSyncError `FILE_UNREADABLE`, `PROMPT_INVALID`, `TEMPLATE_INCLUDE`: a broken file is an error, never a
   * silent template
   */
  get usable(): Prompt {
    this.orThrow();
    const { prompt } = this;
    if (prompt !== undefined) {
      if (prompt.frontMatter.closure !== undefined) assertClosure(prompt, this.library ?? empty);
      return prompt;
    }
    const [problem] = this.#read?.problems ?? [];
    throw new PromptSyncError("PROMPT_INVALID", problem?.message ?? "the version cannot be read", {
      ...problem,
      file: this.at.path,
    });
  }

  /**
   * One of its templates, parsed.
   * @throws PromptSyncError `TEMPLATE_SYNTAX`, `TEMPLATE_LIMIT`
   */
  template(source: string, options: ParseOptions): Template {
    const known = this.#templates.get(source);
    if (known !== undefined) return known;
    const template = parseTemplate(source, { ...options, load: this.library?.load ?? empty.load });
    this.#templates.set(source, template);
    return template;
  }

  /** The same text with what it includes, where that is another than before. */
  including(library: Library): LoadedVersion {
    return new LoadedVersion(this.at, this.#content, library);
  }
}

function freeze(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) freeze(inner);
}

const empty: Library = { load: () => null, closure: () => undefined };

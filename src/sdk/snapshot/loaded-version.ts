import { PromptSyncError } from "../../core/errors.js";
import { deepFreeze } from "../../core/json.js";
import { digestOf } from "../../core/prompt-file/digest-of.js";
import { readVersion, type VersionText } from "../../core/prompt-file/read-version.js";
import type { Prompt, Variant } from "../../core/prompt.js";
import type { VersionToRead } from "../../store/read-catalog.js";
import { assertClosure, type IncludableVersion, type Library } from "../../render/library.js";
import { parseTemplate, type ParseOptions } from "../../template/index.js";
import { servedParts, type Rendering, type ServedParts } from "../served-prompt.js";

/** How answers are made. */
export interface Answering {
  readonly rendering: Rendering;
  readonly parsing: ParseOptions;
}

/** The text of a version in memory. What is made of it is made when it is first asked for, and kept. */
export class LoadedVersion implements IncludableVersion {
  #read: VersionText | undefined;
  #usable: Prompt | undefined;
  #digest: string | undefined;
  readonly #parts = new Map<Variant | undefined, ServedParts>();
  readonly #content: string | PromptSyncError;
  /** `name@1.2.0` */
  readonly id: string;

  constructor(
    readonly at: VersionToRead,
    /** The stored text, or why it cannot be had. */
    content: string | PromptSyncError,
    /** What it includes; undefined when it includes nothing. */
    readonly library?: Library,
  ) {
    this.#content = content;
    this.id = `${at.name}@${at.version}`;
  }

  get text(): string {
    return typeof this.#content === "string" ? this.#content : "";
  }

  get isWhole(): boolean {
    return typeof this.#content === "string";
  }

  get digest(): string {
    return (this.#digest ??= digestOf(this.text));
  }

  /** Undefined when the text cannot be used. */
  get prompt(): Prompt | undefined {
    if (this.#read === undefined) {
      this.#read = readVersion(this.text, this.at);
      deepFreeze(this.#read.prompt); // every caller gets the same settings and tools
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
    if (this.#usable !== undefined) return this.#usable;
    const { prompt } = this.orThrow();
    if (prompt !== undefined) {
      if (prompt.frontMatter.closure !== undefined) assertClosure(prompt, this.library ?? empty);
      return (this.#usable = prompt);
    }
    const [problem] = this.#read?.problems ?? [];
    throw new PromptSyncError("PROMPT_INVALID", problem?.message ?? "the version cannot be read", {
      ...problem,
      file: this.at.path,
    });
  }

  /**
   * What answers with one of its variants (or the body) have in common.
   * @throws PromptSyncError what {@link usable} throws, `TEMPLATE_SYNTAX`, `TEMPLATE_LIMIT`
   */
  parts(variant: Variant | undefined, { parsing, rendering }: Answering): ServedParts {
    const known = this.#parts.get(variant);
    if (known !== undefined) return known;
    const { usable: prompt, digest } = this;
    const load = this.library?.load ?? empty.load;
    const template = parseTemplate(variant?.content ?? prompt.body, { ...parsing, load });
    const tags = variant?.tags ?? null;
    const parts = servedParts({
      prompt,
      template,
      version: prompt.version,
      variant: tags,
      digest,
      rendering,
    });
    this.#parts.set(variant, parts);
    return parts;
  }

  /** The same text with what it includes, where that is another than before. */
  including(library: Library): LoadedVersion {
    return new LoadedVersion(this.at, this.#content, library);
  }
}

const empty: Library = { load: () => null, closure: () => undefined };

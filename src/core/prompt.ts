import type { JsonObject, JsonValue } from "./json.js";

/** A body chosen when all its tags equal the caller's. */
export interface Variant {
  readonly tags: Readonly<Record<string, string>>;
  readonly content: string;
}

/** A function the model may call; key names follow dotprompt. A bare string names a tool the application knows. */
export interface Tool {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema or Picoschema. */
  readonly inputSchema?: JsonValue;
  /** JSON Schema or Picoschema. */
  readonly outputSchema?: JsonValue;
  /** True when the provider runs it, so the caller need not. */
  readonly hosted?: boolean;
}

/** What stands between the fences of a version file, as written; `schemas/prompt.schema.json` is the contract. */
export interface FrontMatter {
  readonly name?: string;
  readonly version?: string;
  readonly title?: string;
  /** What changed; required from the second version on. */
  readonly summary?: string;
  readonly description?: string;
  /** What callers have to do when they move to this version. */
  readonly changes?: string;
  readonly model?: string;
  readonly config?: JsonObject;
  readonly input?: {
    /** JSON Schema or Picoschema. */
    readonly schema?: JsonValue;
    readonly default?: JsonObject;
    /** Whether variables that the schema does not name are an error (the default) or are ignored. */
    readonly unknown?: "refuse" | "ignore";
  };
  readonly output?: {
    readonly format?: "text" | "json";
    /** JSON Schema or Picoschema. */
    readonly schema?: JsonValue;
    /** Whether the provider guarantees the schema. */
    readonly strict?: boolean;
  };
  readonly tools?: readonly (string | Tool)[];
  readonly toolChoice?: string;
  readonly tags?: readonly string[];
  readonly scope?: "global" | "agent" | "user";
  readonly variants?: readonly Variant[];
  readonly examples?: readonly {
    readonly name?: string;
    readonly input: JsonObject;
    readonly output?: JsonValue;
  }[];
  /** The digest of everything this version includes. */
  readonly closure?: string;
  readonly git_commit?: string;
  readonly metadata?: JsonObject;
  /** Extension keys. */
  readonly [extension: `x-${string}`]: JsonValue;
}

/** A parsed version: its identity, its front-matter and its template. */
export interface Prompt {
  readonly name: string;
  readonly version: string;
  readonly frontMatter: FrontMatter;
  /** The default template: the text after the front-matter, without the file's last line break. */
  readonly body: string;
}

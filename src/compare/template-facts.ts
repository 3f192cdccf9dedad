/** What a comparison has to know about the templates of a version: its body and its variants together. */
export interface TemplateFacts {
  readonly variables: {
    /** Rendering needs them: they are used somewhere without a guard. */
    readonly required: readonly string[];
    /** Used behind a guard only: a default, `is defined`, an `if`. */
    readonly optional: readonly string[];
    /** Property paths that are read without a guard, such as `lead.name` and `lines[].sku`. */
    readonly paths: readonly string[];
  };
  /** `chat` when the body is made of message blocks. */
  readonly kind: "chat" | "text";
  /** The roles of the messages of the body, in order. */
  readonly roles: readonly string[];
  /** The body as authors wrote it, or with its includes in place. */
  readonly text: string;
  /** Why the facts are missing: a template does not parse. */
  readonly problem?: string;
}

/** One place where a template reads a variable of its caller. */
export interface Use {
  /** The variable. */
  readonly name: string;
  /** What is read of it: `user.name`, `docs[].title` for items, `prices[*]` for a key that is computed. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
  /** The include that the place stands in; null for the template itself. */
  readonly template: string | null;
  /** Whether the render goes on without the variable: `default`, `is defined`, inside `if x`. */
  readonly guarded: boolean;
  /** The same for the last step of the path. */
  readonly pathGuarded: boolean;
  /** False when it is read through a local name, such as the items of a loop. */
  readonly direct: boolean;
}

/** Another template that a template names. */
export interface Reference {
  readonly kind: "include" | "import" | "extends";
  /** Null when the name is computed. */
  readonly name: string | null;
  readonly line: number;
  readonly column: number;
  /** The include that names it; null for the template itself. */
  readonly template: string | null;
  /** Whether it may be missing: `ignore missing`, or one of a list. */
  readonly optional: boolean;
  /** Whether `load` knows it; false as well without `load`. */
  readonly found: boolean;
}

/** Everything that can be said about a template without rendering it. */
export interface Analysis {
  /** In the order they stand in the template. */
  readonly uses: readonly Use[];
  readonly references: readonly Reference[];
  /** Names that the template sets itself. */
  readonly locals: readonly string[];
  /** Functions that are called by a bare name and that nothing in the template defines. */
  readonly unknownCalls: readonly { readonly name: string; readonly at: number }[];
}

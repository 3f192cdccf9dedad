import type { Call, ClassModel, Expression } from "./model.js";

/** What an expression may turn out to be. */
export type Head =
  | Extract<Expression, { readonly kind: "text" | "dictionary" | "list" | "function" | "class" | "unknown" }>
  /** All that the package exports. */
  | { readonly kind: "package" }
  /** The class `PromptManager`. */
  | { readonly kind: "manager" }
  | Client
  /** The method `getPrompt` of a client. */
  | { readonly kind: "lookup"; readonly client: Client }
  | Found
  /** A method that renders a prompt. */
  | { readonly kind: "render"; readonly prompt: Found; readonly method: string }
  | { readonly kind: "instance"; readonly model: ClassModel }
  /** All that another module exports. */
  | { readonly kind: "namespace"; readonly from: string; readonly module: string };

/** A `PromptManager`, and the alias it was told to take when a call names none. */
export interface Client {
  readonly kind: "client";
  readonly alias: Expression | undefined;
}

/** A prompt that a call got from a client. */
export interface Found {
  readonly kind: "prompt";
  readonly call: Call;
  readonly client: Client;
}

/** What an expression may be, all possibilities; `unknown` stands for those that the sources do not show. */
export type Follow = (expression: Expression) => readonly Head[];

/** More possibilities than this are not told apart. */
export const headLimit = 32;

/** A client of which nothing but its class is known. */
export const plainClient: Client = { kind: "client", alias: undefined };

/** Says whether a head leads to prompts. */
export function leadsToPrompts({ kind }: Head): boolean {
  return ["manager", "client", "lookup", "prompt", "render", "instance"].includes(kind);
}

/** The client that a construction makes: `new PromptManager({ defaultAlias })`, `PromptManager(default_alias=…)`. */
export function clientOf({ arguments: given }: Call): Client {
  const entries = given.flatMap(({ name, value }) => {
    if (name !== undefined) return name === "default_alias" ? [value] : [];
    if (value.kind !== "dictionary") return [];
    return value.entries.flatMap((entry) => (entry.key === "defaultAlias" ? [entry.value] : []));
  });
  return { kind: "client", alias: entries.at(-1) };
}

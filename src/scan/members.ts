import { plainClient, type Follow, type Head } from "./heads.js";
import { unknown, type Binding, type ClassModel, type Dictionary, type Moment } from "./model.js";

/** How the ways of a {@link Follow} go on from a value to its members. */
export interface Ways {
  readonly follow: Follow;
  /** What a name may be at a moment; at any time when that is left out. */
  readonly valuesOf: (binding: Binding, at?: Moment) => readonly Head[];
  readonly imported: (from: string, module: string, name: string) => readonly Head[];
}

/** The class of the package that gives prompts. */
export const managerName = "PromptManager";

/** The methods of a client that give a prompt. */
export const lookUps = ["getPrompt", "get_prompt"];

/** The methods of a prompt that render it. */
export const renderers = ["format", "messages"];

/** What a member of something may be; undefined as the property stands for one that is computed, `*` for all items. */
export function memberOf(object: Head, property: string | undefined, ways: Ways): readonly Head[] {
  switch (object.kind) {
    case "package":
      return property === managerName ? [{ kind: "manager" }] : property === "default" ? [object] : [unknown];
    case "namespace":
      return property === undefined ? [unknown] : ways.imported(object.from, object.module, property);
    case "client":
      return lookUps.includes(property ?? "") ? [{ kind: "lookup", client: object }] : [unknown];
    case "prompt":
      return renderers.includes(property ?? "")
        ? [{ kind: "render", prompt: object, method: property ?? "" }]
        : [unknown];
    case "instance":
    case "class":
      return memberOfClass(object.model, property, ways) ?? [unknown];
    case "dictionary":
      return entryOf(object, property, ways);
    case "list":
      if (property === "*") return object.items.flatMap(ways.follow);
      return property !== undefined && /^\d+$/.test(property)
        ? object.items.slice(Number(property), Number(property) + 1).flatMap(ways.follow)
        : [unknown];
    case "text":
      // A member of a Python enum holds its text as `value`.
      return property === "value" ? [object] : [unknown];
    default:
      return [unknown];
  }
}

/** A member of a class or of what it extends; undefined when none has it. */
function memberOfClass(
  model: ClassModel,
  property: string | undefined,
  ways: Ways,
  seen: ReadonlySet<ClassModel> = new Set(),
): readonly Head[] | undefined {
  const own = property === undefined ? undefined : model.members.get(property);
  if (own !== undefined) return ways.valuesOf(own);
  if (seen.has(model)) return undefined;
  for (const parent of model.parents.flatMap(ways.follow)) {
    if (parent.kind === "manager") return memberOf(plainClient, property, ways);
    const inherited =
      parent.kind === "class"
        ? memberOfClass(parent.model, property, ways, new Set([...seen, model]))
        : undefined;
    if (inherited !== undefined) return inherited;
  }
  return undefined;
}

function entryOf({ entries }: Dictionary, property: string | undefined, ways: Ways): readonly Head[] {
  const named = entries.filter(({ key }) => key !== undefined && key === property);
  if (named.length > 0) return named.flatMap(({ value }) => ways.follow(value));
  const spread = entries.filter(({ key }) => key === undefined);
  const inside = spread.flatMap(({ value }) =>
    ways.follow(value).flatMap((head) => memberOf(head, property, ways)),
  );
  return inside.length > 0 ? inside : [unknown];
}

import { clientOf, headLimit, leadsToPrompts, plainClient, type Follow, type Head } from "./heads.js";
import { managerName, memberOf, type Ways } from "./members.js";
import { lookUp, unknown, type Binding, type Call, type Expression } from "./model.js";
import { joinTexts } from "./texts.js";
import { visibleValues } from "./visible.js";

/** What following needs from outside of one file. */
export interface Surroundings {
  /** The modules that are the package: `promptsync`, and those that the settings name. */
  readonly modules: readonly string[];
  /** What a module of the application exports under a name; undefined when it is not among the files read. */
  readonly link: (from: string, module: string, name: string) => Expression | undefined;
}

/** Dictionaries with the keys that are set on them later. */
function withKeys(heads: readonly Head[], { added }: Binding): readonly Head[] {
  if (added.length === 0) return heads;
  return heads.map((head) =>
    head.kind === "dictionary" ? { ...head, entries: [...head.entries, ...added] } : head,
  );
}

/** Makes a {@link Follow}. It remembers what it has followed, so everything is followed once. */
export function createFollow({ modules, link }: Surroundings): Follow {
  const known = new Map<object, readonly Head[]>();

  function once(key: object, find: () => readonly Head[]): readonly Head[] {
    const found = known.get(key);
    if (found !== undefined) return found;
    known.set(key, []); // What leads back to itself adds nothing.
    const heads = [...new Set(find())];
    const kept =
      heads.length <= headLimit ? heads : [unknown, ...heads.filter(leadsToPrompts).slice(0, headLimit)];
    known.set(key, kept);
    return kept;
  }

  const follow: Follow = (expression) => once(expression, () => headsOf(expression));

  const ways: Ways = {
    follow,
    valuesOf: (binding, at) => {
      const values = visibleValues(binding, at);
      const find = (): readonly Head[] => withKeys(values.flatMap(follow), binding);
      return values === binding.values ? once(binding, find) : find();
    },
    imported: (from, module, name) => {
      if (modules.some((it) => module === it || module.startsWith(`${it}.`))) {
        if (name === managerName) return [{ kind: "manager" }];
        return name === "*" || name === "default" ? [{ kind: "package" }] : [unknown];
      }
      const exported = link(from, module, name);
      if (exported !== undefined) return follow(exported);
      if (name === "*") {
        // `require` gives what `module.exports` was set to.
        const whole = link(from, module, "default");
        return [{ kind: "namespace", from, module }, ...(whole === undefined ? [] : follow(whole))];
      }
      // Python imports a module out of a package as it imports a name out of a module.
      const below = module.endsWith(".") ? `${module}${name}` : `${module}.${name}`;
      return from.endsWith(".py") ? [{ kind: "namespace", from, module: below }] : [unknown];
    },
  };

  function headsOf(expression: Expression): readonly Head[] {
    switch (expression.kind) {
      case "join":
        return joinTexts(expression.parts, follow);
      case "either":
        return expression.options.flatMap(follow);
      case "name": {
        const binding = lookUp(expression.scope, expression.name);
        return binding === undefined ? [unknown] : ways.valuesOf(binding, expression.at);
      }
      case "this":
        return [{ kind: "instance", model: expression.owner }];
      case "typed":
        return follow(expression.type).flatMap((type) =>
          type.kind === "manager" ? [plainClient] : instancesOf(type),
        );
      case "import":
        return ways.imported(expression.from, expression.module, expression.name);
      case "member":
        return follow(expression.object).flatMap((object) => memberOf(object, expression.property, ways));
      case "call":
        return wellKnown(expression) ?? resultOf(expression);
      default:
        return [expression];
    }
  }

  /** What calls of a few functions give whose sources nobody has here. */
  function wellKnown({ callee, arguments: given }: Call): readonly Head[] | undefined {
    const [first] = given;
    if (callee.kind === "name" && callee.name === "dict")
      return [
        {
          kind: "dictionary",
          entries: given.map(({ name, ...it }) => ({ ...it, ...(name && { key: name }) })),
        },
      ];
    if (callee.kind !== "member" || first === undefined) return undefined;
    const owner = callee.object.kind === "name" ? callee.object.name : "";
    const { property = "" } = callee;
    if (owner === "Promise" && property === "all") return follow(first.value);
    if (owner === "Object" && property === "freeze") return follow(first.value);
    if (owner === "asyncio" && property === "gather")
      return [{ kind: "list", items: given.map(({ value }) => value) }];
    return undefined;
  }

  function resultOf(call: Call): readonly Head[] {
    const heads = follow(call.callee).flatMap((callee): readonly Head[] => {
      if (callee.kind === "manager") return [clientOf(call)];
      if (callee.kind === "lookup") return [{ kind: "prompt", call, client: callee.client }];
      if (callee.kind === "class") return instancesOf(callee);
      if (callee.kind !== "function" || callee.model.returns.length === 0) return [unknown];
      return callee.model.returns.flatMap(follow);
    });
    const [first] = call.arguments;
    if (first === undefined || !heads.includes(unknown)) return heads;
    // `cache(() => new PromptManager())`, `Depends(get_prompts)`: the function itself, or what it gives.
    const functions = follow(first.value).filter((head) => head.kind === "function");
    const given = functions.flatMap(({ model }) => model.returns.flatMap(follow));
    return [...heads, ...functions, ...given.filter(leadsToPrompts)];
  }

  /** The one instance that stands for all of a class. */
  function instancesOf(type: Head): readonly Head[] {
    return type.kind === "class" ? once(type.model, () => [{ kind: "instance", model: type.model }]) : [];
  }

  return follow;
}

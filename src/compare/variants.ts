import type { Change } from "../core/bump.js";
import type { Variant } from "../core/prompt.js";
import { cut } from "./describe-schema.js";
import type { Contract } from "./contract.js";

interface Placed {
  readonly variant: Variant;
  readonly at: string;
}

/** Compares which bodies there are and by which tags they are chosen; what they say is wording. */
export function compareVariants({ prompt: was }: Contract, { prompt: is }: Contract): readonly Change[] {
  const [before, after] = [place(was.frontMatter.variants), place(is.frontMatter.variants)];
  const gone = [...before].filter(([key]) => !after.has(key));
  const come = [...after].filter(([key]) => !before.has(key));
  const renamed = new Map(
    gone.flatMap(([key, { variant }]) => {
      const twin = come.find(([, other]) => other.variant.content === variant.content);
      return twin === undefined ? [] : [[key, twin] as const];
    }),
  );
  const twins = new Set([...renamed.values()].map(([key]) => key));
  const swapped =
    was.body !== is.body &&
    [...before.values()].some(({ variant }) => variant.content.trim() === is.body.trim());
  return [
    ...gone.map(([key, { at }]) => loss(key, { at, twin: renamed.get(key) })),
    ...come.filter(([key]) => !twins.has(key)).map(([key, { at }]) => gain(key, at)),
    ...orderChanges([...before.keys()], [...after.keys()]),
    ...(swapped
      ? [
          {
            kind: "variant-default-changed",
            at: "body",
            bump: "minor",
            message: "another variant is the default body now",
          } as const,
        ]
      : []),
  ];
}

function place(variants: readonly Variant[] = []): ReadonlyMap<string, Placed> {
  return new Map(
    variants.map((variant, index) => [nameOf(variant), { variant, at: `/variants/${String(index)}` }]),
  );
}

/** A variant is known by its tags, in any order. */
function nameOf({ tags }: Variant): string {
  return Object.keys(tags)
    .sort()
    .map((key) => `${key}=${tags[key] ?? ""}`)
    .join(" ");
}

function gain(name: string, at: string): Change {
  return {
    kind: "variant-added",
    at,
    bump: "minor",
    message: `variant \`${cut(name)}\` was added`,
    to: name,
  };
}

function loss(
  name: string,
  { at, twin }: { at: string; twin: readonly [string, Placed] | undefined },
): Change {
  if (twin === undefined) {
    const message = `variant \`${cut(name)}\` was removed; callers with these tags get another body`;
    return { kind: "variant-removed", at, bump: "major", message, from: name };
  }
  const message = `variant \`${cut(name)}\` is chosen by \`${cut(twin[0])}\` now; callers with the old tags get another body`;
  return { kind: "variant-renamed", at: twin[1].at, bump: "major", message, from: name, to: twin[0] };
}

/** The first of two variants that match equally well is served. */
function orderChanges(before: readonly string[], after: readonly string[]): readonly Change[] {
  const [from, to] = [
    before.filter((key) => after.includes(key)),
    after.filter((key) => before.includes(key)),
  ];
  if (from.join("\n") === to.join("\n")) return [];
  const message = "the variants stand in another order; the first of two that match equally well is served";
  return [{ kind: "variant-order-changed", at: "/variants", bump: "minor", message, from, to }];
}

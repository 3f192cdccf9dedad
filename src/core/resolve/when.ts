import { entryOf, type When } from "../state/state.js";
import type { ResolveRequest } from "./resolution.js";

type Test = (request: ResolveRequest) => boolean;

/** A test of all conditions; no conditions always hold. */
export function testOf({ flags, tenants, tags_all: all, tags_any: any }: When = {}): Test {
  const tests: Test[] = Object.entries(flags ?? {}).map(
    ([flag, value]) =>
      ({ flags: own }) =>
        entryOf(own, flag) === value,
  );
  if (tenants !== undefined) tests.push(({ tenant }) => tenant !== undefined && tenants.includes(tenant));
  tests.push(...tagTests(all));
  if (any !== undefined) {
    const some = tagTests(any);
    tests.push((request) => some.some((test) => test(request)));
  }
  return (request) => {
    for (const test of tests) if (!test(request)) return false;
    return true;
  };
}

function tagTests(tags: When["tags_all"]): readonly Test[] {
  return Object.entries(tags ?? {}).map(([tag, values]) => {
    const wanted = [values].flat();
    return ({ tags: own }) => wanted.some((value) => value === entryOf(own, tag));
  });
}

/** Says whether conditions ask for a flag, whatever its value. */
export function needsFlag(when: When | undefined, flag: string): boolean {
  return entryOf(when?.flags, flag) !== undefined;
}

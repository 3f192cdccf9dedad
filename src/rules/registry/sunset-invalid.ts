import { usualPeriods } from "../../core/config.js";
import { stateOf } from "../../core/catalog.js";
import { entryOf, type Deprecation } from "../../core/state/state.js";
import { dayAfter, daysBetween, inDays } from "../../core/day.js";
import { stateInSight } from "../in-sight.js";
import { rule, type BasePicture, type Violation, type World } from "../rule.js";
import { entryAt } from "./entry.js";

export default rule({
  id: "registry-sunset-invalid",
  category: "registry",
  severity: "error",
  scope: "base",
  checks: `a deadline leaves at least ${usualPeriods.notice} days (\`periods.notice\`), is never moved closer, and passes before the version is removed`,
  why: "Teams plan with the deadline; one that comes early breaks those who did what was asked.",
  wrong: 'deprecations: { "1.0.0": { deprecated: 2026-01-20, deadline: 2026-02-01 } }',
  right: 'deprecations: { "1.0.0": { deprecated: 2026-01-20, deadline: 2026-02-20 } }',
  *check(world): Iterable<Violation> {
    if (world.base === undefined) return;
    for (const [prompt, { deprecations, removed }] of Object.entries(stateInSight(world).prompts ?? {})) {
      const before = stateOf(world.base.catalog, prompt);
      for (const [version, now] of Object.entries(deprecations ?? {})) {
        const was = entryOf(before.deprecations, version);
        if (now.deadline === was?.deadline) continue;
        // Nobody was told before of the end of a version that is there already.
        const isNews = was === undefined && hasVersion(world.base, prompt, version);
        const wrong = (isNews ? backdated(world, now) : undefined) ?? wrongDeadline(world, now, was);
        if (wrong === undefined) continue;
        yield {
          ...wrong,
          prompt,
          version,
          ...placed(world, ["prompts", prompt, "deprecations", version, "deadline"]),
        };
      }
      for (const version of Object.keys(removed ?? {})) {
        if (entryOf(before.removed, version) !== undefined) continue;
        const wrong = wrongRemoval(world, version, entryOf(before.deprecations, version));
        if (wrong === undefined) continue;
        yield { ...wrong, prompt, version, ...placed(world, ["prompts", prompt, "removed", version]) };
      }
    }
  },
});

type Wrong = Pick<Violation, "message" | "hint">;

function placed(world: World, path: readonly string[]) {
  const { data, ...place } = entryAt(world, path);
  return { ...place, data: { ...data, minDays: minDaysOf(world) } };
}

/** Days between the announcement and the end of a version. */
function minDaysOf({ periods = usualPeriods }: World): number {
  return periods.notice;
}

function hasVersion({ catalog }: BasePicture, prompt: string, version: string): boolean {
  return catalog.prompts.get(prompt)?.versions.some((it) => it.version === version) === true;
}

/** An announcement whose notice is over on the day it is made. */
function backdated(world: World, { deprecated, deadline }: Deprecation): Wrong | undefined {
  const { base, today } = world;
  if (base?.isDiff !== true || deprecated === undefined || deadline === undefined) return undefined;
  const days = daysBetween(deprecated, today);
  const minDays = minDaysOf(world);
  if (minDays === 0 || days <= minDays) return undefined;
  return {
    message: `the deprecation is new, and dated ${deprecated.slice(0, 10)}, ${inDays(days)} ago: its notice would be over`,
    hint: `set \`deprecated: ${today}\` and a deadline of ${dayAfter(today, minDays)} or later`,
  };
}

function wrongDeadline(world: World, now: Deprecation, was: Deprecation | undefined): Wrong | undefined {
  const { today } = world;
  const minDays = minDaysOf(world);
  const { deadline } = now;
  if (deadline === undefined) return undefined;
  if (was?.deadline !== undefined && daysBetween(was.deadline, deadline) < 0)
    return {
      message: `the deadline moves from ${was.deadline.slice(0, 10)} to ${deadline.slice(0, 10)}, which is earlier`,
      hint: `keep ${was.deadline.slice(0, 10)} or set a later day`,
    };
  const announced = was === undefined ? (now.deprecated ?? today) : (was.deprecated ?? today);
  const days = daysBetween(announced, deadline);
  if (days >= minDays) return undefined;
  return {
    message: `the deadline ${deadline.slice(0, 10)} leaves ${inDays(days)}, the minimum is ${minDays}`,
    hint: `set ${dayAfter(announced, minDays)} or later`,
  };
}

function wrongRemoval({ today }: World, version: string, was: Deprecation | undefined): Wrong | undefined {
  if (was === undefined)
    return {
      message: `${version} is removed, and was never deprecated`,
      hint: "deprecate it first, with a deadline; `promptsync yank` stops serving a version at once",
    };
  const left = was.deadline === undefined ? 0 : daysBetween(today, was.deadline);
  if (left <= 0) return undefined;
  return {
    message: `${version} is removed ${inDays(left)} before its deadline`,
    hint: `wait until ${was.deadline?.slice(0, 10) ?? ""}`,
  };
}

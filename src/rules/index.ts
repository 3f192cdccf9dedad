import { aboutVersions } from "./about-versions.js";
import bumpGap from "./bump/gap.js";
import bumpMajorUndocumented from "./bump/major-undocumented.js";
import bumpNoChange from "./bump/no-change.js";
import bumpNotIncreasing from "./bump/not-increasing.js";
import bumpTooLarge from "./bump/too-large.js";
import bumpTooSmall from "./bump/too-small.js";
import bumpUndecidable from "./bump/undecidable.js";
import { codeRules } from "./code/index.js";
import draftInvalid from "./draft/invalid.js";
import immutableDependencyChanged from "./immutable/dependency-changed.js";
import immutableVersionCollision from "./immutable/version-collision.js";
import immutableVersionDeleted from "./immutable/version-deleted.js";
import immutableVersionModified from "./immutable/version-modified.js";
import immutableVersionRenamed from "./immutable/version-renamed.js";
import layoutCaseCollision from "./layout/case-collision.js";
import layoutEncodingInvalid from "./layout/encoding-invalid.js";
import layoutIdentityMismatch from "./layout/identity-mismatch.js";
import layoutNameDuplicate from "./layout/name-duplicate.js";
import layoutPathInvalid from "./layout/path-invalid.js";
import layoutUnexpectedFile from "./layout/unexpected-file.js";
import registryAliasCrossesMajor from "./registry/alias-crosses-major.js";
import registryAliasUnknown from "./registry/alias-unknown.js";
import registryArmsIncompatible from "./registry/arms-incompatible.js";
import registryCanaryInvalid from "./registry/canary-invalid.js";
import registryDefaultMissing from "./registry/default-missing.js";
import registryDeprecatedInUse from "./registry/deprecated-in-use.js";
import registryFlagExpired from "./registry/flag-expired.js";
import registryGatesUnproven from "./registry/gates-unproven.js";
import registryInvalid from "./registry/invalid.js";
import registryOwnerMissing from "./registry/owner-missing.js";
import registryPostMortemDue from "./registry/post-mortem-due.js";
import registryReferenceDangling from "./registry/reference-dangling.js";
import registrySunsetInvalid from "./registry/sunset-invalid.js";
import registryTrailFalse from "./registry/trail-false.js";
import registryVersionUnreachable from "./registry/version-unreachable.js";
import registryYankedInUse from "./registry/yanked-in-use.js";
import type { Rule, RuleFacts } from "./rule.js";
import waiverInvalid from "./waiver/invalid.js";
import waiverStale from "./waiver/stale.js";

/** Every rule, in the order of the documentation. A rule is one file and one line here. */
export const rules: readonly Rule[] = [
  layoutPathInvalid,
  layoutIdentityMismatch,
  layoutNameDuplicate,
  layoutCaseCollision,
  layoutUnexpectedFile,
  layoutEncodingInvalid,
  ...aboutVersions,
  immutableVersionModified,
  immutableVersionDeleted,
  immutableVersionRenamed,
  immutableVersionCollision,
  immutableDependencyChanged,
  bumpTooSmall,
  bumpUndecidable,
  bumpNotIncreasing,
  bumpGap,
  bumpNoChange,
  bumpTooLarge,
  bumpMajorUndocumented,
  registryInvalid,
  registryReferenceDangling,
  registryDefaultMissing,
  registryCanaryInvalid,
  registryAliasUnknown,
  registryArmsIncompatible,
  registryAliasCrossesMajor,
  registryGatesUnproven,
  registryTrailFalse,
  registryYankedInUse,
  registryDeprecatedInUse,
  registrySunsetInvalid,
  registryFlagExpired,
  registryPostMortemDue,
  registryVersionUnreachable,
  registryOwnerMissing,
  draftInvalid,
  waiverInvalid,
  waiverStale,
];

/** What every rule says of itself, those about code included. */
export const ruleFacts: readonly RuleFacts[] = [...rules.slice(0, -2), ...codeRules, ...rules.slice(-2)];

/** What settings and waivers may name. */
export const ruleIds: readonly string[] = ruleFacts.map(({ id }) => id);

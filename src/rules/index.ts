import bumpGap from "./bump/gap.js";
import bumpMajorUndocumented from "./bump/major-undocumented.js";
import bumpNoChange from "./bump/no-change.js";
import bumpNotIncreasing from "./bump/not-increasing.js";
import bumpTooLarge from "./bump/too-large.js";
import bumpTooSmall from "./bump/too-small.js";
import bumpUndecidable from "./bump/undecidable.js";
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
import registryCanaryInvalid from "./registry/canary-invalid.js";
import registryDefaultMissing from "./registry/default-missing.js";
import registryInvalid from "./registry/invalid.js";
import registryOwnerMissing from "./registry/owner-missing.js";
import registryReferenceDangling from "./registry/reference-dangling.js";
import type { Rule } from "./rule.js";
import schemaFieldInvalid from "./schema/field-invalid.js";
import schemaFieldMissing from "./schema/field-missing.js";
import schemaFieldUnknown from "./schema/field-unknown.js";
import schemaInputInvalid from "./schema/input-invalid.js";
import schemaOutputInvalid from "./schema/output-invalid.js";
import schemaYamlInvalid from "./schema/yaml-invalid.js";

/** Every rule, in the order of the documentation. A rule is one file and one line here. */
export const rules: readonly Rule[] = [
  layoutPathInvalid,
  layoutIdentityMismatch,
  layoutNameDuplicate,
  layoutCaseCollision,
  layoutUnexpectedFile,
  layoutEncodingInvalid,
  schemaYamlInvalid,
  schemaFieldMissing,
  schemaFieldInvalid,
  schemaFieldUnknown,
  schemaInputInvalid,
  schemaOutputInvalid,
  immutableVersionModified,
  immutableVersionDeleted,
  immutableVersionRenamed,
  immutableVersionCollision,
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
  registryOwnerMissing,
];

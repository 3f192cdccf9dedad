import type { Rule } from "./rule.js";
import schemaDefaultInvalid from "./schema/default-invalid.js";
import schemaFieldInvalid from "./schema/field-invalid.js";
import schemaFieldMissing from "./schema/field-missing.js";
import schemaFieldUnknown from "./schema/field-unknown.js";
import schemaInputInvalid from "./schema/input-invalid.js";
import schemaOutputInvalid from "./schema/output-invalid.js";
import schemaOutputProviderSubset from "./schema/output-provider-subset.js";
import schemaSecretLiteral from "./schema/secret-literal.js";
import schemaYamlInvalid from "./schema/yaml-invalid.js";
import templateConflictMarkers from "./template/conflict-markers.js";
import templateExampleRenderFailed from "./template/example-render-failed.js";
import templateIncludeFloating from "./template/include-floating.js";
import templateIncludeUnresolved from "./template/include-unresolved.js";
import templateOptionalUnguarded from "./template/optional-unguarded.js";
import templatePropertyUnknown from "./template/property-unknown.js";
import templateSyntaxError from "./template/syntax-error.js";
import templateVariableUndeclared from "./template/variable-undeclared.js";
import templateVariableUnused from "./template/variable-unused.js";

/** The rules that look at one version file: what a draft has to pass to become one. */
export const aboutVersions: readonly Rule[] = [
  schemaYamlInvalid,
  schemaFieldMissing,
  schemaFieldInvalid,
  schemaFieldUnknown,
  schemaInputInvalid,
  schemaOutputInvalid,
  schemaDefaultInvalid,
  schemaOutputProviderSubset,
  schemaSecretLiteral,
  templateConflictMarkers,
  templateSyntaxError,
  templateVariableUndeclared,
  templateVariableUnused,
  templateOptionalUnguarded,
  templatePropertyUnknown,
  templateIncludeUnresolved,
  templateIncludeFloating,
  templateExampleRenderFailed,
];

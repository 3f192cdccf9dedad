/** What may change in a schema, whoever relies on it. */
const inSchemas = [
  "annotation-changed",
  "equivalent",
  "format-changed",
  "narrowed",
  "retyped",
  "undecidable",
  "widened",
] as const;

/** What may change in a schema whose values callers give. */
const inInputs = [
  ...inSchemas,
  "became-optional",
  "became-required",
  "default-changed",
  "optional-added",
  "removed",
  "required-added",
] as const;

/** What may change in a schema whose values a model gives. */
const inOutputs = [
  ...inSchemas,
  "order-changed",
  "property-added",
  "property-became-nullable",
  "property-became-optional",
  "property-removed",
] as const;

const others = [
  "config-changed",
  "config-limit-lowered",
  "config-modality-changed",
  "config-stop-changed",
  "include-changed",
  "input-default-removed",
  "input-schema-added",
  "input-schema-removed",
  "messages-changed",
  "messages-kind-changed",
  "meta-changed",
  "model-changed",
  "model-provider-changed",
  "output-kind-changed",
  "output-schema-added",
  "output-schema-removed",
  "output-strict-changed",
  "tag-added",
  "tag-removed",
  "template-path-unguarded",
  "template-variable-unused",
  "template-variable-used",
  "tool-added",
  "tool-annotation-changed",
  "tool-choice-changed",
  "tool-hosted-changed",
  "tool-parameters-schema-added",
  "tool-parameters-schema-removed",
  "tool-removed",
  "tool-result-schema-added",
  "tool-result-schema-removed",
  "variant-added",
  "variant-default-changed",
  "variant-order-changed",
  "variant-removed",
  "variant-renamed",
  "whitespace-changed",
  "wording-changed",
] as const;

type InInputs = (typeof inInputs)[number];
type InOutputs = (typeof inOutputs)[number];

/** The kind of a difference between two schemas: `input-narrowed`. */
export type SchemaChangeKind = `input-${InInputs}` | `output-${InOutputs}`;

/** The stable id of a kind of difference between two versions: a key of `bump.overrides`, and part of findings. */
export type ChangeKind =
  SchemaChangeKind | `tool-result-${InInputs}` | `tool-parameters-${InOutputs}` | (typeof others)[number];

/** All kinds of changes, sorted. */
export function changeKinds(): readonly ChangeKind[] {
  const kinds: readonly ChangeKind[] = [
    ...inInputs.flatMap((kind) => [`input-${kind}`, `tool-result-${kind}`] as const),
    ...inOutputs.flatMap((kind) => [`output-${kind}`, `tool-parameters-${kind}`] as const),
    ...others,
  ];
  return kinds.toSorted();
}

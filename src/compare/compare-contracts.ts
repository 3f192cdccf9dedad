import { largestBump, type Bump, type Change, type Comparison } from "../core/bump.js";
import type { ChangeKind } from "../core/change-kind.js";
import type { Contract } from "./contract.js";
import { compareInputs } from "./inputs.js";
import { compareLabels } from "./labels.js";
import { compareSettings } from "./operation-settings.js";
import { compareOutputs } from "./outputs.js";
import { compareTemplates } from "./templates.js";
import { compareTools } from "./tools.js";
import { compareVariants } from "./variants.js";
import { compareWording } from "./wording.js";

/** How two versions are compared; the keys of `bump` in the settings, and what only some callers know. */
export interface CompareOptions {
  /** From this share of changed words on (0 to 1), a minor step is suggested. */
  readonly minorAboveRatio?: number | undefined;
  /** Whether readers of outputs ignore properties that they do not know (`tolerant`, the default). */
  readonly reader?: "tolerant" | "exact" | undefined;
  /** Whether `format` in a schema refuses values; a note by default. */
  readonly formats?: "annotate" | "assert" | undefined;
  /** The step that a kind of change asks for here, by kind. */
  readonly overrides?: Readonly<Partial<Record<ChangeKind, Bump>>> | undefined;
  /** Tags by which somebody chooses prompts. */
  readonly selectors?: readonly string[] | undefined;
}

/** Names every difference between two versions, and finds the smallest step that is honest about all of them. */
export function compareContracts(
  before: Contract,
  after: Contract,
  options: CompareOptions = {},
): Comparison {
  const { minorAboveRatio = 0.2, overrides = {} } = options;
  const wording = compareWording(before, after);
  const found = [
    ...compareInputs(before, after, options),
    ...compareTemplates(before, after),
    ...compareOutputs(before, after, options),
    ...compareTools(before, after, options),
    ...compareVariants(before, after),
    ...compareLabels(before, after, options.selectors),
    ...compareSettings(before, after),
    ...wording.changes,
  ];
  const changes = found.map((change) => override(change, overrides));
  const requiredBump = largestBump(changes.map(({ bump }) => bump));
  const suggested = wording.ratio > minorAboveRatio ? "minor" : "none";
  return { changes, requiredBump, suggestedBump: largestBump([requiredBump, suggested]) };
}

function override(change: Change, overrides: NonNullable<CompareOptions["overrides"]>): Change {
  return Object.hasOwn(overrides, change.kind)
    ? { ...change, bump: overrides[change.kind] ?? change.bump }
    : change;
}

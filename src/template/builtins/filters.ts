import type { Table } from "./builtin.js";
import { htmlFilters } from "./html-filters.js";
import { layoutFilters } from "./layout-filters.js";
import { numberFilters } from "./number-filters.js";
import { pickFilters } from "./pick-filters.js";
import { sequenceFilters } from "./sequence-filters.js";
import { textFilters } from "./text-filters.js";
import { toJson } from "./to-json.js";
import { prettyFilters } from "./pretty.js";

/** Every filter by name. `random` is missing on purpose: a render is repeatable. */
export const filters: Table = new Map([
  ...textFilters,
  ...layoutFilters,
  ...numberFilters,
  ...sequenceFilters,
  ...pickFilters,
  ...htmlFilters,
  ...prettyFilters,
  ...toJson,
]);

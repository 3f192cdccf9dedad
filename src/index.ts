/** PromptSync as a library: what applications and other tools build on. */
export { bucket } from "./core/resolve/bucket.js";
export { resolve } from "./core/resolve/resolve.js";
export type { Reason, Resolution, ResolveRequest, TrailLine } from "./core/resolve/resolution.js";
export { buildCatalog, type Catalog, type CatalogPrompt, type CatalogVersion } from "./core/catalog.js";
export type { ListedFile, Listing, Origin } from "./core/listing.js";
export { errorCodes, isPromptSyncError, PromptSyncError, type ErrorCode } from "./core/errors.js";
export type { Finding, Severity } from "./core/finding.js";
export type { JsonObject, JsonValue } from "./core/json.js";
export type { AuditRecord, Effect, Plan, StateEdit } from "./core/plan.js";
export type { FrontMatter, Prompt, Tool, Variant } from "./core/prompt.js";
export { formatReference, parseReference, type Reference, type Selector } from "./core/reference.js";
export type { Arm, Canary, Deprecation, PromptState, State } from "./core/state/state.js";
export { parseVersion } from "./core/version.js";
export { enrich, type Enricher, type EnrichmentStep, type RenderContext } from "./render/enrich/enrich.js";
export { injectContext } from "./render/enrich/inject-context.js";
export { mergeFragments, type FragmentScope, type MergeOptions } from "./render/enrich/merge-fragments.js";
export { timeTags, type TimeOptions } from "./render/enrich/time-tags.js";
export { renderPrompt, type Rendered, type RenderRequest } from "./render/render-prompt.js";

/** Templates for other tools, `promptsync/template`: all of the folder but the reader that remembers what it read. */
export { parseTemplate, type RenderOptions, type Template, type TemplateVariables } from "./template.js";
export { defaultLimits, type Limits } from "./runtime/limits.js";
export { roles, type Message, type Role } from "./runtime/message.js";
export type { Reference, Use } from "./analysis/use.js";
export type { Whitespace } from "./source.js";
export type { ParseOptions } from "./store.js";
export type { UndefinedMode } from "./values/undefined.js";

export type { Reference, Use } from "./analysis/use.js";
export { defaultLimits, type Limits } from "./runtime/limits.js";
export { readTemplate, type TemplateReading } from "./read-template.js";
export { roles, type Message, type Role } from "./runtime/message.js";
export type { Whitespace } from "./source.js";
export type { ParseOptions } from "./store.js";
export { parseTemplate, type RenderOptions, type Template, type TemplateVariables } from "./template.js";
export type { UndefinedMode } from "./values/undefined.js";

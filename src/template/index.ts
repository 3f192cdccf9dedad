export * from "./entry-point.js";
export { readTemplate, type TemplateReading } from "./read-template.js";

import type { SeverityOverrides } from "./lint.js";

/** Sets of severities to begin with; `rules:` in the settings overrides them by category or rule. */
export const profiles = {
  /** What is broken now, and what must never change. */
  lenient: { bump: "off", code: "info", "bump-too-small": "warning", "registry-alias-crosses-major": "off" },
  recommended: {},
  /** What cannot be proven counts as wrong. */
  strict: { "bump-undecidable": "error", "code-version-hardcoded": "error", "schema-field-unknown": "error" },
} as const satisfies Readonly<Record<string, SeverityOverrides>>;

import { expect, test } from "vitest";
import { compareStates } from "../../../src/core/state/compare-states.js";
import type { State } from "../../../src/core/state/state.js";

const before: State = {
  schema: "promptsync/v1",
  flags: { concise: { expires: "2026-12-01" }, old: { expires: "2026-01-01" } },
  capabilities: { answer: { links: { refund: { priority: 10 } } } },
  emergencies: { "inc-1": { prompt: "refund", serve: "1.0.0", status: "active" } },
  prompts: {
    refund: {
      owner: "team-a",
      rules: { concise: { when: { flags: { concise: true } }, serve: "1.0.0" } },
      tenants: { acme: { aliases: { production: { serve: "1.0.0" } } } },
      overrides: { chat: { "chat-1": { serve: "1.0.0" } } },
    },
  },
};

const after: State = {
  schema: "promptsync/v1",
  flags: { concise: { expires: "2027-01-01" } },
  capabilities: { answer: { links: { refund: { priority: 20 }, welcome: {} } } },
  emergencies: {
    "inc-1": { prompt: "refund", serve: "1.0.0", status: "resolved", post_mortem: "docs/1.md" },
    "inc-2": { prompt: "refund", alias: "production", serve: "1.0.1", status: "active" },
  },
  prompts: {
    refund: {
      owner: "team-b",
      rules: { concise: { when: { flags: { concise: true } }, serve: "2.0.0" } },
      overrides: { chat: { "chat-1": { serve: "2.0.0" } } },
    },
  },
};

test("what was changed by hand is told as our commands would have recorded it", () => {
  expect(compareStates(before, after)).toEqual([
    { prompt: "refund", action: "tenant-remove", alias: "production", tenant: "acme", from: "1.0.0" },
    { prompt: "refund", action: "prompt-set", field: "owner", from: "team-a", to: "team-b" },
    { prompt: "refund", action: "flag-link", flag: "concise", from: "1.0.0", to: "2.0.0" },
    { prompt: "refund", action: "override-set", override: "chat/chat-1", from: "1.0.0", to: "2.0.0" },
    { action: "flag-create", flag: "concise", from: "2026-12-01", to: "2027-01-01" },
    { action: "flag-remove", flag: "old", from: "2026-01-01" },
    { prompt: "refund", action: "capability-link", capability: "answer", from: "10", to: "20" },
    { prompt: "welcome", action: "capability-link", capability: "answer", to: "0" },
    { prompt: "refund", action: "emergency-resolve", emergency: "inc-1", from: "1.0.0" },
    { prompt: "refund", action: "emergency-post-mortem", emergency: "inc-1", to: "docs/1.md" },
    { prompt: "refund", action: "emergency-open", emergency: "inc-2", alias: "production", to: "1.0.1" },
  ]);
});

test("equal states tell nothing", () => {
  expect(compareStates(before, structuredClone(before))).toEqual([]);
});

import { expect, test } from "vitest";
import complete from "../../src/operations/complete.js";
import type { Context } from "../../src/operations/operation.js";

/** A workspace with one prompt, its draft and a draft with a name no prompt may have. */
const workspace = {
  catalog: () =>
    Promise.resolve({
      prompts: new Map([
        ["refund", { name: "refund", versions: [{ version: "1.0.0" }, { version: "1.1.0" }] }],
      ]),
      state: {
        aliases: { dev: { protected: false } },
        prompts: { refund: { aliases: { production: { serve: "1.0.0" } } } },
      },
    }),
  drafts: () => [{ name: "refund" }, { name: "welcome" }, { name: "$(touch attacked)" }],
};

const context = { workspace: () => Promise.resolve(workspace) } as unknown as Context;

test.each([
  ["prompts", "", ["refund", "welcome"]],
  ["prompts", "w", ["welcome"]],
  ["aliases", "", ["dev", "production"]],
  ["references", "re", ["refund", "refund@"]],
  ["references", "refund@", ["refund@production", "refund@1.1.0", "refund@1.0.0"]],
  ["references", "refund@1.1", ["refund@1.1.0"]],
  ["references", "unknown@", []],
  ["something", "", []],
])("%s after `%s`", async (source, prefix, candidates) => {
  expect(await complete.run({ source, prefix }, context)).toEqual({ candidates });
});

test("is quiet where there is no repository", async () => {
  const outside = { workspace: () => Promise.reject(new Error("no repository")) } as unknown as Context;
  expect(await complete.run({ source: "prompts" }, outside)).toEqual({ candidates: [] });
});

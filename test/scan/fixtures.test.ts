import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { callsIn } from "./support.js";

const folder = new URL("../fixtures/code/", import.meta.url);

/** The files end with `.txt`, so that no tool of ours takes them for its own. */
function fixtures(): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".txt"),
  );
  return Object.fromEntries(
    names.sort().map((name) => [name.slice(0, -4), readFileSync(new URL(name, folder), "utf8")]),
  );
}

it("finds the calls of an application as people write it", async () => {
  expect(await callsIn(fixtures())).toEqual([
    "app/api/refund/route.ts:9:32 getPrompt refund@production messages(order,reason)",
    "app/leads/summary.tsx:8:33 getPrompt qualify-lead format(company,notes,…)",
    "python/app/chain.py:14:9 promptsync-uses qualify-lead@production promptsync-uses(company,notes)",
    "python/app/main.py:19:28 get_prompt refund@stable format(order,reason)",
    "python/app/main.py:25:28 get_prompt welcome@production format(name)",
    "server/support.js:10:35 getPrompt welcome@production format(name,product)",
    "services/lead-service.ts:14:39 getPrompt qualify-lead@1.0.0 format(company,tone)",
    "services/lead-service.ts:20:39 getPrompt ? format(?)",
  ]);
});

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { decide } from "../../../src/schema-compat/subschema.js";
import { nodeOf, openDocument, startWork } from "../../../src/schema-compat/work.js";
import { validatorOf } from "../ajv.js";
import { pair } from "../arbitraries.js";

/** What the oracle exports; it is no dependency, so its types are not there. */
interface Oracle {
  readonly initSync: (options: { module: Uint8Array }) => void;
  readonly check_compat: (before: string, after: string, role: string) => boolean;
}

/** Where the package is; `ORACLE` names another folder. */
const oracle = async (): Promise<Oracle> => {
  const main = process.env["ORACLE"] ?? createRequire(import.meta.url).resolve("jsoncompat");
  const loaded = (await import(main)) as Oracle;
  loaded.initSync({ module: await readFile(main.replace(/\.js$/, "_bg.wasm")) });
  return loaded;
};

it("tells how often we and jsoncompat agree, and who is wrong where we do not", async () => {
  const { check_compat: check } = await oracle();
  const runs = {
    numRuns: Number(process.env["FUZZ_RUNS"] ?? 2000),
    seed: Number(process.env["FUZZ_SEED"] ?? 1),
  };
  const counts: Record<string, number> = {};
  const wrong: string[] = [];
  const count = (name: string) => (counts[name] = (counts[name] ?? 0) + 1);
  for (const [before, after] of fc.sample(pair, runs)) {
    const theirs = ask(check, before, after);
    if (theirs === undefined) {
      count("refused by jsoncompat");
      continue;
    }
    const work = startWork();
    const node = (schema: JsonObject) => nodeOf(work, schema, openDocument(work, schema));
    const ours = decide(work, node(before), node(after));
    count(`ours ${ours.is}, theirs ${theirs}`);
    if (ours.is === "no" && theirs === "yes") {
      const proven =
        validatorOf(before)?.(ours.witness) === true && validatorOf(after)?.(ours.witness) === false;
      count(proven ? "our no is proven by Ajv" : "our no is not proven");
    }
    if (ours.is === "yes" && theirs === "no")
      wrong.push(`${JSON.stringify(before)}\n  -> ${JSON.stringify(after)}`);
  }
  process.stdout.write(`${JSON.stringify(counts, null, 2)}\n${wrong.slice(0, 5).join("\n")}\n`);
  expect(counts["our no is not proven"] ?? 0).toBe(0);
});

function ask(check: Oracle["check_compat"], before: JsonObject, after: JsonObject): "yes" | "no" | undefined {
  try {
    return check(JSON.stringify(before), JSON.stringify(after), "deserializer") ? "yes" : "no";
  } catch {
    return undefined; // a feature that it does not support
  }
}

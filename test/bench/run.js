// `npm run bench` measures everything and keeps the figures, `npm run bench -- start` one part. Ratios: machines differ.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { print } from "./measure.js";

const parts = {
  templates: async () => (await import("./templates.js")).templates(),
  start: async () => (await import("./start.js")).start(),
  code: async () => (await import("./code.js")).code(),
  gate: async () => (await import("./gate.js")).gate(),
  history: async () => (await import("./history.js")).history(),
  sdk: async () => (await import("./sdk.js")).sdk(),
  list: async () => (await import("./list.js")).lists(),
  write: async () => (await import("./write.js")).write(),
  memory: async () => (await import("./memory.js")).memory(),
};
/** What the README quotes, once `npm run docs` has run. */
const results = new URL("./results.json", import.meta.url);

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => parts[name] === undefined);
if (unknown === undefined) await measure(wanted.length > 0 ? wanted : Object.keys(parts));
else {
  process.stderr.write(`no part \`${unknown}\`; there are ${Object.keys(parts).join(", ")}\n`);
  process.exitCode = 2;
}

/** Measures parts, prints them, and replaces what was kept of them; the others stay. */
async function measure(names) {
  for (const name of names) {
    const rows = await parts[name]();
    process.stdout.write(`\n${name}\n`);
    print(rows);
    const kept = existsSync(results) ? JSON.parse(readFileSync(results, "utf8")) : {};
    const measured = { date: new Date().toISOString().slice(0, 10), machine: machine(), rows };
    writeFileSync(results, `${JSON.stringify({ ...kept, [name]: measured }, null, 2)}\n`);
  }
}

/** A figure means little without the machine, and less when others used it too. */
function machine() {
  const cores = availableParallelism();
  const loaded = loadavg()[0] > cores ? ", loaded" : "";
  return `node ${process.versions.node}, ${cores} cores${loaded}`;
}

// `npm run bench` measures everything, `npm run bench -- start` one part. Ratios, because machines differ.
import { print } from "./measure.js";

const parts = {
  templates: async () => (await import("./templates.js")).templates(),
  start: async () => (await import("./start.js")).start(),
  gate: async () => (await import("./gate.js")).gate(),
  history: async () => (await import("./history.js")).history(),
  sdk: async () => (await import("./sdk.js")).sdk(),
  list: async () => (await import("./list.js")).lists(),
  memory: async () => (await import("./memory.js")).memory(),
};

const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : Object.keys(parts)) {
  const part = parts[name];
  if (part === undefined) {
    process.stderr.write(`no part \`${name}\`; there are ${Object.keys(parts).join(", ")}\n`);
    process.exitCode = 2;
    break;
  }
  process.stdout.write(`\n${name}\n`);
  print(await part());
}

// Writes what the real Jinja2 gives for every case into test/fixtures/template. Needs python3 with jinja2:
//   node test/template/oracle/record.js
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";

const fixtures = new URL("../../fixtures/template/", import.meta.url);
const script = new URL("jinja.py", import.meta.url).pathname;

/** The outcomes of a list of cases: `{ text }` or `{ error }`. */
export function askJinja(cases) {
  const input = JSON.stringify(cases);
  return JSON.parse(
    execFileSync(process.env.PYTHON ?? "python3", [script], { input, encoding: "utf8", maxBuffer: 2 ** 28 }),
  );
}

/** Addresses and random choices are not the same tomorrow. */
const steady = (text) => text.replace(/0x[\da-f]{6,}/g, "0x…");

function record() {
  for (const file of readdirSync(fixtures).filter((name) => name.endsWith(".json"))) {
    const path = new URL(file, fixtures);
    const { cases, ...shared } = JSON.parse(readFileSync(path, "utf8"));
    const outcomes = askJinja(cases.map((one) => ({ ...shared, ...one })));
    const recorded = cases.map(({ text: _text, error: _error, ...one }, index) => {
      const { text, error } = outcomes[index];
      if (text === undefined) return { ...one, error };
      return { ...one, text: one.random === true ? "(random)" : steady(text) };
    });
    writeFileSync(path, `${JSON.stringify({ ...shared, cases: recorded }, null, 1)}\n`);
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) record();

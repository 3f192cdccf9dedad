// Writes what the real Jinja2 gives for every case into test/fixtures/template. Needs python3 with jinja2:
//   node test/template/oracle/record.js
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";

const fixtures = new URL("../../fixtures/template/", import.meta.url);
const script = new URL("jinja.py", import.meta.url).pathname;

/** The outcomes of a list of cases. */
export function askJinja(cases) {
  const input = JSON.stringify(cases);
  return JSON.parse(execFileSync("/usr/bin/python3", [script], { input, encoding: "utf8", maxBuffer: 2 ** 28 }));
}

function record() {
  for (const file of readdirSync(fixtures).filter((name) => name.endsWith(".json"))) {
    const path = new URL(file, fixtures);
    const { cases, ...shared } = JSON.parse(readFileSync(path, "utf8"));
    const outcomes = askJinja(cases.map((one) => ({ ...shared, ...one })));
    const recorded = cases.map(({ template, options, ours }, index) => ({
      template,
      ...(options === undefined ? {} : { options }),
      ...outcomes[index],
      ...(ours === undefined ? {} : { ours }),
    }));
    writeFileSync(path, `${JSON.stringify({ ...shared, cases: recorded }, null, 1)}\n`);
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) record();

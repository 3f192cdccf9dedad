// Bundles of as many prompts as a row wants, each of about 1 kB; and two prompts with special rollouts.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const { digestOf } = await import("../../dist/core/prompt-file/digest-of.js");
const { printBundle } = await import("../../dist/core/bundle/print-bundle.js");

/** About 1 kB. */
export const body = "You answer {{ customer }} for {{ company }} in at most three sentences.\n".repeat(12);

/** Writes the bundle; in each round production serves a new version of `changed` prompts. Returns its path. */
export function writeBundle(folder, count, { changed = 0, round = 0 } = {}) {
  const names = Array.from({ length: count }, (_, index) => `prompt-${String(index).padStart(5, "0")}`);
  const newest = (index) => (index < changed ? `1.${round}.0` : "1.0.0");
  const state =
    head +
    names
      .map(
        (name, index) =>
          `  ${name}:\n    default: "1.0.0"\n    aliases:\n      production:\n        serve: "${newest(index)}"\n`,
      )
      .join("");
  const bundle = {
    catalog: {
      commit: "0".repeat(40),
      date: "2026-01-01T00:00:00Z",
      tree: String(round).padStart(40, "0"),
      registry: "prompt-templates",
    },
    state: [{ path: "promptsync.yaml", digest: digestOf(state), text: state }],
    versions: [
      version("canary", "1.0.0"),
      version("canary", "1.1.0"),
      version("no-alias", "1.0.0"),
      ...names.flatMap((name, index) =>
        [...new Set(["1.0.0", newest(index)])].map((number) => version(name, number)),
      ),
    ],
    others: [],
  };
  const file = join(folder, `bundle-${count}.json`);
  writeFileSync(file, printBundle(bundle, "bundle"));
  return file;
}

function version(name, number) {
  const text = `---\nname: ${name}\nversion: "${number}"\nsummary: Says hello\n---\n${body}`;
  return { name, group: "", version: number, digest: digestOf(text), text };
}

const head = `schema: promptsync/v1
prompts:
  canary:
    default: "1.0.0"
    aliases:
      production:
        serve: "1.0.0"
        canary:
          serve: "1.1.0"
          percent: 10
          seed: canary/production
          state: running
    rules:
      short:
        order: 10
        when:
          flags:
            short: true
        serve: "1.1.0"
    tenants:
      acme:
        aliases:
          production:
            serve: "1.0.0"
            canary:
              serve: "1.1.0"
              percent: 50
              seed: acme/production
              state: running
  no-alias:
    default: "1.0.0"
`;

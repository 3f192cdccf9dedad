import { expect, test } from "vitest";
import type { Bundle } from "../../src/core/bundle/bundle.js";
import { bundleCatalog } from "../../src/core/bundle/bundle-catalog.js";
import { printBundle } from "../../src/core/bundle/print-bundle.js";
import { readBundle } from "../../src/core/bundle/read-bundle.js";
import type { Catalog } from "../../src/core/catalog.js";
import { digestOf } from "../../src/core/prompt-file/digest-of.js";
import { takeAll } from "../../src/core/steps.js";

const names = Array.from({ length: 20 }, (_, index) => `prompt-${String(index + 10)}`);

/** Twenty prompts; the first `changed` of them have a second version, which production serves, and another text. */
function bundleOf(changed: number): Bundle {
  const newest = (index: number) => (index < changed ? "1.1.0" : "1.0.0");
  const blocks = names.map(
    (name, index) => `  ${name}:\n    aliases:\n      production:\n        serve: "${newest(index)}"\n`,
  );
  const state = `schema: promptsync/v1\nprompts:\n${blocks.join("")}`;
  const versions = names.map((name, index) => {
    const text = `${name} ${newest(index)}`;
    return { name, group: "shop", version: newest(index), digest: digestOf(text), text };
  });
  const others = names.slice(0, changed).map((name) => ({ name, group: "shop", versions: ["1.0.0"] }));
  const place = { commit: "c".repeat(40), date: "2026-01-01T00:00:00Z", tree: "d".repeat(40) };
  const stored = [{ path: "promptsync.yaml", digest: digestOf(state), text: state }];
  return { catalog: { ...place, registry: "prompts" }, state: stored, versions, others };
}

function catalogOf(bundle: Bundle, previous?: Catalog): Catalog {
  const stateTexts = bundle.state.map(({ text = "" }) => text);
  return takeAll(bundleCatalog(bundle, { label: "prompts.json", stateTexts, previous }));
}

test("a catalog after another holds the same objects, but for the prompts that changed", () => {
  const before = catalogOf(bundleOf(0));
  const after = catalogOf(bundleOf(3), before);
  expect(after).toEqual({ ...catalogOf(bundleOf(3)), stateText: expect.anything() });
  const keptPrompts = names.filter((name) => after.prompts.get(name) === before.prompts.get(name));
  const keptBlocks = names.filter((name) => after.state.prompts?.[name] === before.state.prompts?.[name]);
  expect([keptPrompts, keptBlocks]).toEqual([names.slice(3), names.slice(3)]);
});

test("a bundle after another holds the same versions, but for those that changed", () => {
  const read = (bundle: Bundle, earlier?: Bundle) => {
    const known = new Map(earlier?.versions.map((it) => [`${it.name}@${it.version}`, it]));
    const bytes = Buffer.from(printBundle(bundle, "bundle"));
    return takeAll(readBundle(bytes, { label: "prompts.json", earlier: known }));
  };
  const before = read(bundleOf(0));
  const after = read(bundleOf(3), before);
  expect(after).toEqual({ ...bundleOf(3), form: "bundle" });
  expect(after.versions.filter((it) => before.versions.includes(it))).toHaveLength(17);
});

test("a version with a key too many is refused, though it was right before", () => {
  const before = bundleOf(0);
  const known = new Map(before.versions.map((it) => [`${it.name}@${it.version}`, it]));
  const odd = printBundle(before, "bundle").replace('{"name":"prompt-12"', '{"x":1,"name":"prompt-12"');
  expect(() => takeAll(readBundle(Buffer.from(odd), { label: "prompts.json", earlier: known }))).toThrow(
    expect.objectContaining({ code: "SOURCE_INVALID" }) as Error,
  );
});

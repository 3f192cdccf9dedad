import type { Catalog } from "../../src/core/catalog.js";
import type { JsonObject } from "../../src/core/json.js";
import { parseReference } from "../../src/core/reference.js";
import { resolve } from "../../src/core/resolve/resolve.js";
import { readVersion } from "../../src/core/prompt-file/read-version.js";
import { renderPrompt } from "../../src/render/render-prompt.js";
import type { PromptSource, SourceChange } from "../../src/sdk/openfeature/index.js";
import type { PromptCall, ServedPrompt } from "../../src/sdk/served-prompt.js";
import type { ServedFrom } from "../../src/core/telemetry/event.js";

/** A source that serves a catalog in memory, with one text for all versions, and can be told what happened to it. */
export function promptSource(catalog: Catalog, text: string) {
  let listener: ((change: SourceChange) => void) | undefined;
  let from: ServedFrom = "live";
  const calls: PromptCall[] = [];
  const source: PromptSource = {
    getPrompt: (reference, call) => Promise.resolve().then(() => serve(reference, call)),
    ready: () => Promise.resolve(),
    onChange: (told) => {
      listener = told;
      return () => (listener = undefined);
    },
  };
  const serve = (reference: string, call: PromptCall): ServedPrompt => {
    calls.push(call);
    const { name, selector } = parseReference(reference);
    const { version, reason, rule, arm, bucket } = resolve(catalog, { name, selector, ...call });
    const prompt = readVersion(text.replace("VERSION", version), { name, version }).prompt;
    if (prompt === undefined) throw new Error("the text of the test is no version");
    const render = (variables: unknown) =>
      renderPrompt(prompt, { variables: (variables ?? {}) as JsonObject, undefined: "strict" } as never);
    return {
      id: `${name}@${version}`,
      explanation: {
        version,
        reason,
        rule,
        arm,
        bucket,
        catalog: { commit: "c0ffee", tree: null },
        source: from,
      },
      format: (variables) => render(variables).text,
      messages: (variables) => render(variables).messages,
      model: prompt.frontMatter.model,
      config: prompt.frontMatter.config,
    };
  };
  return {
    source,
    calls,
    tell: (change: SourceChange) => {
      from = change.stale === true ? "stale" : "live";
      listener?.(change);
    },
    hasListener: () => listener !== undefined,
  };
}

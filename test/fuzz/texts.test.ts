import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readConfig } from "../../src/core/config.js";
import { isPromptSyncError } from "../../src/core/errors.js";
import type { JsonValue } from "../../src/core/json.js";
import { readDraft, draftFormats } from "../../src/core/prompt-file/read-draft.js";
import { printPrompt } from "../../src/core/prompt-file/print.js";
import { readVersion } from "../../src/core/prompt-file/read-version.js";
import { formatReference, parseReference } from "../../src/core/reference.js";
import { applyEdits } from "../../src/core/state/apply-edits.js";
import { editState } from "../../src/core/state/edit-state.js";
import { mergeStateTexts } from "../../src/core/state/merge-state-texts.js";
import { readState } from "../../src/core/state/read-state.js";
import { trailers, readTrailers } from "../../src/core/trailers.js";
import type { AuditRecord, StateEdit } from "../../src/core/plan.js";
import { commitMessage } from "../../src/plans/commit-message.js";
import { planJoin, planSplit } from "../../src/plans/plan-split.js";
import { scanSources } from "../../src/scan/index.js";
import { patternSpeed } from "../../src/rules/schema/pattern-speed.js";
import { registry } from "../core/registry.js";
import { shopFiles } from "../operations/story.js";
import { damaged, line, runs } from "./mutations.js";

const identity = { name: "qualify-lead", version: "1.0.0" };
const versionText = shopFiles["prompt-templates/sales/qualify-lead/1.0.0.md"];
const stateText = shopFiles["prompt-templates/promptsync.yaml"];
const home = "prompt-templates/promptsync.yaml";
const settings = `registry: prompt-templates
drafts: prompts
code:
  include: ["src/**"]
  wrappers: [{ name: getText, argument: 0 }]
rules:
  profile: recommended
  severity: { bump-gap: off }
engine: { max_output: 100000 }
`;

/** What a run may throw at a user's text: an error that says what to do. Anything else is a bug. */
function said<Value>(run: () => Value): Value | undefined {
  try {
    return run();
  } catch (error) {
    if (isPromptSyncError(error) && error.code !== "INTERNAL" && error.hint) return undefined;
    throw error;
  }
}

describe("damaged texts", { timeout: 600_000 }, () => {
  test("a version file has problems with places, or prints as it reads", () => {
    fc.assert(
      fc.property(damaged(versionText), (text) => {
        const { prompt, problems } = readVersion(text, identity);
        for (const { line: at, column, message } of problems)
          expect(at >= 1 && column >= 1 && message !== "").toBe(true);
        if (prompt === undefined) {
          expect(problems.length).toBeGreaterThan(0);
          return;
        }
        const printed = printPrompt(prompt);
        const again = readVersion(printed, identity);
        expect(again.prompt?.body.replace(/\n+$/, "")).toBe(prompt.body.replace(/\n+$/, ""));
        expect(printPrompt(again.prompt ?? prompt)).toBe(printed);
      }),
      runs(400),
    );
  });

  test("a draft has problems, or is a version that reads back", () => {
    const yaml = `content: |\n  Hi {{ name }}.\nvariants:\n  - tags: { locale: zh }\n    content: 你好\nowner: team\n`;
    fc.assert(
      fc.property(
        fc.constantFrom(...draftFormats),
        damaged(versionText, yaml, "Hi {{ name }}.\n"),
        (format, text) => {
          const { draft, problems } = readDraft(text, format, "qualify-lead");
          expect(draft !== undefined || problems.length > 0).toBe(true);
          if (draft === undefined) return;
          const printed = printPrompt({ ...identity, frontMatter: draft.frontMatter, body: draft.body });
          const again = readVersion(printed, identity);
          expect(again.prompt?.body.replace(/\n+$/, "")).toBe(draft.body.replace(/\n+$/, ""));
        },
      ),
      runs(400),
    );
  });

  test("a state file has problems, or can be edited, merged and moved", () => {
    const edits: readonly StateEdit[] = [
      { path: ["prompts", "customer_support", "aliases", "production", "serve"], value: "1.0.0" },
      { path: ["prompts", "qualify-lead", "aliases"] },
      { path: ["flags", "short"], value: { owner: "team", expires: "2026-12-01" } },
    ];
    fc.assert(
      fc.property(damaged(stateText), (text) => {
        const { state, problems } = readState([{ path: home, text }], home);
        const edited = said(() => editState(text, edits));
        said(() => mergeStateTexts({ ancestor: stateText, ours: text, theirs: edited ?? stateText }));
        if (problems.length > 0) return;
        if (edited === undefined) throw new Error("a state that reads cannot be edited");
        const read = readState([{ path: home, text: edited }], home);
        expect(plain(read.state)).toEqual(plain(applyEdits(state as never, edits)));
      }),
      runs(250),
    );
  });

  test("a state file that is split and joined says the same", () => {
    const versions = { customer_support: ["1.0.0", "1.2.3", "2.0.0"], "sales/qualify-lead": ["1.0.0"] };
    fc.assert(
      fc.property(damaged(stateText), (text) => {
        const whole = registry(versions, text);
        if (whole.stateText.problems.length > 0) return;
        const split = moved(whole, planSplit(whole, { names: [], all: true }));
        expect(plain(split.state)).toEqual(plain(whole.state));
        expect(plain(moved(split, planJoin(split, { names: [], all: true })).state)).toEqual(
          plain(whole.state),
        );
      }),
      runs(250),
    );
  });

  test("settings are read, or refused with a hint", () => {
    fc.assert(
      fc.property(damaged(settings, `{"registry": "a", "drafts": "b"}`), (text) => {
        said(() => readConfig(text));
      }),
      runs(400),
    );
  });

  test("source files are scanned to their end", async () => {
    const texts = [
      `import { PromptManager } from "promptsync";\nconst p = new PromptManager();\nconst t = await p.getPrompt("welcome", { versionOrAlias: "stable" });\nt.format({ name: x, ...rest });\n`,
      `from promptsync import PromptManager\np = PromptManager()\nt = p.get_prompt("welcome@stable")\nt.format(name=x, **rest)\n`,
    ];
    await fc.assert(
      fc.asyncProperty(
        damaged(...texts),
        fc.constantFrom("a.ts", "a.tsx", "a.js", "a.py"),
        async (text, path) => {
          const { calls } = await scanSources([{ path, text }]);
          for (const call of calls) expect(call.line).toBeGreaterThan(0);
        },
      ),
      runs(300),
    );
  });

  test("a reference is refused with a hint, or prints as it reads", () => {
    const texts = [
      "welcome",
      "welcome@1.2.0",
      "welcome@^1.2",
      "welcome@latest",
      "a.b-c@production",
      "welcome@v1",
    ];
    fc.assert(
      fc.property(damaged(...texts), (text) => {
        const reference = said(() => parseReference(text));
        if (reference !== undefined) expect(parseReference(formatReference(reference))).toEqual(reference);
      }),
      runs(1000),
    );
  });

  test("no pattern keeps its judge", () => {
    fc.assert(
      fc.property(
        damaged("^([a-z0-9]+([._-][a-z0-9]+)*)+$", "(a|b|ab)*c{2,9}[^x-z]", "(?:(x)?){3,}$"),
        (pattern) => {
          const started = performance.now();
          patternSpeed(pattern);
          expect(performance.now() - started).toBeLessThan(3000);
        },
      ),
      runs(300),
    );
  });
});

test("an audit trail reads back as it was written", { timeout: 600_000 }, () => {
  const fields = Object.keys(trailers).filter((field) => field !== "action");
  const record = fc
    .tuple(
      fc.constantFrom("push", "alias-set", "split"),
      line,
      fc.dictionary(fc.constantFrom(...fields), line),
    )
    .map(([action, prompt, rest]) => ({ ...rest, action, prompt }) as unknown as AuditRecord);
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 4 }), line, (records, subject) => {
      expect(readTrailers(commitMessage("x", records, { message: subject })).map(plain)).toEqual(
        records.map(plain),
      );
    }),
    runs(500),
  );
});

test(
  "a hand-made message is no audit trail of ours without a prompt, and none crashes",
  { timeout: 600_000 },
  () => {
    const message = commitMessage("push", [{ action: "push", prompt: "welcome", version: "1.0.0" }]);
    fc.assert(
      fc.property(damaged(message), (text) => {
        for (const { action } of readTrailers(text)) expect(typeof action).toBe("string");
      }),
      runs(1000),
    );
  },
);

/** The catalog after a plan. */
function moved(catalog: ReturnType<typeof registry>, { plan }: ReturnType<typeof planSplit>): typeof catalog {
  const texts = new Map(catalog.stateText.files.map(({ path, text }) => [path, text]));
  for (const effect of plan?.effects ?? []) {
    if (effect.kind === "delete") texts.delete(effect.path);
    else if (effect.kind === "write") texts.set(effect.path, effect.content);
    else texts.set(effect.path, editState(texts.get(effect.path) ?? "", effect.edits, effect.above));
  }
  const versions = { customer_support: ["1.0.0", "1.2.3", "2.0.0"], "sales/qualify-lead": ["1.0.0"] };
  const own = [...texts].filter(([path]) => path !== home);
  const folder = (path: string): string => path.split("/").slice(1, -1).join("/");
  return registry(versions, texts.get(home), {
    own: Object.fromEntries(own.map(([path, text]) => [folder(path), text])),
  });
}

/** Plain JSON, whatever the prototypes. */
function plain(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}

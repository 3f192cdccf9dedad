import type { Bump, Change } from "../core/bump.js";
import type { ChangeKind } from "../core/change-kind.js";
import { jsonEquals, type JsonValue } from "../core/json.js";
import { joinPointer } from "../core/picoschema.js";
import type { Contract } from "./contract.js";
import { cut } from "./describe-schema.js";

/** Compares the model and its settings: behaviour, not contract. */
export function compareSettings({ prompt: was }: Contract, { prompt: is }: Contract): readonly Change[] {
  const [before, after] = [was.frontMatter.config ?? {}, is.frontMatter.config ?? {}];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...keys].filter((key) => !jsonEquals(own(before, key), own(after, key)));
  return [
    ...modelChanges(was.frontMatter.model, is.frontMatter.model),
    ...changed.map((key) => settingChange(key, own(before, key), own(after, key))),
  ];
}

function own(settings: Readonly<Record<string, JsonValue>>, key: string): JsonValue | undefined {
  return Object.hasOwn(settings, key) ? settings[key] : undefined;
}

function modelChanges(from: string | undefined, to: string | undefined): readonly Change[] {
  if (from === to) return [];
  const [one, other] = [providerOf(from), providerOf(to)];
  const moved = one !== undefined && other !== undefined && one !== other;
  const message = `the model changed from \`${from ?? "none"}\` to \`${to ?? "none"}\`${moved ? `, of another provider` : ""}`;
  const kind = moved ? "model-provider-changed" : "model-changed";
  return [{ kind, at: "/model", bump: "minor", message, from: from ?? null, to: to ?? null }];
}

const families: readonly (readonly [RegExp, string])[] = [
  [/^(gpt|o\d|chatgpt|text-)/, "openai"],
  [/^claude/, "anthropic"],
  [/^(gemini|gemma|palm)/, "google"],
  [/^(mistral|mixtral|codestral)/, "mistral"],
  [/^llama/, "meta"],
  [/^deepseek/, "deepseek"],
  [/^(qwen|qwq)/, "alibaba"],
  [/^command/, "cohere"],
  [/^grok/, "xai"],
];

/** The provider a model's name tells: `openai/gpt-4o`, `openai:gpt-4o` and `gpt-4o` are all of one. */
function providerOf(model = ""): string | undefined {
  const [prefix, rest] = model.toLowerCase().split(/[/:](.*)/s);
  if (rest !== undefined && rest !== "") return prefix;
  return families.find(([pattern]) => pattern.test(model.toLowerCase()))?.[1];
}

function settingChange(key: string, from: JsonValue | undefined, to: JsonValue | undefined): Change {
  const { kind, bump, consequence } = judge(key.toLowerCase().replaceAll(/[-_]/g, ""), from, to);
  const message = `\`${key}\` changed from \`${show(from)}\` to \`${show(to)}\`${consequence}`;
  return { kind, at: joinPointer("/config", key), bump, message, from: from ?? null, to: to ?? null };
}

interface Judgement {
  readonly kind: ChangeKind;
  readonly bump: Bump;
  readonly consequence: string;
}

function judge(key: string, from: JsonValue | undefined, to: JsonValue | undefined): Judgement {
  if (/^max.*(tokens|length)$/.test(key) && isLower(from, to)) {
    return { kind: "config-limit-lowered", bump: "minor", consequence: "; answers may be cut short" };
  }
  if (key.startsWith("stop"))
    return { kind: "config-stop-changed", bump: "minor", consequence: "; answers may end earlier" };
  if (key.includes("modalit")) return { kind: "config-modality-changed", bump: "minor", consequence: "" };
  if (key === "paralleltoolcalls" || key === "toolchoice") {
    return { kind: "tool-choice-changed", bump: "minor", consequence: "" };
  }
  return { kind: "config-changed", bump: "patch", consequence: "" };
}

/** A limit where there was none is lower than before. */
function isLower(from: JsonValue | undefined, to: JsonValue | undefined): boolean {
  return typeof to === "number" && (typeof from !== "number" || to < from);
}

function show(value: JsonValue | undefined): string {
  return value === undefined ? "none" : cut(JSON.stringify(value));
}

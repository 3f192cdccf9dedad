import { readFile } from "node:fs/promises";
import { resolve as resolvePath } from "node:path";
import { PromptSyncError } from "../core/errors.js";
import { isJsonObject, type JsonObject } from "../core/json.js";
import { resolve } from "../core/resolve/resolve.js";
import { valuesFromTexts } from "../render/inputs.js";
import { assertClosure } from "../render/library.js";
import { renderPrompt } from "../render/render-prompt.js";
import { operation, type Context } from "./operation.js";
import { readIncludes } from "./read-includes.js";
import { readResolved } from "./read-resolved.js";
import { renderLimits, templateOptions } from "./template-options.js";
import { answeringFor, pairs, resolveOptions, toRequest, type ResolveInput } from "./resolve-options.js";

interface Input extends ResolveInput {
  readonly var?: readonly string[];
  readonly vars?: string;
}

interface Result {
  readonly name: string;
  readonly version: string;
  readonly text: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

export default operation({
  arguments: [{ name: "[ref]", summary: "`name`, `name@1.2.0`, `name@^1.2` or `name@alias`" }],
  options: [
    { flags: "--var <name=value>", summary: "Set a variable", repeatable: true },
    { flags: "--vars <file>", summary: "Read variables from a JSON file, `-` for standard input" },
    ...resolveOptions,
  ],
  examples: [
    {
      command: "promptsync render qualify-lead@production --var company=Acme",
      does: "the text a model would get",
    },
    {
      command: "promptsync render support-reply --tag locale=zh --vars case.json --json",
      does: "the Chinese variant, as messages",
    },
  ],
  async run(input: Input, context): Promise<Result> {
    const request = toRequest(input);
    const workspace = await context.workspace();
    const { catalog, whole } = await answeringFor(workspace, request, input.at, context);
    const { name, version } = resolve(catalog, request);
    const { prompt } = await readResolved(workspace, catalog, { name, version });
    const library = await readIncludes(workspace, async () => [await whole()], [prompt]);
    assertClosure(prompt, library);
    const variables = {
      ...(await variablesFile(input.vars, context)),
      ...valuesFromTexts(prompt, pairs(input.var, "--var")),
    };
    const rendered = renderPrompt(prompt, {
      variables,
      tags: request.tags ?? {},
      undefined: workspace.config.undefined,
      limits: renderLimits(workspace.config.engine),
      template: templateOptions(workspace.config.engine, library.load),
    });
    return { name, version, text: rendered.text, messages: rendered.messages };
  },
  text: ({ text }) => text,
});

async function variablesFile(file: string | undefined, context: Context): Promise<JsonObject> {
  if (file === undefined) return {};
  const name = file === "-" ? "standard input" : file;
  const text =
    file === "-" ? await context.stdin() : await readText(resolvePath(context.directory, file), file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const hint = 'write one JSON object, such as {"company": "Acme"}';
    throw new PromptSyncError("USAGE", `\`${name}\` is no JSON: ${(cause as Error).message}`, {
      hint,
      cause,
    });
  }
  if (isJsonObject(value)) return value;
  throw new PromptSyncError("USAGE", `\`${name}\` holds no JSON object`, {
    hint: 'write one JSON object, such as {"company": "Acme"}',
  });
}

async function readText(path: string, shown: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new PromptSyncError("FILE_NOT_FOUND", `\`${shown}\` cannot be read (${code ?? "unknown"})`, {
      hint: "check the path after `--vars`; `-` reads standard input",
      cause,
    });
  }
}

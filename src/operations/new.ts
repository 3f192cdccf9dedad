import { newestVersion } from "../core/catalog.js";
import { PromptSyncError } from "../core/errors.js";
import { checkName } from "../core/name.js";
import { draftFormats, type DraftFormat } from "../core/prompt-file/read-draft.js";
import { draftText } from "../plans/draft-text.js";
import { operation } from "./operation.js";

interface Input {
  readonly name: string;
  readonly group?: string;
  readonly format?: DraftFormat;
}

interface Result {
  readonly path: string;
}

export default operation({
  description: "A prompt that has versions already is copied from its newest one, ready to be edited.",
  arguments: [{ name: "<name>", summary: "The prompt's name, such as `qualify-lead`" }],
  options: [
    { flags: "--group <group>", summary: "Put it into this folder of prompts/" },
    {
      flags: "--format <format>",
      summary: "Write this kind of file (default: md)",
      choices: [...draftFormats],
    },
  ],
  examples: [
    { command: "promptsync new qualify-lead --group task", does: "write prompts/task/qualify-lead.md" },
    {
      command: "promptsync new greeting --format txt",
      does: "a draft that is the template and nothing else",
    },
  ],
  async run({ name, group, format = "md" }: Input, context): Promise<Result> {
    checkName("prompt", name);
    const folders = group === undefined || group === "" ? [] : group.split("/");
    for (const folder of folders) checkName("group", folder);
    const workspace = await context.workspace();
    const existing = workspace.drafts().find((draft) => draft.name === name);
    if (existing !== undefined) {
      throw new PromptSyncError("FILE_EXISTS", `\`${existing.file}\` is a draft of \`${name}\` already`, {
        hint: "edit it, or remove it first",
        file: existing.file,
      });
    }
    const prompt = (await workspace.catalog()).prompts.get(name);
    const newest = prompt === undefined ? undefined : newestVersion(prompt);
    const [read] = newest === undefined ? [] : await workspace.readVersions([{ ...newest, name }]);
    const place =
      group === undefined && prompt !== undefined && prompt.group !== "" ? prompt.group.split("/") : folders;
    const path = [workspace.config.drafts, ...place, `${name}.${format}`].join("/");
    await workspace.createFiles([{ path, text: draftText(name, format, read?.prompt) }]);
    return { path };
  },
  text: ({ path }, style, { name }) =>
    `${style.green("+")} ${path}\n${style.dim(`edit it, then \`promptsync push ${name}\``)}`,
});

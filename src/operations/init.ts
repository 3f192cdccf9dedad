import { initFiles } from "../plans/init-files.js";
import { operation } from "./operation.js";

interface Result {
  readonly created: readonly string[];
}

export default operation({
  description: "Makes what is missing and never overwrites a file. Nothing is committed.",
  examples: [
    { command: "promptsync init", does: "make the folders, the settings and one example" },
    { command: "promptsync init -C ../other-repository", does: "the same somewhere else" },
  ],
  async run(_input: object, context): Promise<Result> {
    const workspace = await context.workspace();
    return { created: await workspace.createFiles(initFiles(workspace.config), { keepExisting: true }) };
  },
  text({ created }, style) {
    if (created.length === 0) return "nothing to do: everything is there";
    return [
      ...created.map((path) => `${style.green("+")} ${path}`),
      "",
      "next:",
      `  promptsync push --alias dev     ${style.dim("turn the drafts in prompts/ into versions")}`,
      `  promptsync render welcome@dev --var name=Ada`,
    ].join("\n");
  },
});

import {
  attributesFile,
  hookFile,
  hookManagers,
  initFiles,
  mergeAttribute,
  mergeSettings,
  workflowFile,
} from "../plans/init-files.js";
import type { Workspace } from "../store/workspace.js";
import { stateFileName } from "../core/layout.js";
import { operation, type Context } from "./operation.js";

interface Input {
  readonly hooks?: boolean;
  readonly github?: boolean;
}

interface Result {
  readonly created: readonly string[];
  /** The git settings that were set: nothing else in the repository's configuration changes. */
  readonly configured: readonly string[];
}

export default operation({
  description: "Makes what is missing and never overwrites a file. Nothing is committed.",
  options: [
    {
      flags: "--hooks",
      summary:
        "Make a pre-commit hook, or say what to add to yours, and have git merge promptsync.yaml on its values",
    },
    { flags: "--github", summary: "Make a workflow that checks pull requests" },
  ],
  examples: [
    { command: "promptsync init", does: "make the folders, the settings and one example" },
    { command: "promptsync init --hooks --github", does: "and have every commit and pull request checked" },
  ],
  async run({ hooks, github }: Input, context): Promise<Result> {
    const workspace = await context.workspace();
    const { config } = workspace;
    const isNew = !workspace.exists(`${config.registry}/${stateFileName}`);
    const files = [
      ...initFiles(config, { mergesByValue: hooks === true, withExample: isNew }),
      ...(github === true ? [workflowFile(context.toolVersion)] : []),
    ];
    const created = await workspace.createFiles(files, { keepExisting: true });
    if (hooks !== true) return { created, configured: [] };
    const hook = await makeHook(workspace, context.note);
    return {
      created: [...created, ...hook],
      configured: await mergeByValue(workspace, created, context.note),
    };
  },
  text({ created, configured }, style) {
    if (created.length + configured.length === 0) return "nothing to do: everything is there";
    const made = [
      ...created.map((path) => `${style.green("+")} ${path}`),
      ...configured.map((key) => `${style.green("+")} git config ${key}`),
    ];
    if (!created.some((path) => path.endsWith("/welcome.md"))) return made.join("\n");
    return [
      ...made,
      "",
      "next:",
      `  promptsync push --alias dev     ${style.dim("turn the drafts in prompts/ into versions")}`,
      `  promptsync render welcome@dev --var name=Ada`,
    ].join("\n");
  },
});

/** Makes the hook, unless the repository has a hook manager or a hook already: then the user is told what to add. */
async function makeHook(workspace: Workspace, note: Context["note"]): Promise<readonly string[]> {
  const manager = Object.entries(hookManagers).find(([file]) => workspace.exists(file));
  if (manager !== undefined) {
    const [file, snippet] = manager;
    note(`this repository has \`${file}\`; add this to it:\n${snippet}`);
    return [];
  }
  const made = await workspace.createHook(hookFile);
  if (made === null)
    note(
      `there is a pre-commit hook already; add this to it:\n${hookFile.text.split("\n").slice(2).join("\n").trim()}`,
    );
  return made === null ? [] : [made];
}

/** Tells git to merge the rollout state on its values; an attributes file that is there is the user's to change. */
async function mergeByValue(
  workspace: Workspace,
  created: readonly string[],
  note: Context["note"],
): Promise<readonly string[]> {
  const file = attributesFile(workspace.config.registry);
  if (!created.includes(file) && !workspace.text(file)?.includes(mergeAttribute.trim()))
    note(`\`${file}\` is there already; add this line to it:\n${mergeAttribute.trim()}`);
  return workspace.configureGit(mergeSettings);
}

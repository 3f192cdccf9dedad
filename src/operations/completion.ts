import { PromptSyncError } from "../core/errors.js";
import type { Grammar } from "./completion/grammar.js";
import { operation } from "./operation.js";

/** The shells that have a generator, by name. */
const generators: Readonly<Record<string, () => Promise<(grammar: Grammar) => string>>> = {
  bash: async () => (await import("./completion/bash.js")).bashScript,
  zsh: async () => (await import("./completion/zsh.js")).zshScript,
  fish: async () => (await import("./completion/fish.js")).fishScript,
};

interface Result {
  readonly shell: string;
  readonly script: string;
}

export default operation({
  arguments: [{ name: "<shell>", summary: "bash, zsh or fish" }],
  examples: [
    {
      command: "source <(promptsync completion bash)",
      does: "complete in this bash; for every bash, put it in ~/.bashrc",
    },
    {
      command: "promptsync completion zsh > ~/.zfunc/_promptsync",
      does: "complete in zsh, with ~/.zfunc in $fpath",
    },
    {
      command: "promptsync completion fish > ~/.config/fish/completions/promptsync.fish",
      does: "complete in fish",
    },
  ],
  async run({ shell }: { readonly shell: string }): Promise<Result> {
    const load = Object.hasOwn(generators, shell) ? generators[shell] : undefined;
    if (!load) {
      throw new PromptSyncError("USAGE", `there is no completion for \`${shell}\``, {
        hint: `choose one of ${Object.keys(generators).join(", ")}`,
      });
    }
    const [{ operations }, { readGrammar }] = await Promise.all([
      import("./index.js"),
      import("./completion/grammar.js"),
    ]);
    const generate = await load();
    return { shell, script: generate(await readGrammar(operations)) };
  },
  text: ({ script }) => script,
});

import { operation } from "./operation.js";

export default operation<{ shell: string }, { script: string }>({
  arguments: [{ name: "<shell>", summary: "bash, zsh or fish" }],
  examples: [
    { command: "source <(promptsync completion bash)", does: "Complete in this bash" },
    {
      command: "promptsync completion fish > ~/.config/fish/completions/promptsync.fish",
      does: "Complete in every fish",
    },
  ],
  run: async ({ shell }) => ({ script: shell }),
  text: ({ script }) => script,
});

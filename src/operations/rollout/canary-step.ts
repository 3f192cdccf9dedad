import { canaryAct } from "./canary-act.js";

export default canaryAct(
  "step",
  [
    {
      command: "promptsync canary step qualify-lead --alias production",
      does: "go on to the next percentage",
    },
    {
      command: "promptsync canary step qualify-lead --alias production --dry-run",
      does: "show the next percentage",
    },
  ],
  "Raises the percentage to the next step: those of `--steps`, or 1, 10, 50 and 100.",
);

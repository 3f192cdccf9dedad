import { canaryAct } from "./canary-act.js";

export default canaryAct(
  "resume",
  [
    {
      command: "promptsync canary resume qualify-lead --alias production",
      does: "serve the version on trial again",
    },
    {
      command: 'promptsync canary resume qualify-lead --alias production --reason "false alarm"',
      does: "and say why",
    },
  ],
  "The users who had the version on trial before the pause get it again.",
);

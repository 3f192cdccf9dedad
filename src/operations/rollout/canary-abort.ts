import { canaryAct } from "./canary-act.js";

export default canaryAct(
  "abort",
  [
    {
      command: "promptsync canary abort qualify-lead --alias production",
      does: "give the version on trial up",
    },
    {
      command: 'promptsync canary abort qualify-lead --alias production --reason "answers too long"',
      does: "and say why",
    },
  ],
  "The canary ends, and everybody gets the version of the alias.",
);

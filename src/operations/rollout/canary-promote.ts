import { canaryAct } from "./canary-act.js";

export default canaryAct(
  "promote",
  [
    {
      command: "promptsync canary promote qualify-lead --alias production",
      does: "let everybody have the version",
    },
    {
      command: 'promptsync canary promote qualify-lead --alias production --reason "no complaints in a week"',
      does: "and say why",
    },
  ],
  "The alias serves the version on trial to everybody, and the canary ends.",
);

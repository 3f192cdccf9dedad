import { canaryAct } from "./canary-act.js";

export default canaryAct(
  "pause",
  [
    {
      command: "promptsync canary pause qualify-lead --alias production",
      does: "stop serving the version on trial",
    },
    {
      command: 'promptsync canary pause qualify-lead --alias production --reason "complaints about the tone"',
      does: "and say why",
    },
  ],
  "Everybody gets the version of the alias until `canary resume`; the percentage stays noted.",
);

import type { JsonObject } from "../json.js";
import { schema as bundle } from "./validators/bundle-schema.js";
import { schema as config } from "./validators/config-schema.js";
import { schema as prompt } from "./validators/prompt-schema.js";
import { schema as state } from "./validators/state-schema.js";

/** The schemas of what users write, as data; each is made when it is first asked for. */
export const contracts: Readonly<Record<"bundle" | "config" | "prompt" | "state", JsonObject>> = {
  get bundle() {
    return bundle() as JsonObject;
  },
  get config() {
    return config() as JsonObject;
  },
  get prompt() {
    return prompt() as JsonObject;
  },
  get state() {
    return state() as JsonObject;
  },
};

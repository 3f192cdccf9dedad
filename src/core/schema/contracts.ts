import type { JsonObject } from "../json.js";
import * as bundle from "./validators/bundle-schema.js";
import * as config from "./validators/config-schema.js";
import * as prompt from "./validators/prompt-schema.js";
import * as state from "./validators/state-schema.js";

/** The schemas of what users write, as data. */
export const contracts: Readonly<Record<"bundle" | "config" | "prompt" | "state", JsonObject>> = {
  bundle: bundle.schema as unknown as JsonObject,
  config: config.schema as unknown as JsonObject,
  prompt: prompt.schema as unknown as JsonObject,
  state: state.schema as unknown as JsonObject,
};

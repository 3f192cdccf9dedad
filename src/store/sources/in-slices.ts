import type { Steps } from "../../core/steps.js";
import { setImmediate } from "node:timers/promises";

/** How long one slice of work holds up the others, in ms. */
const budget = 1;

/** Takes every step of some work, and lets others have their turn whenever a slice of it took its time. */
export async function inSlices<Result>(steps: Steps<Result>, signal?: AbortSignal): Promise<Result> {
  for (let start = performance.now(); ;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (performance.now() - start < budget) continue;
    await setImmediate();
    signal?.throwIfAborted();
    start = performance.now();
  }
}

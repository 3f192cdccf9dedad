/** `promptsync/openfeature`: prompts as flags of OpenFeature. Needs `@openfeature/server-sdk`. */
import {
  ErrorCode,
  OpenFeatureEventEmitter,
  ProviderEvents,
  StandardResolutionReasons,
  type EvaluationContext,
  type JsonValue,
  type Provider,
  type ResolutionDetails,
} from "@openfeature/server-sdk";
import { partsOfId } from "../prompt-id.js";
import type { PromptManager } from "../prompt-manager.js";
import type { PromptOptions } from "../prompt-options.js";
import type { ServedPrompt } from "../served-prompt.js";
import { callOf, variablesOf } from "./context.js";
import { errorOf } from "./errors.js";

/** What the provider needs of a manager. */
type Prompts = Pick<PromptManager, "getPrompt" | "prefetch" | "on">;

type Ask = (reference: string, options: PromptOptions) => Promise<ServedPrompt>;

/**
 * A server provider: the flag key is a reference (`welcome`, `welcome@production`), the variant is the version that is
 * served. A string is the rendered text; an object is the prompt with its model, settings and messages.
 *
 * Of the evaluation context, `targetingKey` is the key of canaries; `tenant`, `flags`, `tags`, `scopes` and `variables`
 * are what `getPrompt` and `format` take. Other attributes are not looked at.
 */
export class PromptSyncProvider implements Provider {
  readonly metadata = { name: "promptsync" } as const;
  readonly runsOn = "server";
  readonly events = new OpenFeatureEventEmitter();
  readonly #prompts: Prompts;
  /** Flag keys are known at run time only, whatever names the types of the application know. */
  readonly #ask: Ask;
  #subscriptions: readonly (() => void)[] = [];

  constructor(prompts: Prompts) {
    this.#prompts = prompts;
    this.#ask = prompts.getPrompt as Ask;
  }

  /** Reads the registry; the SDK then says that the provider is ready, or failed. */
  async initialize(): Promise<void> {
    await this.onClose(); // it may have been tried before
    const { events } = this;
    this.#subscriptions = [
      this.#prompts.on("change", () => {
        events.emit(ProviderEvents.ConfigurationChanged, {});
      }),
      this.#prompts.on("stale", () => {
        events.emit(ProviderEvents.Stale, { message: "the source cannot be read" });
      }),
      this.#prompts.on("live", () => {
        events.emit(ProviderEvents.Ready, {});
      }),
    ];
    await this.#prompts.prefetch();
  }

  /** Ends the subscriptions; the manager belongs to whoever made it. */
  onClose(): Promise<void> {
    for (const end of this.#subscriptions) end();
    return Promise.resolve();
  }

  /** The rendered text of a prompt. */
  resolveStringEvaluation(
    flagKey: string,
    defaultValue: string,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<string>> {
    return this.#resolve(flagKey, defaultValue, context, (prompt) => prompt.format(variablesOf(context)));
  }

  /** `{ name, version, model, config, messages }`; model and config are null where the version has none. */
  resolveObjectEvaluation<T extends JsonValue>(
    flagKey: string,
    defaultValue: T,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<T>> {
    return this.#resolve(flagKey, defaultValue, context, (prompt) => {
      const { model = null, config = null } = prompt;
      const messages = prompt.messages(variablesOf(context)).map(({ role, content }) => ({ role, content }));
      return { ...partsOfId(prompt.id), model, config, messages } as unknown as T;
    });
  }

  /** Always `TYPE_MISMATCH`: a prompt is no boolean. */
  resolveBooleanEvaluation(flagKey: string, defaultValue: boolean): Promise<ResolutionDetails<boolean>> {
    return mismatch(flagKey, defaultValue);
  }

  /** Always `TYPE_MISMATCH`: a prompt is no number. */
  resolveNumberEvaluation(flagKey: string, defaultValue: number): Promise<ResolutionDetails<number>> {
    return mismatch(flagKey, defaultValue);
  }

  async #resolve<T>(
    flagKey: string,
    defaultValue: T,
    context: EvaluationContext,
    valueOf: (prompt: ServedPrompt) => T,
  ): Promise<ResolutionDetails<T>> {
    try {
      const prompt = await this.#ask(flagKey, callOf(context));
      return { value: valueOf(prompt), ...detailsOf(prompt) };
    } catch (error) {
      return { value: defaultValue, reason: StandardResolutionReasons.ERROR, ...errorOf(error) };
    }
  }
}

function detailsOf({ id, explanation }: ServedPrompt): Omit<ResolutionDetails<unknown>, "value"> {
  const { version, reason, rule, arm, catalog, source } = explanation;
  const { commit } = catalog;
  const known = { promptId: id, reason, source, rule, arm, commit, version: commit };
  return {
    // A stale snapshot may be out of date: that matters more to a reader than why it chose; the metadata has both.
    reason: source === "stale" ? StandardResolutionReasons.STALE : reason,
    ...(version === null ? {} : { variant: version }),
    flagMetadata: Object.fromEntries(
      Object.entries(known).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    ),
  };
}

function mismatch<T>(flagKey: string, value: T): Promise<ResolutionDetails<T>> {
  return Promise.resolve({
    value,
    reason: StandardResolutionReasons.ERROR,
    errorCode: ErrorCode.TYPE_MISMATCH,
    errorMessage: `\`${flagKey}\` is a prompt: ask for a string or an object`,
  });
}

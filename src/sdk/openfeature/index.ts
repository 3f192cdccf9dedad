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
import { partsOfId, type PromptCall, type ServedPrompt } from "../served-prompt.js";
import { callOf, variablesOf } from "./context.js";
import { errorOf } from "./errors.js";

/** What the provider needs of a `PromptManager`. */
export interface PromptSource {
  readonly getPrompt: (reference: string, call: PromptCall) => Promise<ServedPrompt>;
  /** Resolves when prompts can be served. */
  readonly ready?: () => Promise<unknown>;
  /** Calls back after the registry changed, or could not be reached; returns what ends that. */
  readonly onChange?: (listener: (change: SourceChange) => void) => () => void;
}

/** What happened to the source of prompts. */
export interface SourceChange {
  /** True when the last good snapshot is served because the source cannot be reached. */
  readonly stale?: boolean;
  /** The prompts that changed, where they are known. */
  readonly prompts?: readonly string[];
}

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
  readonly #source: PromptSource;
  #unsubscribe: (() => void) | undefined;

  constructor(source: PromptSource) {
    this.#source = source;
  }

  /** Waits for the source; the SDK then says that the provider is ready, or failed. */
  async initialize(): Promise<void> {
    await this.#source.ready?.();
    let isStale = false;
    this.#unsubscribe = this.#source.onChange?.(({ stale = false, prompts }) => {
      if (stale) this.events.emit(ProviderEvents.Stale, { message: "the source cannot be reached" });
      else if (isStale) this.events.emit(ProviderEvents.Ready);
      isStale = stale;
      if (stale) return;
      this.events.emit(
        ProviderEvents.ConfigurationChanged,
        prompts === undefined ? {} : { flagsChanged: [...prompts] },
      );
    });
  }

  /** Ends the subscription; the source itself belongs to whoever made it. */
  onClose(): Promise<void> {
    this.#unsubscribe?.();
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
      const prompt = await this.#source.getPrompt(flagKey, callOf(context));
      return { value: valueOf(prompt), ...detailsOf(prompt) };
    } catch (error) {
      return { value: defaultValue, reason: StandardResolutionReasons.ERROR, ...errorOf(error) };
    }
  }
}

function detailsOf({ id, explanation }: ServedPrompt): Omit<ResolutionDetails<unknown>, "value"> {
  const { version, reason, rule, arm, catalog, source } = explanation;
  const known = {
    promptId: id,
    reason,
    source,
    rule,
    arm,
    commit: catalog?.commit,
    version: catalog?.commit,
  };
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

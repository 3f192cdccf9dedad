import type { ServedEvent } from "../core/telemetry/event.js";
import type { Untimed } from "./telemetry/reporter.js";
import { partsOfId } from "./prompt-id.js";
import type { ServedPrompt } from "./served-prompt.js";

/** How a version did, as the application measured it. */
export interface MetricsReport {
  /** The prompt that was served; says more than the id alone. */
  readonly prompt?: ServedPrompt;
  /** `name@version`, where only the id is at hand. */
  readonly promptId?: string;
  /** Such as `{ success: true, latency_ms: 250, cost_usd: 0.002 }`. */
  readonly metrics: Readonly<Record<string, unknown>>;
}

type Way = Pick<ServedEvent, "alias" | "arm">;

const most = 10_000; // ids; the oldest are forgotten first

/** Tells what was served, and keeps in mind how, so that measurements which come with an id alone find their arm. */
export class Usage {
  readonly #ways = new Map<string, Way>();

  constructor(readonly project: () => string | null) {}

  /** The event for an answer. */
  served({ id, name, digest, variant, explanation }: ServedPrompt, tenant: string | null): Untimed {
    const { version, alias, reason, rule, arm, bucket, catalog, source } = explanation;
    this.#remember(id, { alias, arm });
    return {
      event: "served",
      project: this.project(),
      ...{
        prompt: name,
        version,
        digest,
        alias,
        reason,
        rule,
        arm,
        bucket,
        variant,
        tenant,
        catalog,
        source,
      },
    };
  }

  /** The event for measurements. Those that name no version hold nothing, so that the reporter counts them as refused. */
  measured(report: MetricsReport): Untimed {
    try {
      return this.#measured(report);
    } catch {
      return this.#measured({ metrics: {} }); // no report at all, or one whose getters throw
    }
  }

  #measured({ prompt, promptId, metrics: given }: MetricsReport): Untimed {
    const id = prompt?.id ?? promptId ?? "";
    const { name, version } = partsOfId(id);
    const metrics = version === null ? undefined : given;
    const way = prompt?.explanation ?? this.#ways.get(id);
    const { alias = null, arm = null } = way ?? {};
    const facts = { id, prompt: name, version: version ?? "", arm, alias, metrics };
    return { event: "metrics", project: this.project(), ...facts };
  }

  /** A version that is served in more than one way has none that could be told from its id. */
  #remember(id: string, way: Way): void {
    const known = this.#ways.get(id);
    if (known !== undefined) {
      if (known.alias !== way.alias || known.arm !== way.arm) this.#ways.set(id, { alias: null, arm: null });
      return;
    }
    const [oldest] = this.#ways.keys();
    if (this.#ways.size >= most && oldest !== undefined) this.#ways.delete(oldest);
    this.#ways.set(id, way);
  }
}

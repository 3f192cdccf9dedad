/** `promptsync/otel`: prompts in traces and metrics of OpenTelemetry. Needs `@opentelemetry/api`. */
import { metrics, trace, type Attributes, type Meter, type Span } from "@opentelemetry/api";
import type { MetricsEvent, ServedEvent } from "../../core/telemetry/event.js";
import { partsOfId } from "../prompt-id.js";
import type { ServedPrompt } from "../served-prompt.js";
import type { Sink } from "../telemetry/sink.js";

export type { Sink } from "../telemetry/sink.js";

/** Where a sink writes; what is left out is the global provider's. */
export interface OtelOptions {
  readonly meter?: Meter;
}

/** The attributes of a span that calls a model with this prompt: `gen_ai.prompt.name` and `gen_ai.prompt.version`. */
export function promptAttributes({ id }: Pick<ServedPrompt, "id">): Attributes {
  const { name, version } = partsOfId(id);
  return spanAttributes(name, version);
}

/** Says on a span which prompt it used; without a span, on the active one, if there is one. */
export function markSpan(
  prompt: Pick<ServedPrompt, "id">,
  span: Span | undefined = trace.getActiveSpan(),
): void {
  span?.setAttributes(promptAttributes(prompt));
}

/**
 * Makes a sink for a reporter. A served prompt is said on the active span: its name and version as attributes, and the
 * decision as the event `feature_flag.evaluation` (OpenTelemetry semantic conventions 1.45; a span event, because the API
 * has no logger yet). Counts, durations and cost go to instruments of the meter, by prompt, version and arm.
 */
export function otelSink({ meter = metrics.getMeter("promptsync") }: OtelOptions = {}): Sink {
  const served = meter.createCounter("promptsync.prompt.served", {
    description: "Prompts that were served",
    unit: "{prompt}",
  });
  const duration = meter.createHistogram("promptsync.prompt.duration", {
    description: "Time of calls that used the prompt",
    unit: "s",
  });
  const cost = meter.createCounter("promptsync.prompt.cost", {
    description: "Cost of calls that used the prompt, in US dollars",
    unit: "{USD}",
  });
  return {
    immediate: true, // the active span is the caller's
    write: (events) => {
      for (const event of events) {
        if (event.event === "served") {
          markServed(event);
          served.add(1, instrumentAttributes(event));
        } else measure(event);
      }
    },
  };

  function measure(event: MetricsEvent): void {
    const { latency_ms: latency, cost_usd: dollars } = event.metrics;
    const attributes = instrumentAttributes(event);
    if (typeof latency === "number" && latency >= 0) duration.record(latency / 1000, attributes);
    if (typeof dollars === "number" && dollars >= 0) cost.add(dollars, attributes);
  }
}

function markServed(event: ServedEvent): void {
  const span = trace.getActiveSpan();
  if (span === undefined) return;
  span.setAttributes(spanAttributes(event.prompt, event.version));
  span.addEvent("feature_flag.evaluation", evaluationAttributes(event));
}

function spanAttributes(name: string, version: string | null): Attributes {
  return { "gen_ai.prompt.name": name, ...(version === null ? {} : { "gen_ai.prompt.version": version }) };
}

/** The registry's `feature_flag.*` names; what PromptSync knows beyond them has a name of its own. */
function evaluationAttributes(event: ServedEvent): Attributes {
  const { prompt, version, reason, project, catalog, rule, arm, source } = event;
  return {
    "feature_flag.key": prompt,
    "feature_flag.provider.name": "promptsync",
    "feature_flag.result.reason": reason.toLowerCase(),
    ...(version === null ? {} : { "feature_flag.result.variant": version }),
    ...(project === null ? {} : { "feature_flag.set.id": project }),
    ...(catalog.commit === null ? {} : { "feature_flag.version": catalog.commit }),
    "promptsync.rule": rule,
    "promptsync.source": source,
    ...(arm === null ? {} : { "promptsync.arm": arm }),
  };
}

function instrumentAttributes({ prompt, version, arm }: ServedEvent | MetricsEvent): Attributes {
  return { ...spanAttributes(prompt, version), ...(arm === null ? {} : { "promptsync.arm": arm }) };
}

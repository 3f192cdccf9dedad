import { OpenFeature, ProviderEvents, type Client } from "@openfeature/server-sdk";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PromptSyncProvider } from "../../src/sdk/openfeature/index.js";
import { PromptManager } from "../../src/sdk/prompt-manager.js";
import { stateText } from "../core/registry.js";
import { memorySource, testClock } from "./memory-source.js";

const state = stateText(`
project:
  default_alias: production
  on_missing_key: error
prompts:
  welcome:
    default: "1.0.0"
    aliases:
      production:
        serve: "1.0.0"
      beta:
        serve: "1.0.0"
        canary:
          serve: "1.1.0"
          percent: 50
          seed: welcome/beta/2026-11-02
          state: running
    tenants:
      acme:
        aliases:
          production:
            serve: "1.1.0"
    rules:
      short:
        when:
          flags:
            short: true
        serve: "1.1.0"
`);

const text = `---
name: welcome
version: "VERSION"
model: gpt-4o-mini
config:
  temperature: 0.2
input:
  schema:
    company: string
---
{% message role="system" %}Be kind.{% endmessage %}
{% message role="user" %}Welcome to {{ company }}.{% endmessage %}
`;

const variables = { company: "Acme" };

const files = (template = text) => ({
  "promptsync.yaml": state,
  ...Object.fromEntries(
    ["1.0.0", "1.1.0"].map((version) => [`welcome/${version}.md`, template.replace("VERSION", version)]),
  ),
});

function worldOf(template?: string) {
  const source = memorySource(files(template));
  const prompts = new PromptManager({ source, clock: testClock() });
  return { source, prompts, provider: new PromptSyncProvider(prompts) };
}

let world: ReturnType<typeof worldOf>;
let client: Client;
beforeEach(async () => {
  world = worldOf();
  await OpenFeature.setProviderAndWait(world.provider);
  client = OpenFeature.getClient();
});
afterEach(async () => {
  await OpenFeature.close();
  await world.prompts.close();
});

describe("a prompt as a flag", () => {
  test("is a string: the rendered text, and the version as variant", async () => {
    const details = await client.getStringDetails("welcome", "Hello.", { variables });
    expect(details).toMatchObject({
      flagKey: "welcome",
      variant: "1.0.0",
      reason: "STATIC",
      flagMetadata: { promptId: "welcome@1.0.0", rule: "alias", source: "live" },
    });
    expect(details.value).toContain("Welcome to Acme.");
    expect(details.errorCode).toBeUndefined();
  });

  test("is an object: version, model, settings and messages", async () => {
    expect(await client.getObjectValue("welcome@1.1.0", {}, { variables })).toEqual({
      name: "welcome",
      version: "1.1.0",
      model: "gpt-4o-mini",
      config: { temperature: 0.2 },
      messages: [
        { role: "system", content: "Be kind." },
        { role: "user", content: "Welcome to Acme." },
      ],
    });
  });

  test("is no boolean and no number", async () => {
    expect(await client.getBooleanDetails("welcome", true)).toMatchObject({
      value: true,
      reason: "ERROR",
      errorCode: "TYPE_MISMATCH",
    });
    expect((await client.getNumberDetails("welcome", 7)).errorCode).toBe("TYPE_MISMATCH");
  });
});

describe("the evaluation context", () => {
  test("gives the key, and both arms of a canary are SPLIT", async () => {
    const arms = new Map<unknown, unknown>();
    for (let user = 0; user < 20; user += 1) {
      const context = { targetingKey: `user-${user}`, variables };
      const { reason, variant, flagMetadata } = await client.getStringDetails("welcome@beta", "", context);
      expect(reason).toBe("SPLIT");
      arms.set(flagMetadata.arm, variant);
    }
    expect(Object.fromEntries(arms)).toEqual({ baseline: "1.0.0", candidate: "1.1.0" });
  });

  test("gives tenant and flags", async () => {
    const details = (context: object) => client.getStringDetails("welcome", "", { variables, ...context });
    expect(await details({ tenant: "acme" })).toMatchObject({ variant: "1.1.0", reason: "TARGETING_MATCH" });
    expect(await details({ flags: { short: true } })).toMatchObject({
      variant: "1.1.0",
      flagMetadata: { rule: "rule.short" },
    });
  });

  test("passes over what has another type, and attributes that it does not know", async () => {
    const details = await client.getStringDetails("welcome", "", {
      targetingKey: "",
      tenant: 7,
      flags: { short: new Date(), deep: { a: 1 } },
      tags: { locale: "en", count: 1 },
      scopes: ["chat"],
      email: "ada@example.com",
      variables,
    });
    expect(details).toMatchObject({ variant: "1.0.0", reason: "STATIC" });
  });
});

describe("what cannot be served is the default value and OpenFeature's word for why", () => {
  test.each([
    ["an unknown prompt", "wellcome", {}, "FLAG_NOT_FOUND"],
    ["an unknown alias", "welcome@nope", {}, "FLAG_NOT_FOUND"],
    ["an unknown version", "welcome@9.9.9", {}, "FLAG_NOT_FOUND"],
    ["a flag key that is no reference", "../etc/passwd", {}, "FLAG_NOT_FOUND"],
    ["a canary without a key", "welcome@beta", { variables }, "TARGETING_KEY_MISSING"],
    ["a missing variable", "welcome", {}, "INVALID_CONTEXT"],
    ["a variable of the wrong type", "welcome", { variables: { company: 7 } }, "INVALID_CONTEXT"],
  ])("%s", async (_, flagKey, context, errorCode) => {
    expect(await client.getStringDetails(flagKey, "Hello.", context)).toMatchObject({
      value: "Hello.",
      reason: "ERROR",
      errorCode,
    });
  });

  test("a template that does not parse", async () => {
    const { provider } = worldOf(text.replace("{{ company }}", "{{"));
    await OpenFeature.setProviderAndWait("broken", provider);
    const details = await OpenFeature.getClient("broken").getStringDetails("welcome", "", { variables });
    expect(details.errorCode).toBe("PARSE_ERROR");
  });

  test("a fault of somebody else, whose message is kept", async () => {
    const enrichers = [{ name: "burn", enrich: () => Promise.reject(new Error("disk on fire")) }];
    const prompts = new PromptManager({ source: world.source, enrichers });
    await OpenFeature.setProviderAndWait("faulty", new PromptSyncProvider(prompts));
    const details = await OpenFeature.getClient("faulty").getObjectDetails("welcome", { a: 1 });
    expect(details).toMatchObject({ value: { a: 1 }, errorCode: "GENERAL" });
    expect(details.errorMessage).toContain("disk on fire");
  });
});

describe("events", () => {
  test("tell of changes, of a source that is gone, and of its return", async () => {
    const heard: string[] = [];
    for (const event of [ProviderEvents.Stale, ProviderEvents.ConfigurationChanged])
      client.addHandler(event, () => heard.push(event));
    const refresh = () => world.prompts.refresh().catch(() => undefined);
    world.source.files = { ...files(), "promptsync.yaml": state.replace("percent: 50", "percent: 60") };
    await refresh();
    world.source.mood = "unreachable";
    await refresh();
    const stale = await client.getStringDetails("welcome", "", { variables });
    expect([stale.reason, client.providerStatus]).toEqual(["STALE", "STALE"]);
    expect(stale.flagMetadata.reason).toBe("STATIC");
    world.source.mood = "well";
    await refresh();
    expect(client.providerStatus).toBe("READY");
    await expect.poll(() => heard).toEqual(["PROVIDER_CONFIGURATION_CHANGED", "PROVIDER_STALE"]);
  });

  test("a source that never gets ready is an error of the provider", async () => {
    const { source, provider } = worldOf();
    source.mood = "unreachable";
    await expect(OpenFeature.setProviderAndWait("dead", provider)).rejects.toThrow("is gone");
    expect(OpenFeature.getClient("dead").providerStatus).toBe("ERROR");
  });

  test("closing ends the subscriptions, and leaves the manager to its owner", async () => {
    const heard: string[] = [];
    world.provider.events.addHandler(ProviderEvents.Stale, () => heard.push("stale"));
    await OpenFeature.close();
    world.source.mood = "unreachable";
    await expect(world.prompts.refresh()).rejects.toMatchObject({ code: "SOURCE_UNREACHABLE" });
    expect(heard).toEqual([]);
    expect((await world.prompts.getPrompt("welcome")).id).toBe("welcome@1.0.0");
  });
});

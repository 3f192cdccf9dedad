// Clients of hosted registries with one prompt in their cache, from servers of this process.
import { createServer } from "node:http";
import { peer } from "./peers.js";
import { body } from "./sdk-bundle.js";

/** `get` finds its prompt in the cache of @langfuse/client. */
export async function warmLangfuse() {
  const prompt = body.replaceAll("{{ ", "{{").replaceAll(" }}", "}}");
  const { baseUrl, stop } = await answering({
    ...{
      id: "1",
      name: "prompt-00007",
      version: 1,
      type: "text",
      prompt,
      config: {},
      labels: ["production"],
    },
    ...{ tags: [], projectId: "p", createdAt: "", updatedAt: "", createdBy: "" },
  });
  const { LangfuseClient } = await peer("@langfuse/client");
  const { prompt: prompts } = new LangfuseClient({ publicKey: "pk", secretKey: "sk", baseUrl });
  const get = () => prompts.get("prompt-00007", { label: "production", cacheTtlSeconds: 3_600 });
  await get();
  return { get, stop };
}

/** `pull` finds its prompt in the cache of langsmith. */
export async function warmLangsmith() {
  const { baseUrl, stop } = await answering({
    commit_hash: "abc",
    manifest: { template: body },
    examples: [],
  });
  const { Client } = await peer("langsmith");
  const client = new Client({ apiUrl: baseUrl, apiKey: "key", autoBatchTracing: false });
  const pull = () => client.pullPromptCommit("prompt-00007:production");
  await pull();
  return {
    pull,
    stop: () => {
      client.cleanup?.();
      stop();
    },
  };
}

/** A server that gives every request the same answer. */
async function answering(document) {
  const text = JSON.stringify(document);
  const server = createServer((_, response) => {
    response.setHeader("content-type", "application/json").end(text);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { baseUrl: `http://127.0.0.1:${server.address().port}`, stop };
}

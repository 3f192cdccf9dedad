// A web server that tells what a model would be asked, and how it went. Run it in a project with a registry:
//
//   PORT=3000 node http-server.js
//   curl 'localhost:3000/?name=Ada&user=user-1'
//   npx promptsync analytics
import { once } from "node:events";
import { createServer } from "node:http";
import { jsonlSink, PromptManager } from "promptsync";

const prompts = new PromptManager({ sinks: [jsonlSink({ file: ".promptsync/usage.jsonl" })] });

const server = createServer(async ({ url }, response) => {
  const { name, user: key } = Object.fromEntries(new URL(url, "http://localhost").searchParams);
  const started = performance.now();
  try {
    const prompt = await prompts.getPrompt("greet-user", { key, fallback: { text: "Greet {{ name }}." } });
    response.setHeader("prompt", prompt.id).end(prompt.format({ name })); // your call to the model goes here
    prompts.reportMetrics({ prompt, metrics: { success: true, latency_ms: performance.now() - started } });
  } catch (error) {
    response.writeHead(500).end(`${error.code}: ${error.message}\n`);
  }
});

await prompts.prefetch(); // a registry that cannot be read stops the start, not the first request
server.listen(process.env.PORT ?? 3000, "127.0.0.1");
await once(server, "listening");
console.log(`http://127.0.0.1:${server.address().port}`);

process.once("SIGTERM", async () => {
  server.close();
  await prompts.close(); // writes the events that wait
});

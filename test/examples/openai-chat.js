// Calls a model in the shape of OpenAI's chat completions. Here a stub answers; `new OpenAI()` takes its place.
import { PromptManager } from "promptsync";

const openai = {
  chat: {
    completions: { create: async (request) => ({ request, choices: [{ message: { content: "…" } }] }) },
  },
};

const prompts = new PromptManager();

/** Asks the model what a prompt says, with the settings and the answer's schema of the version that is served. */
async function ask(name, variables, options) {
  const prompt = await prompts.getPrompt(name, options);
  const { temperature, max_output_tokens: max_completion_tokens } = prompt.config;
  const { schema, strict } = prompt.output;
  return openai.chat.completions.create({
    model: prompt.model ?? "gpt-4o-mini",
    messages: prompt.messages(variables),
    temperature,
    max_completion_tokens,
    response_format: schema && { type: "json_schema", json_schema: { name: "answer", schema, strict } },
    metadata: prompts.createTrackingMetadata({ prompt, context: { feature: "help-widget" } }),
  });
}

const reply = await ask("support-agent", { company: "Northwind", question: "How do I reset my password?" });
const triage = await ask("triage-ticket", { subject: "two charges", body: "I see two payments for March." });
for (const { request, choices } of [reply, triage])
  console.log(JSON.stringify({ ...request, answer: choices[0].message.content }));

await prompts.close();

// A function in the cloud. It ships with one file and needs neither git nor a disk that can be written:
//
//   promptsync export --all --format bundle --out prompts.json
import { PromptManager } from "promptsync";

// Made once for each instance, so that only its first call reads the bundle.
const prompts = new PromptManager({ source: { bundle: process.env.PROMPTS ?? "prompts.json" } });

export async function handler({ body }) {
  const { tenant, user, ...ticket } = JSON.parse(body);
  try {
    const prompt = await prompts.getPrompt("triage-ticket", { tenant, key: user });
    return answer(200, { id: prompt.id, rule: prompt.explanation.rule, text: prompt.format(ticket) });
  } catch (error) {
    return answer(error.code === "VARIABLE_INVALID" ? 400 : 500, {
      code: error.code,
      message: error.message,
    });
  }
}

const answer = (statusCode, value) => ({
  statusCode,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});

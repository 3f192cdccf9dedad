import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { createDesk, type Desk } from "../support/desk.js";

// The examples as a user runs them: whole programs, the built package, a project with our example registry.

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const { NODE_OPTIONS: _, ...environment } = process.env;

let desk: Desk;
beforeAll(() => {
  desk = createDesk();
  cpSync(pathOf("../../prompt-templates"), desk.path("prompt-templates"), { recursive: true });
  desk.commit("our prompts");
});

test("a web server serves a prompt, and its usage log says how it went", async () => {
  const env = { ...environment, PORT: "0" };
  const server = spawn(process.execPath, [pathOf("http-server.js")], { cwd: desk.directory, env });
  const exited = once(server, "exit");
  const [address] = (await once(server.stdout, "data")) as [Buffer];
  for (const query of ["?name=Ada&user=user-1", ""]) {
    const response = await fetch(`${String(address).trim()}/${query}`);
    expect(response.headers.get("prompt")).toBe("greet-user@1.1.0");
    expect(await response.text()).toContain(query === "" ? "without one" : "The user is called Ada.");
  }
  server.kill("SIGTERM");
  expect(await exited).toEqual([0, null]);

  const { usage } = await desk.ask<{ usage: object[] }>("analytics greet-user");
  expect(usage).toMatchObject([{ prompt: "greet-user", version: "1.1.0", served: 2 }]);
});

test("a function in the cloud needs a bundle, and no git", async () => {
  await desk.done("export --all --format bundle --out ../prompts.json");
  const answers = [{ body: "I see two payments." }, {}].map((ticket) => {
    const event = { body: JSON.stringify({ user: "user-1", subject: "two charges", ...ticket }) };
    const script = `
      import { handler } from ${JSON.stringify(pathToFileURL(pathOf("serverless.js")).href)};
      const { statusCode, body } = await handler(${JSON.stringify(event)});
      console.log(JSON.stringify({ statusCode, ...JSON.parse(body) }));`;
    return printed(["--input-type=module", "--eval", script], { cwd: desk.root, PATH: "" });
  });
  const text = expect.stringContaining("two payments") as string;
  expect(answers).toMatchObject([
    [{ statusCode: 200, id: "triage-ticket@1.1.0", rule: "alias", text }],
    [{ statusCode: 400, code: "VARIABLE_INVALID" }],
  ]);
});

test("a call in the shape of OpenAI's has the messages, settings, schema and tags of what is served", () => {
  const [reply, triage] = printed([pathOf("openai-chat.js")], { cwd: desk.directory });
  expect(reply).toMatchObject({
    messages: [{ role: "system" }, { role: "user", content: "How do I reset my password?" }],
    temperature: 0.3,
    metadata: { "gen_ai.prompt.name": "support-agent", "gen_ai.prompt.version": "1.1.1" },
  });
  expect(triage).toMatchObject({
    messages: [{ role: "user" }],
    max_completion_tokens: 200,
    response_format: { json_schema: { schema: { required: ["evidence", "category", "urgent"] } } },
  });
});

/** The JSON documents that a program prints, one a line. */
function printed(
  argv: readonly string[],
  { cwd, ...env }: Record<"cwd", string> & NodeJS.ProcessEnv,
): unknown[] {
  const options = { cwd, env: { ...environment, ...env }, encoding: "utf8" } as const;
  const { stdout, stderr, status } = spawnSync(process.execPath, argv, options);
  expect([stderr, status]).toEqual(["", 0]);
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
}

import { createServer as createHttpServer } from "node:http";
import { createServer, type AddressInfo, type Server } from "node:net";
import { afterAll, expect, test } from "vitest";
import { deskIn, type Desk } from "../support/desk.js";
import { makeScene } from "./scene.js";

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** A scene whose remote is at this address. */
function withRemote(url: string): Desk {
  const desk = deskIn(makeScene().sandbox);
  desk.git("remote", "add", "origin", url);
  return desk;
}

const line = "alias set dev welcome@2.0.0 --remote";

test("a remote that closes the connection at once ends with 4, and the commit is kept", async () => {
  const port = await listen(createServer((socket) => socket.destroy()));
  const desk = withRemote(`git://127.0.0.1:${String(port)}/shop.git`);
  const before = desk.head();
  const refusal = await desk.refusal(line);
  expect(refusal).toMatchObject({ code: "REMOTE_UNREACHABLE", exitCode: 4 });
  expect(desk.head("HEAD~1")).toBe(before);
  expect(refusal.message).toContain(desk.head()?.slice(0, 12));
});

test("a remote that wants a password asks nobody without a terminal", async () => {
  const server = createHttpServer((_request, response) => {
    response.writeHead(401, { "www-authenticate": 'Basic realm="shop"' }).end();
  });
  const desk = withRemote(`http://127.0.0.1:${String(await listen(server))}/shop.git`);
  desk.git("config", "credential.helper", "!false");
  const before = desk.head();
  const refusal = await desk.refusal(line);
  expect(refusal).toMatchObject({ code: "REMOTE_UNREACHABLE", exitCode: 4 });
  expect(refusal.hint).toMatch(/terminal prompts disabled|could not read Username/);
  expect(desk.head("HEAD~1")).toBe(before);
});

test("a refusal before anything was committed ends with 2 and commits nothing", async () => {
  const desk = withRemote("git://127.0.0.1:9/shop.git");
  desk.git("checkout", "--quiet", "--detach");
  const before = desk.head();
  expect(await desk.refusal(line)).toMatchObject({ code: "USAGE", exitCode: 2 });
  expect(desk.head()).toBe(before);
});

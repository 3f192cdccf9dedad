import { spawn, spawnSync } from "node:child_process";
import { createServer as createHttpServer } from "node:http";
import { createServer, type AddressInfo, type Server } from "node:net";
import { fileURLToPath } from "node:url";
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
function withRemote(url: string, { sandbox } = makeScene()): Desk {
  const desk = deskIn(sandbox);
  desk.git("remote", "add", "origin", url);
  return desk;
}

const line = "alias set dev welcome@2.0.0 --remote";

/** How to start a program where there is no network at all, not even to this machine. */
function withoutNetwork(): { readonly start: readonly string[]; readonly why: string } {
  let why = "";
  for (const more of [[], ["--map-root-user"]]) {
    const start = ["unshare", "--net", ...more];
    const { status, error, stderr } = spawnSync("unshare", [...start.slice(1), "true"], { encoding: "utf8" });
    if (status === 0) return { start, why: "" };
    why = error?.message ?? stderr;
  }
  return { start: [], why };
}

/** Serves the repositories of a folder to whoever may read and write; the port. */
function serve(folder: string): Promise<number> {
  const args = ["daemon", "--inetd", "--export-all", "--enable=receive-pack", `--base-path=${folder}`];
  return listen(
    createServer((socket) => {
      const daemon = spawn("git", args, { stdio: ["pipe", "pipe", "ignore"] });
      socket.pipe(daemon.stdin).on("error", () => undefined);
      daemon.stdout.pipe(socket).on("error", () => undefined);
    }),
  );
}

const bin = fileURLToPath(new URL("../../bin/promptsync.js", import.meta.url));

test("without a network the commit is kept and said to be not pushed, and the same line publishes it later", async (context) => {
  const { start, why } = withoutNetwork();
  context.skip(why !== "", `an empty network needs a namespace of its own: ${why}`);
  const [unshare = "", ...args] = start;
  const scene = makeScene();
  scene.sandbox.git("clone", "--quiet", "--bare", ".", "../shop.git");
  const desk = withRemote(`git://127.0.0.1:${String(await serve(scene.sandbox.root))}/shop.git`, scene);
  const type = (words: string) =>
    desk.run(unshare, [...args, process.execPath, bin, ...words.split(" "), "--json"]);
  const [before, status] = [desk.head(), desk.status()];

  for (const reading of ["list", "resolve welcome@dev", "validate"]) expect(type(reading).status).toBe(0);
  const { status: exitCode, stderr } = type(line);
  const { error } = JSON.parse(stderr) as { error: { code: string; message: string; hint: string } };
  expect({ exitCode, code: error.code }).toEqual({ exitCode: 4, code: "REMOTE_UNREACHABLE" });
  const kept = desk.head() ?? "";
  expect(error.message).toContain(kept.slice(0, 12));
  expect(error.hint).toContain("Network is unreachable");
  expect([desk.head("HEAD~1"), desk.status()]).toEqual([before, status]);

  await desk.done(line);
  expect([desk.head(), scene.sandbox.in("../shop.git").head("main")]).toEqual([kept, kept]);
});

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

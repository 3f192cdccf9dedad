import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** Answers on a port of this machine until the test ends; the address, with a slash at its end. */
export async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
}

/** Serves a folder with ETags, and notes what was asked for: `200 /index.json`. */
export function serving(folder: string): { readonly listener: RequestListener; readonly asked: string[] } {
  const asked: string[] = [];
  const listener: RequestListener = (request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const file = join(folder, path);
    const bytes = existsSync(file) ? readFileSync(file) : undefined;
    const hash = createHash("sha256").update(bytes ?? "");
    const etag = `"${hash.digest("hex")}"`;
    const status = bytes === undefined ? 404 : request.headers["if-none-match"] === etag ? 304 : 200;
    asked.push(`${String(status)} ${path}`);
    response.writeHead(status, { etag });
    response.end(status === 200 ? bytes : undefined);
  };
  return { listener, asked };
}

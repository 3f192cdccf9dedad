import { isPromptSyncError } from "../../core/errors.js";
import { tooLarge, type Documents, type ReadOptions } from "./documents.js";
import { sourceUnreachable } from "./source-errors.js";

/** How many redirects are followed. */
const maxRedirects = 5;

/**
 * Documents behind http and https. Credentials in the address are sent to its own host alone. A redirect may lead to
 * another host, and never from https to http or to what is no web.
 */
export function webDocuments(address: string, label: string): Documents {
  const url = new URL(address);
  const login = loginOf(url);
  url.username = url.password = ""; // `fetch` refuses them, and its message repeats them
  const get = (from: URL, request: Omit<Request, "login" | "home">) =>
    follow(from, { ...request, login, home: url.origin });
  let at = url;
  return {
    read: async (known, options) => {
      const answer = await get(url, { ...options, label, condition: conditionOf(known) });
      if (answer === "unchanged") return answer;
      at = answer.url;
      return { bytes: answer.bytes, token: tokenOf(answer.headers) };
    },
    beside: async (path, options) => {
      const beside = new URL(path, at);
      beside.search = at.search; // an object store that signs a folder signs its texts the same way
      const answer = await get(beside, { ...options, label: `${label}: ${path}`, condition: {} });
      if (answer !== "unchanged") return answer.bytes;
      throw sourceUnreachable(`${label}: ${path}`, "answered 304 to a request without a condition");
    },
  };
}

function loginOf({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === "" && password === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}

/** What the server said of the state of a document, as it wants to hear it again. */
function tokenOf(headers: Headers): string | null {
  const [etag, modified] = [headers.get("etag"), headers.get("last-modified")];
  return etag === null && modified === null ? null : JSON.stringify({ etag, modified });
}

function conditionOf(token: string | null): Record<string, string> {
  if (token === null) return {};
  const { etag, modified } = JSON.parse(token) as Readonly<Record<"etag" | "modified", string | null>>;
  return {
    ...(etag === null ? {} : { "if-none-match": etag }),
    ...(modified === null ? {} : { "if-modified-since": modified }),
  };
}

interface Request extends ReadOptions {
  readonly label: string;
  readonly login: Readonly<Record<string, string>>;
  /** The origin that the login belongs to. */
  readonly home: string;
  readonly condition: Readonly<Record<string, string>>;
}

interface Answer {
  readonly url: URL;
  readonly bytes: Buffer;
  readonly headers: Headers;
}

async function follow(start: URL, request: Request): Promise<Answer | "unchanged"> {
  const { label, signal, login, home, condition } = request;
  try {
    let url = start;
    for (let redirects = 0; redirects <= maxRedirects; redirects++) {
      const headers = { ...condition, ...(url.origin === home ? login : {}) };
      const response = await fetch(url, { headers, signal, redirect: "manual" });
      const location = response.headers.get("location");
      if (location !== null && [301, 302, 303, 307, 308].includes(response.status)) {
        await response.body?.cancel();
        url = nextUrl(url, location, label);
        continue;
      }
      if (response.status === 304 && Object.keys(condition).length > 0) return "unchanged";
      if (response.status === 200)
        return { url, bytes: await bodyOf(response, request), headers: response.headers };
      await response.body?.cancel();
      throw sourceUnreachable(label, `answered ${String(response.status)}`);
    }
    throw sourceUnreachable(label, `leads to more than ${String(maxRedirects)} redirects`);
  } catch (error) {
    if (isPromptSyncError(error)) throw error;
    const { cause, name } = error as { readonly cause?: { readonly code?: string }; readonly name: string };
    throw sourceUnreachable(label, `cannot be read (${cause?.code ?? name})`); // its message may hold the address
  }
}

function nextUrl(from: URL, location: string, label: string): URL {
  const next = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  const isSafe = next?.protocol === "https:" || (next?.protocol === "http:" && from.protocol === "http:");
  if (next === undefined || !isSafe) throw sourceUnreachable(label, "redirects away from https");
  next.username = next.password = "";
  return next;
}

/** The bytes of an answer; what is too large is not read to its end. */
async function bodyOf(response: Response, { limit, label }: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = Number(response.headers.get("content-length") ?? 0) > limit ? Infinity : 0;
  if (size > limit) await response.body?.cancel();
  else {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > limit) break; // which cancels the body
      chunks.push(chunk);
    }
  }
  if (size > limit) throw tooLarge(label, limit);
  return Buffer.concat(chunks);
}

import { writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { beforeAll, describe, expect, test } from "vitest";
import { digestOf } from "../../../src/core/prompt-file/digest-of.js";
import { openSource } from "../../../src/store/sources/open-source.js";
import { createDesk, type Desk } from "../../support/desk.js";
import { factsOf, load, patient, refusal, storyFacts, textsOf } from "./facts.js";
import { listen, serving } from "./serve.js";
import { storyFiles } from "./story.js";

let desk: Desk;
let whole: string;
beforeAll(async () => {
  desk = createDesk({ files: storyFiles });
  whole = (await desk.done("export --all")).stdout;
});

const open = (bundle: string, timeoutMs = 20_000) =>
  openSource({ bundle }, { directory: desk.root, environment: {}, timeoutMs });
const readText = (text: string | Uint8Array) => {
  writeFileSync(`${desk.root}/bundle.json`, text);
  return open("bundle.json").load(undefined, patient);
};

describe("a bundle", () => {
  test("is refused when a text was changed, of a version or of the state", async () => {
    const { message } = await refusal(
      readText(whole.replace("Speak plainly", "Speak rudely")),
      "INTEGRITY_MISMATCH",
    );
    expect(message).toContain("voice@1.0.0");
    await refusal(readText(whole.replace("leaks the order", "leaks no order")), "INTEGRITY_MISMATCH");
  });

  test.each([0, 1, 100, 400, -2, -3, -50])("is refused when it is cut at %i", async (at) => {
    await refusal(readText(whole.slice(0, at)), "SOURCE_INVALID");
  });

  test.each(["null", "[]", "{}", "hello", '{"schema":"promptsync/bundle/v2"}', "\uFEFF{}"])(
    "is refused when it is %j",
    async (text) => {
      await refusal(readText(text), "SOURCE_INVALID");
    },
  );

  test("may be laid out in any way", async () => {
    const picture = await readText(JSON.stringify(JSON.parse(whole), null, 2));
    expect(picture !== "unchanged" && factsOf(picture)).toEqual(storyFacts());
  });

  test.each([
    ["leads out of its folder", '"group":"shop"', '"group":"../shop"'],
    ["has an absolute group", '"group":"shop"', '"group":"/shop"'],
    ["has a version that is a path", '"version":"1.0.0","digest"', '"version":"../../x","digest"'],
    ["has a name that is none", '{"name":"refund"', '{"name":"__proto__"'],
    ["has a digest that is a path", '"digest":"sha256:', '"digest":"../../'],
    ["has a key that nobody knows", '"registry":', '"registru":"","registry":'],
    ["has a registry outside the repository", '"registry":"prompt-templates"', '"registry":"../prompts"'],
    ["has a state file that is none", '"path":"promptsync.yaml"', '"path":"../promptsync.yaml"'],
    ["has the same version twice", '"version":"1.1.0","digest"', '"version":"1.0.0","digest"'],
    [
      "has a prompt in two groups",
      '{"name":"voice","group":"","versions"',
      '{"name":"voice","group":"x","versions"',
    ],
    ["lacks a text", /,"text":"---[^}]*/, ""],
  ])("is refused when it %s", async (_, from, to) => {
    const changed = whole.replace(from, to);
    expect(changed).not.toBe(whole);
    await refusal(readText(changed), "SOURCE_INVALID");
  });

  test("is refused when its state cannot be read", async () => {
    const text = "schema: promptsync/v1\nprompts:\n  refund: {{";
    const document = JSON.parse(whole) as { state: { text: string; digest: string }[] };
    document.state[0] = { ...document.state[0], text, digest: digestOf(text) };
    await refusal(readText(JSON.stringify(document)), "STATE_INVALID");
  });

  test("is refused when it is not UTF-8, no file, or not there", async () => {
    await refusal(readText(Uint8Array.of(0x7b, 0xff)), "SOURCE_INVALID");
    await refusal(open(desk.directory).load(undefined, patient), "SOURCE_INVALID");
    await refusal(open("gone.json").load(undefined, patient), "SOURCE_UNREACHABLE");
  });

  test("says of a version that it has only the number", async () => {
    const picture = await readText(whole);
    if (picture === "unchanged") throw new Error("there was none before");
    const { message } = await refusal(textsOf(picture, ["welcome@1.10.0"]), "FILE_UNREADABLE");
    expect(message).toContain("welcome@1.10.0");
  });
});

describe("an index", () => {
  const split = async (): Promise<{ shop: Desk; out: string }> => {
    const shop = createDesk({ files: storyFiles });
    await shop.done("export --all --format split --out ../out");
    return { shop, out: shop.path("../out") };
  };

  test("is small, and its texts are asked for when they are needed", async () => {
    const { shop, out } = await split();
    const { listener, asked } = serving(out);
    const source = open(`${await listen(listener)}index.json`);
    const first = await load(source);
    expect(asked).toHaveLength(3); // the index and two state files
    expect(shop.read("../out/index.json").length).toBeLessThan(3000);
    await textsOf(first, ["voice@1.0.0"]);
    expect(asked).toHaveLength(4);

    asked.length = 0;
    expect(await source.load(first.mark, patient)).toBe("unchanged");
    expect(asked).toEqual(["304 /index.json"]);

    shop.write({
      "prompt-templates/promptsync.yaml": shop.read("prompt-templates/promptsync.yaml").replace("10", "20"),
    });
    shop.commit("another order");
    await shop.done("export --all --format split --out ../out");
    asked.length = 0;
    await load(source, first.mark);
    expect(asked).toHaveLength(2); // the index and the state file that changed
  });

  test("refuses a text that was changed, and one that is gone, alone", async () => {
    const { shop, out } = await split();
    const picture = await load(open(`${out}/index.json`));
    const file = (id: string) => {
      const { versions } = JSON.parse(shop.read("../out/index.json")) as {
        versions: { name: string; version: string; digest: string }[];
      };
      const hex = versions.find(({ name, version }) => `${name}@${version}` === id)?.digest.slice(7) ?? "";
      return `../out/objects/sha256/${hex.slice(0, 2)}/${hex}`;
    };
    shop.write({ [file("voice@1.0.0")]: "Say anything.\n" });
    shop.remove(file("tone@1.0.0"));
    await refusal(textsOf(picture, ["voice@1.0.0"]), "INTEGRITY_MISMATCH");
    await refusal(textsOf(picture, ["tone@1.0.0"]), "SOURCE_UNREACHABLE");
    expect(await textsOf(picture, ["refund@2.0.0"])).toHaveProperty("refund@2.0.0");
  });
});

describe("a bundle on the web", () => {
  test("is asked for by what the server said of it, also by its date alone", async () => {
    const asked: unknown[] = [];
    const url = await listen((request, response) => {
      asked.push(request.headers["if-modified-since"]);
      if (request.headers["if-modified-since"] !== undefined) response.writeHead(304).end();
      else response.writeHead(200, { "last-modified": "Thu, 01 Jan 2026 00:00:00 GMT" }).end(whole);
    });
    const source = open(url);
    const { mark } = await load(source);
    expect(await source.load(mark, patient)).toBe("unchanged");
    await load(source); // who has no picture gets one
    expect(asked).toEqual([undefined, "Thu, 01 Jan 2026 00:00:00 GMT", undefined]);
  });

  test("may be redirected some times, never for ever, and never to what is no web", async () => {
    const url = await listen((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left > 0) response.writeHead(302, { location: `/${String(left - 1)}` }).end();
      else if (left === 0) response.end(whole);
      else response.writeHead(302, { location: "file:///etc/passwd" }).end();
    });
    await load(open(`${url}5`));
    await refusal(open(`${url}6`).load(undefined, patient), "SOURCE_UNREACHABLE");
    await refusal(open(`${url}-1`).load(undefined, patient), "SOURCE_UNREACHABLE");
  });

  test("gets the password of its address, and no other host does", async () => {
    const seen: unknown[] = [];
    const other = await listen((request, response) => {
      seen.push(request.headers.authorization);
      response.end(whole);
    });
    const url = await listen((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(307, { location: other }).end();
    });
    await load(open(url.replace("//", "//ada:s%20cret@")));
    expect(seen).toEqual([`Basic ${Buffer.from("ada:s cret").toString("base64")}`, undefined]);
  });

  test.each<[string, (response: ServerResponse) => unknown]>([
    ["before its answer", () => undefined],
    ["inside its answer", (response) => response.write("{")],
  ])("is given up when it hangs %s", async (_, answer) => {
    const url = await listen((__, response) => void answer(response));
    const { message } = await refusal(open(url, 200).load(undefined, patient), "SOURCE_UNREACHABLE");
    expect(message).toContain("within 0.2 s");
  });

  test("is unreachable when it says no, breaks off, or answers 304 to nobody's question", async () => {
    const url = await listen((request, response) => {
      if (request.url === "/no") response.writeHead(503).end("no");
      else if (request.url === "/304") response.writeHead(304).end();
      else {
        response.writeHead(200, { "content-length": "1000" });
        response.write("{");
        setTimeout(() => response.destroy(), 20);
      }
    });
    for (const path of ["no", "304", "half"])
      await refusal(open(url + path).load(undefined, patient), "SOURCE_UNREACHABLE");
    await refusal(open("http://127.0.0.1:9/").load(undefined, patient), "SOURCE_UNREACHABLE");
  });

  test("is refused when it is too large, before it is read", async () => {
    let sent = 0;
    const url = await listen((_, response) => {
      response.writeHead(200, { "content-length": String(1 << 30) });
      const more = setInterval(() => (sent += response.write("x") ? 1 : 0), 5);
      response.on("close", () => {
        clearInterval(more);
      });
    });
    await refusal(open(url).load(undefined, patient), "SOURCE_INVALID");
    expect(sent).toBeLessThan(1000);
  });

  test("keeps the secrets of its address out of messages", async () => {
    const source = open("http://ada:secret@127.0.0.1:9/prompts.json?token=secret");
    expect(source.label).toBe("http://127.0.0.1:9/prompts.json");
    const { message, hint } = await refusal(source.load(undefined, patient), "SOURCE_UNREACHABLE");
    expect(`${message} ${hint ?? ""}`).not.toContain("secret");
    expect(() => open("http://ada:secret@")).toThrow(
      expect.objectContaining({
        code: "SOURCE_INVALID",
        message: expect.not.stringContaining("secret") as string,
      }),
    );
  });
});

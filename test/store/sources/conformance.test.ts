import { describe, expect, test } from "vitest";
import { openSource, type SourceSpec } from "../../../src/store/sources/open-source.js";
import { createDesk, type Desk } from "../../support/desk.js";
import { factsOf, load, patient, refusal, storyFacts, textsOf } from "./facts.js";
import { listen, serving } from "./serve.js";
import { reachable, storyFiles } from "./story.js";

/** How one kind of source is made of a repository with the story, and how it is told of a new commit. */
interface Kind {
  readonly spec: (desk: Desk) => Promise<SourceSpec> | SourceSpec;
  readonly publish: (desk: Desk) => Promise<void> | void;
  readonly vanish: (desk: Desk) => void;
}

const kinds: Readonly<Record<string, Kind>> = {
  "a folder": {
    spec: () => "prompt-templates",
    publish: () => undefined,
    vanish: (desk) => {
      desk.remove("prompt-templates");
    },
  },
  "a work tree": {
    spec: () => ({ repository: "." }),
    publish: () => undefined,
    vanish: (desk) => {
      desk.remove(".");
    },
  },
  "a bare repository": {
    spec: (desk) => {
      desk.git("clone", "--quiet", "--bare", ".", "../shop.git");
      return { repository: "../shop.git", ref: "main" };
    },
    publish: (desk) => {
      desk.git("push", "--quiet", "../shop.git", "main");
    },
    vanish: (desk) => {
      desk.remove("../shop.git");
    },
  },
  "a bundle": exported("bundle", false),
  "a bundle on the web": exported("bundle", true),
  "an index": exported("split", false),
  "an index on the web": exported("split", true),
};

/** A bundle in one of its forms, in a file or behind a web address. */
function exported(format: "bundle" | "split", isServed: boolean): Kind {
  const out = format === "split" ? "../out" : "../out/prompts.json";
  const name = format === "split" ? "index.json" : "prompts.json";
  const publish = async (desk: Desk): Promise<void> => {
    await desk.done(`export --all --every-version --format ${format} --out ${out}`);
  };
  return {
    spec: async (desk) => {
      await publish(desk);
      return isServed ? `${addresses.get(desk) ?? (await serve(desk))}${name}` : `../out/${name}`;
    },
    publish,
    vanish: (desk) => {
      desk.remove("../out");
    },
  };
}

const addresses = new WeakMap<Desk, string>();
async function serve(desk: Desk): Promise<string> {
  const address = await listen(serving(desk.path("../out")).listener);
  addresses.set(desk, address);
  return address;
}

describe.each(Object.entries(kinds))("%s", (_, kind) => {
  const begin = async () => {
    const desk = createDesk({ files: storyFiles });
    const { directory, environment } = desk;
    const options = { directory, environment, timeoutMs: 20_000 };
    return { desk, source: openSource(await kind.spec(desk), options) };
  };

  test("tells the story: the same facts, answers and texts as every other kind", async () => {
    const { source } = await begin();
    const picture = await load(source);
    expect(factsOf(picture)).toEqual(storyFacts());
    expect(await textsOf(picture, reachable)).toEqual(
      Object.fromEntries(
        reachable.map((id) => {
          const [name = "", version = ""] = id.split("@");
          const [, text] =
            Object.entries(storyFiles).find(([path]) => path.endsWith(`/${name}/${version}.md`)) ?? [];
          return [id, text];
        }),
      ),
    );
    source.close();
  });

  test("resolves as the story says", async () => {
    const { source } = await begin();
    const { answers } = factsOf(await load(source)) as { answers: { version?: string; code?: string }[] };
    expect(answers.map(({ version, code }) => version ?? code)).toEqual([
      "1.1.0", // the candidate of the canary
      "1.0.0", // its baseline
      "1.10.0",
      "1.10.0",
      "1.1.0",
      "1.1.0", // 1.2.0 is yanked
      "NO_VERSION",
      "1.0.0",
      "2.0.0",
      "ALIAS_NOT_FOUND",
      "1.0.0",
      "1.0.1-emergency.1",
      "PROMPT_NOT_FOUND",
      "1.1.0",
    ]);
    source.close();
  });

  test("says that nothing changed, and what did", async () => {
    const { desk, source } = await begin();
    const first = await load(source);
    expect(await source.load(first.mark, patient)).toBe("unchanged");
    desk.write({
      "prompt-templates/tone/2.0.0.md": '---\nname: tone\nversion: "2.0.0"\nsummary: strict\n---\nBe firm.\n',
    });
    desk.commit("a firm tone");
    await kind.publish(desk);
    const second = await load(source, first.mark);
    expect(second.mark).not.toBe(first.mark);
    expect(await textsOf(second, ["tone@2.0.0"])).toEqual({
      "tone@2.0.0": expect.stringContaining("Be firm."),
    });
    expect(first.catalog.prompts.get("tone")?.versions).toHaveLength(2);
    // The text of a version is kept from one picture to the next.
    const key = ({ catalog, keyOf }: typeof first) =>
      keyOf({ ...catalog.prompts.get("tone")!.versions[0]!, name: "tone" });
    expect(key(second)).toBe(key(first));
    source.close();
  });

  test("is unreachable once it vanished, and there again when it is back", async () => {
    const { desk, source } = await begin();
    const first = await load(source);
    kind.vanish(desk);
    await refusal(source.load(first.mark, patient), "SOURCE_UNREACHABLE");
    desk.write(storyFiles);
    desk.git("init", "--quiet", "--initial-branch=main");
    desk.commit("again");
    await kind.spec(desk);
    expect(factsOf(await load(source))).toEqual(factsOf(first));
    source.close();
  });

  test("is given up on when the caller wants so", async () => {
    const { source } = await begin();
    const reason = new Error("shutting down");
    const { message } = await refusal(
      source.load(undefined, AbortSignal.abort(reason)),
      "SOURCE_UNREACHABLE",
    );
    expect(message).toContain("waits no longer");
    source.close();
  });
});

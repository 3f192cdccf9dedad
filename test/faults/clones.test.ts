import { expect, test } from "vitest";
import { createSandbox } from "../support/sandbox.js";
import { aliasLines, expectEachOnce, rounds, shop, typeIn } from "./many-writers.js";

test.for(rounds)(
  "eight clones publish ten changes each, and every one is on the remote once (round %i)",
  { timeout: 900_000 },
  async () => {
    const origin = createSandbox({ files: shop });
    origin.git("clone", "--quiet", "--bare", ".", "../remote.git");
    const clones = Array.from({ length: 8 }, (_, who) => {
      origin.git("clone", "--quiet", "../remote.git", `../clone-${String(who)}`);
      return origin.in(`../clone-${String(who)}`);
    });
    const answers = await Promise.all(
      clones.map((clone, who) => {
        // A prompt that all clones push: the first wins, the others are told or take the next number.
        clone.write({
          "prompts/farewell.md": `---\nsummary: Says goodbye\n---\nGoodbye from ${String(who)}\n`,
        });
        return typeIn(clone, [...aliasLines(who, 9, " --remote"), "push farewell --remote"]);
      }),
    );
    const refused = answers.flat().filter(({ exitCode }) => exitCode !== 0);
    const isFair = ({ exitCode, stderr }: (typeof refused)[number]) =>
      exitCode === 2 && /CHANGE_CONFLICT|VERSION_EXISTS/.test(stderr);
    expect(refused.filter((answer) => !isFair(answer))).toEqual([]);
    // Who has seen a version may push the next one; each number is taken once.
    expect(refused.length).toBeLessThan(8);
    const remote = origin.in("../remote.git");
    expectEachOnce(remote, "main", 72, 80 - refused.length);
    const versions = remote.git("ls-tree", "-r", "--name-only", "main", "prompt-templates/farewell/");
    expect(versions.split("\n")).toHaveLength(8 - refused.length);
    for (const clone of clones) expect(clone.status()).toBe("?? prompts/");
  },
);

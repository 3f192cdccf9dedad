import { expect, test } from "vitest";
import { createSandbox } from "../support/sandbox.js";
import { aliasLines, expectEachOnce, rounds, shop, typeIn } from "./many-writers.js";

test.for(rounds)(
  "six processes in one work tree make fifteen changes each, and every one is there once (round %i)",
  { timeout: 600_000 },
  async () => {
    const place = createSandbox({ files: shop });
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, who) => typeIn(place, aliasLines(who, 15))),
    );
    expect(answers.flat().filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
    expectEachOnce(place, "HEAD", 90, 90);
    expect(place.status()).toBe("");
  },
);

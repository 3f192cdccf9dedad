import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diffTexts } from "../../src/diff/diff-texts.js";
import type { Line } from "../../src/diff/model.js";
import { leadAfter, leadBefore } from "./story.js";

const lines = (before: string, after: string): readonly Line[] =>
  diffTexts(before, after, { context: Infinity }).flatMap((hunk) => hunk.lines);

const marked = (line: Line | undefined): string | undefined =>
  line?.segments?.map(({ text, changed }) => (changed ? `[${text}]` : text)).join("");

/** The marked words of a reworded line, before and after. */
const reworded = (before: string, after: string): (string | undefined)[] => lines(before, after).map(marked);

describe("diffTexts, lines", () => {
  test("equal texts have no hunks", () => {
    expect(diffTexts(leadBefore, leadBefore, { context: 3 })).toEqual([]);
    expect(diffTexts("", "", { context: 3 })).toEqual([]);
  });

  test("a hunk shows three equal lines on each side and counts its lines", () => {
    const before = "a\nb\nc\nd\nold\ne\nf\ng\nh\n";
    const [hunk, ...others] = diffTexts(before, before.replace("old", "brand new"), { context: 3 });
    expect(others).toEqual([]);
    expect(hunk).toMatchObject({ beforeStart: 2, beforeLines: 7, afterStart: 2, afterLines: 7 });
    expect(hunk?.lines.map((line) => line.text)).toEqual(["b", "c", "d", "old", "brand new", "e", "f", "g"]);
    expect(hunk?.lines.map((line) => [line.before, line.after])).toEqual([
      [2, 2], [3, 3], [4, 4], [5, null], [null, 5], [6, 6], [7, 7], [8, 8],
    ]); // prettier-ignore
  });

  test("changes far apart make two hunks, changes near each other one", () => {
    const before = Array.from({ length: 20 }, (_, index) => `line ${index}\n`).join("");
    const change = (text: string, index: number): string => text.replace(`line ${index}\n`, `changed\n`);
    expect(diffTexts(before, change(change(before, 2), 9), { context: 3 })).toHaveLength(1);
    expect(diffTexts(before, change(change(before, 2), 10), { context: 3 })).toHaveLength(2);
  });

  test("an infinite context gives the whole text in one hunk", () => {
    expect(
      lines(leadBefore, leadAfter)
        .filter((line) => line.kind !== "added")
        .map((line) => line.text),
    ).toEqual(leadBefore.split("\n").slice(0, -1));
  });

  test("a text that begins or ends to exist is all added or all removed", () => {
    expect(diffTexts("", "welcome\n", { context: 3 })).toMatchObject([
      { beforeStart: 0, beforeLines: 0, afterStart: 1, afterLines: 1 },
    ]);
    expect(diffTexts("welcome\n", "", { context: 3 })).toMatchObject([
      { beforeStart: 1, beforeLines: 1, afterStart: 0, afterLines: 0 },
    ]);
  });

  test("a missing line break at the end is a difference and is kept", () => {
    expect(lines("welcome\n", "welcome")).toMatchObject([
      { kind: "removed", text: "welcome" },
      { kind: "added", text: "welcome", endsOpen: true },
    ]);
  });

  test("a carriage return belongs to the line", () => {
    expect(lines("welcome\r\n", "welcome\n").map((line) => line.text)).toEqual(["welcome\r", "welcome"]);
  });

  test("an added paragraph is shown as a paragraph, not as the end of one and the start of the next", () => {
    const before = "One.\n\nAsk for it.\n\nThanks.\n";
    const after = "One.\n\nAsk for this.\n\nThanks.\n\nAsk for it.\n\nThanks.\n";
    const added = lines(before, after).filter((line) => line.kind === "added");
    expect(added.map((line) => line.text)).toEqual(["Ask for this.", "", "Thanks.", ""]);
  });

  test("an added message block begins with its opening tag", () => {
    const message = (text: string): string => `{% message role="user" %}\n${text}\n{% endmessage %}\n`;
    const before = message("hello") + message("bye");
    const added = lines(before, message("hello") + message("thanks") + message("bye")).filter(
      (line) => line.kind === "added",
    );
    expect(added.map((line) => line.text).join("\n")).toBe(message("thanks").trimEnd());
  });

  test("two large texts with nothing in common come back as all removed, all added", () => {
    const many = (word: string): string => Array.from({ length: 6000 }, (_, i) => `${word} ${i}\n`).join("");
    const [hunk] = diffTexts(many("old"), many("brand-new-word"), { context: 3 });
    expect(hunk).toMatchObject({ beforeLines: 6000, afterLines: 6000 });
    expect(hunk?.lines[0]?.kind).toBe("removed");
    expect(hunk?.lines[6000]?.kind).toBe("added");
  });

  test("the lines of both sides can be put together again, and the segments of a line too", () => {
    const text = fc.string({
      unit: fc.constantFrom("a ", "bee ", "{{ x }} ", "请", "先", "\n", "\n", "\r", "\u{1f600}"),
    });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const all = lines(before, after);
        if (before === after) return all.length === 0;
        const side = (other: Line["kind"]): string =>
          all.map((line) => (line.kind === other ? "" : line.text + (line.endsOpen ? "" : "\n"))).join("");
        expect(side("added")).toBe(before);
        expect(side("removed")).toBe(after);
        for (const line of all) {
          if (line.segments) expect(line.segments.map((segment) => segment.text).join("")).toBe(line.text);
        }
        const partners = (kind: Line["kind"]): number =>
          all.filter((line) => line.kind === kind && line.segments).length;
        expect(partners("removed")).toBe(partners("added"));
        return true;
      }),
    );
  });
});

describe("diffTexts, words", () => {
  test("a reworded line marks the words that changed", () => {
    expect(reworded("Ask for the timeline first.\n", "Ask for the budget first.\n")).toEqual([
      "Ask for the [timeline] first.",
      "Ask for the [budget] first.",
    ]);
  });

  test("Chinese is compared by character, not as one word", () => {
    expect(reworded("请先询问预算，再询问时间。\n", "请先询问时间，再询问时间。\n")).toEqual([
      "请先询问[预算]，再询问时间。",
      "请先询问[时间]，再询问时间。",
    ]);
  });

  test("a Latin word between Chinese characters stays one word", () => {
    expect(reworded("请使用GPT模型回答\n", "请使用GPTX模型回答\n")[1]).toBe("请使用[GPTX]模型回答");
  });

  test("an emoji made of several characters is marked as one", () => {
    expect(reworded("Sign as 👩‍💻 today\n", "Sign as 👩‍🔬 today\n")).toEqual([
      "Sign as [👩‍💻] today",
      "Sign as [👩‍🔬] today",
    ]);
  });

  test("a line that only got longer marks what was added", () => {
    expect(
      reworded("Answer in JSON\n", "Answer in JSON with the keys score, reason and confidence\n"),
    ).toEqual(["Answer in JSON", "Answer in JSON[ with the keys score, reason and confidence]"]);
  });

  test("white space around a replaced word is not marked", () => {
    expect(reworded("from a lead in the industry that\n", "from someone within the industry that\n")).toEqual(
      ["from [a lead in] the industry that", "from [someone within] the industry that"],
    );
  });

  test("lines that say something else are not marked word by word", () => {
    expect(reworded("Ask for the timeline.\n", "Never promise discounts!\n")).toEqual([undefined, undefined]);
  });

  test("reworded lines find each other when a line comes between", () => {
    const all = lines(
      "Ask for the time.\nAsk who decides.\n",
      "Be kind to people.\nAsk for the budget.\nAsk who really decides.\n",
    );
    expect(all.map(marked)).toEqual([
      "Ask for the [time].",
      "Ask who decides.",
      undefined,
      "Ask for the [budget].",
      "Ask who [really ]decides.",
    ]);
  });

  test("a very long line that was rewritten is given up quickly", () => {
    const long = (step: number): string =>
      `${Array.from({ length: 20_000 }, (_, index) => `word${(index * step) % 9973}`).join(" ")}\n`;
    const start = performance.now();
    expect(reworded(long(3), long(5))).toEqual([undefined, undefined]);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { besideEachOther } from "../../src/diff/html-rows.js";
import { html } from "../../src/diff/html.js";
import { leadAfter, leadBefore, leadDiff, noColour, textDiff } from "./story.js";

const page = (...diffs: Parameters<typeof html>[0]): string => html(diffs, { style: noColour });

describe("html", () => {
  test("the page is complete and loads nothing", () => {
    const shown = page(leadDiff());
    expect(shown).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(shown).toMatch(/<\/html>$/);
    expect(shown).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\bon\w+=|javascript:/);
  });

  test("the policy allows the page's own style sheet and nothing else", () => {
    const shown = page(leadDiff());
    const style = /<style>([^]*?)<\/style>/.exec(shown)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(shown).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(shown).not.toMatch(/<[^>]+ style=/);
  });

  test("the title names the one prompt, or counts nothing", () => {
    expect(page(leadDiff())).toContain("<title>qualify-lead 1.0.0 → 1.1.0</title>");
    expect(page(leadDiff(), leadDiff())).toContain("<title>Prompt changes</title>");
  });

  test("several prompts get an overview with links to their sections", () => {
    const shown = page(leadDiff(), leadDiff({ name: "welcome" }));
    expect(shown).toContain('<a href="#prompt-2">welcome</a>');
    expect(shown).toContain('<details class="prompt" open id="prompt-2">');
  });

  test("changes carry a badge and their quotes are code", () => {
    expect(page(leadDiff())).toContain(
      '<li><span class="badge minor">minor</span><div>callers may give <code>tone</code> <small>input-optional-added · /input/schema/tone</small></div></li>',
    );
  });

  test("reworded lines stand beside each other with their words marked", () => {
    expect(page(textDiff("Ask for time.\n", "Ask for budget.\n"))).toContain(
      '<div class="row"><div class="half before removed"><span class="number" data-number="1"></span><div class="text">Ask for <del>time</del>.</div></div>' +
        '<div class="half after added"><span class="number" data-number="1"></span><div class="text">Ask for <ins>budget</ins>.</div></div></div>',
    );
  });

  test("long equal stretches are folded, three lines stay beside a change", () => {
    const before = Array.from({ length: 40 }, (_, index) => `line ${index}\n`).join("");
    const shown = page(textDiff(before, before.replace("line 20\n", "twenty\n"), Infinity));
    expect(shown.match(/<details class="fold"><summary>(\d+) unchanged lines/g)).toEqual([
      '<details class="fold"><summary>17 unchanged lines',
      '<details class="fold"><summary>16 unchanged lines',
    ]);
  });

  test("lines that the diff does not hold are counted", () => {
    const before = Array.from({ length: 40 }, (_, index) => `line ${index}\n`).join("");
    const shown = page(textDiff(before, before.replace("line 10\n", "").replace("line 30\n", "")));
    expect(shown.match(/<p class="gap">[^<]+/g)).toEqual([
      '<p class="gap">7 unchanged lines',
      '<p class="gap">13 unchanged lines',
    ]);
  });

  test("everything a stranger wrote is only text", () => {
    const evil = `"'><script>alert(1)</script><style>*{}</style>&lt;`;
    const shown = page({
      ...leadDiff({ name: evil, from: evil, to: evil }),
      changes: [{ kind: "wording-changed", at: evil, bump: "major", message: `${evil} \`${evil}\`` }],
      hunks: textDiff(`${evil} before\n`, `${evil} after\n`).hunks,
    });
    expect(shown).not.toContain("<script");
    expect(shown.match(/<style/g)).toHaveLength(1);
    expect(shown).toContain("&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(shown).toContain("&amp;lt;");
  });

  test("hidden characters are shown and marked", () => {
    const shown = page(textDiff("x\n", "\u202ex\u200b\u001b[2J\n"));
    expect(shown).toContain('<span class="hidden">\\u{202e}</span>x<span class="hidden">\\u{200b}</span>');
    expect(shown).not.toMatch(/[\u202e\u200b\u001b]/);
  });

  test("nothing that differs is said in words", () => {
    expect(page()).toContain('<p class="lead">no differences</p>');
  });

  test("the same diffs give the same page", () => {
    expect(page(leadDiff())).toBe(page(leadDiff()));
  });
});

test("lines of a run are put beside each other by what they say, the rest fills up", () => {
  const run = textDiff(
    "Ask for the timeline.\nAsk who decides.\n",
    "Be kind to everyone here.\nAsk for the budget.\nPromise nothing at all!\nAsk who really decides.\n",
  ).hunks.flatMap((hunk) => hunk.lines);
  expect(besideEachOther(run).map((row) => [row.before?.text ?? null, row.after?.text ?? null])).toEqual([
    [null, "Be kind to everyone here."],
    ["Ask for the timeline.", "Ask for the budget."],
    [null, "Promise nothing at all!"],
    ["Ask who decides.", "Ask who really decides."],
  ]);
});

test("equal lines in both columns carry the number of their side", () => {
  const shown = page(leadDiff({ hunks: textDiff(leadBefore, leadAfter).hunks }));
  expect(shown).toMatch(
    /before same"><span class="number" data-number="9"><\/span>.*after same"><span class="number" data-number="10">/,
  );
});

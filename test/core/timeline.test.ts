import fc from "fast-check";
import { expect, test } from "vitest";
import { momentAt, skewedOf, timelineOf } from "../../src/core/timeline.js";

const line = (...seconds: number[]) =>
  timelineOf(seconds.map((at, index) => ({ commit: `c${index}`, seconds: at })));

test("a commit counts as made no earlier than what it builds on", () => {
  expect(line(10, 30, 20, 40).map(({ effective }) => effective)).toEqual([10, 30, 30, 40]);
  expect(skewedOf(line(10, 30, 20, 40)).map(({ commit }) => commit)).toEqual(["c2"]);
});

test("a moment has the newest commit that counts as made by then, and names those whose clocks say otherwise", () => {
  const timeline = line(10, 30, 20, 40);
  const at = (seconds: number) => {
    const answer = momentAt(timeline, seconds * 1000);
    return answer && [answer.moment.commit, ...answer.skewed.map(({ commit }) => commit)];
  };
  expect(at(9)).toBeUndefined();
  expect(at(10)).toEqual(["c0"]);
  expect(at(25)).toEqual(["c0", "c2"]);
  expect(at(30)).toEqual(["c2"]);
  expect(at(99)).toEqual(["c3"]);
});

test("for every line of clocks, the answer is the last commit of the longest start that has no later clock", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 12 }), fc.nat(22), (clocks, now) => {
      const firstLater = clocks.findIndex((seconds) => seconds > now);
      const expected = (firstLater < 0 ? clocks.length : firstLater) - 1;
      expect(momentAt(line(...clocks), now * 1000)?.moment.commit).toBe(
        expected < 0 ? undefined : `c${expected}`,
      );
    }),
    { numRuns: 1000 },
  );
});

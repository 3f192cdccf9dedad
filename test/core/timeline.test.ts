import fc from "fast-check";
import { expect, test } from "vitest";
import { indexOfCommit, momentAt, skewedOf, timelineOf } from "../../src/core/timeline.js";

const line = (...seconds: number[]) =>
  timelineOf(Float64Array.from(seconds), Buffer.from(seconds.map((_, index) => idOf(index)).join("")));

const idOf = (index: number): string => `c${String(index).padStart(2, "0")}`;

test("a commit counts as made no earlier than what it builds on", () => {
  expect([...line(10, 30, 20, 40).effective]).toEqual([10, 30, 30, 40]);
  expect(skewedOf(line(10, 30, 20, 40)).map(({ commit }) => commit)).toEqual(["c02"]);
});

test("a clock has not gone back that is two seconds behind, or behind a burst of commits within a second", () => {
  const skewed = (...seconds: number[]) => skewedOf(line(...seconds)).map(({ commit }) => commit);
  expect(skewed(10, 10, 9, 8)).toEqual([]);
  expect(skewed(10, 7)).toEqual(["c01"]);
  // The second to the fifth commit were made within the second 10, one after the other.
  expect(skewed(10, 11, 12, 13, 14, 10, 11)).toEqual([]);
  expect(skewed(10, 11, 12, 13, 14, 7)).toEqual(["c05"]);
  expect(skewed(10, 11, 12, 13, 20, 12)).toEqual(["c05"]);
  expect(momentAt(line(10, 11, 12, 13, 14, 10), 11_000)?.skewed).toEqual([]);
});

test("a moment has the newest commit that counts as made by then, and names those whose clocks say otherwise", () => {
  const timeline = line(10, 30, 20, 40);
  const at = (seconds: number) => {
    const answer = momentAt(timeline, seconds * 1000);
    return answer && [answer.moment.commit, ...answer.skewed.map(({ commit }) => commit)];
  };
  expect(at(9)).toBeUndefined();
  expect(at(10)).toEqual(["c00"]);
  expect(at(25)).toEqual(["c00", "c02"]);
  expect(at(30)).toEqual(["c02", "c02"]);
  expect(at(99)).toEqual(["c03"]);
});

test("for every line of clocks, the answer is the last commit of the longest start that has no later clock", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 12 }), fc.nat(22), (clocks, now) => {
      const firstLater = clocks.findIndex((seconds) => seconds > now);
      const expected = (firstLater < 0 ? clocks.length : firstLater) - 1;
      expect(momentAt(line(...clocks), now * 1000)?.moment.commit).toBe(
        expected < 0 ? undefined : idOf(expected),
      );
    }),
    { numRuns: 1000 },
  );
});

test("a commit is found at its place, and not where the ends of two ids look like it", () => {
  const timeline = timelineOf(Float64Array.of(1, 2, 3), Buffer.from("abcabcbca"));
  expect(indexOfCommit(timeline, "bca")).toBe(2);
  expect(indexOfCommit(timeline, "abc", 1)).toBe(1);
  expect(indexOfCommit(timeline, "cab")).toBe(-1);
  expect(indexOfCommit(timeline, "ab")).toBe(-1);
  expect(indexOfCommit(line(), "abc")).toBe(-1);
});

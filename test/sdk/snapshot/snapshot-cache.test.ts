import { describe, expect, test } from "vitest";
import { PromptSyncError } from "../../../src/core/errors.js";
import { SnapshotCache, type CacheEvent, type Freshness } from "../../../src/sdk/snapshot/snapshot-cache.js";
import { memorySource, registryFiles, testClock, version } from "../memory-source.js";

const minute = 60_000;
const freshness: Freshness = {
  ttl: 5 * minute,
  fileTtl: 60 * minute,
  maxStale: Infinity,
  strategy: "background",
  timeout: 10_000,
};

function cacheOf(change: Partial<Freshness> = {}) {
  const source = memorySource(registryFiles);
  const clock = testClock();
  const events: CacheEvent[] = [];
  const cache = new SnapshotCache({
    ...{ ...freshness, ...change, source, clock },
    onEvent: (event) => events.push(event),
  });
  return { source, clock, events, cache };
}

/** Lets everything run that waits for no timer. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

const moved = {
  ...registryFiles,
  "promptsync.yaml": registryFiles["promptsync.yaml"].replace('serve: "1.0.0"', 'serve: "1.1.0"'),
};

test("fifty callers who find it cold make one read", async () => {
  const { source, cache } = cacheOf();
  const held = await Promise.all(Array.from({ length: 50 }, () => cache.hold()));
  expect(source.counts.loads).toBe(1);
  expect(new Set(held.map(({ snapshot }) => snapshot)).size).toBe(1);
});

test("only what is served is read, and each version once", async () => {
  const { source, cache } = cacheOf();
  const { snapshot } = await cache.hold();
  expect([...snapshot.loaded].map(({ id }) => id).sort()).toEqual(["welcome@1.0.0", "welcome@1.1.0"]);
  await snapshot.version("welcome", "0.9.0", cache.signal);
  await snapshot.version("welcome", "0.9.0", cache.signal);
  expect(source.counts.texts).toBe(3);
});

test("while it is fresh the source is not asked", async () => {
  const { source, clock, cache } = cacheOf();
  await cache.hold();
  clock.pass(5 * minute - 1);
  expect(await cache.hold()).toMatchObject({ isStale: false, ageMs: 5 * minute - 1 });
  await settle();
  expect(source.counts.loads).toBe(1);
});

test("when its time is over, callers get it at once, and the source is asked once behind them", async () => {
  const { source, clock, events, cache } = cacheOf();
  const first = await cache.hold();
  clock.pass(5 * minute);
  source.files = moved;
  const during = await Promise.all([cache.hold(), cache.hold(), cache.hold()]);
  expect(during.map(({ snapshot, isStale }) => [snapshot === first.snapshot, isStale])).toEqual([
    [true, true],
    [true, true],
    [true, true],
  ]);
  await settle();
  expect(source.counts.loads).toBe(2);
  const next = await cache.hold();
  expect(next).toMatchObject({ isStale: false, ageMs: 0 });
  expect(next.snapshot.catalog.state.prompts?.["welcome"]?.aliases?.["production"]?.serve).toBe("1.1.0");
  expect(events).toEqual(["change"]);
});

test("the blocking strategy waits for the newer registry", async () => {
  const { source, clock, cache } = cacheOf({ strategy: "blocking" });
  const first = await cache.hold();
  clock.pass(5 * minute);
  source.files = moved;
  expect((await cache.hold()).snapshot).not.toBe(first.snapshot);
});

test("a source that has not changed confirms the snapshot, which stays the same object", async () => {
  const { source, clock, events, cache } = cacheOf();
  const first = await cache.hold();
  clock.pass(6 * minute);
  await cache.refresh();
  expect(await cache.hold()).toMatchObject({ snapshot: first.snapshot, ageMs: 0, isStale: false });
  expect([source.counts, events]).toEqual([{ loads: 2, texts: 2 }, []]);
});

test("a refresh reads only the versions whose bytes are new", async () => {
  const { source, cache } = cacheOf();
  await cache.hold();
  source.files = {
    ...moved,
    "promptsync.yaml": moved["promptsync.yaml"].replace(
      'dev:\n        serve: "1.1.0"',
      'dev:\n        serve: "1.2.0"',
    ),
    "welcome/1.2.0.md": version("welcome", "1.2.0", "Hi {{ customer }}"),
  };
  await cache.refresh();
  expect(source.counts.texts).toBe(3);
});

test("fifty callers who want a version that nothing serves make one read of it", async () => {
  const { source, cache } = cacheOf();
  const { snapshot } = await cache.hold();
  const before = source.counts.texts;
  await Promise.all(Array.from({ length: 50 }, () => snapshot.version("welcome", "0.9.0", cache.signal)));
  expect(source.counts.texts - before).toBe(1);
});

test("what was in memory is in memory after a refresh, whatever changed", async () => {
  const { source, cache } = cacheOf();
  const { snapshot } = await cache.hold();
  await snapshot.version("welcome", "0.9.0", cache.signal);
  source.files = { ...moved, "welcome/0.9.0.md": version("welcome", "0.9.0", "Older hello") };
  await cache.refresh();
  expect((await cache.hold()).snapshot.find("welcome@0.9.0")?.text).toContain("Older hello");
});

test("a version that could not be read is tried again after ten seconds, and then the time to live counts", async () => {
  const { source, clock, cache } = cacheOf();
  const load = source.load;
  let isBroken = true;
  source.load = async (previous, signal) => {
    const picture = await load(isBroken ? previous : undefined, signal);
    if (picture === "unchanged" || !isBroken) return picture;
    const error = new PromptSyncError("FILE_UNREADABLE", "it is being written", { hint: "none" });
    return { ...picture, read: () => Promise.reject(error) };
  };
  const { snapshot } = await cache.hold();
  expect(() => snapshot.find("welcome@1.0.0")?.usable).toThrow("it is being written");
  isBroken = false;
  clock.pass(9_999);
  await cache.hold();
  await settle();
  expect(source.counts.loads).toBe(1);
  clock.pass(1);
  await cache.hold();
  await settle();
  const { snapshot: mended } = await cache.hold();
  expect(mended.find("welcome@1.0.0")?.usable.body).toBe("Hello {{ customer }}");
  clock.pass(10_000);
  await cache.hold();
  await settle();
  expect(source.counts.loads).toBe(2);
});

test("a time to live of nothing asks every time, and the answer is fresh", async () => {
  const { source, cache } = cacheOf({ ttl: 0, strategy: "blocking" });
  expect(await cache.hold()).toMatchObject({ isStale: false, ageMs: 0 });
  expect(source.counts.loads).toBe(1);
  expect(await cache.hold()).toMatchObject({ isStale: false });
});

test("nothing is served longer than maxStale, also when the time to live is longer", async () => {
  const { source, clock, cache } = cacheOf({ maxStale: minute });
  await cache.hold();
  source.mood = "unreachable";
  clock.pass(minute + 1);
  await expect(cache.hold()).rejects.toMatchObject({ code: "SOURCE_UNREACHABLE" });
});

describe("a source that cannot be read", () => {
  test("is not asked by every caller while it is cold: its error is the answer until it is time again", async () => {
    const { source, clock, cache } = cacheOf();
    source.mood = "unreachable";
    for (let call = 0; call < 20; call++)
      await expect(cache.hold()).rejects.toMatchObject({ code: "SOURCE_UNREACHABLE" });
    expect(source.counts.loads).toBe(1);
    source.mood = "well";
    clock.pass(1000);
    expect(await cache.hold()).toMatchObject({ isStale: false });
  });

  test("is asked again by those who never wait", async () => {
    const { source, clock, cache } = cacheOf();
    source.mood = "unreachable";
    await expect(cache.hold()).rejects.toThrow();
    source.mood = "well";
    clock.pass(1000);
    expect(cache.held).toBeUndefined();
    await settle();
    expect(cache.held).toMatchObject({ isStale: false });
  });

  test("is an error while nothing was read", async () => {
    const { source, cache } = cacheOf();
    source.mood = "unreachable";
    await expect(cache.hold()).rejects.toMatchObject({ code: "SOURCE_UNREACHABLE" });
  });

  test("leaves what is there in service, says stale and since when, and tells both turns once", async () => {
    const { source, clock, events, cache } = cacheOf();
    const first = await cache.hold();
    source.mood = "unreachable";
    for (let hour = 1; hour <= 3; hour++) {
      clock.pass(60 * minute);
      expect(await cache.hold()).toMatchObject({ snapshot: first.snapshot, isStale: true });
      await settle();
    }
    expect(events).toEqual(["stale"]);
    source.mood = "well";
    clock.pass(6 * minute);
    await cache.hold();
    await settle();
    expect(await cache.hold()).toMatchObject({ isStale: false });
    expect(events).toEqual(["stale", "live"]);
  });

  test("is asked less and less often, and at the latest when a time to live is over", async () => {
    const { source, clock, cache } = cacheOf();
    await cache.hold();
    source.mood = "unreachable";
    clock.pass(5 * minute);
    const waits: number[] = [];
    let last = source.counts.loads;
    for (let second = 0; second < 1000; second++) {
      await cache.hold();
      await new Promise((resolve) => setImmediate(resolve));
      if (source.counts.loads > last) waits.push(second);
      last = source.counts.loads;
      clock.pass(1000);
    }
    expect(waits).toEqual([0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 811]);
  });

  test("is served no longer than maxStale allows", async () => {
    const { source, clock, cache } = cacheOf({ maxStale: 10 * minute });
    await cache.hold();
    source.mood = "unreachable";
    clock.pass(10 * minute);
    await cache.hold();
    clock.pass(1);
    await expect(cache.hold()).rejects.toMatchObject({ code: "SOURCE_UNREACHABLE" });
    expect(cache.held).toBeUndefined();
  });

  test("is given up after the time-out, also when it never answers", async () => {
    const { source, cache } = cacheOf({ timeout: 20 });
    source.mood = "hanging";
    await expect(cache.hold()).rejects.toMatchObject({
      code: "SOURCE_UNREACHABLE",
      message: expect.stringContaining("did not answer within 0.02 s") as string,
    });
  });
});

test("an alias that was taken away is gone after the refresh, and unreachable is not gone", async () => {
  const { source, clock, cache } = cacheOf();
  await cache.hold();
  source.mood = "unreachable";
  clock.pass(6 * minute);
  const aliases = async () =>
    Object.keys((await cache.hold()).snapshot.catalog.state.prompts?.["welcome"]?.aliases ?? {});
  expect(await aliases()).toEqual(["dev", "production"]);
  await settle();
  source.mood = "well";
  source.files = {
    ...registryFiles,
    "promptsync.yaml": registryFiles["promptsync.yaml"].replace('      dev:\n        serve: "1.1.0"\n', ""),
  };
  await cache.refresh();
  expect(await aliases()).toEqual(["production"]);
});

test("a wall clock that jumps makes nothing older or younger", async () => {
  const { source, clock, cache } = cacheOf();
  await cache.hold();
  clock.jump(-365 * 24 * 60 * minute);
  clock.jump(2 * 365 * 24 * 60 * minute);
  expect(await cache.hold()).toMatchObject({ ageMs: 0, isStale: false });
  expect(source.counts.loads).toBe(1);
});

test("closing ends a read that is under way, and later calls say so", async () => {
  const { source, events, cache } = cacheOf();
  source.mood = "hanging";
  const waiting = cache.hold();
  await settle();
  await cache.close();
  await expect(waiting).rejects.toMatchObject({ code: "CLOSED" });
  await expect(cache.hold()).rejects.toMatchObject({ code: "CLOSED" });
  expect(events).toEqual([]);
});

import fc from "fast-check";
import { hash32 } from "murmur-hash";
import { describe, expect, it } from "vitest";
import { bucket, isWithin } from "../../../src/core/resolve/bucket.js";
import { hasherOf } from "../../../src/core/resolve/murmur3.js";

/** SMHasher's check of a 32-bit hash: hash every prefix of 0, 1, … 254 under seed 256 - length, then all hashes. */
function verificationValue(hash: (bytes: Uint8Array, seed: number) => number): number {
  const hashes = new DataView(new ArrayBuffer(4 * 256));
  for (let length = 0; length < 256; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => index);
    hashes.setUint32(4 * length, hash(bytes, 256 - length), true);
  }
  return hash(new Uint8Array(hashes.buffer), 0);
}

describe("the hash", () => {
  it("is MurmurHash3 x86 32-bit: SMHasher's verification value holds", () => {
    expect(verificationValue(hash32)).toBe(0xb0f57ee3);
  });

  it("is ours too, whatever the beginning and the text", () => {
    const text = fc.oneof(fc.string({ maxLength: 50 }), fc.string({ unit: "binary", maxLength: 50 }));
    fc.assert(
      fc.property(text, fc.array(text), (beginning, texts) => {
        const hashOf = hasherOf(`${beginning}:`);
        for (const it of texts)
          expect(hashOf(it)).toBe(hash32(new TextEncoder().encode(`${beginning}:${it}`)));
      }),
      { numRuns: 1000 },
    );
  });

  it("is taken over UTF-8 bytes, not over code units", () => {
    expect(hash32(new TextEncoder().encode("AB12A:用户42"))).toBe(
      hash32(Buffer.from("AB12A:用户42", "utf8")),
    );
    expect(bucket("AB12A", "用户42")).not.toBe(bucket("AB12A", "\u0028\u003742"));
    expect(bucket("é", "")).not.toBe(bucket("e\u0301", ""));
  });
});

describe("a bucket", () => {
  it.each([
    ["support-reply/production/2026-11-02", "user-1", 2628091664, 6416],
    ["support-reply/production/2026-11-02", "用户42", 3269778320, 2083],
    ["support-reply/production/2026-11-02", "😀-7", 1051533389, 8933],
    ["AB12A", "122", 1062108722, 2287],
  ])("of seed %s and key %s has its golden value", (seed, key, hash, expected) => {
    expect(hash32(new TextEncoder().encode(`${seed}:${key}`))).toBe(hash);
    expect(bucket(seed, key)).toBe(expected);
  });

  it("is a whole number from 0 to 9999, the same for equal inputs", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (seed, key) => {
        const place = bucket(seed, key);
        expect(Number.isInteger(place) && place >= 0 && place < 10_000).toBe(true);
        expect(bucket(seed, key)).toBe(place);
      }),
      { numRuns: 1000 },
    );
  });

  it("spreads keys evenly", () => {
    const counts = Array.from({ length: 10 }, () => 0);
    for (let user = 0; user < 20_000; user++) {
      const tenth = Math.floor(bucket("welcome/production", `user-${user}`) / 1000);
      counts[tenth] = (counts[tenth] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });
});

describe("a percentage", () => {
  it("counts hundredths of a percent, without a rounding error of its own", () => {
    expect(isWithin(0, 0.01)).toBe(true);
    expect(isWithin(1, 0.01)).toBe(false);
    expect(isWithin(0, 0)).toBe(false);
    expect(isWithin(3332, 33.33)).toBe(true);
    expect(isWithin(3333, 33.33)).toBe(false);
    expect(isWithin(9999, 100)).toBe(true);
    for (let hundredths = 0; hundredths <= 10_000; hundredths++) {
      const percent = Number((hundredths / 100).toFixed(2));
      expect(isWithin(hundredths, percent)).toBe(false);
      if (hundredths > 0) expect(isWithin(hundredths - 1, percent)).toBe(true);
    }
  });

  it("of whole percents agrees with Unleash's normalised hash", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.integer({ min: 0, max: 100 }), (seed, key, percent) => {
        const normalised = (hash32(new TextEncoder().encode(`${seed}:${key}`)) % 100) + 1;
        expect(isWithin(bucket(seed, key), percent)).toBe(normalised <= percent);
      }),
      { numRuns: 1000 },
    );
  });
});

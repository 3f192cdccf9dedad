import { hash32 } from "murmur-hash";

const encoder = new TextEncoder();

/**
 * The bucket of a key under a seed: 0 to 9999, each one a hundredth of a percent.
 *
 * MurmurHash3 x86 32-bit with seed 0 over the UTF-8 bytes of `seed:key`. Whole percents agree with Unleash's client
 * specification, whose normalised hash is `h % 100 + 1`; the two digits behind the point come from `h / 100`.
 */
export function bucket(seed: string, key: string): number {
  const hash = hash32(encoder.encode(`${seed}:${key}`));
  return (hash % 100) * 100 + (Math.floor(hash / 100) % 100);
}

/** Says whether a bucket is among the first `percent` (0 to 100, two decimals) of the keys. */
export function isWithin(bucketOfKey: number, percent: number): boolean {
  return bucketOfKey < Math.round(percent * 100);
}

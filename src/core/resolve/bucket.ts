import { hasherOf } from "./murmur3.js";

/**
 * The buckets of keys under a seed: 0 to 9999, each one a hundredth of a percent.
 *
 * The hash is taken over `seed:key`. Whole percents agree with Unleash's client specification, whose normalised hash is
 * `h % 100 + 1`; the two digits behind the point come from `h / 100`.
 */
export function bucketsOf(seed: string): (key: string) => number {
  const hashOf = hasherOf(`${seed}:`);
  return (key) => {
    const hash = hashOf(String(key)); // callers without types may give a number
    return (hash % 100) * 100 + (Math.floor(hash / 100) % 100);
  };
}

/** The bucket of a key under a seed: 0 to 9999, each one a hundredth of a percent. */
export function bucket(seed: string, key: string): number {
  return bucketsOf(seed)(key);
}

/** Says whether a bucket is among the first `percent` (0 to 100, two decimals) of the keys. */
export function isWithin(bucketOfKey: number, percent: number): boolean {
  return bucketOfKey < Math.round(percent * 100);
}

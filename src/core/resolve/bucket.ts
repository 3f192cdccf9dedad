import { hash32 } from "murmur-hash";

const encoder = new TextEncoder();
/** Room for a short text in ASCII, and views of its beginnings by their length: encoding most keys makes nothing new. */
const room = new Uint8Array(256);
const beginnings: Uint8Array[] = [];

/**
 * The bucket of a key under a seed: 0 to 9999, each one a hundredth of a percent.
 *
 * MurmurHash3 x86 32-bit with seed 0 over the UTF-8 bytes of `seed:key`. Whole percents agree with Unleash's client
 * specification, whose normalised hash is `h % 100 + 1`; the two digits behind the point come from `h / 100`.
 */
export function bucket(seed: string, key: string): number {
  const hash = hash32(shortBytes(seed, key) ?? encoder.encode(`${seed}:${key}`));
  return (hash % 100) * 100 + (Math.floor(hash / 100) % 100);
}

/** The bytes of `seed:key`, good until the next call; undefined when they are not ASCII or do not fit. */
function shortBytes(seed: string, key: string): Uint8Array | undefined {
  const length = seed.length + 1 + key.length;
  const fits = length <= room.length; // also false for the length of what is no text
  if (!fits || !write(seed, 0) || !write(key, seed.length + 1)) return undefined;
  room[seed.length] = 0x3a; // ":"
  return (beginnings[length] ??= room.subarray(0, length));
}

/** Writes a text into the room; says whether it is ASCII. */
function write(text: string, at: number): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return false;
    room[at + index] = code;
  }
  return true;
}

/** Says whether a bucket is among the first `percent` (0 to 100, two decimals) of the keys. */
export function isWithin(bucketOfKey: number, percent: number): boolean {
  return bucketOfKey < Math.round(percent * 100);
}

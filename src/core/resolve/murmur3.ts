const encoder = new TextEncoder();

/**
 * Hashes texts that begin alike: MurmurHash3 x86 32-bit with seed 0 over the UTF-8 bytes of the beginning and the text,
 * 0 to 2³² - 1. The beginning is taken in once. After SMHasher by Austin Appleby, public domain.
 */
export function hasherOf(beginning: string): (text: string) => number {
  const begun = takeIn({ hash: 0, word: 0, length: 0 }, encoder.encode(beginning));
  return (text) => {
    let { hash, word, length } = begun;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      // Only ASCII is its own encoding; most keys are ASCII.
      if (code > 0x7f) return finish(takeIn(begun, encoder.encode(text)));
      word |= code << (8 * (length % 4));
      if (++length % 4 !== 0) continue;
      hash = mix(hash, word);
      word = 0;
    }
    return finish({ hash, word, length });
  };
}

/** A hash in the making. */
interface Progress {
  /** Of the whole words. */
  readonly hash: number;
  /** The bytes after them, the first one lowest. */
  readonly word: number;
  /** Bytes taken in. */
  readonly length: number;
}

function takeIn({ hash, word, length }: Progress, bytes: Uint8Array): Progress {
  for (const byte of bytes) {
    word |= byte << (8 * (length % 4));
    if (++length % 4 !== 0) continue;
    hash = mix(hash, word);
    word = 0;
  }
  return { hash, word, length };
}

function mix(hash: number, word: number): number {
  const mixed = hash ^ scramble(word);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function scramble(word: number): number {
  const product = Math.imul(word, 0xcc9e2d51);
  return Math.imul((product << 15) | (product >>> 17), 0x1b873593);
}

function finish({ hash, word, length }: Progress): number {
  let mixed = hash ^ scramble(word) ^ length;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

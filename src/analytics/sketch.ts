const exactValues = 1_000;
const accuracy = 0.01;
const ratio = (1 + accuracy) / (1 - accuracy);
const least = 1e-9; // smaller values count as 0

/**
 * Percentiles of values that are not negative, in bounded memory: exact for the first 1,000 values, within 1 % of the
 * true value beyond. DDSketch (Masson, Rim and Lee, VLDB 2019): a value falls into the bin of its logarithm, so that
 * doubles need at most some 17,000 bins, and real latencies a few hundred.
 */
export class Sketch {
  #exact: number[] | undefined = [];
  readonly #bins = new Map<number, number>();
  #zeros = 0;
  count = 0;
  sum = 0;

  /** Adds a value, 0 or more. */
  add(value: number): void {
    this.count += 1;
    this.sum += value;
    if (this.#exact === undefined) this.#put(value, 1);
    else {
      this.#exact.push(value);
      if (this.#exact.length > exactValues) this.#blur();
    }
  }

  /** Adds all values of another sketch. */
  merge(other: Sketch): void {
    if (other.#exact !== undefined) {
      for (const value of other.#exact) this.add(value);
      return;
    }
    this.#blur();
    this.count += other.count;
    this.sum += other.sum;
    this.#zeros += other.#zeros;
    for (const [bin, count] of other.#bins) this.#bins.set(bin, (this.#bins.get(bin) ?? 0) + count);
  }

  /**
   * The smallest value that at least `share` (0 to 1) of the values do not exceed: the nearest-rank definition. Null
   * without values.
   */
  percentile(share: number): number | null {
    if (this.count === 0) return null;
    const rank = Math.max(1, Math.ceil(share * this.count));
    if (this.#exact !== undefined) return this.#exact.toSorted((a, b) => a - b)[rank - 1] ?? null;
    let passed = this.#zeros;
    if (passed >= rank) return 0;
    for (const [bin, count] of [...this.#bins].sort(([a], [b]) => a - b)) {
      passed += count;
      if (passed >= rank) return (2 * ratio ** bin) / (ratio + 1); // the middle of the bin, in relative terms
    }
    return null;
  }

  #blur(): void {
    for (const value of this.#exact ?? []) this.#put(value, 1);
    this.#exact = undefined;
  }

  #put(value: number, count: number): void {
    if (value < least) this.#zeros += count;
    else {
      const bin = Math.ceil(Math.log(value) / Math.log(ratio));
      this.#bins.set(bin, (this.#bins.get(bin) ?? 0) + count);
    }
  }
}

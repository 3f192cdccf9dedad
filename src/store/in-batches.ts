/**
 * Puts what arrives into lists of other lengths: small ones first, because the answer is often near, then larger ones,
 * twice the size each time, so that a long way takes few steps.
 */
export async function* inBatches<T>(
  items: AsyncIterable<readonly T[]>,
  { first, largest }: { readonly first: number; readonly largest: number },
): AsyncGenerator<T[], void> {
  let size = first;
  let batch: T[] = [];
  for await (const some of items) {
    batch.push(...some);
    while (batch.length >= size) {
      yield batch.slice(0, size);
      batch = batch.slice(size);
      size = Math.min(size * 2, largest);
    }
  }
  if (batch.length > 0) yield batch;
}

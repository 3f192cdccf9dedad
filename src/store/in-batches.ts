/**
 * Puts what arrives one by one into lists: small ones first, because the answer is often near, then larger ones, twice
 * the size each time, so that a long way takes few steps.
 */
export async function* inBatches<T>(
  items: AsyncIterable<T>,
  { first, largest }: { readonly first: number; readonly largest: number },
): AsyncGenerator<T[], void> {
  let size = first;
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
    size = Math.min(size * 2, largest);
  }
  if (batch.length > 0) yield batch;
}

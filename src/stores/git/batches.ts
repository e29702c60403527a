/** How long the arguments of one command may get, in characters; Windows allows 32,767. */
const MAX_ARGUMENTS = 16_000;

/** Parts of a list whose sizes add up to at most `limit`, or that have a single item. */
export function inBatches<T>(
  items: readonly T[],
  limit: number,
  sizeOf: (item: T) => number,
): readonly (readonly T[])[] {
  const batches: T[][] = [];
  let total = Number.POSITIVE_INFINITY;
  for (const item of items) {
    if (total + sizeOf(item) > limit) {
      batches.push([]);
      total = 0;
    }
    batches.at(-1)?.push(item);
    total += sizeOf(item);
  }
  return batches;
}

/** Parts of a list whose names fit into the arguments of one command. */
export function inArguments<T>(items: readonly T[], nameOf: (item: T) => string): readonly (readonly T[])[] {
  return inBatches(items, MAX_ARGUMENTS, (item) => nameOf(item).length + 1);
}

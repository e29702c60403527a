/** Maximum length of the arguments of one command, in characters; Windows allows 32,767. */
const MAX_ARGUMENTS = 16_000;

/** Splits a list into batches whose sizes add up to at most `limit`. A larger item gets a batch of its own. */
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

/** Splits a list into batches whose names fit into the arguments of one command. */
export function inArguments<T>(items: readonly T[], nameOf: (item: T) => string): readonly (readonly T[])[] {
  return inBatches(items, MAX_ARGUMENTS, (item) => nameOf(item).length + 1);
}

/** Indexes items by name. Items with the same name are distinguished by their position among them. */
export function keyedByOccurrence<T>(
  items: Iterable<T>,
  nameOf: (item: T) => string,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  const occurrences = new Map<string, number>();
  for (const item of items) {
    const name = nameOf(item);
    const occurrence = occurrences.get(name) ?? 0;
    occurrences.set(name, occurrence + 1);
    found.set(`${name} ${occurrence}`, item);
  }
  return found;
}

/** Maximum number of suggestions in a message. */
const MAX_SUGGESTIONS = 3;
/** Longer texts are cut: the cost of a comparison is the product of the lengths. */
const MAX_LENGTH = 200;

/**
 * Returns what the user may have meant, best match first: the candidates that differ from the text in few characters.
 *
 * @param text the user's text
 * @param candidates the known texts
 */
export function nearMatches(text: string, candidates: Iterable<string>): readonly string[] {
  const wanted = text.toLowerCase().slice(0, MAX_LENGTH);
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  const scored: { candidate: string; distance: number }[] = [];
  for (const candidate of new Set(candidates)) {
    const other = candidate.toLowerCase().slice(0, MAX_LENGTH);
    if (Math.abs(other.length - wanted.length) > limit) continue;
    const distance = editDistance(wanted, other);
    if (distance <= limit) scored.push({ candidate, distance });
  }
  return scored
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ candidate }) => candidate);
}

/** Formats matches for the end of a message: `Did you mean "a" or "b"?`; empty without matches. */
export function suggestion(matches: readonly string[]): string {
  return matches.length === 0 ? '' : `Did you mean ${matches.map((match) => `"${match}"`).join(' or ')}?`;
}

/**
 * Returns how many letters must be added, removed, replaced, or swapped with the next one (optimal string alignment).
 * Keeps three rows of the table at a time.
 */
export function editDistance(a: string, b: string): number {
  let above: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? (above[j - 2] as number) + 1 : replaced;
      next.push(Math.min(replaced, swapped, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    [above, row] = [row, next];
  }
  return row[b.length] as number;
}

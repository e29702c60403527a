/**
 * Waits until all promises have settled, even if one of them fails, so that nothing is in use when the caller
 * cleans up.
 *
 * @returns their results, in the given order
 * @throws the error of the first of them that failed
 */
export async function allEnded<Promises extends readonly Promise<unknown>[] | []>(
  promises: Promises,
): Promise<{ -readonly [At in keyof Promises]: Awaited<Promises[At]> }> {
  await Promise.allSettled(promises);
  return await Promise.all(promises);
}

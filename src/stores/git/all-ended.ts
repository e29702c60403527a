/**
 * Waits until all works have ended, also if one of them fails: what is cleaned up afterwards is not in use any more.
 *
 * @returns their results, in their order
 * @throws what the first of them that failed has thrown
 */
export async function allEnded<Works extends readonly Promise<unknown>[] | []>(
  works: Works,
): Promise<{ -readonly [At in keyof Works]: Awaited<Works[At]> }> {
  await Promise.allSettled(works);
  return await Promise.all(works);
}

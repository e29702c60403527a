/** Pseudo-random numbers, which are the same on every machine for a seed. */
export interface Random {
  /** Returns a whole number from 0 to `below` - 1. */
  below(below: number): number;
  /** Returns `true` with the probability `part`. */
  chance(part: number): boolean;
  oneOf<T>(list: readonly T[]): T;
}

/** @param seed a whole number of 32 bits (generator: mulberry32) */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    chance: (part) => next() < part,
    oneOf: (list) => list[below(list.length)] as (typeof list)[number],
  };
}

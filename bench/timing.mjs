/**
 * Measures functions in alternating runs, so that a slow moment of the machine affects all of them. Returns the
 * median of each.
 *
 * @param works functions by name; the first call of each is not counted
 * @returns milliseconds by name
 */
export async function medians(works, rounds) {
  const times = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, work] of Object.entries(works)) {
      const started = performance.now();
      await work();
      if (round >= 0) times[name].push(performance.now() - started);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

/**
 * Measures the minimum processor time of functions in alternating runs, which other processes hardly affect.
 *
 * @param works functions by name; the first call of each is not counted
 * @returns milliseconds by name
 */
export async function processorTimes(works, rounds) {
  const least = Object.fromEntries(Object.keys(works).map((name) => [name, Infinity]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, work] of Object.entries(works)) {
      const started = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(started);
      if (round >= 0) least[name] = Math.min(least[name], (user + system) / 1000);
    }
  }
  return least;
}

function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Creates a generator of pseudo-random numbers that are the same in every run (mulberry32). */
export function createRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

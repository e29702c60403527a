import { FAULTS, faultsOfRun, makeBench, recovers, type Bench } from '../support/faulty-git.js';
import { posixTest } from '../support/folders.js';

// Every git call of a run, with every possible fault: some 300 runs, several minutes.

let bench: Bench;
beforeAll(async () => {
  bench = await makeBench();
});

describe.each(['publish', 'preview'] as const)('%s', (kind) => {
  posixTest.each(FAULTS)('ends in order if any git call %s', async (fault) => {
    const { code, commands } = await bench.run(bench.remote(), kind, 0);
    expect(code).toBe(0);
    // Checks that there are calls at all; a preview makes the fewest.
    expect(commands.length).toBeGreaterThan(5);
    const wrong: string[] = [];
    for (const at of commands.keys()) wrong.push(...(await faultsOfRun(bench, kind, at + 1, fault)));
    expect(wrong).toEqual([]);
  });
});

posixTest.each(FAULTS)('the next publication works if any git call %s', async (fault) => {
  const { commands } = await bench.run(bench.remote(), 'publish', 0);
  const failed: string[] = [];
  for (const [at, command] of commands.entries())
    if (!(await recovers(bench, at + 1, fault))) failed.push(`${at + 1}: ${command}`);
  expect(failed).toEqual([]);
});

import { FAULTS, faultsOfRun, makeBench, recovers, type Bench } from '../support/faulty-git.js';
import { posixTest } from '../support/folders.js';

// Every call of git in a run, and every fault that it can have: some 300 runs, several minutes.

let bench: Bench;
beforeAll(async () => {
  bench = await makeBench();
});

describe.each(['publish', 'preview'] as const)('%s', (kind) => {
  posixTest.each(FAULTS)('ends in order, whichever call of git %s', async (fault) => {
    const { code, commands } = await bench.run(bench.remote(), kind, 0);
    expect(code).toBe(0);
    // As many as there are; a preview makes the fewest.
    expect(commands.length).toBeGreaterThan(5);
    const wrong: string[] = [];
    for (const at of commands.keys()) wrong.push(...(await faultsOfRun(bench, kind, at + 1, fault)));
    expect(wrong).toEqual([]);
  });
});

posixTest.each(FAULTS)('the next publication works, whichever call of git %s', async (fault) => {
  const { commands } = await bench.run(bench.remote(), 'publish', 0);
  const failed: string[] = [];
  for (const [at, command] of commands.entries())
    if (!(await recovers(bench, at + 1, fault))) failed.push(`${at + 1}: ${command}`);
  expect(failed).toEqual([]);
});

import {
  FAULTS,
  faultsOfRun,
  makeBench,
  recovers,
  type Bench,
  type Fault,
} from '../../support/faulty-git.js';
import { posixTest } from '../../support/folders.js';

// Each command fails once, in one way; in test/long, every call fails in every way.

let bench: Bench;
let commands: readonly string[];
beforeAll(async () => {
  bench = await makeBench();
  commands = (await bench.run(bench.remote(), 'publish', 0)).commands;
}, 120_000);

/** Selects the first call of each command and the last call of the run, with a fault for each. */
function chosen(): [at: number, fault: Fault][] {
  const calls = commands.flatMap((command, at) => (commands.indexOf(command) === at ? [at + 1] : []));
  return [...calls, commands.length].map((call, at) => [call, FAULTS[at % FAULTS.length] ?? 'fails']);
}

posixTest(
  'a run ends properly and leaves a complete site, whichever git command fails',
  async () => {
    expect(commands).toEqual(
      expect.arrayContaining([
        ...['init', 'fetch', 'rev-list', 'ls-tree', 'cat-file', 'read-tree', 'ls-remote'],
        ...['hash-object', 'update-index', 'write-tree', 'commit-tree', 'push'],
      ]),
    );
    const wrong: string[] = [];
    for (const [at, fault] of chosen()) wrong.push(...(await faultsOfRun(bench, 'publish', at, fault)));
    expect(wrong).toEqual([]);
  },
  180_000,
);

posixTest(
  'a preview ends properly and changes nothing, whichever git command fails',
  async () => {
    const wrong: string[] = [];
    for (const [command, fault] of [
      ['fetch', 'is-cut-off'],
      ['ls-tree', 'is-killed'],
      ['cat-file', 'fails-silently'],
      ['init', 'does-nothing'],
    ] as const)
      wrong.push(...(await faultsOfRun(bench, 'preview', commands.indexOf(command) + 1, fault)));
    expect(wrong).toEqual([]);
  },
  120_000,
);

posixTest.each<[string, Fault]>([
  ['commit-tree', 'is-killed'],
  ['push', 'is-killed-afterwards'],
  ['push', 'does-nothing'],
])(
  'the next publication works after git %s %s',
  async (command, fault) => {
    expect(await recovers(bench, commands.indexOf(command) + 1, fault)).toBe(true);
  },
  120_000,
);

import {
  FAULTS,
  faultsOfRun,
  makeBench,
  recovers,
  type Bench,
  type Fault,
} from '../../support/faulty-git.js';
import { posixTest } from '../../support/folders.js';

// Here, each command fails once, in one way; test/long lets every call fail in every way.

let bench: Bench;
let commands: readonly string[];
beforeAll(async () => {
  bench = await makeBench();
  commands = (await bench.run(bench.remote(), 'publish', 0)).commands;
}, 120_000);

/** The first call of each command, and the last one of the run, with the fault that it gets. */
function chosen(): [at: number, fault: Fault][] {
  const calls = commands.flatMap((command, at) => (commands.indexOf(command) === at ? [at + 1] : []));
  return [...calls, commands.length].map((call, at) => [call, FAULTS[at % FAULTS.length] ?? 'fails']);
}

posixTest(
  'a run ends in order and leaves a whole site, whichever command of git fails',
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
  'a preview ends in order and changes nothing, whichever command of git fails',
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

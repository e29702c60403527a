import type { Inspector } from '../../../src/app/ports/inspector.js';
import type { PastState } from '../../../src/app/ports/site-source.js';
import type { SiteSnapshot, SiteStore } from '../../../src/app/ports/site-store.js';
import { rollBack } from '../../../src/app/rollback/rollback.js';
import type { RollbackSettings } from '../../../src/app/rollback/settings.js';
import type { Format } from '../../../src/formats/format.js';
import type { NeededPayload, RestoredContent, RollbackPlan } from '../../../src/formats/rollback.js';
import type { PlanMoment } from '../../../src/model/plan-moment.js';
import { emptyOutcome } from '../../../src/model/outcome.js';
import { sitePath } from '../../../src/model/site-path.js';
import { formatWith } from '../../support/format-with.js';
import { memorySite, memoryStore, recordedProgress, verifyingInspector } from '../../support/memory-site.js';

const INDEX = sitePath('db.xml.gz');
const NOW = new Date('2026-11-28T12:00:00Z');
const STAMP = 20261128120000;
const THEN = 20260101000000;

const SETTINGS: RollbackSettings = {
  preview: false,
  target: { to: String(THEN) },
  failOn: 'error',
  siteUrl: 'https://lab.org/',
  timestamp: undefined,
  message: undefined,
};

/** The content of a file of then, which is stored again. */
function needed(name: string): NeededPayload {
  return {
    from: sitePath(`${name}-${THEN}`),
    storedPath: sitePath(`${name}-${STAMP}`),
    path: sitePath(name),
    checksums: ['aa'],
    size: undefined,
  };
}

const A = needed('a.ijm');
const B = needed('b.ijm');

interface Options {
  readonly settings?: Partial<RollbackSettings>;
  readonly plan?: Partial<RollbackPlan>;
  /** Whether the site offers the same as then. */
  readonly isSame?: true;
  readonly lost?: readonly NeededPayload[];
  readonly snapshot?: Partial<SiteSnapshot>;
  readonly store?: Partial<SiteStore>;
  readonly format?: Partial<Format<unknown, never, never, unknown>>;
  readonly inspector?: Partial<Inspector>;
  readonly results?: Parameters<typeof verifyingInspector>[0];
}

/**
 * Goes back from the index `now` to the index `then`, which needs these payloads, and records what happens. The index
 * tells of both publications.
 */
function rollingBack(payloads: readonly NeededPayload[], options: Options = {}) {
  const { settings = {}, plan = {}, lost = [], results } = options;
  const events: string[] = [];
  const moments: PlanMoment[] = [];
  const contents: (readonly [string, RestoredContent])[] = [];
  const format = formatWith({
    name: 'imagej',
    indexPaths: [INDEX],
    parseIndex: (files) => Buffer.from(files.get(INDEX) ?? []).toString(),
    renderIndex: (index) => [{ path: INDEX, bytes: Buffer.from(String(index)) }],
    storedSizes: () => new Map(),
    compare: (before, after) =>
      before === after
        ? []
        : [{ kind: 'update', path: 'a.ijm', reason: `${String(before)} to ${String(after)}` }],
    explain: (changes) => changes.map((change) => ({ ...change, consequence: 'users get it' })),
    diff: (before, after) => `${String(before)} -> ${String(after)}`,
    rollback: {
      moments: {
        publicationsOf: (index) => (index === '' ? [] : [20260201000000, THEN]),
        stateAfter: () => 'then',
        withoutLater: (state) => state,
      },
      plan: ({ moment }) => {
        moments.push(moment);
        return { timestamp: STAMP, needed: payloads, notices: [], problems: [], ...plan };
      },
      apply: (now, then, timestamp, given) => {
        contents.push(...given);
        return options.isSame ? now : `${String(then)} at ${timestamp}`;
      },
    },
    ...options.format,
  });
  const stored = payloads
    .filter((payload) => !lost.includes(payload))
    .map(({ from }) => [from, 'x'] as const);
  const site = memorySite({ [INDEX]: 'now', ...Object.fromEntries(stored) }, options.snapshot);
  const { store, published } = memoryStore(site, options.store);
  const done = rollBack(
    [format],
    { ...SETTINGS, ...settings },
    {
      store: {
        ...store,
        open: (forWriting) => (events.push(`open ${String(forWriting)}`), store.open(forWriting)),
      },
      inspector: { ...verifyingInspector(results), ...options.inspector },
      temp: {
        make: () => {
          events.push('make folder');
          return Promise.resolve({
            path: '/temp',
            remove: () => Promise.resolve(void events.push('remove folder')),
          });
        },
      },
      runtime: { now: () => NOW },
      log: { info: (text) => events.push(text), detail: (text) => events.push(text) },
      progress: recordedProgress(),
    },
  );
  return { done, events, published, moments, contents };
}

const CHANGE = {
  kind: 'update',
  path: 'a.ijm',
  reason: `now to then at ${STAMP}`,
  consequence: 'users get it',
};

test('the content of then is published again under a new timestamp', async () => {
  const { done, events, published, moments, contents } = rollingBack([A]);
  expect(await done).toEqual({
    ...emptyOutcome('imagej', 'publication', 'folder new'),
    changed: true,
    timestamp: STAMP,
    siteUrl: 'https://lab.org/',
    changes: [CHANGE],
    publishedFiles: [A.storedPath],
    publishedBytes: 1,
    diff: `now -> then at ${STAMP}`,
    commit: 'c0ffee',
  });
  expect(published).toHaveLength(1);
  expect(published[0]).toMatchObject({
    payloads: [{ storedPath: A.storedPath, path: 'a.ijm', size: 1, checksum: 'aa', modified: 1 }],
    restored: [],
    removals: [],
    indexFiles: [{ path: INDEX, bytes: Buffer.from(`then at ${STAMP}`) }],
    date: NOW,
  });
  expect(published[0]?.message).toMatch(new RegExp(`^Go back to ${THEN}\n\n.*a\\.ijm`, 's'));
  expect(contents).toEqual([[A.storedPath, { checksum: 'aa', size: 1 }]]);
  expect(moments).toEqual([{ now: STAMP, isGiven: false, clock: STAMP, lastSeen: undefined }]);
  expect(events).toEqual([
    'open true',
    'make folder',
    `Going back to ${THEN} in folder new.`,
    'remove folder',
  ]);
});

test('a preview shows the same and opens the place only for reading', async () => {
  const { done, events, published } = rollingBack([A], {
    settings: { preview: true },
    plan: { notices: ['Users of b keep it.'] },
  });
  expect(await done).toMatchObject({
    kind: 'preview',
    changed: true,
    changes: [CHANGE],
    notices: ['Users of b keep it.'],
    commit: undefined,
  });
  expect(published).toEqual([]);
  expect(events).toEqual(['open false', 'make folder', 'remove folder']);
});

test('the timestamp and the message of the user are used', async () => {
  const { done, published, moments } = rollingBack([A], {
    settings: { timestamp: 20261128130000, message: 'Undo' },
  });
  await done;
  expect(moments).toEqual([{ now: 20261128130000, isGiven: true, clock: STAMP, lastSeen: undefined }]);
  expect(published[0]?.message).toBe('Undo');
});

test('nothing is published if the site offers the same as then', async () => {
  const { done, published } = rollingBack([], { isSame: true });
  expect(await done).toMatchObject({ changed: false, refusal: undefined, timestamp: undefined, changes: [] });
  expect(published).toEqual([]);
});

test('a state of the history without a timestamp of its own is called by its commit', async () => {
  const id = 'a1b2c3d4e5f6a7b8';
  const states: PastState[] = [
    { id: 'ffff', date: NOW, author: 'Jo', subject: 'two' },
    { id, date: NOW, author: 'Jo', subject: 'one' },
  ];
  const { done, published, events } = rollingBack([A], {
    settings: { target: { to: id } },
    snapshot: {
      past: {
        statesOf: () => Promise.resolve(states),
        readAt: (ids) => Promise.resolve(ids.map(() => Buffer.from('now'))),
        at: () => memorySite({}),
      },
    },
    format: {
      rollback: {
        plan: () => ({ timestamp: STAMP, needed: [], notices: [], problems: [] }),
        apply: () => 'then',
      },
    },
  });
  await done;
  expect(published[0]?.message).toMatch(/^Go back to a1b2c3d4e5f6\n\n/);
  expect(events).toContain('Going back to a1b2c3d4e5f6 in folder new.');
});

describe('content of then', () => {
  test.each<[string, Options, string]>([
    ['is lost', { lost: [B] }, 'it does not exist any more'],
    [
      'cannot be read',
      {
        snapshot: {
          fetchFiles: (paths) =>
            Promise.resolve(
              paths.map((path) =>
                path === B.from
                  ? { status: 'failed', reason: 'it is a link' }
                  : { status: 'there', file: path, size: 1, modified: 1 },
              ),
            ),
        },
      },
      'it is a link',
    ],
    [
      'is another one',
      { results: { [B.from]: { facts: { isMatch: false, checksum: 'bb' } } } },
      'it is not what its index states: its checksum is bb, the index states aa',
    ],
    [
      'cannot be inspected',
      { results: { [B.from]: { problem: { severity: 'error', code: 'bad-path', message: 'Bad.' } } } },
      'it is not what its index states: Bad',
    ],
  ])('refuses the rollback if it %s', async (_, options, reason) => {
    const { done, published, events } = rollingBack([A, B], {
      ...options,
      plan: { notices: ['Users restart.'] },
    });
    const outcome = await done;
    expect(outcome).toEqual({
      ...emptyOutcome('imagej', 'publication', 'folder new'),
      refusal: 'errors',
      siteUrl: 'https://lab.org/',
      problems: [
        {
          severity: 'error',
          code: 'lost-payload',
          path: B.from,
          message: `The site cannot go back to ${B.from}: ${reason}.`,
          hint: `Choose another moment, or publish the file again from its sources.${
            options.lost
              ? ' If the site was imported and has not changed since, import it again with "--history".'
              : ''
          }`,
        },
      ],
    });
    expect(published).toEqual([]);
    expect(events.at(-1)).toBe('remove folder');
  });

  test('is compared again when it is written', async () => {
    const { done, events } = rollingBack([A], {
      inspector: { checksumAll: () => Promise.resolve([{ checksum: 'bb', size: 1 }]) },
      store: {
        publish: async (_, { payloads, verify }) => {
          await verify(payloads.map((payload) => ({ payload, file: payload.file })));
          return { status: 'published', commit: undefined };
        },
      },
    });
    await expect(done).rejects.toMatchObject({ code: 'artifact' });
    expect(events.at(-1)).toBe('remove folder');
  });
});

describe('problems', () => {
  test('of the plan and of the place are all reported, and warnings refuse the rollback if the user wants that', async () => {
    const options: Options = {
      settings: { failOn: 'warning' },
      plan: { problems: [{ severity: 'warning', code: 'lost-payload', message: 'It is lost.' }] },
      store: { budget: { maxFileBytes: 200, warnFileBytes: 100, maxSiteBytes: 2000, warnSiteBytes: 1000 } },
      snapshot: {
        usage: () => Promise.resolve({ bytes: 1000, unmeasured: 0 }),
        unserved: ([path = '']) => [
          { path, code: 'dropped-by-jekyll', message: 'Hidden.', hint: 'Rename it.' },
        ],
      },
    };
    const { done, published } = rollingBack([A], options);
    const outcome = await done;
    expect(outcome).toMatchObject({
      changed: false,
      refusal: 'warnings',
      changes: [CHANGE],
      publishedFiles: [],
    });
    expect(outcome.problems.map(({ code }) => code)).toEqual([
      'lost-payload',
      'dropped-by-jekyll',
      'site-near-limit',
    ]);
    expect(published).toEqual([]);
  });

  test('with obstacles refuse the rollback', async () => {
    const { done } = rollingBack([A], {
      snapshot: {
        obstacles: ([path = '']) =>
          Promise.resolve([{ path, message: 'A folder is there.', hint: 'Move it.' }]),
      },
    });
    expect(await done).toMatchObject({
      refusal: 'errors',
      problems: [{ severity: 'error', code: 'place-taken', path: A.storedPath }],
    });
  });

  test('of size do not exist if nothing is stored, or if the place cannot be measured', async () => {
    const budget = { maxFileBytes: 0, warnFileBytes: 0, maxSiteBytes: 0, warnSiteBytes: 0 };
    expect((await rollingBack([], { store: { budget } }).done).problems).toEqual([]);
    expect((await rollingBack([A], { store: { budget } }).done).problems).toEqual([]);
  });
});

test('a change of the place by another run ends the rollback', async () => {
  const { done, events } = rollingBack([A], {
    store: { publish: () => Promise.resolve({ status: 'lost race' }) },
  });
  await expect(done).rejects.toMatchObject({
    code: 'race',
    message: 'Another run changed folder new during the rollback.',
    hint: 'Nothing was changed. Look at the history again: the last publication may be another one now.',
  });
  expect(events.at(-1)).toBe('remove folder');
});

test('a moment that the history does not list is refused before a folder is made', async () => {
  const { done, events } = rollingBack([A], { settings: { target: { to: '20250101000000' } } });
  await expect(done).rejects.toMatchObject({ code: 'usage' });
  expect(events).toEqual(['open true']);
});

test('a format whose sites cannot be rolled back is refused', async () => {
  const plain = { rollback: undefined as never };
  await expect(rollingBack([A], { format: plain }).done).rejects.toMatchObject({
    code: 'usage',
    message: 'Sites of the format imagej cannot be rolled back.',
    hint: 'Publish the earlier files again with a higher version.',
  });
});

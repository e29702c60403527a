import type { ReadableSite, SitePast } from '../../../src/app/ports/site-source.js';
import { lostVersions } from '../../../src/app/verify/lost-versions.js';
import { format } from '../../../src/formats/imagej/format.js';
import { VERIFICATION } from '../../../src/formats/imagej/verify/verify.js';
import { format as plugins } from '../../../src/formats/jetbrains/format.js';
import { loadRepository } from '../../../src/formats/jetbrains/index/load.js';
import { EMPTY_REPOSITORY } from '../../../src/formats/jetbrains/index/repository.js';
import { VERIFICATION as OF_PLUGINS } from '../../../src/formats/jetbrains/verify/verify.js';
import { UserError } from '../../../src/model/user-error.js';
import { bytesOf, idOf, keeping } from '../../support/kept-site.js';
import { memorySite, recordedProgress } from '../../support/memory-site.js';
import { artifact, publish, type PluginPlanInput } from '../../support/plan-plugins.js';
import { planReturn } from '../../support/plugin-rollback.js';

const [FIRST, SECOND, THIRD] = [20260101000000, 20260201000000, 20260301000000];
const ALL = { previous: 'content' } as const;
const A = { 'macros/a.ijm': { timestamp: FIRST } };
const NEW_A = { 'macros/a.ijm': { timestamp: SECOND, checksum: 'b'.repeat(40) } };
const B = { 'macros/b.ijm': { timestamp: THIRD } };

const check = ({ past }: ReadableSite, settings: { previous: 'content' | 'presence' | 'none' } = ALL) =>
  lostVersions(format, VERIFICATION, past, settings, recordedProgress());
const removed = (path: string, at: number) => ({
  path,
  message: `the commit ${idOf(at)} has removed it from the index`,
});

test('a version that a later commit has removed is reported with this commit', async () => {
  const { site } = keeping(bytesOf(A), bytesOf({ ...A, ...B }), bytesOf(A), bytesOf(NEW_A), bytesOf(A));
  expect(await check(site)).toEqual({
    name: 'lost-versions',
    status: 'failed',
    reason: 'The index has lost 2 versions that users may have installed.',
    findings: [removed(`macros/a.ijm-${SECOND}`, 0), removed(`macros/b.ijm-${THIRD}`, 2)],
  });
});

test('a version that is listed again is not lost, also as an obsolete one', async () => {
  const back = { 'macros/b.ijm': { ...B['macros/b.ijm'], obsolete: true } };
  const { site } = keeping(bytesOf({ ...A, ...B }), bytesOf(A), bytesOf({ ...A, ...back }));
  expect(await check(site)).toEqual({ name: 'lost-versions', status: 'passed', findings: [] });
});

test('states without a readable index are left out', async () => {
  const { site } = keeping(bytesOf({ ...A, ...B }), Buffer.from('broken'), undefined, bytesOf(A));
  expect((await check(site)).findings).toEqual([removed(`macros/b.ijm-${THIRD}`, 0)]);
});

test('at most 501 states are read, in batches, and the progress counts them', async () => {
  const { site, batches } = keeping(bytesOf(B), ...Array.from({ length: 502 }, () => bytesOf(A)));
  const events: string[] = [];
  const found = await lostVersions(format, VERIFICATION, site.past, ALL, recordedProgress(events));
  expect(found.status).toBe('passed');
  expect(batches.reduce((sum, size) => sum + size, 0)).toBe(501);
  expect(events).toEqual(['Reading earlier states: 501 states', ...Array<string>(501).fill('+1'), 'done']);
});

test.each([
  [
    'a place does not keep earlier states',
    ALL,
    'This place does not keep earlier states of the index: name the branch that the site is published from.',
  ],
  [
    'previous versions are only looked for',
    { previous: 'presence' as const },
    'Earlier states of the index are read only with --history.',
  ],
  [
    'only current versions are checked',
    { previous: 'none' as const },
    'Earlier states of the index are read only with --history.',
  ],
])('the check is skipped if %s', async (_, settings, reason) => {
  expect(await check(memorySite({}), settings)).toEqual({
    name: 'lost-versions',
    status: 'skipped',
    reason,
    findings: [],
  });
});

describe('if the earlier states cannot be read', () => {
  const failing = (error: Error) => ({
    ...memorySite({}),
    past: { statesOf: () => Promise.reject(error) } as unknown as SitePast,
  });

  test('the check fails with the reason', async () => {
    expect(await check(failing(new UserError('remote', 'The remote does not respond.')))).toEqual({
      name: 'lost-versions',
      status: 'failed',
      reason: 'The earlier states of the index cannot be read: The remote does not respond.',
      findings: [],
    });
  });

  test.each([new UserError('cancelled', 'The run was cancelled.'), new Error('A bug.')])(
    'an error that is not about the place is passed on: %s',
    async (error) => {
      await expect(check(failing(error))).rejects.toBe(error);
    },
  );
});

describe('in a plugin repository', () => {
  /** Publishes one after the other. Returns the state after each publication, the first one first. */
  function publishAll(...requests: readonly PluginPlanInput[]): ReadonlyMap<string, Uint8Array>[] {
    let index = EMPTY_REPOSITORY;
    return requests.map((request) => {
      const published = publish(index, request);
      ({ index } = published);
      return published.files;
    });
  }

  const version = (number: string) => ({ artifacts: [artifact({ version: number })] });
  const archive = (number: string) => `plugins/org.lab.cells/${number}/org.lab.cells-${number}.zip`;

  function checkPlugins(...states: readonly ReadonlyMap<string, Uint8Array>[]) {
    const newest = [...states].reverse();
    const past: SitePast = {
      statesOf: () =>
        Promise.resolve(newest.map((_, at) => ({ id: idOf(at), date: undefined, author: '', subject: '' }))),
      readAt: (ids, path) => Promise.resolve(ids.map((id) => newest[Number(id)]?.get(path))),
      at: () => memorySite({}),
    };
    return lostVersions(plugins, OF_PLUGINS, past, ALL, recordedProgress());
  }

  test('a reverted publication has lost its version', async () => {
    const [first = new Map(), second = new Map()] = publishAll(version('1.0'), version('1.1'));
    expect((await checkPlugins(first, second, first)).findings).toEqual([removed(archive('1.1'), 0)]);
  });

  test('a version is listed again after the earlier index was brought back and rolled back', async () => {
    const [first = new Map(), second = new Map()] = publishAll(version('1.0'), version('1.1'));
    const { files } = planReturn(loadRepository(second), loadRepository(first));
    expect(await checkPlugins(first, second, first, second, files)).toMatchObject({ status: 'passed' });
  });

  test('a version that was withdrawn before is not lost', async () => {
    const states = publishAll(
      version('1.0'),
      version('1.1'),
      { remove: ['org.lab.cells@1.0'] },
      version('1.2'),
    );
    expect([...(states.at(-1)?.values() ?? [])].join()).not.toContain(archive('1.0'));
    expect(await checkPlugins(...states)).toMatchObject({ status: 'passed' });
  });

  test('entries that other tools have written may be removed', async () => {
    const byHand = (number: string) =>
      new Map([
        [
          'updatePlugins.xml',
          Buffer.from(`<plugins><plugin id="a" version="${number}" url="a.zip"/></plugins>`),
        ],
      ]);
    expect(await checkPlugins(byHand('1.0'), byHand('1.1'))).toMatchObject({ status: 'passed' });
  });
});

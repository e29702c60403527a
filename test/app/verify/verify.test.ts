import type { ReadableSite, ServedSite, SiteSource } from '../../../src/app/ports/site-source.js';
import type { SiteSnapshot } from '../../../src/app/ports/site-store.js';
import type { UpstreamIndexes } from '../../../src/app/ports/upstream-indexes.js';
import { verify } from '../../../src/app/verify/verify.js';
import type { VerifySettings } from '../../../src/app/verify/settings.js';
import type { SomeFormat } from '../../../src/formats/format.js';
import type { IndexedPayload, SiteFacts, VerificationRules } from '../../../src/formats/verification.js';
import { passed, type Check } from '../../../src/model/check.js';
import type { CheckName } from '../../../src/model/check-names.js';
import { sitePath } from '../../../src/model/site-path.js';
import { UserError } from '../../../src/model/user-error.js';
import { formatWith } from '../../support/format-with.js';
import {
  indexedPayload,
  memorySite,
  memorySource,
  recordedProgress,
  STAMP,
  verifyingInspector,
} from '../../support/memory-site.js';

const INDEX = 'db.xml.gz';
const NOW = new Date('2026-11-28T12:00:00Z');
const FIJI = { name: 'Fiji', location: 'https://fiji.example/db.xml.gz' };

const SETTINGS: VerifySettings = {
  sample: undefined,
  previous: 'presence',
  skip: [],
  upstream: [],
  java: 8,
  siteUrl: undefined,
};

interface Options {
  readonly payloads?: readonly IndexedPayload[];
  readonly settings?: Partial<VerifySettings>;
  readonly site?: Partial<SiteSnapshot>;
  readonly source?: SiteSource;
  readonly formats?: readonly [SomeFormat, ...SomeFormat[]];
  /** The checks of the format itself. */
  readonly own?: readonly Check[];
  readonly read?: UpstreamIndexes['read'];
  readonly results?: Parameters<typeof verifyingInspector>[0];
}

const unusedIndexes = () => Promise.reject(new Error('No index is wanted.'));

/** Verifies a site that has all of its payloads, unless stated otherwise. Returns what the format got as well. */
async function verified(options: Options = {}) {
  const { payloads = [], own = [passed('names')], settings = {}, read = unusedIndexes, results } = options;
  const facts: SiteFacts<unknown>[] = [];
  const rules = {
    payloadsOf: () => payloads,
    versionsOf: () => [],
    checkNames: ['names'],
    check: (given) => {
      facts.push(given);
      return own;
    },
    asksForDate: true,
    followsRedirect: (status) => status !== 308,
  } satisfies VerificationRules<unknown>;
  const format = formatWith({
    name: 'imagej',
    indexPaths: [sitePath(INDEX)],
    isStoredPath: (path) => path.endsWith(STAMP),
    parseIndex: (files) => `parsed ${Buffer.from(files.get(INDEX) ?? []).toString()}`,
    verification: rules,
  });
  const stored = payloads.flatMap(({ storedPath }) => storedPath ?? []);
  const files = Object.fromEntries([INDEX, ...stored].map((path) => [path, 'x']));
  const random = [0.9, 0, 0.5];
  const verification = await verify(
    options.source ?? memorySource(memorySite(files, options.site)),
    options.formats ?? [format],
    () => ({ ...SETTINGS, ...settings }),
    {
      inspector: verifyingInspector(results),
      temp: { make: () => Promise.resolve({ path: '/temp', remove: () => Promise.resolve() }) },
      elsewhere: { sizeOf: () => Promise.resolve(1) },
      progress: recordedProgress(),
      upstream: { read },
      runtime: {
        now: () => NOW,
        sleep: () => Promise.resolve(),
        random: () => random.shift() ?? 0,
      },
      log: { info: () => undefined, detail: () => undefined },
    },
  );
  const of = (name: CheckName) => verification.checks.find((check) => check.name === name);
  return { verification, of, facts: facts[0] };
}

const inWords = ({ checks }: { readonly checks: readonly Check[] }) =>
  checks.map(({ name, status }) => `${name} ${status}`);

/** The checks of the place, which are skipped for a place that is not a web address. */
const NOT_SERVED = ['https', 'redirects', 'last-modified', 'absent-files', 'cache-headers'].map(
  (name) => `${name} skipped`,
);

const CURRENT = indexedPayload('a.ijm');
const PREVIOUS = indexedPayload('old.ijm', { isCurrent: false });

test('a good site passes all checks, in the order of the catalogue', async () => {
  const { verification } = await verified({ payloads: [CURRENT, PREVIOUS] });
  expect(verification).toMatchObject({ format: 'imagej', site: 'folder old' });
  expect(inWords(verification)).toEqual([
    'index-readable passed',
    'payloads-present passed',
    'payload-sizes passed',
    'payload-checksums passed',
    'previous-payloads passed',
    'lost-versions skipped',
    'orphans passed',
    'names passed',
    ...NOT_SERVED,
  ]);
});

test('a check that the user wants to skip is skipped, also if it would fail', async () => {
  const own: Check = { name: 'names', status: 'failed', reason: 'Bad.', findings: [] };
  const { of } = await verified({ own: [own], settings: { skip: ['names', 'poms'] } });
  expect(of('names')).toEqual({
    name: 'names',
    status: 'skipped',
    reason: 'It is switched off (--skip).',
    findings: [],
  });
  // The format does not have this check.
  expect(of('poms')).toBeUndefined();
});

describe('the facts for the format', () => {
  test('are the index, the public address, the Java of users and the time', async () => {
    const { facts } = await verified();
    expect(facts).toMatchObject({
      index: 'parsed x',
      siteUrl: undefined,
      java: 8,
      clock: 20261128120000,
      upstream: 'No upstream site is known: name those that users follow with --upstream.',
    });
    expect([...(facts?.indexFiles.keys() ?? [])]).toEqual([INDEX]);
  });

  test('have the address that the user gave rather than that of the place', async () => {
    const served = { url: 'https://lab.org/', head: unusedHead } as ServedSite;
    expect((await verified({ site: { served } })).facts?.siteUrl).toBe('https://lab.org/');
    const settings = { siteUrl: 'https://other.org/' };
    expect((await verified({ site: { served }, settings })).facts?.siteUrl).toBe('https://other.org/');
  });

  test('have what was read only of payloads that match the index', async () => {
    const names = ['good.ijm', 'other.ijm', 'unreadable.ijm', 'lost.ijm'];
    const problem = { severity: 'error', code: 'bad-jar', message: 'It cannot be read.' } as never;
    const { facts } = await verified({
      payloads: names.map((name) => indexedPayload(name)),
      results: {
        [`other.ijm-${STAMP}`]: { facts: { isMatch: false, checksum: 'bb' } },
        [`unreadable.ijm-${STAMP}`]: { problem },
      },
      site: {
        fetchFiles: (paths) =>
          Promise.resolve(
            paths.map((path) =>
              path.startsWith('lost')
                ? { status: 'missing' }
                : { status: 'there', file: path, size: 1, modified: 1 },
            ),
          ),
      },
    });
    expect([...(facts?.read ?? [])]).toEqual([[`good.ijm-${STAMP}`, { isMatch: true, checksum: 'aa' }]]);
  });

  test('have the sites that users also follow, except the site itself', async () => {
    const read: UpstreamIndexes['read'] = () =>
      Promise.resolve({ bytes: Buffer.from('fiji'), outdated: undefined, keep: () => Promise.resolve() });
    const own = { name: 'Own', location: `https://lab.org/${INDEX}` };
    const { facts } = await verified({
      settings: { upstream: [FIJI, own] },
      site: { served: { url: 'https://lab.org/', head: unusedHead } },
      read,
    });
    expect(facts?.upstream).toEqual([{ ...FIJI, index: 'parsed fiji' }]);
  });

  test('state why the sites that users also follow are not known', async () => {
    const read = () => Promise.reject(new UserError('remote', 'It does not respond.'));
    const { facts } = await verified({ settings: { upstream: [FIJI] }, read });
    expect(facts?.upstream).toBe('It does not respond.');
  });

  test('have an outdated copy of a site, which is only a warning', async () => {
    const outdated = { reason: 'it does not respond', date: '2026-11-27T00:00:00Z' };
    const read: UpstreamIndexes['read'] = () =>
      Promise.resolve({ bytes: Buffer.from('old'), outdated, keep: () => Promise.resolve() });
    const { facts } = await verified({ settings: { upstream: [FIJI] }, read });
    expect(facts?.upstream).toEqual([{ ...FIJI, index: 'parsed old' }]);
  });
});

function unusedHead(): Promise<never> {
  return Promise.reject(new UserError('remote', 'It does not respond.'));
}

test('redirects of payloads are checked', async () => {
  const redirect = { status: 308, from: 'https://lab.org/a', to: 'https://lab.org/b' };
  const { of } = await verified({
    payloads: [CURRENT, indexedPayload('lost.ijm')],
    site: {
      served: { url: 'https://lab.org/', head: unusedHead },
      fetchFiles: () =>
        Promise.resolve([
          { status: 'there', file: '/a', size: 1, modified: 1, redirects: [redirect] },
          { status: 'missing' },
        ]),
    },
  });
  expect(of('redirects')?.findings.map(({ path }) => path)).toEqual([redirect.from]);
});

describe('a sample', () => {
  const payloads = ['a', 'b', 'c', 'd'].map((name) => indexedPayload(`${name}.ijm`));

  test('is chosen at random, and limits what the checks that read files mean', async () => {
    const fetched: string[] = [];
    const asked: string[] = [];
    const { of } = await verified({
      payloads,
      settings: { sample: 2 },
      site: {
        statFiles: (paths) => {
          asked.push(...paths);
          return Promise.resolve(paths.map(() => ({ status: 'there', size: 1 })));
        },
        fetchFiles: (paths) => {
          fetched.push(...paths);
          return Promise.resolve(paths.map((file) => ({ status: 'there', file, size: 1, modified: 1 })));
        },
      },
    });
    // 0.9 keeps d last, 0 puts a into the place of c, 0.5 puts b into the place of itself.
    expect(fetched).toEqual([`b.ijm-${STAMP}`, `c.ijm-${STAMP}`]);
    expect(asked).toEqual([`a.ijm-${STAMP}`, `d.ijm-${STAMP}`]);
    expect(of('payload-checksums')).toEqual(passed('payload-checksums', 'Only 2 files of 4 were read.'));
    expect(of('payloads-present')).toEqual(passed('payloads-present'));
    expect(of('previous-payloads')).toEqual(passed('previous-payloads'));
  });

  test('of one file is stated in the singular, also for previous versions if their content counts', async () => {
    const { of } = await verified({
      payloads: [CURRENT, PREVIOUS],
      settings: { sample: 1, previous: 'content' },
    });
    const limits = 'Only 1 file of 2 was read.';
    expect(of('payload-checksums')?.reason).toBe(limits);
    expect(of('previous-payloads')?.reason).toBe(limits);
  });

  test('does not limit what a failure means', async () => {
    const own: Check = { name: 'poms', status: 'failed', reason: 'Bad.', findings: [] };
    const { of } = await verified({ payloads, own: [own], settings: { sample: 1 } });
    expect(of('poms')).toEqual(own);
  });

  test('of all files is not a sample', async () => {
    const { of } = await verified({ payloads, settings: { sample: 4 } });
    expect(of('payload-checksums')).toEqual(passed('payload-checksums'));
  });
});

test('previous versions are not looked for if only current ones are checked', async () => {
  const asked: string[] = [];
  const statFiles: ReadableSite['statFiles'] = (paths) => {
    asked.push(...paths);
    return Promise.resolve([]);
  };
  const { of } = await verified({
    payloads: [CURRENT, PREVIOUS],
    settings: { previous: 'none' },
    site: { statFiles },
  });
  expect(asked).toEqual([]);
  expect(of('previous-payloads')?.status).toBe('skipped');
});

describe('a site that cannot be read', () => {
  test.each([
    [
      new UserError('remote', 'It does not respond.', { hint: 'Try later.' }),
      'It does not respond. Try later.',
    ],
    [new UserError('index', 'It is not XML.'), 'It is not XML.'],
  ])('fails the first check and skips all others (%#)', async (error, reason) => {
    const source = { ...memorySource(memorySite({})), open: () => Promise.reject(error) };
    const { verification } = await verified({ source, settings: { skip: ['orphans'] } });
    expect(inWords(verification)).toEqual([
      'index-readable failed',
      'payloads-present skipped',
      'payload-sizes skipped',
      'payload-checksums skipped',
      'previous-payloads skipped',
      'lost-versions skipped',
      'orphans skipped',
      'names skipped',
      ...NOT_SERVED,
    ]);
    expect(verification.checks.slice(0, 2)).toEqual([
      { name: 'index-readable', status: 'failed', reason, findings: [] },
      { name: 'payloads-present', status: 'skipped', reason: 'The index cannot be read.', findings: [] },
    ]);
    expect(verification.checks[6]?.reason).toBe('It is switched off (--skip).');
  });

  test('fails the check of the files if only they cannot be read', async () => {
    const error = new UserError('remote', 'It does not respond.', { hint: 'Try later.' });
    const { verification } = await verified({
      payloads: [CURRENT],
      site: { fetchFiles: () => Promise.reject(error) },
    });
    expect(inWords(verification)).toEqual([
      'index-readable passed',
      'payloads-present failed',
      'payload-sizes skipped',
      'payload-checksums skipped',
      'previous-payloads skipped',
      'lost-versions skipped',
      'orphans skipped',
      'names skipped',
      ...NOT_SERVED,
    ]);
    expect(verification.checks.slice(1, 3).map(({ reason }) => reason)).toEqual([
      'It does not respond. Try later.',
      'The files of the site cannot be read.',
    ]);
  });

  test('does not hide another fault of reading its files', async () => {
    const error = new UserError('machine', 'The disk is full.');
    const site = { fetchFiles: () => Promise.reject(error) };
    await expect(verified({ payloads: [CURRENT], site })).rejects.toBe(error);
  });

  test('fails if its index disappears after it was found', async () => {
    let reads = 0;
    const readFile = () => Promise.resolve(reads++ === 0 ? Buffer.from('x') : undefined);
    const { of, facts } = await verified({ site: { readFile } });
    expect(of('index-readable')).toMatchObject({ status: 'failed', reason: 'db.xml.gz does not exist.' });
    expect(facts).toBeUndefined();
  });

  test.each([
    new UserError('cancelled', 'The run was interrupted.'),
    new UserError('machine', 'The disk is full.'),
    new TypeError('x is undefined'),
  ])('does not hide another fault (%#)', async (error) => {
    const source = { ...memorySource(memorySite({})), open: () => Promise.reject(error) };
    await expect(verified({ source })).rejects.toBe(error);
  });
});

test('a format without checks is an internal error for a site, and has no checks of its own for another', async () => {
  const plain = formatWith({ name: 'imagej', indexPaths: [sitePath(INDEX)] });
  await expect(verified({ formats: [plain] })).rejects.toThrow(
    'Sites of the format imagej cannot be checked.',
  );
  const { of } = await verified({ formats: [plain], source: memorySource(memorySite({})) });
  expect(of('index-readable')?.status).toBe('failed');
  expect(of('names')).toBeUndefined();
});

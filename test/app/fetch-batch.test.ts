import { copiesIn } from '../../src/app/copies.js';
import { failureProblem, fetchBatch, type FetchSettings } from '../../src/app/fetch-batch.js';
import type { Inspector, VerifyRequest, VerifyResult } from '../../src/app/ports/inspector.js';
import type { LocalFile, ReadableSite } from '../../src/app/ports/site-source.js';
import type { CopyWords, StoredPayload } from '../../src/app/stored-payloads.js';
import { sitePath } from '../../src/model/site-path.js';
import { verifyingInspector } from '../support/memory-site.js';

const WORDS: CopyWords = {
  place: 'the old place',
  site: 'the old site',
  again: 'Then import again.',
  without: 'It is left out.',
};

function payload(name: string, isCurrent = true): StoredPayload {
  return {
    name,
    path: sitePath(name),
    storedPath: sitePath(`${name}-1`),
    size: 3,
    checksums: ['aa', 'bb'],
    isCurrent,
  };
}

/** Fetches payloads whose files and inspections are given. */
async function fetched(
  batch: readonly StoredPayload[],
  files: LocalFile[],
  results: readonly (VerifyResult | undefined)[],
) {
  const site = { fetchFiles: () => Promise.resolve(files) } as Partial<ReadableSite> as ReadableSite;
  const inspector = {
    verifyAll: (requests: readonly unknown[]) => Promise.resolve(requests.length > 0 ? results : []),
  } as Partial<Inspector> as Inspector;
  const settings = { format: 'imagej', folder: { path: '/copies' }, onBytes: () => undefined } as const;
  const { payloads, failed } = await fetchBatch(site, batch, settings, inspector);
  return { payloads, problems: failed.map((one) => failureProblem(one, WORDS)) };
}

const there = (more: object = {}): LocalFile => ({
  status: 'there',
  file: '/f',
  size: 3,
  modified: 1,
  ...more,
});
const matching = (isMatch: boolean) => ({ facts: { isMatch, checksum: 'cc' } }) as VerifyResult;
const unreadable = {
  problem: { severity: 'error', code: 'bad-jar', message: 'It cannot be read.' },
} as unknown as VerifyResult;

test.each([
  [there({ size: 4 }), matching(true), 'is not what its index states: it has 4 bytes, the index states 3.'],
  [there(), matching(false), 'is not what its index states: its checksum is cc, the index states aa and bb.'],
  [there({ damage: 'its end is lost' }), matching(true), 'is damaged: its end is lost.'],
  [there(), unreadable, 'is not what its index states: It cannot be read.'],
  [there(), undefined, 'is not what its index states: it was not read.'],
])('%j with the inspection %j is reported', async (file, result, message) => {
  const { payloads, problems } = await fetched([payload('a.ijm')], [file], [result]);
  expect(payloads).toEqual([]);
  expect(problems).toEqual([
    {
      severity: 'error',
      code: 'damaged-payload',
      path: 'a.ijm',
      message: `a.ijm in the old place ${message}`,
      hint: 'Clients refuse it. Publish it again on the old site, or remove it there. Then import again.',
    },
  ]);
});

test('a previous version that is lost or damaged is a warning, and the others are returned', async () => {
  const batch = [payload('a.ijm', false), payload('b.ijm', false), payload('c.ijm')];
  const files = [{ status: 'missing' } as const, there(), there()];
  const { payloads, problems } = await fetched(batch, files, [matching(false), matching(true)]);
  expect(payloads).toEqual([
    { storedPath: 'c.ijm-1', path: 'c.ijm', file: '/f', size: 3, modified: 1, checksum: 'cc' },
  ]);
  expect(problems.map(({ severity, code, path, hint }) => [severity, code, path, hint])).toEqual([
    ['warning', 'lost-payload', 'a.ijm', 'It is left out.'],
    ['warning', 'damaged-payload', 'b.ijm', 'It is left out.'],
  ]);
});

describe('the copies of an interrupted run', () => {
  const A = payload('a.ijm');
  const B = payload('b.ijm');
  /** Fetches two payloads, of which copies with these contents exist by name; `bad` is damaged. */
  async function resumed(copies: Readonly<Record<string, string>>, more: Partial<ReadableSite> = {}) {
    const requested: string[] = [];
    const progress: number[] = [];
    const site: Partial<ReadableSite> = {
      fetchFiles: (paths) => {
        requested.push(...paths);
        return Promise.resolve(paths.map((path) => there({ file: `/new/${path}` })));
      },
      ...more,
    };
    const { verifyAll } = verifyingInspector();
    const inspector = {
      verifyAll: (requests: readonly VerifyRequest[]) =>
        verifyAll(requests, () => undefined).then((results) =>
          results.map((result, at) => (requests[at]?.file === '/kept/bad' ? matching(false) : result)),
        ),
    } as Partial<Inspector> as Inspector;
    const names = new Map([A, B].map(({ storedPath }) => [copiesIn('/copies')(storedPath), storedPath]));
    const folder: FetchSettings['folder'] = {
      path: '/copies',
      present: (file) => {
        const copy = copies[names.get(file) ?? ''];
        return Promise.resolve(
          copy === undefined ? undefined : { status: 'there', file: `/kept/${copy}`, size: 3, modified: 1 },
        );
      },
    };
    const { payloads, failed } = await fetchBatch(
      site as ReadableSite,
      [A, B],
      { format: 'imagej', folder, onBytes: (bytes) => progress.push(bytes) },
      inspector,
    );
    return { files: payloads.map(({ file }) => file), failed, requested, progress };
  }

  test('are not fetched again, and count as progress', async () => {
    expect(await resumed({ [A.storedPath]: 'good' })).toEqual({
      files: ['/kept/good', `/new/${B.storedPath}`],
      failed: [],
      requested: [B.storedPath],
      progress: [3],
    });
  });

  test('are fetched again if they are not what the index states', async () => {
    expect(await resumed({ [A.storedPath]: 'bad' })).toEqual({
      files: [`/new/${A.storedPath}`, `/new/${B.storedPath}`],
      failed: [],
      requested: [A.storedPath, B.storedPath],
      progress: [],
    });
  });

  test('are not looked for if the files are on this machine', async () => {
    const { requested } = await resumed({ [A.storedPath]: 'good' }, { isHere: true });
    expect(requested).toEqual([A.storedPath, B.storedPath]);
  });
});

test('the warning about a damaged previous version of a backup states what to do', () => {
  const failed = { payload: payload('a.ijm', false), fault: 'is damaged: its end is lost' };
  const remedy = 'Use another copy of the backup.';
  expect(failureProblem(failed, { ...WORDS, remedy })).toEqual({
    severity: 'warning',
    code: 'damaged-payload',
    path: 'a.ijm',
    message: 'a.ijm in the old place is damaged: its end is lost.',
    hint: 'It is left out. Use another copy of the backup. Then import again.',
  });
});

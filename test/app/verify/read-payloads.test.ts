import type { LocalFile } from '../../../src/app/ports/site-source.js';
import type { SiteSnapshot } from '../../../src/app/ports/site-store.js';
import { readPayloads, type PayloadPorts } from '../../../src/app/verify/read-payloads.js';
import type { IndexedPayload } from '../../../src/formats/verification.js';
import { UserError } from '../../../src/model/user-error.js';
import {
  indexedPayload,
  memorySite,
  recordedProgress,
  STAMP,
  verifyingInspector,
} from '../../support/memory-site.js';

const MIB = 1024 * 1024;

/** Ports that record what happens. */
function recordedPorts(more: Partial<PayloadPorts> = {}) {
  const events: string[] = [];
  let folders = 0;
  const ports: PayloadPorts = {
    inspector: verifyingInspector(),
    temp: {
      make: () => {
        const id = ++folders;
        events.push(`make ${id}`);
        return Promise.resolve({
          path: `/temp${id}`,
          remove: () => Promise.resolve(void events.push(`remove ${id}`)),
        });
      },
    },
    elsewhere: { sizeOf: () => Promise.reject(new Error('No file is elsewhere.')) },
    progress: recordedProgress(events),
    ...more,
  };
  return { ports, events };
}

const there = (payloads: readonly IndexedPayload[]) =>
  memorySite(Object.fromEntries(payloads.map(({ storedPath = '' }) => [storedPath, 'x'])));

const local = (more: Partial<Extract<LocalFile, { status: 'there' }>> = {}): LocalFile => ({
  status: 'there',
  file: '/f',
  size: 1,
  modified: 1,
  ...more,
});

/** A site whose files are fetched with this function, which gets the number of the batch. */
function fetching(
  fetch: (batch: number, paths: readonly string[]) => Promise<readonly LocalFile[]>,
): SiteSnapshot {
  let batch = 0;
  return memorySite({}, { fetchFiles: (paths) => fetch(++batch, paths) });
}

const A = indexedPayload('a.ijm');
const B = indexedPayload('b.ijm');
/** Two of them do not fit into one batch. */
const LARGE = ['c.bin', 'd.bin', 'e.bin'].map((name) => indexedPayload(name, { size: 40 * MIB }));

test('nothing happens without payloads', async () => {
  const { ports, events } = recordedPorts();
  expect(await readPayloads(there([]), 'imagej', { read: [], ask: [] }, ports)).toEqual(new Map());
  expect(events).toEqual([]);
});

test('a payload that cannot be stored on any site is not looked for', async () => {
  const { ports, events } = recordedPorts();
  const odd = indexedPayload('a.ijm', { storedPath: undefined });
  expect(await readPayloads(there([]), 'imagej', { read: [odd], ask: [odd] }, ports)).toEqual(new Map());
  expect(events).toEqual([]);
});

test('some payloads are read, and others are only looked for', async () => {
  const { ports, events } = recordedPorts();
  const lost = indexedPayload('lost.ijm');
  const states = await readPayloads(there([A, B]), 'imagej', { read: [A], ask: [B, lost] }, ports);
  const presence = { status: 'there', size: 1, content: undefined, redirects: [] };
  expect([...states]).toEqual([
    [B.name, presence],
    [lost.name, { status: 'missing' }],
    [A.name, { ...presence, content: { facts: { isMatch: true, checksum: 'aa' } } }],
  ]);
  expect(events).toEqual([
    'Looking for files: 2 files',
    '+1',
    '+1',
    'done',
    'Reading files: 1 bytes',
    'make 1',
    '+1',
    'remove 1',
    'done',
  ]);
});

test('a place may report fewer states than it was asked for', async () => {
  const { ports } = recordedPorts();
  const site = memorySite({}, { statFiles: () => Promise.resolve([]) });
  const states = await readPayloads(site, 'imagej', { read: [], ask: [A] }, ports);
  expect(states.get(A.name)).toEqual({ status: 'unasked' });
});

describe('payloads on other servers', () => {
  const elsewhere = (name: string) =>
    indexedPayload(name, {
      storedPath: undefined,
      name: `https://x.org/${name}`,
      url: `https://x.org/${name}`,
    });
  const all = Array.from({ length: 9 }, (_, at) => elsewhere(`${at}.zip`));

  test('are asked for, four at a time', async () => {
    let [now, most] = [0, 0];
    const { ports } = recordedPorts({
      elsewhere: {
        async sizeOf(url) {
          most = Math.max(most, ++now);
          await new Promise((resolve) => setTimeout(resolve, 1));
          now--;
          if (url.endsWith('/3.zip')) throw new UserError('remote', 'the server responded with 404');
          return 7;
        },
      },
    });
    const states = await readPayloads(
      there([]),
      'imagej',
      { read: all.slice(0, 5), ask: all.slice(5) },
      ports,
    );
    expect([states.size, most]).toEqual([9, 4]);
    expect(states.get('https://x.org/3.zip')).toEqual({
      status: 'failed',
      reason: 'the server responded with 404',
    });
    expect(states.get('https://x.org/8.zip')).toEqual({
      status: 'there',
      size: 7,
      content: undefined,
      redirects: [],
    });
  });

  test('do not hide an interruption', async () => {
    const error = new Error('aborted');
    const { ports } = recordedPorts({ elsewhere: { sizeOf: () => Promise.reject(error) } });
    const done = readPayloads(there([]), 'imagej', { read: all, ask: [] }, ports);
    await expect(done).rejects.toBe(error);
  });
});

describe('what is read', () => {
  const differs = { facts: { isMatch: false, checksum: 'bb' } };
  const problem = { severity: 'error', code: 'bad-jar', message: 'It is not a jar.' } as never;

  test.each([
    ['matches', local(), undefined, { facts: { isMatch: true, checksum: 'aa' } }],
    ['differs', local(), differs, differs],
    ['cannot be inspected', local(), { problem }, { fault: 'It is not a jar.' }],
    ['is damaged as its place knows', local({ damage: 'it is torn' }), undefined, { fault: 'it is torn' }],
    // What clients would notice counts first.
    ['differs and is damaged', local({ damage: 'it is torn' }), differs, differs],
  ])('%s', async (_, file, result, content) => {
    const inspector = verifyingInspector(result && { [`a.ijm-${STAMP}`]: result });
    const { ports } = recordedPorts({ inspector });
    const site = fetching(() => Promise.resolve([file]));
    const states = await readPayloads(site, 'imagej', { read: [A], ask: [] }, ports);
    expect(states.get(A.name)).toMatchObject({ status: 'there', content });
  });

  test('is nothing of a file that was not fetched; the progress goes on', async () => {
    const { ports, events } = recordedPorts();
    const unsized = indexedPayload('b.ijm', { size: undefined });
    const site = fetching(() =>
      Promise.resolve([{ status: 'failed', reason: 'it is a link' }, { status: 'missing' }]),
    );
    const states = await readPayloads(site, 'imagej', { read: [A, unsized], ask: [] }, ports);
    expect([...states.values()]).toEqual([
      { status: 'failed', reason: 'it is a link' },
      { status: 'missing' },
    ]);
    expect(events).toEqual(['Reading files: 1 bytes', 'make 1', '+1', '+0', 'remove 1', 'done']);
  });

  test('is nothing of a file without a result', async () => {
    const inspector = { ...verifyingInspector(), verifyAll: () => Promise.resolve([]) };
    const { ports } = recordedPorts({ inspector });
    const states = await readPayloads(there([A]), 'imagej', { read: [A], ask: [] }, ports);
    expect(states.get(A.name)).toMatchObject({ status: 'there', content: undefined });
  });
});

describe('batches', () => {
  test('are fetched while the one before is read, and their folders are removed', async () => {
    const { ports, events } = recordedPorts();
    const site = fetching((batch, paths) => {
      events.push(`fetch ${batch}`);
      return Promise.resolve(paths.map(() => local()));
    });
    await readPayloads(site, 'imagej', { read: LARGE, ask: [] }, ports);
    expect(events.filter((event) => !event.startsWith('+'))).toEqual([
      'Reading files: 125829120 bytes',
      'make 1',
      'fetch 1',
      'make 2',
      'fetch 2',
      'remove 1',
      'make 3',
      'fetch 3',
      'remove 2',
      'remove 3',
      'done',
    ]);
  });

  test('do not exist if the files are on this machine', async () => {
    const { ports, events } = recordedPorts();
    const site: SiteSnapshot = { ...there(LARGE), isHere: true };
    const states = await readPayloads(site, 'imagej', { read: LARGE, ask: [] }, ports);
    expect(states.size).toBe(3);
    expect(events.filter((event) => event.startsWith('make'))).toEqual(['make 1']);
  });

  test('are not followed by others after a failure, and no folder stays', async () => {
    const { ports, events } = recordedPorts();
    const error = new UserError('remote', 'It does not respond.');
    const site = fetching((batch, paths) =>
      batch === 2 ? Promise.reject(error) : Promise.resolve(paths.map(() => local())),
    );
    await expect(readPayloads(site, 'imagej', { read: LARGE, ask: [] }, ports)).rejects.toBe(error);
    expect(events.filter((event) => /make|remove|done/.test(event)).sort()).toEqual([
      'make 1',
      'make 2',
      'remove 1',
      'remove 2',
    ]);
  });

  test.each([
    ['arrives', () => Promise.resolve([local()])],
    ['fails too', () => Promise.reject(new Error('also'))],
  ])('that cannot be read end the work, also if the next one %s', async (_, next) => {
    const error = new Error('the threads ended');
    const inspector = { ...verifyingInspector(), verifyAll: () => Promise.reject(error) };
    const { ports, events } = recordedPorts({ inspector });
    const site = fetching((batch) => (batch === 1 ? Promise.resolve([local()]) : next()));
    await expect(readPayloads(site, 'imagej', { read: LARGE, ask: [] }, ports)).rejects.toBe(error);
    expect(events.filter((event) => /make|remove|done/.test(event)).sort()).toEqual([
      'make 1',
      'make 2',
      'remove 1',
      'remove 2',
    ]);
  });

  test('of which the last cannot be read leave no folder', async () => {
    const error = new Error('the threads ended');
    const inspector = { ...verifyingInspector(), verifyAll: () => Promise.reject(error) };
    const { ports, events } = recordedPorts({ inspector });
    await expect(readPayloads(there([A]), 'imagej', { read: [A], ask: [] }, ports)).rejects.toBe(error);
    expect(events).toEqual(['Reading files: 1 bytes', 'make 1', 'remove 1']);
  });
});

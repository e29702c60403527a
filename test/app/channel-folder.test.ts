import { publicationBelow, snapshotBelow } from '../../src/app/channel-folder.js';
import type { SiteSnapshot } from '../../src/app/ports/site-store.js';
import { sitePath } from '../../src/model/site-path.js';
import { memorySite } from '../support/memory-site.js';

const INDEX = sitePath('index');
const EAP = sitePath('eap');

describe('the folder of a channel as a separate site', () => {
  const files = { 'eap/a': 'one', 'eap/deep/b': 'two', 'eapx/c': '', d: '' };
  const [A, LOST] = [sitePath('a'), sitePath('lost')];

  test('has only the files below it, under their names in it', async () => {
    const below = snapshotBelow(memorySite(files), EAP);
    expect(await below.listFiles()).toEqual(['a', 'deep/b']);
    expect(Buffer.from((await below.readFile(A)) ?? []).toString()).toBe('one');
    expect(await below.readFile(sitePath('d'))).toBeUndefined();
    let done = 0;
    expect(await below.statFiles([A, LOST], () => done++)).toEqual([
      { status: 'there', size: 3 },
      { status: 'missing' },
    ]);
    expect(done).toBe(2);
    const fetched = await below.fetchFiles([A], { fileFor: (path) => `/copy/${path}`, maxBytesEach: 9 });
    expect(fetched).toEqual([{ status: 'there', file: '/copy/eap/a', size: 3, modified: 1 }]);
  });

  test('has the capabilities of the whole site, by the names in it', async () => {
    const seen: unknown[] = [];
    const see = <T>(what: unknown, result: T): Promise<T> => {
      seen.push(what);
      return Promise.resolve(result);
    };
    const fault = { message: 'Odd.', hint: 'Move it.' };
    const change = { date: new Date(0), deploymentMs: 1 };
    const usage = { bytes: 1, unmeasured: 0 };
    const whole: SiteSnapshot = memorySite(files, {
      readFiles: (paths) => see(paths, new Map(paths.map((path) => [path, Buffer.from('x')]))),
      missingFiles: (paths) => see(paths, paths),
      obstacles: (paths) =>
        see(
          paths,
          paths.map((path) => ({ path, ...fault })),
        ),
      unserved: (paths) => paths.map((path) => ({ path, code: 'dropped-by-jekyll', ...fault })),
      history: { lastChange: (path) => see(path, change) },
      usage: (stated) => see([...stated], usage),
    });
    const below = snapshotBelow(whole, EAP);
    const limits = { maxBytesEach: 1, maxBytesTotal: 1 };
    expect([...((await below.readFiles?.([A], limits)) ?? [])]).toEqual([['a', Buffer.from('x')]]);
    expect(await below.missingFiles?.(['a'])).toEqual(['a']);
    expect(await below.obstacles?.([A])).toEqual([{ path: 'a', ...fault }]);
    expect(below.unserved?.([A])).toEqual([{ path: 'a', code: 'dropped-by-jekyll', ...fault }]);
    expect(await below.history?.lastChange(A)).toBe(change);
    expect(await below.usage?.(new Map([['a', 3]]))).toBe(usage);
    expect(seen).toEqual([['eap/a'], ['eap/a'], ['eap/a'], 'eap/a', [['eap/a', 3]]]);
  });

  test('lacks the capabilities that the whole site lacks', () => {
    expect(Object.keys(snapshotBelow(memorySite(files), EAP)).sort()).toEqual([
      'fetchFiles',
      'isNew',
      'listFiles',
      'readFile',
      'statFiles',
    ]);
  });

  test('is published to by the names on the whole site', () => {
    const payload = { storedPath: A, path: A, file: '/f', size: 1, checksum: 'aa', modified: 1 };
    const publication = {
      payloads: [payload],
      restored: [A],
      verify: () => Promise.resolve(),
      removals: [LOST],
      indexFiles: [{ path: INDEX, bytes: Buffer.from('x') }],
      message: 'Publish',
      date: new Date(0),
    };
    const record = [{ path: INDEX, bytes: Buffer.from('y') }];
    expect(publicationBelow(publication, EAP, record)).toEqual({
      ...publication,
      payloads: [{ ...payload, storedPath: 'eap/a' }],
      restored: ['eap/a'],
      removals: ['eap/lost'],
      indexFiles: [{ path: 'eap/index', bytes: Buffer.from('x') }, ...record],
    });
  });
});

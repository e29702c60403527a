import type { SiteSnapshot } from '../../src/app/ports/site-store.js';
import {
  aboutChannel,
  describeChannel,
  followedChannel,
  followingChannels,
  publicationBelow,
  readChannels,
  snapshotBelow,
  type Channels,
} from '../../src/app/channels.js';
import type { ChannelRules } from '../../src/formats/channels.js';
import type { IndexFormat } from '../../src/formats/format.js';
import { formatNamed } from '../../src/formats/registry.js';
import type { Problem } from '../../src/model/problem.js';
import { sitePath } from '../../src/model/site-path.js';
import { UserError } from '../../src/model/user-error.js';
import { memorySite } from '../support/memory-site.js';

const MARK = 'updatePlugins-versions.json';
const INDEX = sitePath('index');
const EAP = sitePath('eap');
const MOMENT = { now: 20260101000000, siteUrl: undefined };
const OPTIONS = 'options';

type TestFormat = IndexFormat<string> & { readonly channels?: ChannelRules<string, string> };

/** A format whose indexes are texts, and whose channels include the text of their site. */
function textFormat(
  follow: ChannelRules<string, string>['follow'] = (channel, site) => ({
    channel: `${channel}+${site}`,
    isChanged: !channel.includes(site),
    problems: [],
  }),
): TestFormat {
  return {
    indexPaths: [INDEX, sitePath('mark')],
    parseIndex: (files: ReadonlyMap<string, Uint8Array>) => {
      const text = Buffer.from(files.get(INDEX) ?? []).toString();
      if (text === 'broken') throw new UserError('index', 'The index is broken.', { hint: 'Restore it.' });
      return text;
    },
    renderIndex: (index: string) => [{ path: INDEX, bytes: Buffer.from(index) }],
    channels: {
      markPath: 'mark',
      isChannel: (files) => {
        const mark = Buffer.from(files.get('mark') ?? []).toString();
        return mark === '?' ? undefined : mark === 'yes';
      },
      follow,
    },
  } as Partial<TestFormat> as TestFormat;
}

const WITHOUT: TestFormat = { ...textFormat(), channels: undefined as never };

const channelOf = (files: Readonly<Record<string, string>>, folder = EAP): Channels =>
  new Map([[folder, new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]))]]);

test('a place is described with its channel, if it has one', () => {
  expect(describeChannel('branch gh-pages', undefined)).toBe('branch gh-pages');
  expect(describeChannel('branch gh-pages', 'eap')).toBe('channel eap of branch gh-pages');
});

describe('the channels of a site', () => {
  test('are only folders with valid names', async () => {
    const requested: string[] = [];
    const names = [`eap/${MARK}`, `../${MARK}`, `C:/${MARK}`, `a\\b/${MARK}`, `a/b/${MARK}`, MARK];
    const snapshot = memorySite(
      { x: '' },
      {
        listFiles: () => Promise.resolve(names),
        readFile: (path) => {
          requested.push(path);
          return Promise.resolve(
            path.endsWith(MARK) ? Buffer.from('{"channelOf": "..", "format": 1}') : undefined,
          );
        },
      },
    );
    const channels = await formatNamed('jetbrains')((format) => readChannels(snapshot, format));
    expect([...channels.keys()]).toEqual(['eap']);
    expect(requested).toEqual(['eap/updatePlugins.xml', `eap/${MARK}`]);
  });

  test('are only folders whose mark states so, in order', async () => {
    const site = memorySite({ 'z/mark': 'yes', 'z/index': 'i', 'n/mark': 'no', 'a/mark': 'yes' });
    const channels = await readChannels(site, textFormat());
    expect([...channels].map(([folder, files]) => [folder, [...files.keys()]])).toEqual([
      ['a', ['mark']],
      ['z', [INDEX, 'mark']],
    ]);
  });

  test('do not exist for a new site, or for a format without them', async () => {
    const site = memorySite({ 'a/mark': 'yes' });
    expect((await readChannels({ ...site, isNew: true }, textFormat())).size).toBe(0);
    expect((await readChannels(site, WITHOUT)).size).toBe(0);
  });

  test('are not known if a mark cannot be read', async () => {
    await expect(readChannels(memorySite({ 'a/mark': '?' }), textFormat())).rejects.toMatchObject({
      code: 'index',
      message: 'a/mark cannot be read, so it is not known whether its folder is a channel of the site.',
      hint: expect.stringMatching(/^Nothing was changed\. Restore an earlier state/) as string,
    });
  });
});

describe('channels that follow their site', () => {
  const following = (channels: Channels, format = textFormat()) =>
    followingChannels(channels, 'new', format, MOMENT, OPTIONS);

  test('are written if their offer changes', () => {
    const channels = new Map([
      ...channelOf({ index: 'old' }),
      ...channelOf({ index: 'new' }, sitePath('beta')),
    ]);
    expect(following(channels)).toEqual({
      names: ['eap'],
      files: [{ path: 'eap/index', bytes: Buffer.from('old+new') }],
      problems: [],
    });
  });

  test('do not change in a format without channels', () => {
    expect(following(channelOf({ index: 'old' }), WITHOUT)).toEqual({ names: [], files: [], problems: [] });
  });

  test('report their problems by the name of the folder', () => {
    const problem: Problem = { severity: 'error', code: 'bad-path', message: 'It is odd.' };
    const format = textFormat((channel) => ({
      channel,
      isChanged: false,
      problems: [problem, { ...problem, path: 'a.zip' }],
    }));
    const message = 'In the channel eap: It is odd.';
    expect(following(channelOf({ index: 'old' }), format)).toEqual({
      names: [],
      files: [],
      problems: [
        { ...problem, message },
        { ...problem, message, path: 'eap/a.zip' },
      ],
    });
  });

  test.each([
    [{ mark: 'yes' }, 'In the channel eap: index is missing beside mark.', /remove mark and publish again/],
    [{ index: 'broken' }, 'In the channel eap: The index is broken.', /^Restore it\.$/],
  ])('with the files %j are refused', (files, message, hint) => {
    expect(() => following(channelOf(files))).toThrow(
      expect.objectContaining({
        code: 'index',
        message,
        hint: expect.stringMatching(hint) as string,
      }) as Error,
    );
  });
});

describe('an error in a channel', () => {
  const failing = (error: Error, folder: string | undefined) => () =>
    aboutChannel(folder, () => {
      throw error;
    });

  test('gets the name of the channel, with or without a hint', () => {
    const error = new UserError('limit', 'It is too large.');
    expect(failing(error, 'eap')).toThrow(
      expect.objectContaining({
        code: 'limit',
        message: 'In the channel eap: It is too large.',
        hint: undefined,
        cause: error,
      }) as Error,
    );
  });

  test('stays as it is in the site itself, or if it is an internal error', () => {
    const error = new UserError('limit', 'It is too large.');
    expect(failing(error, undefined)).toThrow(error);
    const internal = new TypeError('x is undefined');
    expect(failing(internal, 'eap')).toThrow(internal);
  });
});

describe('a channel that is published to', () => {
  test('includes the offer of its site', async () => {
    const site = memorySite({ index: 'site' });
    expect(await followedChannel(site, 'own', textFormat(), MOMENT, OPTIONS)).toEqual({
      channel: 'own+site',
      isChanged: true,
      problems: [],
    });
    expect(await followedChannel(site, 'own', WITHOUT, MOMENT, OPTIONS)).toEqual({
      channel: 'own',
      isChanged: false,
      problems: [],
    });
  });

  test('is refused if the index of its site is missing', async () => {
    const done = followedChannel(memorySite({ mark: 'yes' }), 'own', textFormat(), MOMENT, OPTIONS);
    await expect(done).rejects.toThrow('index is missing beside mark.');
  });
});

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
    expect(publicationBelow(publication, EAP)).toEqual({
      ...publication,
      payloads: [{ ...payload, storedPath: 'eap/a' }],
      restored: ['eap/a'],
      removals: ['eap/lost'],
      indexFiles: [{ path: 'eap/index', bytes: Buffer.from('x') }],
    });
  });
});

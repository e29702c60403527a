import {
  aboutChannel,
  describeChannel,
  followedChannel,
  followingChannels,
  readChannels,
  recordChannels,
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
const BETA = sitePath('beta');
const MOMENT = { now: 20260101000000, siteUrl: undefined };
const OPTIONS = 'options';

type TestFormat = IndexFormat<string> & { readonly channels?: ChannelRules<string, string> };

/** A format whose indexes are texts, and whose channels include the text of their site. They are recorded after `|`. */
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
    renderIndex: (index: string) => [
      { path: INDEX, bytes: Buffer.from(index) },
      { path: sitePath('mark'), bytes: Buffer.from(`mark of ${index}`) },
    ],
    channels: {
      markPath: 'mark',
      isChannel: (files) => {
        const mark = Buffer.from(files.get('mark') ?? []).toString();
        return mark === '?' ? undefined : mark === 'yes';
      },
      recorded: (index) => (index.split('|')[1]?.split(',') ?? []).map(sitePath),
      record: (index, channels) => `${index.split('|')[0] ?? ''}|${channels.join(',')}`,
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

  test('are also those that are recorded, if the place does not list its folders', async () => {
    const { readFile } = memorySite({ 'b/mark': 'yes', 'a/mark': 'yes', 'n/mark': 'no' });
    const recorded = ['b', 'n', 'lost'].map(sitePath);
    const channels = await readChannels({ isNew: false, readFile }, textFormat(), recorded);
    expect([...channels.keys()]).toEqual(['b']);
  });

  test('are each read once if the place lists those that are recorded', async () => {
    const site = memorySite({ 'b/mark': 'yes', 'a/mark': 'yes' });
    const channels = await readChannels(site, textFormat(), [sitePath('b')]);
    expect([...channels.keys()]).toEqual(['a', 'b']);
  });

  test('are recorded in the index, if the format has channels', () => {
    const channels = new Map([...channelOf({}), ...channelOf({}, BETA)]);
    expect(recordChannels(textFormat(), 'site|old', channels)).toBe('site|eap,beta');
    expect(recordChannels(WITHOUT, 'site', channels)).toBe('site');
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
    const channels = new Map([...channelOf({ index: 'old' }), ...channelOf({ index: 'new' }, BETA)]);
    expect(following(channels)).toEqual({
      names: ['eap'],
      files: [
        { path: 'eap/index', bytes: Buffer.from('old+new') },
        { path: 'eap/mark', bytes: Buffer.from('mark of old+new') },
      ],
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
  const followed = (files: Readonly<Record<string, string>>, format = textFormat()) =>
    followedChannel(memorySite(files), EAP, 'own', format, MOMENT, OPTIONS);

  test('includes the offer of its site', async () => {
    expect(await followed({ index: 'site' })).toMatchObject({
      channel: 'own+site',
      isChanged: true,
      problems: [],
    });
    expect(await followed({ index: 'site' }, WITHOUT)).toEqual({
      channel: 'own',
      isChanged: false,
      problems: [],
      record: [],
    });
  });

  test('is recorded by its site in one file, unless it is already, or the site does not exist', async () => {
    const markOf = (index: string) => [{ path: 'mark', bytes: Buffer.from(`mark of ${index}`) }];
    expect((await followed({ index: 'site' })).record).toEqual(markOf('site|eap'));
    expect((await followed({ index: 'site|z' })).record).toEqual(markOf('site|eap,z'));
    expect((await followed({ index: 'site|eap' })).record).toEqual([]);
    expect((await followed({})).record).toEqual([]);
  });

  test('is refused if the index of its site is missing', async () => {
    await expect(followed({ mark: 'yes' })).rejects.toThrow('index is missing beside mark.');
  });
});

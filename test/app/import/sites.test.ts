import { channelNotices } from '../../../src/app/import/channel-notices.js';
import { readSites } from '../../../src/app/import/sites.js';
import { wordsFor } from '../../../src/app/import/words.js';
import type { ReadableSite, ServedSite } from '../../../src/app/ports/site-source.js';
import { readIndexFiles } from '../../../src/app/read-index.js';
import type { ChannelRules } from '../../../src/formats/channels.js';
import { format } from '../../../src/formats/jetbrains/format.js';
import { EMPTY_REPOSITORY, type Repository } from '../../../src/formats/jetbrains/index/repository.js';
import { sitePath } from '../../../src/model/site-path.js';
import { memorySite } from '../../support/memory-site.js';
import { artifact, follow, publish } from '../../support/plan-plugins.js';

const [EAP, BETA] = [sitePath('eap'), sitePath('beta')];
const OLD_URL = 'https://lab.org/';
const NEW_URL = 'https://new.org/site/';
const NOW = new Date('2026-11-28T12:00:00Z');
const MOMENT = { now: 20260101000000, siteUrl: OLD_URL, newestBranch: 263 };

const main = publish(EMPTY_REPOSITORY, {
  artifacts: [artifact({ id: 'org.lab.one' }), artifact({ id: 'org.lab.two' })],
}).index;
const eap = publish(follow(EMPTY_REPOSITORY, main, MOMENT).channel, {
  artifacts: [artifact({ id: 'org.lab.one', version: '2.0-eap' })],
  siteUrl: `${OLD_URL}eap/`,
}).index;

/** Returns the files of these indexes, by their paths on the site. */
function filesOf(site: Repository, channels: Readonly<Record<string, Repository>> = {}) {
  const all = [
    ['', site] as const,
    ...Object.entries(channels).map(([name, one]) => [`${name}/`, one] as const),
  ];
  return Object.fromEntries(
    all.flatMap(([folder, one]) =>
      format.renderIndex(one).map(({ path, bytes }) => [folder + path, Buffer.from(bytes).toString()]),
    ),
  );
}

const served: ServedSite = { url: OLD_URL, head: () => Promise.reject(new Error('Not used.')) };
/** The same place as a web address, which does not list its folders. */
function onTheWeb({ isNew, readFile, statFiles, fetchFiles }: ReadableSite): ReadableSite {
  return { isNew, readFile, statFiles, fetchFiles, served };
}

async function reading(
  from: ReadableSite,
  given: { siteUrl?: string | undefined; format?: Partial<typeof format> } = {},
) {
  const { siteUrl = NEW_URL } = given;
  const chosen = { ...format, ...given.format };
  const stored = await readIndexFiles(from, format);
  const old = { where: 'the old place', from, stored, index: format.parseIndex(stored) };
  const words = wordsFor(from);
  const sites = (await readSites(chosen, old, { history: true, siteUrl, now: NOW, words })) ?? [];
  const text = sites.flatMap(({ rendered }) => rendered).map(({ bytes }) => Buffer.from(bytes).toString());
  return { sites, text: text.join(''), notices: channelNotices(chosen.channels, old, sites) };
}

const SITES = memorySite(filesOf(main, { eap }));
const RECORDED = onTheWeb(memorySite(filesOf({ ...main, channels: [EAP] }, { eap })));

describe('a site with a channel', () => {
  test.each([
    ['lists its files', SITES],
    ['is a web address, and the index records the channel', RECORDED],
  ])('moves as a whole if the old place %s', async (_, from) => {
    const { sites, text, notices } = await reading(from);
    expect(sites.map(({ folder, elsewhere, problems }) => [folder, elsewhere, problems])).toEqual([
      [undefined, 0, []],
      ['eap', 0, []],
    ]);
    expect(sites.map(({ payloads }) => payloads.map(({ storedPath, name }) => [storedPath, name]))).toEqual(
      [
        ['plugins/org.lab.one/1.0/org.lab.one-1.0.zip', 'plugins/org.lab.two/1.0/org.lab.two-1.0.zip'],
        ['eap/plugins/org.lab.one/2.0-eap/org.lab.one-2.0-eap.zip'],
      ].map((paths) => paths.map((path) => [path, path])),
    );
    expect(sites[1]?.changes).toMatchObject([
      { kind: 'add', path: 'eap/plugins/org.lab.one/2.0-eap/org.lab.one-2.0-eap.zip' },
    ]);
    const paths = sites[1]?.rendered.map(({ path }) => path);
    expect(paths).toContain('eap/updatePlugins.xml');
    expect(paths?.every((path) => path.startsWith('eap/'))).toBe(true);
    expect(text).not.toContain(OLD_URL);
    expect(text).toContain(`url="${NEW_URL}eap/plugins/org.lab.one/2.0-eap/org.lab.one-2.0-eap.zip"`);
    expect(notices).toEqual(['With its channels: eap.']);
  });

  test('records the channel in the new place', async () => {
    const { sites } = await reading(SITES);
    const files = new Map(sites[0]?.rendered.map(({ path, bytes }) => [path, bytes]));
    expect(format.parseIndex(files).channels).toEqual(['eap']);
  });

  test('does not move without the address of the new place', async () => {
    const stored = await readIndexFiles(SITES, format);
    const old = { from: SITES, stored, index: main };
    const importing = { history: true, siteUrl: undefined, now: NOW, words: wordsFor(SITES) };
    expect(await readSites(format, old, importing)).toBeUndefined();
  });

  test('reports problems by the name of the channel', async () => {
    const [other] = publish(EMPTY_REPOSITORY, {
      artifacts: [artifact({ id: 'org.lab.one', bytes: 'b' })],
      siteUrl: `${OLD_URL}eap/`,
    }).index.versions;
    const channel = { ...eap, versions: other ? [other] : [] };
    const { sites } = await reading(memorySite(filesOf(main, { eap: channel })));
    expect(sites[1]?.problems).toMatchObject([
      { code: 'other-bytes', path: 'eap/plugins/org.lab.one/1.0/org.lab.one-1.0.zip' },
    ]);
  });

  test('is refused if the channel has lost its index', async () => {
    const files = Object.entries(filesOf(main, { eap })).filter(([path]) => path !== 'eap/updatePlugins.xml');
    await expect(reading(memorySite(Object.fromEntries(files)))).rejects.toMatchObject({
      code: 'index',
      message: expect.stringMatching(/^In the channel eap: updatePlugins\.xml is missing/) as string,
    });
  });

  test('keeps its indexes byte for byte in a format whose indexes do not contain addresses', async () => {
    const files = filesOf(main, { eap });
    const { sites } = await reading(memorySite(files), { format: { relocate: undefined as never } });
    const rendered = sites.flatMap((site) => site.rendered);
    expect(rendered.map(({ path }) => path)).toEqual([
      'updatePlugins.xml',
      'updatePlugins-versions.json',
      'eap/updatePlugins.xml',
      'eap/updatePlugins-versions.json',
    ]);
    for (const { path, bytes } of rendered) expect(Buffer.from(bytes).toString()).toBe(files[path]);
  });
});

describe('channels that are not imported', () => {
  test('are named if the old place does not have them', async () => {
    const site = { ...main, channels: [BETA, EAP] };
    const { notices } = await reading(onTheWeb(memorySite(filesOf(site, { eap }))));
    expect(notices).toEqual([
      'With its channels: eap.',
      'Not imported, because the old place does not have these recorded channels: beta.',
    ]);
  });

  test('may exist if the index does not record any and the old place does not list its folders', async () => {
    const { sites, notices } = await reading(onTheWeb(SITES));
    expect(sites).toHaveLength(1);
    expect(notices).toEqual([
      'Channels are not imported: the index does not record any, and a web address does not list its folders. If the site has a channel, import a copy of its files, such as its folder or branch.',
    ]);
  });

  test('do not exist in a listed place without them, or in a format without them', async () => {
    const site = memorySite(filesOf(main));
    expect((await reading(site)).notices).toEqual([]);
    const none = undefined as ChannelRules<Repository, unknown> | undefined;
    expect(channelNotices(none, { where: '', from: site, stored: new Map(), index: main }, [])).toEqual([]);
  });
});

test('a channel that is imported alone is reported, with the entries that stay', async () => {
  expect((await reading(memorySite(filesOf(eap)))).notices).toEqual([
    'the old place is a channel. If it lists entries of the repository in the parent folder, they lead to the old place until the next publication to the channel. Except from a backup, import that repository: its channels are imported with it.',
  ]);
});

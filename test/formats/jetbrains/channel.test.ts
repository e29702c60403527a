import fc from 'fast-check';
import { isChannelOfSite, loadRepository } from '../../../src/formats/jetbrains/index/load.js';
import { renderRepository } from '../../../src/formats/jetbrains/index/render.js';
import { EMPTY_REPOSITORY, type Repository } from '../../../src/formats/jetbrains/index/repository.js';
import { UserError } from '../../../src/model/user-error.js';
import { compareIdeVersions, offeredTo, offersOf, readAsIde, RefusedByIde } from '../../support/ide.js';
import {
  artifact,
  BASE,
  publish,
  textOf,
  type Given,
  planPlugins,
  follow,
} from '../../support/plan-plugins.js';

const MOMENT = { now: BASE.now, newestBranch: 263, siteUrl: 'https://lab.org/' };
const CHANNEL_URL = 'https://lab.org/eap/';

/** The files of a repository, and the repository that is read from them. */
function stored(repository: Repository) {
  const files = new Map(renderRepository(repository).map(({ path, bytes }) => [path, bytes]));
  return { files, index: loadRepository(files) };
}

const indexOf = (xml: string) => loadRepository(new Map([['updatePlugins.xml', Buffer.from(xml)]]));

/** Publishes to the channel of a site, and reads the channel from its files. */
function publishTo(channel: Repository, site: Repository, ...plugins: Given[]) {
  const { index } = stored(follow(channel, site, MOMENT).channel);
  const followed = follow(index, site, MOMENT).channel;
  const request = { artifacts: plugins.map(artifact), siteUrl: CHANNEL_URL, newestBranch: 263 };
  const { plan, applied } = publish(followed, request);
  return { plan, ...stored(applied) };
}

const stable = (...plugins: Given[]) => publish(EMPTY_REPOSITORY, { artifacts: plugins.map(artifact) }).index;

test('a channel offers a version of the stable repository if it is higher', () => {
  const site = stable({ version: '1.0' });
  const channel = publishTo(EMPTY_REPOSITORY, site, { version: '1.1-eap.1' });
  expect(offersOf(textOf(channel.files), '251.1')).toEqual({ 'org.lab.cells': '1.1-eap.1' });

  const later = publish(site, { artifacts: [artifact({ version: '1.1' })] }).index;
  const { channel: followed, isChanged } = follow(channel.index, later, MOMENT);
  expect(isChanged).toBe(true);
  const [plugin] = offeredTo(textOf(stored(followed).files), '251.1');
  expect(plugin).toMatchObject({
    version: '1.1',
    url: 'https://lab.org/plugins/org.lab.cells/1.1/org.lab.cells-1.1.zip',
  });
});

test('builds that the version of the channel does not support keep the stable one', () => {
  const site = stable({ version: '1.0', until: undefined });
  const { files } = publishTo(EMPTY_REPOSITORY, site, { version: '1.1-eap.1', since: '261' });
  expect(offersOf(textOf(files), '251.1')).toEqual({ 'org.lab.cells': '1.0' });
  expect(offersOf(textOf(files), '261.1')).toEqual({ 'org.lab.cells': '1.1-eap.1' });
  expect(offersOf(textOf(files, 'updatePlugins-252.xml'), '252.1')).toEqual({ 'org.lab.cells': '1.0' });
});

test('a channel also offers plugins that only the stable repository has', () => {
  const site = stable({ id: 'org.lab.other' });
  const { files } = publishTo(EMPTY_REPOSITORY, site, {});
  expect(offersOf(textOf(files), '251.1')).toEqual({ 'org.lab.cells': '1.0', 'org.lab.other': '1.0' });
});

test('a version that stable withdraws disappears, and the version that it covered is offered again', () => {
  const site = stable({ version: '1.0' }, { version: '2.0' });
  const channel = publishTo(EMPTY_REPOSITORY, site, { version: '1.5-eap' });
  expect(offersOf(textOf(channel.files), '251.1')).toEqual({ 'org.lab.cells': '2.0' });
  const without = publish(site, { remove: ['org.lab.cells@2.0'] }).index;
  const { channel: followed, isChanged } = follow(channel.index, without, MOMENT);
  expect(isChanged).toBe(true);
  expect(offersOf(textOf(stored(followed).files), '251.1')).toEqual({ 'org.lab.cells': '1.5-eap' });
});

test('a channel that is up to date stays as it is', () => {
  const site = stable({ version: '1.0' }, { id: 'org.lab.other' });
  const { index, files } = publishTo(EMPTY_REPOSITORY, site, { version: '1.1-eap' });
  const followed = follow(index, site, { ...MOMENT, newestBranch: 271 });
  expect(followed.isChanged).toBe(false);
  expect(stored(followed.channel).files).toEqual(files);
});

test('repeating a publication changes nothing, whatever the order of the plugins', () => {
  const site = stable({ id: 'org.a' }, { id: 'org.b' });
  const first = publishTo(EMPTY_REPOSITORY, site, { id: 'org.b', version: '1.1-eap', since: '251' });
  expect(follow(first.index, site, MOMENT).isChanged).toBe(false);
  expect(stored(follow(first.index, site, MOMENT).channel).files).toEqual(first.files);
});

test('entries of the site belong to the site even if the history does not contain them', () => {
  const site = stable({ version: '1.0' });
  const { files } = publishTo(EMPTY_REPOSITORY, site, { version: '1.1-eap', since: '251' });
  const forgotten = loadRepository(new Map([...files].filter(([path]) => path === 'updatePlugins.xml')));
  const later = publish(site, {
    artifacts: [artifact({ version: '1.2' })],
    remove: ['org.lab.cells@1.0'],
  }).index;
  const { channel } = follow(forgotten, later, MOMENT);
  expect(channel.versions.map(({ entry }) => entry.version)).toEqual(['1.2', '1.1-eap']);
});

test('an entry that was added to a channel by hand stays, even if it leads to an archive of the site', () => {
  const { files } = publishTo(EMPTY_REPOSITORY, stable({}), { version: '1.1-eap' });
  const hand = '<plugin id="org.hand" version="1" url="https://lab.org/plugins/org.hand/1/x.zip"/>';
  const index = textOf(files).replace('</plugins>', `${hand}</plugins>`);
  const edited = loadRepository(new Map([...files, ['updatePlugins.xml', Buffer.from(index)]]));
  const { channel } = follow(edited, stable({ version: '1.2' }), MOMENT);
  expect(textOf(stored(channel).files)).toContain(hand);
});

test.each([
  ['different', { version: '1.0', bytes: 'b' }, 1],
  ['equal', { version: '1.0', bytes: 'a' }, 0],
])('a version with %s content in the repository is reported only if that differs', (_, given, count) => {
  const channel = publishTo(EMPTY_REPOSITORY, EMPTY_REPOSITORY, { version: '1.0' });
  const { problems } = follow(channel.index, stable(given), MOMENT);
  expect(problems.map(({ code }) => code)).toEqual(Array(count).fill('other-bytes'));
});

test('an archive on another server that is published to both has one entry', () => {
  const archiveUrl = 'https://e.org/{version}/{file}';
  const request = { artifacts: [artifact({ version: '1.0' })], archiveUrl, siteUrl: undefined };
  const own = stored(follow(publish(EMPTY_REPOSITORY, request).index, EMPTY_REPOSITORY, MOMENT).channel);
  const site = publish(EMPTY_REPOSITORY, request).index;
  const { channel, problems } = follow(own.index, site, MOMENT);
  expect(problems).toEqual([]);
  expect(stored(channel).files).toEqual(own.files);
});

test('a document type of a channel is reported when it is removed', () => {
  const channel = indexOf('<!DOCTYPE plugins><plugins/>');
  expect(follow(channel, stable({}), MOMENT).problems.map(({ code }) => code)).toEqual(['document-type']);
});

test('the history marks the folder as a channel, and borrowed versions', () => {
  const { files } = publishTo(EMPTY_REPOSITORY, stable({ id: 'org.lab.other' }), {});
  const history = JSON.parse(textOf(files, 'updatePlugins-versions.json')) as {
    channelOf: string;
    versions: { id: string; from?: string }[];
  };
  expect(history.channelOf).toBe('..');
  expect(history.versions.map(({ id, from }) => [id, from])).toEqual([
    ['org.lab.other', '..'],
    ['org.lab.cells', undefined],
  ]);
  expect(isChannelOfSite(files)).toBe(true);
});

test.each([
  ['that is missing', undefined, false],
  ['of its own', '{"version":1,"branches":[],"versions":[]}', false],
  ['of another one', '{"channelOf":"../x"}', false],
  ['that cannot be read', '{"channelOf":"..', undefined],
  ['that names something else', '{"channelOf":7}', undefined],
])('a repository with a history %s is not treated as a channel', (_, history, expected) => {
  const files = history === undefined ? [] : [['updatePlugins-versions.json', Buffer.from(history)] as const];
  expect(isChannelOfSite(new Map(files))).toBe(expected);
});

test.each([
  ['plugins/a.zip', '../plugins/a.zip'],
  ['./a.zip', '../a.zip'],
  ['../a.zip?x=1&amp;y', '../../a.zip?x=1&y'],
  ['/a.zip', '/a.zip'],
  ['https://else.org/a.zip', 'https://else.org/a.zip'],
])('the address %s leads to the same archive from the channel', (url, expected) => {
  const site = indexOf(
    `<plugins><!-- A --><plugin id="a" version="1" x='"' url="${url}"><name>A</name></plugin></plugins>`,
  );
  const { files } = stored(follow(EMPTY_REPOSITORY, site, MOMENT).channel);
  expect(readAsIde(textOf(files)).map((plugin) => plugin.url)).toEqual([expected]);
  expect(textOf(files)).toContain('<!-- A -->');
  expect(textOf(files)).toContain(`x='"'`);
});

test('an address in an element also leads to the same archive', () => {
  const site = indexOf(
    '<plugins><idea-plugin url="home"><id>a</id><version>1</version><download-url>b.zip</download-url><x><downloadUrl><![CDATA[a.zip]]></downloadUrl></x></idea-plugin></plugins>',
  );
  const { files } = stored(follow(EMPTY_REPOSITORY, site, MOMENT).channel);
  expect(readAsIde(textOf(files)).map((plugin) => plugin.url)).toEqual(['../a.zip']);
});

test('a new channel copies the root element, and an entry that does not fit into an existing one is refused', () => {
  const site = indexOf(
    '<plugins xmlns:m="urn:m"><plugin id="a" version="1" url="https://e.org/a.zip"><m:x/></plugin></plugins>',
  );
  const { files, index } = stored(follow(EMPTY_REPOSITORY, site, MOMENT).channel);
  expect(textOf(files)).toContain('<plugins xmlns:m="urn:m">');
  expect(index.versions).toHaveLength(1);
  const other = indexOf('<plugins><plugin id="b" version="1" url="https://e.org/b.zip"/></plugins>');
  expect(() => follow(other, site, MOMENT)).toThrow(UserError);
  expect(() => follow(other, site, MOMENT)).toThrow('a 1 of the repository in the parent folder');
});

test('an archive that stable offers is not published again, and different content is refused', () => {
  const site = stable({ version: '1.0' });
  const same = publishTo(EMPTY_REPOSITORY, site, { version: '1.0' });
  expect(same.plan).toMatchObject({ changes: [], unchanged: 1, problems: [] });
  const other = publishTo(EMPTY_REPOSITORY, site, { version: '1.0', bytes: 'b' });
  expect(other.plan.problems.map(({ code }) => code)).toContain('published-version');
});

test('refuses to remove a borrowed version, which must be removed from its own repository', () => {
  const site = stable({ version: '1.0' });
  const channel = publishTo(EMPTY_REPOSITORY, site, { version: '1.1-eap' });
  const index = follow(channel.index, site, MOMENT).channel;
  const plan = (what: string) => planPlugins({ index, remove: [what] });
  expect(plan('org.lab.cells@1.0').problems.map(({ code }) => code)).toEqual(['stable-version']);
  expect(plan('org.lab.cells').changes.map(({ path }) => path)).toEqual([
    'plugins/org.lab.cells/1.1-eap/org.lab.cells-1.1-eap.zip',
  ]);
});

test('"keep" counts only the own versions of the channel', () => {
  const site = stable({ version: '1.0' });
  let channel = publishTo(EMPTY_REPOSITORY, site, { version: '1.1-eap.1' });
  const index = follow(channel.index, site, MOMENT).channel;
  const { plan, applied } = publish(index, {
    artifacts: [artifact({ version: '1.1-eap.2' })],
    keep: 1,
    siteUrl: CHANNEL_URL,
  });
  expect(plan.changes.map(({ kind }) => kind)).toEqual(['update', 'remove']);
  channel = { plan, ...stored(applied) };
  expect(follow(channel.index, site, MOMENT).isChanged).toBe(false);
  expect(channel.index.versions.filter(({ borrowed }) => borrowed)).toHaveLength(0);
});

test('an entry that was added to the channel by hand stays', () => {
  const site = stable({ version: '1.0' });
  const hand = '<plugin id="org.lab.cells" version="0.9" url="https://e.org/x.zip"/>';
  const channel = indexOf(`<plugins>${hand}</plugins>`);
  const { files } = stored(follow(channel, site, MOMENT).channel);
  expect(textOf(files)).toContain(hand);
  expect(offersOf(textOf(files), '251.1')).toEqual({ 'org.lab.cells': '1.0' });
});

const VERSIONS = ['1.0', '1.0.0', '1.1-eap.1', '1.1-eap.2', '1.1', '2.0-beta', '2.0'];
const RANGES = [
  ['242', '243.*'],
  ['242', undefined],
  ['243', '251.*'],
  ['251', '252.100'],
  ['252', undefined],
] as const;
const SYSTEMS = [[], ['com.intellij.modules.os.linux'], ['com.intellij.modules.os.mac']];

const arbitraryPlugin = fc.record({
  id: fc.constantFrom('org.a', 'org.b'),
  version: fc.constantFrom(...VERSIONS),
  range: fc.constantFrom(...RANGES),
  depends: fc.constantFrom(...SYSTEMS),
  toChannel: fc.boolean(),
  isRemoval: fc.boolean(),
  isElsewhere: fc.boolean(),
});

test('for any publications, a build is offered the highest version of the channel and the stable repository', () => {
  let offers = 0;
  const check = fc.property(fc.array(arbitraryPlugin, { minLength: 1, maxLength: 8 }), (steps) => {
    let [site, channel]: [Repository, Repository] = [EMPTY_REPOSITORY, EMPTY_REPOSITORY];
    let own: Repository = EMPTY_REPOSITORY;
    for (const { id, version, range, depends, toChannel, isRemoval, isElsewhere } of steps) {
      const archive = artifact({
        id,
        version,
        since: range[0],
        until: range[1],
        depends,
        bytes: JSON.stringify([range, depends]),
      });
      const folder = toChannel ? 'eap' : 'stable';
      const archiveUrl = isElsewhere ? `https://e.org/${folder}/{id}/{file}` : undefined;
      const request = isRemoval ? { remove: [`${id}@${version}`] } : { artifacts: [archive], archiveUrl };
      const followed = follow(channel, site, MOMENT).channel;
      const target = toChannel ? followed : site;
      if (planPlugins({ ...request, index: target }).problems.some(({ severity }) => severity === 'error'))
        continue;
      if (toChannel) {
        const { plan, applied } = publish(followed, { ...request, siteUrl: CHANNEL_URL });
        // Without changes, nothing is written: the site may offer the same archive, and withdrawn versions stay known.
        const hasChanges = plan.changes.length > 0;
        channel = stored(hasChanges ? applied : followed).index;
        if (hasChanges) own = publish(own, request).index;
        const again = follow(channel, site, MOMENT);
        expect(again.isChanged).toBe(false);
        if (!isRemoval)
          expect(planPlugins({ ...request, index: again.channel, siteUrl: CHANNEL_URL }).changes).toEqual([]);
      } else {
        site = publish(site, request).index;
        channel = stored(follow(channel, site, MOMENT).channel).index;
      }
    }
    const files = stored(follow(channel, site, MOMENT).channel).files;
    const [ownXml, siteXml] = [textOf(stored(own).files), textOf(stored(site).files)];
    for (const build of ['242.1', '243.5', '251.7', '252.50', '252.200', '261.1'])
      for (const os of ['linux', 'mac', 'windows']) {
        const system = { os, arch: 'x86_64' };
        const expected: Record<string, string> = { ...offersOf(siteXml, build, system) };
        for (const [id, version] of Object.entries(offersOf(ownXml, build, system)))
          if (compareIdeVersions(version, expected[id] ?? '') >= 0 || !(id in expected))
            expected[id] = version;
        for (const file of ['updatePlugins.xml', `updatePlugins-${build.slice(0, 3)}.xml`]) {
          if (file !== 'updatePlugins.xml' && build.startsWith('252.')) continue;
          const offered = offersOf(textOf(files, file) || '<plugins/>', build, system);
          const of = [file, build, os];
          expect([...of, Object.keys(offered).sort()]).toEqual([...of, Object.keys(expected).sort()]);
          // Versions that IDEs consider equal, such as 1.0 and 1.0.0, have no order.
          for (const [id, version] of Object.entries(offered))
            expect([...of, version, compareIdeVersions(version, expected[id] ?? '')]).toEqual([
              ...of,
              version,
              0,
            ]);
          offers++;
        }
      }
  });
  fc.assert(check, { numRuns: 120 });
  expect(offers).toBeGreaterThan(2000);
});

test('a channel has a file for each branch, in order, and keeps the files that it had', () => {
  const site = stable({ since: '252', until: '253.*' });
  const channel = { ...EMPTY_REPOSITORY, branches: [263, 242] };
  expect(follow(channel, site, MOMENT).channel.branches).toEqual([242, 252, 253, 263]);
  const followed = stored(follow(channel, site, MOMENT).channel).index;
  const { channel: again, isChanged } = follow(followed, site, MOMENT);
  expect([isChanged, again.branches]).toEqual([false, [242, 252, 253, 263]]);
});

test('without a newest branch, the moment decides how far a plugin without an upper bound is offered', () => {
  const site = stable({ since: '253', until: undefined });
  const { channel } = follow(EMPTY_REPOSITORY, site, {
    now: 20260101000000,
    siteUrl: undefined,
    newestBranch: undefined,
  });
  expect(channel.branches).toEqual([253, 261]);
});

test('entries below the address of the site belong to the site only in a folder that is not marked as a channel', () => {
  const inSite = '<plugin id="a" version="1" url="https://lab.org/plugins/a/1/a.zip"/>';
  const elsewhere = '<plugin id="b" version="1" url="https://lab.org/other/b.zip"/>';
  const channel = indexOf(`<plugins>${inSite}${elsewhere}</plugins>`);
  const ids = (index: Repository, siteUrl: string | undefined) =>
    follow(index, EMPTY_REPOSITORY, { ...MOMENT, siteUrl }).channel.versions.map(({ entry }) => entry.id);
  expect(ids(channel, 'https://lab.org/')).toEqual(['b']);
  expect(ids(channel, 'https://else.org/')).toEqual(['a', 'b']);
  expect(ids(channel, undefined)).toEqual(['a', 'b']);
  expect(ids({ ...channel, isChannel: true }, 'https://lab.org/')).toEqual(['a', 'b']);
});

test('an entry in a category stays even if it leads to an archive of the site', () => {
  const channel = indexOf(
    '<plugins><category><plugin id="a" version="1" url="https://lab.org/plugins/a/1/a.zip"/></category></plugins>',
  );
  const { versions } = follow(channel, EMPTY_REPOSITORY, MOMENT).channel;
  expect(versions.map(({ entry, inside }) => [entry.id, inside])).toEqual([['a', 'category']]);
});

test.each<[string, string, string]>([
  ['a comment', '<!-- ours --><plugins></plugins>', '<plugins>'],
  ['another element', '<plugins><x/></plugins>', '<plugins>'],
  ['a root element of its own', '<plugins a="1"/>', '<plugins a="1">'],
  ['nothing', '<plugins/>', '<plugins b="2">'],
])('a channel with %s keeps or copies the root element', (_, xml, rootTag) => {
  const site = indexOf('<plugins b="2"><plugin id="a" version="1" url="https://e.org/a.zip"/></plugins>');
  expect(follow(indexOf(xml), site, MOMENT).channel.rootTag).toBe(rootTag);
});

test('only versions that are offered by both can have different archives', () => {
  const channel = publish(EMPTY_REPOSITORY, { artifacts: [artifact({ version: '1.0' })] }).index;
  const codes = (site: Repository) => follow(channel, site, MOMENT).problems.map(({ code }) => code);
  const other = stable({ version: '1.0', bytes: 'b' });
  expect(codes(other)).toEqual(['other-bytes']);
  expect(codes(publish(other, { remove: ['org.lab.cells'] }).index)).toEqual([]);
  expect(codes(stable({ version: '1.0', bytes: 'b', id: 'org.lab.other' }))).toEqual([]);
});

test.each([
  ["<plugin id='a' version='1' url='a.zip'/>", `<plugin id='a' version='1' url="../a.zip"/>`],
  ['<plugin id="a" my-url="x" url = "a.zip" version="1"/>', 'my-url="x" url = "../a.zip"'],
  ['<plugin id="a" version="1" url=" a.zip "/>', 'url="../a.zip"'],
  ['<plugin id="a" version="1" url=""/>', 'url=""'],
  ['<plugin id="a" version="1" url="HTTPS://e.org/a.zip"/>', 'url="HTTPS://e.org/a.zip"'],
  ['<plugin id="a" version="1" url=" https://e.org/a.zip"/>', 'url=" https://e.org/a.zip"'],
  ['<plugin id="a" version="1" url="git+ssh.v1-x:a.zip"/>', 'url="git+ssh.v1-x:a.zip"'],
  ['<plugin id="a" version="1" url="1:a.zip"/>', 'url="../1:a.zip"'],
  ['<plugin id="a" version="1" url="a/https:b.zip"/>', 'url="../a/https:b.zip"'],
  ['<plugin id="a" version="1" url="a/./b.zip"/>', 'url="../a/./b.zip"'],
])('only the address of the entry %s is changed', (source, expected) => {
  const { channel } = follow(EMPTY_REPOSITORY, indexOf(`<plugins>${source}</plugins>`), MOMENT);
  expect(channel.versions[0]?.entry.source).toContain(expected);
});

test('IDEs can read the file of a channel', () => {
  const site = indexOf(
    '<!DOCTYPE plugins><plugins><category name="C"><plugin id="a" version="1" url="a.zip"/></category></plugins>',
  );
  const { files } = stored(follow(EMPTY_REPOSITORY, site, MOMENT).channel);
  expect(() => readAsIde(textOf(files))).not.toThrow(RefusedByIde);
  expect(offersOf(textOf(files), '251.1')).toEqual({ a: '1' });
});

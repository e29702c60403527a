import { loadRepository } from '../../../../src/formats/jetbrains/index/load.js';
import { EMPTY_REPOSITORY, type Repository } from '../../../../src/formats/jetbrains/index/repository.js';
import type { Signature } from '../../../../src/formats/jetbrains/signature/signature.js';
import type { Problem } from '../../../../src/model/problem.js';
import { sitePath } from '../../../../src/model/site-path.js';
import {
  artifact,
  follow,
  planPlugins,
  publish,
  variant,
  VARIANT_NAMES,
  type Given,
  type PluginPlanInput,
} from '../../../support/plan-plugins.js';

const FILE = 'build/org.lab.cells-1.0.zip';
const STORED = 'plugins/org.lab.cells/1.0/org.lab.cells-1.0.zip';

const published = (...given: Given[]) => publish(EMPTY_REPOSITORY, { artifacts: given.map(artifact) }).index;
const indexOf = (xml: string) => loadRepository(new Map([['updatePlugins.xml', Buffer.from(xml)]]));
const signedBy = (digit: string): Signature => {
  const certificate = { fingerprint: digit.repeat(64), name: `Lab ${digit}` };
  return { state: 'signed', signer: certificate, root: certificate };
};

const SIGN_LAST =
  'Sign it as the last step of the build, and publish build/distributions/*-signed.zip. Otherwise, IDEs that check signatures warn their users.';
const FOLDER_HINT = 'Choose an id and a version that are valid names of folders.';

const [FIRST_VARIANT = ''] = VARIANT_NAMES;
const CHANNEL_MOMENT = { now: 20261120093212, newestBranch: 263, siteUrl: 'https://lab.org/' };

test.each<[string, PluginPlanInput, Problem]>([
  [
    'a destination',
    {
      artifacts: [artifact({})].map((each) => ({
        ...each,
        artifact: { ...each.artifact, destination: sitePath('plugins/a.zip') },
      })),
    },
    {
      severity: 'error',
      code: 'bad-path',
      path: FILE,
      message: `${FILE} has the destination "plugins/a.zip", which plugin repositories do not support.`,
      hint: 'Remove "=> …". Archives are always stored in plugins/<id>/<version>/.',
    },
  ],
  [
    'a file of another kind',
    { artifacts: [artifact({ file: 'build\\cells.zip.asc' })] },
    {
      severity: 'error',
      code: 'bad-path',
      path: 'build\\cells.zip.asc',
      message: 'build\\cells.zip.asc does not end in .zip or .jar, so IDEs would not install it.',
      hint: 'Rename the archive.',
    },
  ],
  [
    'a slash in a version',
    { artifacts: [artifact({ version: '1/0', file: 'a.zip' })] },
    {
      severity: 'error',
      code: 'bad-path',
      path: 'a.zip',
      message: 'a.zip cannot be stored under its id "org.lab.cells" and version "1/0": it contains a slash.',
      hint: FOLDER_HINT,
    },
  ],
  [
    'two files of one version',
    { artifacts: [artifact({}), artifact({ file: 'b.zip' }), artifact({ version: '1.1' })] },
    {
      severity: 'error',
      code: 'several-files',
      path: FILE,
      message: `Several files contain org.lab.cells 1.0: ${FILE}, b.zip.`,
      hint: 'Make the pattern narrower, or delete old builds. If there is a signed and an unsigned archive, publish the signed one.',
    },
  ],
  [
    'an unknown address',
    { artifacts: [artifact({})], siteUrl: undefined },
    {
      severity: 'error',
      code: 'no-site-url',
      message: 'The public address of the site is unknown, but the index must contain it.',
      hint: 'Set it with "site-url" (--site-url).',
    },
  ],
  [
    'an address that is not secure',
    { artifacts: [artifact({})], siteUrl: 'http://lab.org/' },
    {
      severity: 'error',
      code: 'insecure-url',
      path: 'http://lab.org/',
      message: 'The address of the site, http://lab.org/, does not begin with https://.',
      hint: 'Without https, an attacker in the network could send any plugin to IDEs. Choose "Enforce HTTPS" in the settings of GitHub Pages, or set "site-url" (--site-url).',
    },
  ],
  [
    'a document type',
    { index: indexOf('<!DOCTYPE plugins><plugins/>') },
    {
      severity: 'warning',
      code: 'document-type',
      path: 'updatePlugins.xml',
      message:
        'updatePlugins.xml has a document type (<!DOCTYPE …>), so IDEs since 2025 refuse the whole file.',
      hint: 'The next publication that changes something removes it. Nothing else in the file depends on it.',
    },
  ],
  [
    'a lower version',
    { index: published({ version: '2.0' }), artifacts: [artifact({})] },
    {
      severity: 'warning',
      code: 'older-version',
      path: STORED,
      message: 'org.lab.cells 1.0 is lower than 2.0, which is already published.',
      hint: 'Users who have 2.0 are not offered it, nor are IDEs that are compatible with both versions.',
    },
  ],
  [
    'a version that IDEs consider equal',
    { index: published({ version: '1.0.0' }), artifacts: [artifact({})] },
    {
      severity: 'warning',
      code: 'older-version',
      path: STORED,
      message: 'IDEs consider org.lab.cells 1.0 the same version as 1.0.0, which is already published.',
      hint: 'Users who have 1.0.0 are not offered it.',
    },
  ],
  [
    'a plugin that does not support the newest IDEs',
    { artifacts: [artifact({ until: '262.*' })] },
    {
      severity: 'warning',
      code: 'newest-branch',
      path: 'org.lab.cells',
      message: 'No version of org.lab.cells supports the newest IDEs, 2026.3 (branch 263).',
      hint: 'Test the plugin there and raise until-build, or leave until-build out.',
    },
  ],
  [
    'different content of a published version',
    { index: published({}), artifacts: [artifact({ bytes: 'b' })] },
    {
      severity: 'error',
      code: 'published-version',
      path: STORED,
      message:
        'org.lab.cells 1.0 was published with different content. A published version must not change, because IDEs that have it would not notice.',
      hint: 'Give the plugin a new version.',
    },
  ],
  [
    'a version that another tool published',
    {
      index: indexOf('<plugins><plugin id="org.lab.cells" version="1.0" url="x.zip"/></plugins>'),
      artifacts: [artifact({})],
    },
    {
      severity: 'error',
      code: 'published-version',
      path: STORED,
      message:
        'org.lab.cells 1.0 is already in the index (x.zip), and it is unknown whether that is the same archive.',
      hint: 'Give the plugin a new version.',
    },
  ],
  [
    'the same address of two archives',
    {
      artifacts: [artifact({ file: 'a.zip' }), artifact({ version: '1.1', since: '243', file: 'a.zip' })],
      archiveUrl: 'https://e.org/{file}',
    },
    {
      severity: 'error',
      code: 'same-address',
      path: 'https://e.org/a.zip',
      message: 'org.lab.cells 1.0, org.lab.cells 1.1 would have the same address, https://e.org/a.zip.',
      hint: 'Use {id} and {version} in "archive-url" (--archive-url), or give the archives different names.',
    },
  ],
  [
    'a missing signature',
    { index: published({ signature: signedBy('a'), version: '0.9' }), artifacts: [artifact({})] },
    {
      severity: 'warning',
      code: 'unsigned',
      path: STORED,
      message: 'org.lab.cells 1.0 is not signed, but the published version 0.9 is.',
      hint: SIGN_LAST,
    },
  ],
  [
    'another certificate',
    {
      index: published({ signature: signedBy('a'), version: '0.9' }),
      artifacts: [artifact({ signature: signedBy('b') })],
    },
    {
      severity: 'warning',
      code: 'other-certificate',
      path: STORED,
      message:
        'org.lab.cells 1.0 is signed with a different certificate than 0.9: bbbbbbbbbbbbbbbb ("Lab b") instead of aaaaaaaaaaaaaaaa.',
      hint: 'If you have changed the certificate, ask your users to trust the new one in their IDE. If not, find out who signed the archive.',
    },
  ],
  [
    'a missing variant',
    { artifacts: VARIANT_NAMES.slice(1).map((name) => variant(name)) },
    {
      severity: 'warning',
      code: 'missing-variant',
      path: 'plugins/org.lab.cells/1.0.0-linux-x86_64/org.lab.cells-1.0.0-linux-x86_64.zip',
      message:
        'org.lab.cells 1.0.0 supports windows-x86_64, windows-arm64, mac-x86_64, mac-arm64, linux-x86_64, but not linux-arm64.',
      hint: 'Build the missing variants. Otherwise, IDEs on these systems are offered an earlier version or nothing.',
    },
  ],
  [
    'variants beside an archive for all systems',
    { artifacts: [artifact({ version: '1.0.0', since: '261' }), variant(FIRST_VARIANT)] },
    {
      severity: 'warning',
      code: 'variant-and-base',
      path: 'plugins/org.lab.cells/1.0.0/org.lab.cells-1.0.0.zip',
      message:
        'org.lab.cells 1.0.0 is for all systems, but org.lab.cells 1.0.0 also has variants for single systems.',
      hint: 'IDEs on a system without a variant are offered the archive for all systems. If that is only an intermediate result of the build, make the pattern narrower.',
    },
  ],
  [
    'variants for early IDEs',
    { artifacts: VARIANT_NAMES.map((name) => variant(name, { since: '253.1' })) },
    {
      severity: 'warning',
      code: 'variant-since-build',
      path: 'plugins/org.lab.cells/1.0.0-linux-aarch64/org.lab.cells-1.0.0-linux-aarch64.zip',
      message:
        'build/org.lab.cells-1.0.0-linux-aarch64.zip is for one system, but since-build is 253.1. IDEs before 2026.1 do not know the modules of all systems.',
      hint: 'Set since-build to 261 for variants, and keep an earlier version without variants for earlier IDEs.',
    },
  ],
  [
    'the removal of an unknown plugin',
    { index: published({}), remove: ['elsewhere'] },
    {
      severity: 'error',
      code: 'unknown-file',
      path: 'elsewhere',
      message: 'The site does not offer a plugin "elsewhere".',
      hint: 'Use the id of a plugin, or ID@VERSION.',
    },
  ],
  [
    'the removal of a version that is to be published',
    { artifacts: [artifact({})], remove: ['org.lab.cells@1.0'] },
    {
      severity: 'error',
      code: 'remove-and-publish',
      path: 'org.lab.cells@1.0',
      message: `org.lab.cells@1.0 is to be removed, but ${FILE} is to be published.`,
      hint: 'Do only one of the two in a run.',
    },
  ],
  [
    'the removal of a withdrawn plugin',
    { index: publish(published({}), { remove: ['org.lab.cells'] }).index, remove: ['org.lab.cells'] },
    {
      severity: 'warning',
      code: 'already-obsolete',
      path: 'org.lab.cells',
      message: 'org.lab.cells was already withdrawn.',
      hint: 'Delete it from "remove" (--remove).',
    },
  ],
  [
    'the removal of a stable version from a channel',
    { index: follow(EMPTY_REPOSITORY, published({}), CHANNEL_MOMENT).channel, remove: ['org.lab.cells'] },
    {
      severity: 'error',
      code: 'stable-version',
      path: 'org.lab.cells',
      message: 'The channel offers org.lab.cells because the repository in the parent folder does.',
      hint: 'Remove it there, with a run without "channel" (--channel).',
    },
  ],
  [
    'the removal of an entry in a category',
    {
      index: indexOf('<plugins><category><plugin id="a" version="1" url="x.zip"/></category></plugins>'),
      remove: ['a@1'],
    },
    {
      severity: 'error',
      code: 'entry-elsewhere',
      path: 'a@1',
      message: 'a@1 is inside <category> in updatePlugins.xml, which is never changed.',
      hint: 'Remove it there by hand, or move it out of <category>.',
    },
  ],
])('%s is reported with what to do', (_, request, problem) => {
  expect(planPlugins(request).problems).toContainEqual(problem);
});

test.each(['https://lab.org/', 'http://localhost/', 'http://127.0.0.1:80/', 'http://[::1]/'])(
  'the address %s is secure',
  (siteUrl) => {
    expect(planPlugins({ artifacts: [artifact({})], siteUrl }).problems).toEqual([]);
  },
);

test('a plan that publishes nothing does not need an address', () => {
  const plan = planPlugins({ index: published({}), remove: ['org.lab.cells'], siteUrl: undefined });
  expect(plan.problems).toEqual([]);
  expect(plan.notices).toHaveLength(1);
});

test.each([
  ['org.lab.cell', 'Did you mean "org.lab.cells"?'],
  ['org.lab.cells@1.7', 'Did you mean "org.lab.cells@1.0" or "org.lab.cells"?'],
  ['x', 'Use the id of a plugin, or ID@VERSION.'],
])('if %s is to be removed and unknown, the hint is: %s', (text, hint) => {
  const index = publish(published({}, { id: 'org.lab.sells' }), { remove: ['org.lab.sells'] }).index;
  const { problems, changes } = planPlugins({ index, remove: [text] });
  expect(changes).toEqual([]);
  expect(problems.map((problem) => [problem.code, problem.hint])).toEqual([['unknown-file', hint]]);
});

test('if versions share a name with their variants, only the exact one is removed', () => {
  const index = publish(EMPTY_REPOSITORY, {
    artifacts: [artifact({ version: '1.0.0', since: '261' }), ...VARIANT_NAMES.map((name) => variant(name))],
  }).index;
  const removed = (text: string) =>
    planPlugins({ index, remove: [text] }).changes.map(({ published }) => published.entry.version);
  expect(removed('org.lab.cells@1.0.0')).toEqual(['1.0.0']);
  expect(removed('org.lab.cells')).toHaveLength(7);
});

test('the reason of each change is shown', () => {
  const reasons = (index: Repository, request: PluginPlanInput) =>
    planPlugins({ ...request, index }).changes.map(({ kind, path, reason }) => [kind, path, reason]);
  const index = published({});
  const other = 'plugins/org.lab.other/1.0/org.lab.other-1.0.zip';
  const next = 'plugins/org.lab.cells/1.1/org.lab.cells-1.1.zip';
  expect(reasons(index, { artifacts: [artifact({ id: 'org.lab.other' })] })).toEqual([
    ['add', other, 'the previous index did not offer the plugin'],
  ]);
  expect(reasons(index, { artifacts: [artifact({ version: '1.1' })] })).toEqual([
    ['update', next, 'a new version'],
  ]);
  expect(reasons(index, { artifacts: [artifact({ name: 'Other' })] })).toEqual([
    ['metadata', STORED, 'metadata changed'],
  ]);
  expect(reasons(index, { remove: ['org.lab.cells'] })).toEqual([['remove', STORED, 'removed by request']]);
  const gone = publish(index, { remove: ['org.lab.cells'] }).index;
  expect(reasons(gone, { artifacts: [artifact({})] })).toEqual([
    ['revive', STORED, 'restored after it was withdrawn'],
  ]);
  expect(reasons(gone, { artifacts: [artifact({ version: '1.1' })] })).toEqual([
    ['add', next, 'the previous index did not offer the plugin'],
  ]);
  expect(reasons(published({}, { version: '1.1' }), { keep: 1 })).toEqual([
    ['remove', STORED, 'only the newest 1 for the same IDEs are kept'],
  ]);
});

test.each([
  [1, 'an older archive is not published: build/org.lab.cells-1.0.zip.'],
  [2, '2 older archives are not published: build/org.lab.cells-1.0.zip, build/org.lab.cells-1.1.zip.'],
  [
    6,
    `6 older archives are not published: ${[0, 1, 2, 3, 4].map((at) => `build/org.lab.cells-1.${at}.zip`).join(', ')} and 1 more.`,
  ],
])('a notice names %d archives that "keep" excludes', (count, text) => {
  const artifacts = Array.from({ length: count + 1 }, (_, at) => artifact({ version: `1.${at}` }));
  expect(planPlugins({ artifacts, keep: 1 }).notices).toEqual([
    `Only the newest 1 of each plugin for the same IDEs are kept, so ${text}`,
  ]);
});

test('a notice counts the archives on another server', () => {
  const artifacts = [artifact({}), artifact({ version: '1.1' })];
  expect(planPlugins({ artifacts, archiveUrl: 'https://e.org/{file}' }).notices).toEqual([
    '2 archives are not copied to the site: IDEs download them from https://e.org/org.lab.cells-1.0.zip and similar addresses',
  ]);
});

test('a plan contains its moment, its branch, and each file to copy', () => {
  expect(planPlugins({ artifacts: [artifact({})], newestBranch: 261 })).toMatchObject({
    timestamp: 20261120093212,
    newestBranch: 261,
    unchanged: 0,
    skipped: [],
    elsewhere: [],
    restored: [],
    removals: [],
    notices: [],
    payloads: [
      {
        storedPath: STORED,
        path: STORED,
        file: FILE,
        size: 5,
        modified: 0,
        checksum: 'org.lab.cells 1.0 a',
      },
    ],
  });
});

test('an archive that is missing on the site is copied again, if it has the same bytes and is offered', () => {
  const index = published({}, { version: '1.1' });
  const missing = new Set([STORED]);
  const restored = (given: Given, of: Repository = index) => {
    const { payloads, changes } = planPlugins({ index: of, artifacts: [artifact(given)], missing });
    return [payloads.map(({ path }) => path), changes.length];
  };
  expect(restored({})).toEqual([[STORED], 0]);
  expect(restored({ bytes: 'b' })).toEqual([[], 0]);
  expect(restored({ version: '1.1' })).toEqual([[], 0]);
  expect(planPlugins({ index, artifacts: [artifact({})], missing }).restored).toEqual([STORED]);
  const gone = publish(index, { remove: ['org.lab.cells@1.0'] }).index;
  expect(restored({}, gone)).toEqual([[STORED], 1]);
  expect(planPlugins({ index: gone, artifacts: [artifact({})], missing }).restored).toEqual([]);
});

test('the archive of a withdrawn version is removed with the next change, unless an entry leads to it', () => {
  const gone = publish(published({}, { version: '1.1' }), { remove: ['org.lab.cells@1.0'] }).index;
  const removals = (request: PluginPlanInput) => planPlugins({ ...request, index: gone }).removals;
  expect(removals({})).toEqual([]);
  expect(removals({ artifacts: [artifact({ version: '1.1' })] })).toEqual([]);
  expect(removals({ artifacts: [artifact({ version: '1.2' })] })).toEqual([STORED]);
  expect(removals({ artifacts: [artifact({})] })).toEqual([]);
});

test('a version of another tool that is withdrawn does not have an archive to remove', () => {
  const index = indexOf('<plugins><plugin id="org.hand" version="1" url="x.zip"/></plugins>');
  const gone = publish(index, { remove: ['org.hand'] }).index;
  const { changes, removals } = planPlugins({ index: gone, artifacts: [artifact({})] });
  expect(changes).toHaveLength(1);
  expect(removals).toHaveLength(0);
});

test('"keep" counts only versions that stay, and those of the channel itself', () => {
  const removed = (index: Repository, request: PluginPlanInput) =>
    planPlugins({ ...request, index, keep: 1 }).changes.map(({ kind, path }) => `${kind} ${path}`);
  const index = published({}, { version: '1.1' });
  expect(removed(index, { remove: ['org.lab.cells@1.1'] })).toEqual([
    'remove plugins/org.lab.cells/1.1/org.lab.cells-1.1.zip',
  ]);
  const channel = publish(follow(EMPTY_REPOSITORY, published({ version: '2.0' }), CHANNEL_MOMENT).channel, {
    artifacts: [artifact({ version: '2.1' })],
  }).index;
  const higher = published({ version: '2.0' }, { version: '2.2' });
  expect(removed(follow(channel, higher, CHANNEL_MOMENT).channel, {})).toEqual([]);
});

test('the signatures of other plugins are not compared', () => {
  const index = published({ id: 'org.lab.other', version: '0.9', signature: signedBy('a') });
  expect(planPlugins({ index, artifacts: [artifact({})] }).problems).toEqual([]);
  expect(planPlugins({ index, artifacts: [artifact({ signature: signedBy('b') })] }).problems).toEqual([]);
});

test('a channel reports that its archive differs from the one of the repository', () => {
  const channel = publish(EMPTY_REPOSITORY, { artifacts: [artifact({})] }).index;
  const site = published({ bytes: 'b' });
  expect(follow(channel, site, CHANNEL_MOMENT).problems).toEqual([
    {
      severity: 'warning',
      code: 'other-bytes',
      path: STORED,
      message:
        'The channel and the repository in the parent folder offer different archives of org.lab.cells 1.0. IDEs that have one of them are not offered the other.',
      hint: 'Publish the archive of the channel to both, or give the next build a new version. To keep only the archive of the repository, remove org.lab.cells@1.0 from the channel with "remove" (--remove) and "channel" (--channel).',
    },
  ]);
});

test('an entry that does not fit into a channel is refused with the reason', () => {
  const site = indexOf(
    '<plugins xmlns:m="urn:m"><plugin id="a" version="1" url="https://e.org/a.zip"><m:x/></plugin></plugins>',
  );
  const channel = indexOf('<plugins><plugin id="b" version="1" url="https://e.org/b.zip"/></plugins>');
  expect(() => follow(channel, site, CHANNEL_MOMENT)).toThrow(
    expect.objectContaining({
      code: 'index',
      message:
        'The channel cannot offer a 1 of the repository in the parent folder: the entry of a 1 does not fit into the root element of updatePlugins.xml: the prefix "m" is not declared.',
      hint: 'Copy the prefixes (xmlns:…) from the root element of updatePlugins.xml in the parent folder to the one in the channel, or correct the entry there.',
    }) as Error,
  );
});

import { explainChanges } from '../../../../src/formats/jetbrains/compare/compare.js';
import { EMPTY_REPOSITORY } from '../../../../src/formats/jetbrains/index/repository.js';
import { offersOf } from '../../../support/ide.js';
import {
  artifact,
  codesIn,
  publish,
  textOf,
  variant,
  VARIANT_NAMES,
  type Given,
} from '../../../support/plan-plugins.js';

const variants = (given?: Given, names = VARIANT_NAMES) => names.map((name) => variant(name, given));
const versionsIn = (xml: string) =>
  [...xml.matchAll(/<plugin [^>]* version="([^"]+)"/g)].map(([, version]) => version);
const offered = (xml: string, os: string, arch: string) =>
  offersOf(xml, '262.1', { os, arch })['org.lab.cells'];

test('all variants are listed in every file, and each system is offered its own', () => {
  const { files, plan } = publish(EMPTY_REPOSITORY, { artifacts: variants() });
  expect(plan.problems).toEqual([]);
  for (const file of ['updatePlugins.xml', 'updatePlugins-261.xml', 'updatePlugins-263.xml']) {
    const xml = textOf(files, file);
    expect([...versionsIn(xml)].sort()).toEqual(VARIANT_NAMES.map((name) => `1.0.0-${name}`));
    expect(offered(xml, 'linux', 'arm64')).toBe('1.0.0-linux-aarch64');
    expect(offered(xml, 'windows', 'x86_64')).toBe('1.0.0-windows-x86_64');
    expect(offered(xml, 'freebsd', 'x86_64')).toBeUndefined();
  }
});

test('a new variant replaces only the one for its system', () => {
  const first = publish(EMPTY_REPOSITORY, { artifacts: variants() });
  const next = publish(first.index, { artifacts: variants({ version: '1.1.0' }, ['linux-x86_64']) });
  const expected = [
    ...VARIANT_NAMES.filter((name) => name !== 'linux-x86_64').map((name) => `1.0.0-${name}`),
    '1.1.0-linux-x86_64',
  ];
  for (const file of ['updatePlugins.xml', 'updatePlugins-262.xml'])
    expect([...versionsIn(textOf(next.files, file))].sort()).toEqual(expected);
});

test('a branch file omits entries that are not offered to any of its systems', () => {
  const first = publish(EMPTY_REPOSITORY, { artifacts: [artifact({ version: '0.9', until: '262.1' })] });
  const { files } = publish(first.index, { artifacts: [artifact({ version: '1.0', since: '262.2' })] });
  expect(versionsIn(textOf(files, 'updatePlugins-262.xml'))).toEqual(['1.0']);
  const mixed = publish(first.index, { artifacts: variants({ since: '262.2' }) });
  expect(versionsIn(textOf(mixed.files, 'updatePlugins-262.xml'))).toContain('0.9');
  const early = publish(EMPTY_REPOSITORY, { artifacts: variants({ version: '0.9', until: '262.1' }) });
  const { files: later } = publish(early.index, { artifacts: variants({ since: '262.2' }) });
  expect(versionsIn(textOf(later, 'updatePlugins-262.xml'))).toHaveLength(VARIANT_NAMES.length);
});

test('an archive for all systems is covered by a later one for all systems, not by variants', () => {
  const base = publish(EMPTY_REPOSITORY, { artifacts: [artifact({ version: '0.9', since: '261' })] });
  const both = publish(base.index, { artifacts: variants() });
  expect(offered(textOf(both.files), 'freebsd', 'x86_64')).toBe('0.9');
  expect(offered(textOf(both.files), 'mac', 'arm64')).toBe('1.0.0-mac-aarch64');
  const later = publish(both.index, { artifacts: [artifact({ version: '2.0', since: '242' })] });
  expect(versionsIn(textOf(later.files))).toEqual(['2.0']);
});

test('the system in a version counts only if the plugin has no dependencies', () => {
  const named = artifact({ version: '1.0-linux-x86_64', depends: ['com.intellij.modules.platform'] });
  const { files } = publish(EMPTY_REPOSITORY, { artifacts: [named, artifact({ version: '1.0-win-x64' })] });
  expect(offered(textOf(files), 'windows', 'arm64')).toBe('1.0-win-x64');
  expect(offered(textOf(publish(EMPTY_REPOSITORY, { artifacts: [named] }).files), 'mac', 'arm64')).toBe(
    '1.0-linux-x86_64',
  );
});

const PLATFORM = 'com.intellij.modules.platform';

test.each<[string, ReturnType<typeof artifact>[], string[]]>([
  ['all variants exist', variants(), []],
  ['one is missing', variants({}, VARIANT_NAMES.slice(1)), ['warning missing-variant']],
  [
    'there is also an archive for all systems',
    [...variants(), artifact({ version: '1.0.0', since: '261', depends: [PLATFORM] })],
    ['warning variant-and-base'],
  ],
  ['they support early IDEs', variants({ since: '253' }), ['warning variant-since-build']],
  [
    'only its version names a system',
    [artifact({ version: '1.0-linux-x64', depends: [PLATFORM] })],
    ['warning platform-version'],
  ],
  ['another version is for all systems', [...variants(), artifact({ version: '0.9' })], []],
])('reports variants if %s', (_, artifacts, codes) => {
  expect(codesIn({ artifacts })).toEqual(codes);
});

test('the warning names the missing variants, and published ones count', () => {
  const first = publish(EMPTY_REPOSITORY, { artifacts: variants({}, VARIANT_NAMES.slice(0, 4)) });
  expect(first.plan.problems[0]?.message).toBe(
    'org.lab.cells 1.0.0 supports mac-x86_64, mac-arm64, linux-x86_64, linux-arm64, but not windows-x86_64, windows-arm64.',
  );
  expect(publish(first.index, { artifacts: variants({}, VARIANT_NAMES.slice(4)) }).plan.problems).toEqual([]);
});

test('a variant is compared only with versions for its systems', () => {
  const { index } = publish(EMPTY_REPOSITORY, { artifacts: variants({}, ['windows-x86_64']) });
  const codes = (name: string, version: string) =>
    codesIn({ index, artifacts: variants({ version }, [name]) }).filter((code) =>
      code.endsWith('older-version'),
    );
  expect(codes('linux-x86_64', '0.9')).toEqual([]);
  expect(codes('windows-x86_64', '0.9')).toEqual(['warning older-version']);
});

test('keep counts the versions of each system', () => {
  const first = publish(EMPTY_REPOSITORY, { artifacts: variants() });
  const { plan } = publish(first.index, {
    artifacts: variants({ version: '1.1.0' }, VARIANT_NAMES.slice(0, 2)),
    keep: 1,
  });
  expect(plan.changes.filter(({ kind }) => kind === 'remove').map(({ path }) => path.split('/')[2])).toEqual([
    '1.0.0-linux-x86_64',
    '1.0.0-linux-aarch64',
  ]);
});

test('the report groups the variants of a version and shows their texts once', () => {
  const first = publish(EMPTY_REPOSITORY, { artifacts: variants() });
  const notes = (given: Given) =>
    variants({ ...given, changeNotes: 'Faster' }, ['windows-x86_64', 'linux-x86_64']);
  const second = publish(first.index, {
    artifacts: [...notes({ version: '1.2.0' }), ...notes({ version: '1.1.0' })],
  });
  const shown = explainChanges(second.plan.changes, first.index, second.applied).map(({ details }) => [
    details?.versionBefore,
    details?.versionAfter,
    details?.platforms,
    details?.fields.map(({ field }) => field),
  ]);
  expect(shown).toEqual([
    ['1.0.0-linux-x86_64', '1.1.0-linux-x86_64', ['linux-x86_64'], ['change-notes']],
    ['1.0.0-windows-x86_64', '1.1.0-windows-x86_64', ['windows-x86_64'], []],
    ['1.0.0-linux-x86_64', '1.2.0-linux-x86_64', ['linux-x86_64'], []],
    ['1.0.0-windows-x86_64', '1.2.0-windows-x86_64', ['windows-x86_64'], []],
  ]);
});

test('the report names the systems of a plugin if they changed', () => {
  const first = publish(EMPTY_REPOSITORY, { artifacts: [artifact({ version: '0.9', since: '261' })] });
  const second = publish(first.index, { artifacts: variants({}, ['mac-aarch64']) });
  const [change] = explainChanges(second.plan.changes, first.index, second.applied);
  expect(change?.details?.fields).toEqual([{ field: 'platform', before: undefined, after: 'mac-arm64' }]);
});

test('ID@VERSION removes all variants of a version', () => {
  const { index } = publish(EMPTY_REPOSITORY, {
    artifacts: ['linux', 'mac'].map((os) =>
      artifact({
        version: `1.0-${os}-x86_64`,
        since: '261',
        depends: [`com.intellij.modules.os.${os}`, 'com.intellij.modules.arch.x86_64'],
      }),
    ),
  });
  const removed = (text: string) =>
    publish(index, { remove: [text] }).plan.changes.map(({ path }) => path.split('/')[2]);
  expect(removed('org.lab.cells@1.0')).toEqual(['1.0-mac-x86_64', '1.0-linux-x86_64']);
  expect(removed('org.lab.cells@1.0-mac-x86_64')).toEqual(['1.0-mac-x86_64']);
});

test('an archive for all systems and variants are reported in either order, and not as older', () => {
  const base = artifact({ version: '1.0.0', since: '261' });
  const variant = artifact({
    version: '1.0.0-linux-x86_64',
    since: '261',
    depends: ['com.intellij.modules.os.linux', 'com.intellij.modules.arch.x86_64'],
  });
  const codes = (first: typeof base, second: typeof base) => {
    const { index } = publish(EMPTY_REPOSITORY, { artifacts: [first] });
    return codesIn({ index, artifacts: [second] });
  };
  expect(codes(base, variant)).toEqual(['warning variant-and-base']);
  expect(codes(variant, base)).toEqual(['warning variant-and-base']);
});

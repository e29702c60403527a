import { checkDescriptor } from '../../../../src/formats/jetbrains/descriptor/checks.js';
import { inspectPlugin } from '../../../../src/formats/jetbrains/descriptor/plugin-archive.js';
import { byteSourceOf } from '../../../../src/model/byte-source.js';
import type { Problem } from '../../../../src/model/problem.js';
import { pluginJar, pluginXml, pluginZip, type PluginXml } from '../../../support/plugin-archive.js';
import { makeZip, type ZipEntry } from '../../../support/zip.js';

const CONTEXT = { knownIds: new Set<string>(), newestBranch: 263 };

const inspect = (bytes: Buffer, label = 'p.zip') => inspectPlugin(byteSourceOf(bytes), label);

function problemsOf(given: PluginXml): readonly Problem[] {
  const { descriptor } = inspect(pluginZip(given));
  return descriptor ? checkDescriptor(descriptor, 'p.zip', CONTEXT).problems : [];
}

const codesOf = (given: PluginXml) => problemsOf(given).map(({ code }) => code);
const range = (ideaVersion: string): PluginXml => ({ ideaVersion });
const until = (text: string) => range(`since-build="242" until-build="${text}"`);

const SINCE_HINT =
  'Write the oldest supported build, such as "242". The Gradle task patchPluginXml can set it.';
const UNTIL_HINT = 'Write the last branch as "251.*", or leave it out.';
const TESTED_HINT =
  'Write the last branch that the plugin was tested in, or leave the bound out to support all later IDEs.';
const LONG = 'A description in English that is long enough for a check';

test.each<[PluginXml, string, string, string]>([
  [
    { id: undefined, name: undefined },
    'error missing-element',
    '<id> is missing',
    'Give the plugin an id that never changes.',
  ],
  [{ name: undefined }, 'error missing-element', '<name> is missing', 'Add the name that users see.'],
  [
    { version: undefined },
    'error missing-element',
    '<version> is missing',
    'Set the version in the Gradle build. The task patchPluginXml writes it into the descriptor.',
  ],
  [
    { vendor: undefined },
    'error missing-element',
    '<vendor> is missing',
    'Add the person or organization that makes the plugin.',
  ],
  [
    { id: 'x'.repeat(256) },
    'error too-long',
    '<id> has 256 characters; IDEs accept at most 255',
    'Shorten it.',
  ],
  [
    { name: 'x'.repeat(65) },
    'error too-long',
    '<name> has 65 characters; IDEs accept at most 64',
    'Shorten it.',
  ],
  [
    { version: '1'.repeat(65) },
    'error too-long',
    '<version> has 65 characters; IDEs accept at most 64',
    'Shorten it.',
  ],
  [{ id: 'org.\nlab' }, 'error bad-id', '<id> contains a line break', 'Write it on one line.'],
  [
    { more: '<depends> </depends>' },
    'error empty-dependency',
    'a dependency does not name a plugin',
    'Write the id of the plugin, or remove the element.',
  ],
  [
    { id: 'edu.example.x' },
    'warning reserved-id',
    '<id> begins with "edu.example", which is reserved for JetBrains or for examples',
    'Begin it with your own domain.',
  ],
  [
    { name: 'My Plugin' },
    'warning product-word',
    '<name> contains the word "Plugin"',
    'Leave it out, because it adds no information.',
  ],
  [
    { id: 'org.lab.JetBrains' },
    'warning product-word',
    '<id> contains the word "JetBrains"',
    'Leave it out, because it adds no information.',
  ],
  [
    { version: '1.0-linux-x64' },
    'warning platform-version',
    '<version> "1.0-linux-x64" names a system, but IDEs on all systems are offered it',
    'If it is for one system, add the modules of the system, for example <depends>com.intellij.modules.os.linux</depends> and <depends>com.intellij.modules.arch.x86_64</depends>. The Gradle task buildPluginVariants adds them.',
  ],
  [
    { description: `Lorem ipsum: ${LONG}` },
    'warning template-text',
    '<description> still contains the text of a template',
    'Describe your plugin.',
  ],
  [
    { more: '<change-notes>Most HTML tags may be used</change-notes>' },
    'warning template-text',
    '<change-notes> still contains the text of a template',
    'Describe your plugin.',
  ],
  [
    { description: undefined },
    'warning short-description',
    '<description> is missing or empty',
    'Describe the plugin in at least 40 characters.',
  ],
  [
    { description: 'x'.repeat(39) },
    'warning short-description',
    '<description> has only 39 characters',
    'Describe the plugin in at least 40 characters.',
  ],
  [
    { description: '細胞を数えるプラグイン'.repeat(5) },
    'warning description-language',
    '<description> does not begin with Latin letters',
    'Begin with English text.',
  ],
  [
    { description: `${LONG} HTTP://lab.org` },
    'warning http-link',
    '<description> contains a link that is not secure',
    'Use https://.',
  ],
  [
    { depends: undefined },
    'warning intellij-only',
    'a dependency on a module of the platform is missing, so only IntelliJ IDEA loads the plugin; other IDEs install it but do not load it',
    'Write <depends>com.intellij.modules.platform</depends> for all IDEs, or <depends>com.intellij.modules.java</depends> if the plugin needs Java.',
  ],
  [
    range('until-build="251.*"'),
    'error bad-since-build',
    '<idea-version since-build> is missing',
    SINCE_HINT,
  ],
  [
    range('since-build="x"'),
    'error bad-since-build',
    '<idea-version since-build="x"> is not a build number',
    SINCE_HINT,
  ],
  [
    range('since-build="IU-242.1"'),
    'error bad-since-build',
    '<idea-version since-build="IU-242.1"> contains a product code',
    SINCE_HINT,
  ],
  [
    range('since-build="8000"'),
    'error bad-since-build',
    '<idea-version since-build="8000"> is a build number from before branches existed',
    SINCE_HINT,
  ],
  [
    range('since-build="129.5"'),
    'error bad-since-build',
    '<idea-version since-build="129.5"> is older than 130, the first branch',
    SINCE_HINT,
  ],
  [
    range('since-build="*"'),
    'error bad-since-build',
    '<idea-version since-build="*"> does not name a branch, so IDEs read it as a build from before branches existed',
    SINCE_HINT,
  ],
  [
    range('since-build="1000.1"'),
    'error bad-since-build',
    '<idea-version since-build="1000.1"> is larger than any branch',
    SINCE_HINT,
  ],
  [
    range('since-build="2016"'),
    'error bad-since-build',
    '<idea-version since-build="2016"> names a year, not a branch: the branch of 2016.1 is 161',
    SINCE_HINT,
  ],
  [
    range('since-build="242.*"'),
    'warning since-build-wildcard',
    '<idea-version since-build="242.*"> means the last build of the branch',
    'Write "242" for the whole branch.',
  ],
  [
    range('since-build="301"'),
    'warning no-such-branch',
    '<idea-version since-build="301"> names branch 301, which is years away',
    SINCE_HINT,
  ],
  [
    range('since-build="245"'),
    'warning no-such-branch',
    '<idea-version since-build="245"> names branch 245, which does not exist: the last digit is the release of the year, 1 to 3',
    'Write the oldest supported branch, such as "251".',
  ],
  [
    range('since-build="240"'),
    'warning no-such-branch',
    '<idea-version since-build="240"> names branch 240, which does not exist: the last digit is the release of the year, 1 to 3',
    'Write the oldest supported branch, such as "241".',
  ],
  [
    until('*'),
    'error bad-until-build',
    '<idea-version until-build="*"> does not name a branch, so IDEs read it as a build from before branches existed',
    UNTIL_HINT,
  ],
  [
    until('SNAPSHOT'),
    'error bad-until-build',
    '<idea-version until-build="SNAPSHOT"> does not name a branch, so IDEs read it as a build from before branches existed',
    UNTIL_HINT,
  ],
  [
    until('999.*'),
    'error bad-until-build',
    '<idea-version until-build="999.*"> means "forever" and is not a branch',
    UNTIL_HINT,
  ],
  [until('x'), 'error bad-until-build', '<idea-version until-build="x"> is not a build number', UNTIL_HINT],
  [
    until('IU-251.*'),
    'error bad-until-build',
    '<idea-version until-build="IU-251.*"> contains a product code',
    UNTIL_HINT,
  ],
  [
    until('251'),
    'error bad-until-build',
    '<idea-version until-build="251"> is only a branch, which excludes all of its builds',
    UNTIL_HINT,
  ],
  [
    until('241.1.2'),
    'error bad-until-build',
    '<idea-version until-build="241.1.2"> is lower than since-build',
    UNTIL_HINT,
  ],
  [
    range('since-build="242" strict-until-build="241.*"'),
    'error bad-until-build',
    '<idea-version strict-until-build="241.*"> is lower than since-build',
    UNTIL_HINT,
  ],
  [
    until('243.10000'),
    'warning until-build-nines',
    '<idea-version until-build="243.10000"> is read as "243.*" by IDEs, not as the number of a build',
    'Write "243.*".',
  ],
  [
    until('243.99'),
    'warning until-build-nines',
    '<idea-version until-build="243.99"> is the number of an early build and excludes nearly all of branch 243',
    'Write "243.*" for the whole branch.',
  ],
  [
    until('281.*'),
    'warning no-such-branch',
    '<idea-version until-build="281.*"> names branch 281, which is years away',
    TESTED_HINT,
  ],
  [
    until('250.*'),
    'warning no-such-branch',
    '<idea-version until-build="250.*"> names branch 250, which does not exist: the last digit is the release of the year, 1 to 3',
    'Write the last supported branch, such as "243.*".',
  ],
  [
    until('255.*'),
    'warning no-such-branch',
    '<idea-version until-build="255.*"> names branch 255, which does not exist: the last digit is the release of the year, 1 to 3',
    'Write the last supported branch, such as "253.*".',
  ],
  [
    range('since-build="242" until-build="251.*" strict-until-build="253.*"'),
    'warning strict-until-build',
    '<idea-version> has until-build="251.*" and strict-until-build="253.*"; IDEs before 2025.3 read only until-build, so those above it are offered the plugin and refuse it after the download',
    'Set until-build to the same value, or leave it out.',
  ],
])('a descriptor with %j has the problem %s, with its message', (given, what, message, hint) => {
  const [severity, code] = what.split(' ');
  expect(problemsOf(given)).toContainEqual({
    severity,
    code,
    path: 'p.zip',
    message: `p.zip: ${message}.`,
    hint,
  });
});

test.each<[string, PluginXml]>([
  ['an id of 255 characters', { id: 'x'.repeat(255) }],
  ['a name of 64 characters', { name: 'x'.repeat(64) }],
  ['a version of 64 characters', { version: '1'.repeat(64) }],
  ['a description of 40 characters', { description: 'x'.repeat(40) }],
  ['a description that begins with numbers and marks', { description: `„2.0“ (&lt;new&gt;) ${LONG}` }],
  ['a secure link', { description: `${LONG} https://lab.org` }],
  ['a word that only ends like an address', { description: `${LONG} xhttp://lab.org` }],
  ['the lowest bound', range('since-build="130"')],
  ['a lower bound in the highest branch before "years away"', range('since-build="273"')],
  ['an upper bound in a branch', until('242.1')],
  ['an upper bound that is equal to the lower one', range('since-build="242.5" until-build="242.5"')],
  ['a number that begins like a year', range('since-build="201.6668" until-build="211.*"')],
  [
    'a strict bound for IDEs that know it',
    range('since-build="253" until-build="253.1" strict-until-build="261.*"'),
  ],
  ['equal bounds of both kinds', range('since-build="242" until-build="251.*" strict-until-build="251.*"')],
])('a descriptor does not have problems with %s', (_, given) => {
  expect(problemsOf(given)).toEqual([]);
});

test.each(['2016.1', '2019.3.5', '2020.2', '2024', '2099.3.1'])(
  'the year %s is not a branch, and the message names its branch',
  (text) => {
    const [, year = '', release = '1'] = /^20(\d\d)(?:\.(\d))?/.exec(text) ?? [];
    expect(problemsOf(until(text))).toEqual([
      {
        severity: 'error',
        code: 'bad-until-build',
        path: 'p.zip',
        message: `p.zip: <idea-version until-build="${text}"> names a year, not a branch: the branch of 20${year}.${release} is ${year}${release}.`,
        hint: UNTIL_HINT,
      },
    ]);
  },
);

test.each([
  ['since-build="253" until-build="251.*" strict-until-build="261.*"', ['bad-until-build']],
  [
    'since-build="252.9" until-build="251.*" strict-until-build="261.*"',
    ['bad-until-build', 'strict-until-build'],
  ],
  ['since-build="242" until-build="251.*" strict-until-build="x"', ['bad-until-build']],
  ['since-build="242" until-build="x" strict-until-build="251.*"', ['bad-until-build']],
  ['since-build="x" until-build="251"', ['bad-since-build', 'bad-until-build']],
  ['since-build="244" until-build="244.9999"', ['no-such-branch', 'until-build-nines', 'no-such-branch']],
])('the range %s has the problems %j', (ideaVersion, codes) => {
  expect(codesOf({ ideaVersion })).toEqual(codes);
});

test('a plugin has a range only if both bounds that count are valid', () => {
  const validOf = (ideaVersion: string) => {
    const { descriptor } = inspect(pluginZip({ ideaVersion }));
    const { valid } = checkDescriptor(descriptor as NonNullable<typeof descriptor>, 'p.zip', CONTEXT);
    return valid && [valid.range, valid.effectiveUntil];
  };
  expect(validOf('since-build="242"')).toEqual([{ since: [242, 0], until: undefined }, undefined]);
  expect(validOf('since-build="242" until-build="251.*"')).toEqual([
    { since: [242, 0], until: [251, Infinity] },
    '251.*',
  ]);
  // IDEs that know the strict bound do not read the other.
  expect(validOf('since-build="242" until-build="x" strict-until-build="251.1"')).toEqual([
    { since: [242, 0], until: [251, 1] },
    '251.1',
  ]);
  expect(validOf('since-build="242" until-build="251.1" strict-until-build="x"')).toBeUndefined();
  expect(validOf('since-build="x"')).toBeUndefined();
  expect(validOf('until-build="251.*"')).toBeUndefined();
});

test.each([
  ['com.example', ['reserved-id']],
  ['net.example.x', ['reserved-id']],
  ['org.example.x', ['reserved-id']],
  ['com.intellij.x', ['reserved-id', 'product-word']],
  ['org.jetbrains', ['reserved-id', 'product-word']],
  ['org.lab.com.example', []],
])('the id %s has the problems %j', (id, codes) => {
  expect(codesOf({ id })).toEqual(codes);
});

test.each([
  ['1.0-linux-x64', true],
  ['1.0_win.amd64', true],
  ['1.0.windows-x86', true],
  ['1.0-macos-arm64', true],
  ['1.0-mac-aarch64', true],
  ['1.0-darwin-x86_64', true],
  ['1.0-osx-x64.1', true],
  ['1.0-linux-x640', false],
  ['1.0-linux', false],
  ['1.0-x64', false],
  ['linux-x64', false],
])('whether the version %s is reported because it names a system: %p', (version, isReported) => {
  expect(codesOf({ version })).toEqual(isReported ? ['platform-version'] : []);
});

const LAYOUT_HINT =
  'A plugin is a jar with META-INF/plugin.xml, or a zip with one folder that has its jars in lib/, as the Gradle task buildPlugin creates it.';
const file = (name: string): ZipEntry => ({ name, content: '' });
const jar = (name: string, content = pluginJar(pluginXml())): ZipEntry => ({ name, content });
const EMPTY_JAR = makeZip([{ name: 'x', content: '' }]);

test.each<[string, Buffer, string, string, string]>([
  [
    'p.zip',
    pluginJar(pluginXml()),
    'archive-layout',
    'p.zip has the layout of a jar, with META-INF/plugin.xml at its root. IDEs would unpack it and not find the plugin.',
    'Rename it to end in .jar, or publish the archive that the Gradle task buildPlugin creates.',
  ],
  ['p.zip', makeZip([file('a/')]), 'archive-layout', 'p.zip is empty.', 'Build the plugin again.'],
  [
    'p.zip',
    makeZip([file('a/x'), file('b/x'), file('x'), file('a/y')]),
    'archive-layout',
    'p.zip must have exactly one folder at its root, but has a/, b/, files outside of a folder.',
    LAYOUT_HINT,
  ],
  [
    'p.zip',
    makeZip(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => file(`${name}/x`))),
    'archive-layout',
    'p.zip must have exactly one folder at its root, but has a/, b/, c/, d/, e/.',
    LAYOUT_HINT,
  ],
  [
    'p.zip',
    makeZip([file('x')]),
    'archive-layout',
    'p.zip must have exactly one folder at its root, but has files outside of a folder.',
    LAYOUT_HINT,
  ],
  [
    'p.zip',
    makeZip([jar('a/a.jar'), jar('a/lib/modules/a.jar'), jar('a/lib/a.jar.txt'), jar('a/lib2/a.jar')]),
    'archive-layout',
    'p.zip has no jar in a/lib/.',
    LAYOUT_HINT,
  ],
  [
    'p.zip',
    makeZip(Array.from({ length: 2001 }, (_, at) => file(`a/lib/${at}.jar`))),
    'archive-layout',
    'p.zip has 2001 jars; at most 2000 are read.',
    LAYOUT_HINT,
  ],
  [
    'p.zip',
    makeZip([jar('a/lib/a.jar', EMPTY_JAR)]),
    'no-descriptor',
    'No jar in p.zip contains META-INF/plugin.xml.',
    'Check that it is the archive of the plugin. The Gradle task buildPlugin writes it to build/distributions.',
  ],
  [
    'p.jar',
    EMPTY_JAR,
    'no-descriptor',
    'p.jar does not contain META-INF/plugin.xml.',
    'Check that it is the archive of the plugin. The Gradle task buildPlugin writes it to build/distributions.',
  ],
  [
    'p.zip',
    makeZip([jar('a/lib/a.jar'), jar('a/lib/b.jar', EMPTY_JAR), jar('a/lib/c.jar')]),
    'several-descriptors',
    'Several jars contain META-INF/plugin.xml: a/lib/a.jar in p.zip, a/lib/c.jar in p.zip.',
    'Only one jar of a plugin may contain it. Do not pack another plugin into the archive.',
  ],
  [
    'p.jar',
    pluginJar(pluginXml({ more: '<xi:include/>' })),
    'bad-descriptor',
    'META-INF/plugin.xml in p.jar cannot be read: META-INF/plugin.xml has an <xi:include> without href.',
    'Correct the file in the sources of the plugin, and build again.',
  ],
  [
    'p.jar',
    pluginJar(pluginXml({ more: '<xi:include href="x.xml"/>' }), [
      { name: 'META-INF/x.xml', content: Buffer.alloc(16 * 1024 * 1024 + 1) },
    ]),
    'bad-descriptor',
    'META-INF/plugin.xml in p.jar cannot be read: META-INF/x.xml in p.jar is too long: at most 16777216 bytes are read.',
    'Correct the file in the sources of the plugin, and build again.',
  ],
])('%s is refused, and the message explains why', (label, bytes, code, message, hint) => {
  const { descriptor, problems } = inspect(bytes, label);
  expect(descriptor).toBeUndefined();
  expect(problems).toEqual([{ severity: 'error', code, path: label, message, hint }]);
});

test.each([
  [5, 'a0, a1, a2, a3, a4.'],
  [6, 'a0, a1, a2, a3, a4 and 1 more.'],
])('of %d duplicate entries, the first ones are named', (count, names) => {
  const twice = Array.from({ length: 2 * count }, (_, at) => file(`a${at % count}`));
  const { descriptor, problems } = inspect(pluginJar(pluginXml(), twice), 'p.jar');
  expect(descriptor?.id).toBe('org.lab.cells');
  expect(problems).toEqual([
    {
      severity: 'error',
      code: 'duplicate-entry',
      path: 'p.jar',
      message: `p.jar contains duplicate entries: ${names}`,
      hint: 'Set duplicatesStrategy in the Gradle task that packs the jar.',
    },
  ]);
});

test('a file of the same name in the jar of the descriptor is included before one in another jar', () => {
  const version = (text: string) => ({ name: 'v.xml', content: `<x><version>${text}</version></x>` });
  const xml = pluginXml({ version: undefined, more: '<xi:include href="/v.xml"/>' });
  const other = (name: string, text: string) => jar(name, makeZip([version(text)]));
  const read = (...more: ZipEntry[]) =>
    inspect(
      makeZip([
        other('a/lib/1.jar', '1'),
        jar('a/lib/2.jar', pluginJar(xml, more)),
        other('a/lib/3.jar', '3'),
      ]),
    ).descriptor?.version;
  expect(read(version('2'))).toBe('2');
  expect(read()).toBe('1');
});

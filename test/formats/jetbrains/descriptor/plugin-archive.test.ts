import { firstPluginBuild, secondPluginBuild } from '../../../../src/demo/jetbrains-samples.js';
import { checkDescriptor } from '../../../../src/formats/jetbrains/descriptor/checks.js';
import { inspectPlugin } from '../../../../src/formats/jetbrains/descriptor/plugin-archive.js';
import { byteSourceOf } from '../../../../src/model/byte-source.js';
import type { Problem } from '../../../../src/model/problem.js';
import { pluginJar, pluginXml, pluginZip, type PluginXml } from '../../../support/plugin-archive.js';
import { makeZip } from '../../../support/zip.js';

const inspect = (bytes: Buffer, label = 'p.zip') => inspectPlugin(byteSourceOf(bytes), label);
const inspectJar = (bytes: Buffer) => inspect(bytes, 'p.jar');

const CONTEXT = { knownIds: new Set(['org.lab.known']), newestBranch: 263 };

/** Returns the problems of a plugin that is valid except for the given values. */
function problemsOf(given: PluginXml): readonly Problem[] {
  const { descriptor, problems } = inspect(pluginZip(given));
  return [...problems, ...(descriptor ? checkDescriptor(descriptor, 'p.zip', CONTEXT).problems : [])];
}

function codesOf(given: PluginXml): string[] {
  return problemsOf(given).map(({ severity, code }) => `${severity} ${code}`);
}

test.each([
  ['a zip', pluginZip(), 'p.zip'],
  ['a jar', pluginJar(pluginXml()), 'p.jar'],
])('%s is read', (_, bytes, label) => {
  const { descriptor, problems, checksum, size } = inspect(bytes, label);
  expect(problems).toEqual([]);
  expect(checksum).toMatch(/^[0-9a-f]{64}$/);
  expect(size).toBe(bytes.length);
  expect(descriptor).toEqual({
    id: 'org.lab.cells',
    name: 'Cell Tools',
    version: '1.0.0',
    vendor: { name: 'The Lab', email: 'lab@lab.org', url: 'https://lab.org' },
    since: '242',
    until: '251.*',
    strictUntil: undefined,
    description: '<p>Counts the cells of an image, and draws a circle around each.</p>',
    changeNotes: undefined,
    depends: ['com.intellij.modules.platform'],
    isIdeaOnly: false,
    productCode: undefined,
  });
});

test('dependencies, change notes, paid plugins and bounds of both kinds are read', () => {
  const { descriptor } = inspect(
    pluginZip({
      id: undefined,
      ideaVersion: 'since-build="242" until-build="252.*" strict-until-build="251.*"',
      more: `<change-notes>&lt;b&gt;new&lt;/b&gt;</change-notes><product-descriptor code="PCELL"/>
        <depends optional="true" config-file="x.xml">org.other</depends>
        <dependencies><plugin id="org.needed"/><module name="a.module"/></dependencies>`,
    }),
  );
  expect(descriptor).toMatchObject({
    id: 'Cell Tools',
    changeNotes: '<b>new</b>',
    productCode: 'PCELL',
    depends: ['com.intellij.modules.platform', 'org.needed'],
  });
  const { valid } = checkDescriptor(descriptor as NonNullable<typeof descriptor>, 'p.zip', CONTEXT);
  expect(valid?.effectiveUntil).toBe('251.*');
});

test('the last of repeated elements counts, and each bound separately, as in the platform', () => {
  const more = `<id>org.lab.last</id><name>Last</name><version>2.0</version><version> </version>
    <vendor url="https://last.org">Last lab</vendor><description>The last one, which is long enough for all.</description>
    <idea-version since-build="243"/><product-descriptor code="PA"/><product-descriptor code="PB"/>`;
  expect(inspect(pluginZip({ more })).descriptor).toMatchObject({
    id: 'org.lab.last',
    name: 'Last',
    version: '2.0',
    vendor: { name: 'Last lab', email: '', url: 'https://last.org' },
    since: '243',
    until: '251.*',
    description: 'The last one, which is long enough for all.',
    productCode: 'PB',
  });
});

test('a descriptor in windows-1252 is read with its own characters', () => {
  const xml = `<?xml version="1.0" encoding="windows-1252"?>${pluginXml({ name: '\x93Zell\x94' })}`;
  const jar = makeZip([{ name: 'META-INF/plugin.xml', content: Buffer.from(xml, 'latin1') }]);
  expect(inspectJar(jar).descriptor?.name).toBe('“Zell”');
});

describe('files that a descriptor includes', () => {
  const including = (href: string, fallback = '') =>
    pluginXml({ version: undefined, more: `<xi:include href="${href}">${fallback}</xi:include>` });
  const other = '<idea-plugin><version>2.0</version></idea-plugin>';

  test.each([
    ['from the root', '/META-INF/more.xml', 'META-INF/more.xml'],
    ['from beside it', 'more.xml', 'META-INF/more.xml'],
    ['from below it', 'sub/more.xml', 'META-INF/sub/more.xml'],
    ['from above it', '../more.xml', 'more.xml'],
    ['from the root, without a slash', 'intellij.more.xml', 'intellij.more.xml'],
  ])('are read %s', (_, href, name) => {
    const { descriptor } = inspectJar(pluginJar(including(href), [{ name, content: other }]));
    expect(descriptor?.version).toBe('2.0');
  });

  test('are read from another jar of the plugin', () => {
    const zip = makeZip([
      { name: 'p/lib/main.jar', content: pluginJar(including('/META-INF/more.xml')) },
      { name: 'p/lib/other.jar', content: makeZip([{ name: 'META-INF/more.xml', content: other }]) },
    ]);
    expect(inspect(zip).descriptor?.version).toBe('2.0');
  });

  test('may be missing only if there is a fallback', () => {
    expect(inspectJar(pluginJar(including('x.xml', '<xi:fallback/>'))).problems).toEqual([]);
    const { descriptor, problems } = inspectJar(pluginJar(including('x.xml')));
    expect(descriptor).toBeUndefined();
    expect(problems[0]?.message).toContain(
      'includes x.xml, which is not in the archive (jars in lib/modules are not read)',
    );
  });

  test.each(['includeIf', 'includeUnless'])('are not read under a condition: %s', (condition) => {
    const xml = pluginXml({ more: `<xi:include href="x.xml" ${condition}="a.property"/>` });
    const { problems } = inspectJar(pluginJar(xml, [{ name: 'META-INF/x.xml', content: other }]));
    expect(problems[0]?.message).toContain(
      `META-INF/plugin.xml includes x.xml under a condition (${condition}), which is not supported`,
    );
  });

  test('are limited in number', () => {
    const times = (count: number) =>
      inspectJar(
        pluginJar(pluginXml({ more: '<xi:include href="a.xml"/>'.repeat(count) }), [
          { name: 'META-INF/a.xml', content: '<idea-plugin/>' },
        ]),
      );
    expect(times(200).problems).toEqual([]);
    expect(times(201).problems[0]?.message).toContain('at most 200 inclusions and 10 levels');
  });

  test('cannot include each other endlessly', () => {
    const { problems } = inspectJar(pluginJar(including('plugin.xml')));
    expect(problems[0]?.message).toContain('at most 200 inclusions and 10 levels');
  });
});

test.each([
  ['an empty zip', makeZip([]), 'archive-layout'],
  ['a zip of folders', makeZip([{ name: 'a/', content: '' }]), 'archive-layout'],
  [
    'two roots',
    makeZip([
      { name: 'a/lib/a.jar', content: '' },
      { name: 'b/x', content: '' },
    ]),
    'archive-layout',
  ],
  ['a file at the root', makeZip([{ name: 'a.txt', content: 'a' }]), 'archive-layout'],
  ['a zip without lib', makeZip([{ name: 'a/a.jar', content: pluginJar(pluginXml()) }]), 'archive-layout'],
  [
    'a zip without a descriptor',
    makeZip([{ name: 'a/lib/a.jar', content: makeZip([{ name: 'x', content: '' }]) }]),
    'no-descriptor',
  ],
  [
    'two descriptors',
    pluginZip({}, [{ name: 'cells/lib/b.jar', content: pluginJar(pluginXml()) }]),
    'several-descriptors',
  ],
  ['a jar called zip', pluginJar(pluginXml()), 'archive-layout'],
  ['a zip called jar', pluginZip(), 'no-descriptor', 'p.jar'],
  ['broken XML', pluginJar('<idea-plugin><id>x</idea-plugin>'), 'bad-descriptor', 'p.jar'],
  [
    'entities',
    pluginJar('<!DOCTYPE x [<!ENTITY a "b">]><idea-plugin><id>&a;</id></idea-plugin>'),
    'bad-descriptor',
    'p.jar',
  ],
  [
    'an entry twice',
    pluginJar(pluginXml(), [
      { name: 'a', content: '1' },
      { name: 'a', content: '2' },
    ]),
    'duplicate-entry',
    'p.jar',
  ],
])('%s is refused', (_, bytes, code, label = 'p.zip') => {
  const { problems } = inspect(bytes, label);
  expect(problems.map((problem) => `${problem.severity} ${problem.code}`)).toEqual([`error ${code}`]);
  expect(problems[0]?.hint).not.toBe('');
});

test('damaged archives are refused', () => {
  expect(() => inspect(Buffer.alloc(0))).toThrow(expect.objectContaining({ code: 'artifact' }) as Error);
  expect(() => inspect(makeZip([{ name: 'a/lib/a.jar', content: 'not a jar' }]))).toThrow(
    expect.objectContaining({
      code: 'artifact',
      message: expect.stringContaining('a/lib/a.jar in p.zip') as string,
    }) as Error,
  );
});

const LONG = 'A description in English that is long enough for a check';

test.each<[string, PluginXml, string[]]>([
  ['nothing', {}, []],
  ['no id, but a name', { id: undefined }, []],
  ['neither id nor name', { id: undefined, name: ' ' }, ['error missing-element', 'error missing-element']],
  ['no version', { version: undefined }, ['error missing-element']],
  ['no vendor', { vendor: '<vendor></vendor>' }, ['error missing-element']],
  ['no range', { ideaVersion: undefined }, ['error bad-since-build']],
  ['no lower bound', { ideaVersion: 'until-build="251.*"' }, ['error bad-since-build']],
  ['an invalid lower bound', { ideaVersion: 'since-build="x"' }, ['error bad-since-build']],
  ['a historic lower bound', { ideaVersion: 'since-build="8000"' }, ['error bad-since-build']],
  ['a lower bound before all branches', { ideaVersion: 'since-build="129.5"' }, ['error bad-since-build']],
  ['a lower bound after all branches', { ideaVersion: 'since-build="1000.1"' }, ['error bad-since-build']],
  ['a lower bound with a product', { ideaVersion: 'since-build="IU-242.1"' }, ['error bad-since-build']],
  ['the lowest bound', { ideaVersion: 'since-build="130"' }, []],
  ['a lower bound with a star', { ideaVersion: 'since-build="242.*"' }, ['warning since-build-wildcard']],
  ['an invalid upper bound', { ideaVersion: 'since-build="242" until-build="*"' }, ['error bad-until-build']],
  [
    'an upper bound with a product',
    { ideaVersion: 'since-build="242" until-build="IU-251.*"' },
    ['error bad-until-build'],
  ],
  [
    'a branch as upper bound',
    { ideaVersion: 'since-build="242" until-build="251"' },
    ['error bad-until-build'],
  ],
  [
    'an upper bound that means "forever"',
    { ideaVersion: 'since-build="242" until-build="999.*"' },
    ['error bad-until-build'],
  ],
  [
    'bounds in the wrong order',
    { ideaVersion: 'since-build="242" until-build="241.*"' },
    ['error bad-until-build'],
  ],
  [
    'a bad strict bound',
    { ideaVersion: 'since-build="242" strict-until-build="241.*"' },
    ['error bad-until-build'],
  ],
  [
    'a strict bound that earlier IDEs do not know',
    { ideaVersion: 'since-build="242" until-build="251.*" strict-until-build="253.*"' },
    ['warning strict-until-build'],
  ],
  [
    'a strict bound that concerns only IDEs that know it',
    { ideaVersion: 'since-build="242" until-build="252.*" strict-until-build="253.*"' },
    [],
  ],
  [
    'a strict bound below the other',
    { ideaVersion: 'since-build="242" until-build="253.*" strict-until-build="251.*"' },
    [],
  ],
  ['no upper bound', { ideaVersion: 'since-build="242"' }, []],
  ['a long id', { id: `org.${'x'.repeat(252)}` }, ['error too-long']],
  ['a long name', { name: 'x'.repeat(65) }, ['error too-long']],
  ['a long version', { version: '1'.repeat(65) }, ['error too-long']],
  ['an id with a line break', { id: 'org.\nlab' }, ['error bad-id']],
  ['a dependency without a name', { more: '<depends> </depends>' }, ['error empty-dependency']],
  ['a module without a name', { more: '<dependencies><module/></dependencies>' }, ['error empty-dependency']],
  ['the id of an example', { id: 'com.example.x' }, ['warning reserved-id']],
  ['an id that only looks like one', { id: 'com.examples.x' }, []],
  ['an id of JetBrains', { id: 'org.jetbrains.x' }, ['warning reserved-id', 'warning product-word']],
  ['a name with Plugin', { name: 'My Plugin' }, ['warning product-word']],
  ['a version for a platform', { version: '1.0-linux-x64' }, ['warning platform-version']],
  [
    'a template',
    { description: `Enter short description for your plugin here. ${LONG}` },
    ['warning template-text'],
  ],
  [
    'template notes',
    { more: '<change-notes>Add change notes here</change-notes>' },
    ['warning template-text'],
  ],
  ['no description', { description: undefined }, ['warning short-description']],
  [
    'markup in place of text',
    { description: `<![CDATA[<p>${'<br/>'.repeat(20)}short</p>]]>` },
    ['warning short-description'],
  ],
  ['another script', { description: '細胞を数えるプラグイン'.repeat(5) }, ['warning description-language']],
  ['a link that is not secure', { description: `${LONG} http://lab.org` }, ['warning http-link']],
])('a descriptor with %s has the problems %j', (_, given, codes) => {
  expect(codesOf(given)).toEqual(codes);
});

test('a missing description is reported as missing', () => {
  const [problem] = problemsOf({ description: undefined });
  expect(problem).toMatchObject({
    code: 'short-description',
    message: 'p.zip: <description> is missing or empty.',
  });
});

const KNOWN = 'org.lab.known';

test.each<[string, PluginXml, string[]]>([
  ['an example', { id: 'com.example.x' }, ['warning reserved-id']],
  ['a word about JetBrains', { id: 'org.lab.intellij' }, ['warning product-word']],
])('an id with %s is a warning only until it is published', (_, given, codes) => {
  expect(codesOf(given)).toEqual(codes);
  const { descriptor } = inspect(pluginZip(given));
  const context = { ...CONTEXT, knownIds: new Set([given.id ?? '']) };
  expect(descriptor && checkDescriptor(descriptor, 'p.zip', context).problems).toEqual([]);
});

test('a name is a warning even after it is published, because it can still be changed', () => {
  expect(codesOf({ id: KNOWN, name: 'My Plugin' })).toEqual(['warning product-word']);
});

test.each([...firstPluginBuild(), ...secondPluginBuild()])(
  'a plugin of the demonstration does not have problems: $path',
  ({ path, bytes }) => {
    const { descriptor, problems } = inspect(Buffer.from(bytes), path);
    expect(problems).toEqual([]);
    expect(descriptor && checkDescriptor(descriptor, path, CONTEXT).problems).toEqual([]);
  },
);

describe('branches of IDEs', () => {
  const until = (text: string) => `since-build="222" until-build="${text}"`;

  test.each<[string, string, string | undefined]>([
    ['the last of a year', until('243.*'), undefined],
    ['a fourth of a year', until('244.*'), 'no-such-branch'],
    ['a zeroth of a year', until('250.*'), 'no-such-branch'],
    ['a build in a fourth', until('244.12'), 'no-such-branch'],
    ['the last of next year', until('273.*'), undefined],
    ['the first of the year after', until('281.*'), 'no-such-branch'],
    ['a far one with an impossible digit', until('299.*'), 'no-such-branch'],
    ['the farthest', until('998.*'), 'no-such-branch'],
    ['a strict bound', 'since-build="242" strict-until-build="264.*"', 'no-such-branch'],
    ['a lower bound', 'since-build="244" until-build="263.*"', 'no-such-branch'],
    ['a lower bound that is far', 'since-build="281"', 'no-such-branch'],
    ['a lower bound in the last of a year', 'since-build="243.5" until-build="263.*"', undefined],
    ['branches without a year', 'since-build="139" until-build="145.*"', undefined],
    ['the last one without a year', 'since-build="145" until-build="161.*"', undefined],
    ['the first one with a year', 'since-build="145" until-build="164.*"', 'no-such-branch'],
    ['four nines', until('223.9999'), 'until-build-nines'],
    ['a one and four zeros', until('223.10000'), 'until-build-nines'],
    ['nines further down', until('223.5.99999'), 'until-build-nines'],
    ['three nines', until('223.999'), 'until-build-nines'],
    ['three nines further down', until('223.8836.999'), undefined],
    ['a real build', until('223.8836.41'), undefined],
    ['a build of five digits', until('242.20224'), undefined],
    ['a build with many nines in it', until('223.9999.1'), undefined],
  ])('%s has the problem %s', (_, ideaVersion, code) => {
    expect(codesOf({ ideaVersion })).toEqual(code === undefined ? [] : [`warning ${code}`]);
  });

  test.each<[string, string, string, string]>([
    [
      until('244.*'),
      'names branch 244, which does not exist: the last digit is the release of the year, 1 to 3.',
      'Write the last supported branch, such as "243.*".',
      'until-build="244.*"',
    ],
    [until('240.*'), 'names branch 240', 'such as "233.*".', 'until-build="240.*"'],
    ['since-build="244"', 'names branch 244', 'such as "251".', 'since-build="244"'],
    ['since-build="250"', 'names branch 250', 'such as "251".', 'since-build="250"'],
    [until('291.*'), 'which is years away.', 'to support all later IDEs.', 'until-build="291.*"'],
    [
      until('223.9999'),
      'is read as "223.*" by IDEs, not as the number of a build.',
      'Write "223.*".',
      'until-build="223.9999"',
    ],
    [
      until('223.999'),
      'is the number of an early build and excludes nearly all of branch 223.',
      'Write "223.*" for the whole branch.',
      'until-build="223.999"',
    ],
    [
      until('2024.2.*'),
      'names a year, not a branch: the branch of 2024.2 is 242.',
      'Write the last branch as',
      'until-build="2024.2.*"',
    ],
    [until('2024'), 'names a year, not a branch: the branch of 2024.1 is 241.', '', 'until-build="2024"'],
    [
      'since-build="2024.3"',
      'the branch of 2024.3 is 243.',
      'Write the oldest supported build',
      'since-build="2024.3"',
    ],
  ])('%s is explained', (ideaVersion, message, hint, bound) => {
    const [problem, ...others] = problemsOf({ ideaVersion });
    expect(others).toEqual([]);
    expect(problem?.message).toContain(`p.zip: <idea-version ${bound}> `);
    expect(problem?.message).toContain(message);
    expect(problem?.hint).toContain(hint);
  });
});

describe('a plugin that only IntelliJ IDEA loads', () => {
  const IDEA_ONLY: PluginXml = { depends: undefined };

  test.each<[string, PluginXml]>([
    ['no dependency', IDEA_ONLY],
    ['dependencies on other plugins', { depends: 'org.jetbrains.plugins.terminal' }],
    ['an empty list of dependencies', { ...IDEA_ONLY, more: '<dependencies/><content/>' }],
    ['an empty package', { ...IDEA_ONLY, root: 'package=""' }],
    ['an attribute for details that is false', { ...IDEA_ONLY, root: 'implementation-detail="false"' }],
  ])('has %s', (_, given) => {
    const [problem, ...others] = problemsOf(given);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ severity: 'warning', code: 'intellij-only', path: 'p.zip' });
    expect(problem?.hint).toContain('<depends>com.intellij.modules.platform</depends>');
  });

  test.each<[string, PluginXml]>([
    ['names a module of the platform', {}],
    ['names Java', { depends: 'com.intellij.modules.java' }],
    ['names Java as a plugin', { depends: 'com.intellij.java' }],
    [
      'names a module that is optional',
      { ...IDEA_ONLY, more: '<depends optional="true">com.intellij.modules.python</depends>' },
    ],
    ['names a system', { depends: 'com.intellij.modules.os.unix' }],
    [
      'depends on a plugin in the new way',
      { ...IDEA_ONLY, more: '<dependencies><plugin id="a"/></dependencies>' },
    ],
    [
      'depends on a module in the new way',
      { ...IDEA_ONLY, more: '<dependencies><module name="a"/></dependencies>' },
    ],
    ['has modules of its own', { ...IDEA_ONLY, more: '<content><module name="a"/></content>' }],
    ['has a package', { ...IDEA_ONLY, root: 'package="org.lab"' }],
    ['is a detail of another', { ...IDEA_ONLY, root: 'implementation-detail="true"' }],
  ])('is not one that %s', (_, given) => {
    expect(codesOf(given)).toEqual([]);
  });

  test('may name the module in a file that it includes', () => {
    const xml = pluginXml({ ...IDEA_ONLY, more: '<xi:include href="more.xml"/>' });
    const more = {
      name: 'META-INF/more.xml',
      content: '<x><depends>com.intellij.modules.lang</depends></x>',
    };
    expect(inspectJar(pluginJar(xml, [more])).descriptor?.isIdeaOnly).toBe(false);
    expect(inspectJar(pluginJar(xml, [{ ...more, content: '<x/>' }])).descriptor?.isIdeaOnly).toBe(true);
  });
});

test('all problems are reported at once', () => {
  expect(
    codesOf({ version: undefined, vendor: undefined, ideaVersion: 'since-build="x" until-build="y"' }),
  ).toEqual([
    'error missing-element',
    'error missing-element',
    'error bad-since-build',
    'error bad-until-build',
  ]);
});

test('a jar that unpacks to much more than the size of its zip is refused before it fills the memory', () => {
  const zip = makeZip([{ name: 'p/lib/main.jar', content: Buffer.alloc(70 * 1024 * 1024) }]);
  expect(() => inspect(zip)).toThrow(
    expect.objectContaining({
      code: 'limit',
      message: expect.stringContaining('p/lib/main.jar in p.zip') as string,
    }) as Error,
  );
});

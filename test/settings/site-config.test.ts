import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { PLATFORMS } from '../../src/formats/imagej/layout.js';
import { parseSiteConfig } from '../../src/settings/site-config.js';
import { PROJECT, readJson } from '../support/fixtures.js';

const parseConfig = (text: string) => parseSiteConfig(text, 'site.yml', PLATFORMS);
const faultsOf = (text: string) =>
  parseConfig(text).problems.map(({ message, hint }) => `${message} ${hint ?? ''}`);

const SCHEMA = readJson(path.join(PROJECT, 'docs/update-site.schema.json')) as object;

describe('the configuration', () => {
  test('is read in the order of the file', () => {
    const { config, problems } = parseConfig(`
site:
  name: My plugins
  url: https://example.org/plugins
files:
  plugins/*.jar:
    authors: [Ann Lee]
  plugins/My_Plugin.jar:
    description: |
      Counts cells.
      Fast.
    executable: false
    platforms: [linux64]
    dependencies:
      add:
        - jars/imglib2.jar
`);
    expect(problems).toEqual([]);
    expect(config).toEqual({
      file: 'site.yml',
      name: 'My plugins',
      url: 'https://example.org/plugins',
      description: undefined,
      problems: {},
      files: [
        { pattern: 'plugins/*.jar', authors: ['Ann Lee'] },
        {
          pattern: 'plugins/My_Plugin.jar',
          description: 'Counts cells.\nFast.\n',
          executable: false,
          platforms: ['linux64'],
          dependencies: { add: ['jars/imglib2.jar'], remove: [], overrides: [] },
        },
      ],
    });
  });

  test.each(['', '# nothing\n', 'site:\n', 'files:\n'])('may be empty: %j', (text) => {
    expect(parseConfig(text).problems).toEqual([]);
  });

  test.each<[string, RegExp]>([
    ['sites: {}', /line 1: the key "sites" is unknown here\. Did you mean "site"/],
    [
      'files:\n  a.jar:\n    descripton: x',
      /line 3: the key "descripton" is unknown here\. Did you mean "description"\?/,
    ],
    [
      'files:\n  a.jar:\n    replaces: codec',
      /line 3: "codec" is not an artifact\. Write groupId:artifactId/,
    ],
    ['files:\n  a.jar:\n    platforms: [linux]', /the platform "linux" is unknown\. Did you mean "linux/],
    ['files:\n  a.jar:\n    authors: Ann', /line 3: files › a\.jar › authors is not a list/],
    [
      'files:\n  a.jar:\n    authors:\n      - Ann\n      - 7',
      /line 5: files › a\.jar › authors › entry 2 is not a text/,
    ],
    ['files:\n  a.jar:\n    executable: 1', /neither true nor false/],
    ['files:\n  a.jar:', /line 2: files › a\.jar is not a mapping/],
    [
      'files:\n  a.jar:\n    dependencies:\n      add: [../x.jar]',
      /line 4: "\.\.\/x\.jar" is not a path on the site/,
    ],
    ['files: [a.jar]', /files is not a mapping/],
    ['files: {"": {}}', /line 1: "" is not a valid file name: it is empty/],
    ['site: {url: example.org}', /is not a full URL/],
    ['site: {name: "a\\u0000b"}', /cannot be shown/],
    ['a: b: c', /line 1: a text contains a colon .*space\. Put the text in quotes: a: 'b: c'/],
    [
      "files:\n  a.jar:\n    description: It's fast: yes",
      /line 3: a text contains a colon .*Put the text in quotes: description: 'It''s fast: yes'/,
    ],
    ['files:\n\ta.jar: {}', /line 2: a line begins with a tab\. Indent with spaces/],
    ['files:\n  *.jar:\n    authors: [x]', /"\*\.jar" begins with an asterisk.*Put it in quotes: '\*\.jar'/],
    ['files:\n  *.jar: {}', /line 2: "\*\.jar" begins with an asterisk/],
    ['files:\n  plugins/a.jar:\n    categories:\n      - *.b', /line 4: "\*\.b" begins with an asterisk/],
    [
      'site:\n  description: |\n    *bold.* text\n  name: *no.pe',
      /line 4: "\*no\.pe" begins with an asterisk/,
    ],
    ['site:\n  name: "abc', /line 2: a quote is not closed/],
    ['site: [a', /line 1: Flow sequence .*Write YAML/],
    ['files:\n  a.jar:\n    links: [www.lab.org]', /line 3: "www\.lab\.org" is not a full URL/],
    ['files:\n  a.jar:\n    constructor: 1', /the key "constructor" is unknown here/],
    ['files:\n  a.jar:\n    dependencies: {ad: []}', /the key "ad" is unknown here\. Did you mean "add"/],
    ['files:\n  a.jar:\n    7: x', /the key 7 is not a text/],
    ['problems: {snapshots: error}', /the key "snapshots" is unknown here\. Did you mean "snapshot/],
    ['problems: {x: error}', /the key "x" is unknown here\. docs\/troubleshooting\.md lists/],
    ['problems:\n  bad-pom: ignore', /line 2: bad-pom is always an error\. It breaks existing installations/],
    ['problems: {snapshot: off}', /problems › snapshot is not a level\. Write error, warning, ignore/],
    ['problems: [snapshot]', /problems is not a mapping/],
    ['files:\n  a.jar: {}\n  a.jar: {}', /line 3: the key "a\.jar" is already in line 2/],
    ['site:\n  &n name: x\n  *n : y', /line 3: the key "name" is already in line 2\. Write each key once/],
    ['- x', /the file is not a mapping/],
  ])('reports the mistake in %j', (text, message) => {
    expect(faultsOf(text)).toEqual([expect.stringMatching(message)]);
  });

  test('sets the levels of problems', () => {
    const { config, problems } = parseConfig('problems: {snapshot: error, missing-dependency: warning}');
    expect(problems).toEqual([]);
    expect(config.problems).toEqual({ snapshot: 'error', 'missing-dependency': 'warning' });
  });

  test('reports all of several faults', () => {
    expect(faultsOf('site: {nam: x, url: y}\nfiles: {a: {b: 1, c: 2}}\nmore: 1')).toHaveLength(5);
  });

  test('cannot exhaust the memory', () => {
    const levels = Array.from({ length: 10 }, (_, at) => `l${at + 1}: &l${at + 1} [${`*l${at},`.repeat(9)}]`);
    expect(faultsOf(`l0: &l0 [x]\n${levels.join('\n')}`)).toEqual([
      'site.yml: Excessive alias count indicates a resource exhaustion attack. Use fewer aliases.',
    ]);
  });

  test('explains an alias without its anchor', () => {
    expect(parseConfig('site:\n  name: &a x\n  description: *a\n  url: *missing\n').problems).toEqual([
      {
        severity: 'error',
        code: 'bad-config',
        path: 'site.yml',
        message: 'site.yml, line 4: Unresolved alias (the anchor must be set before the alias): missing.',
        hint: 'Replace the alias with the value, or set its anchor before it, as in `&name`.',
      },
    ]);
  });

  test('may use an alias for a value', () => {
    const { config, problems } = parseConfig('site: {name: &a x, description: *a}\n');
    expect(problems).toEqual([]);
    expect(config).toMatchObject({ name: 'x', description: 'x' });
  });

  test.each([
    ['site:\n\tname: x\n\turl: y\n', 'site.yml, line 2: a line begins with a tab. Indent'],
    [
      "site:\r\n  name: It's: fast\r\n",
      "site.yml, line 2: a text contains a colon followed by a space. Put the text in quotes: name: 'It''s: fast'",
    ],
  ])('reports once the mistake in %j', (text, fault) => {
    expect(faultsOf(text)).toEqual([expect.stringContaining(fault)]);
  });
});

describe('the schema for editors', () => {
  test('contains all platforms', () => {
    for (const platform of PLATFORMS) expect(JSON.stringify(SCHEMA)).toContain(`"${platform}"`);
  });

  test('accepts the example', () => {
    const text = readFileSync(path.join(PROJECT, 'examples/update-site.yml'), 'utf8');
    expect(
      new Ajv({ formats: { 'web-address': true, 'site-path': true } }).validate(SCHEMA, parse(text)),
    ).toBe(true);
    expect(parseConfig(text).problems).toEqual([]);
  });
});

import path from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { PLATFORMS } from '../../src/formats/imagej/layout.js';
import { fileSchema, problemsSchema, siteSchema } from '../../src/settings/config-schema.js';
import { parseSiteConfig } from '../../src/settings/site-config.js';
import { PROJECT, readJson } from '../support/fixtures.js';

const FILE_KEYS = 'description, authors, links, categories, platforms, executable, replaces, dependencies';

/** Returns the faults, each without the name of the file. */
function faultsOf(text: string): readonly string[] {
  return parseSiteConfig(text, 'f.yml', new Set(['linux32', 'linux64', 'macosx'])).problems.map(
    ({ message, hint = '' }) => `${message.replace('f.yml, ', '')} ${hint}`,
  );
}

/** A configuration with one line about the file `a.jar`. */
const file = (line: string) => `files:\n  a.jar:\n    ${line}`;

describe('the values of a configuration', () => {
  it.each([
    'site: {name: "", url: "HTTPS://x.org", description: "a\\tb\\u2028c😀"}',
    file('links: ["http://x.org/a?b#c", "https://x.org"]'),
    file('authors: []'),
    file('platforms: []'),
    file('platforms: [macosx, linux64]'),
    file('replaces: org.example:codec'),
    file('replaces: a.b-c:d_e.f'),
    file('executable: true'),
    file('dependencies: {add: [], remove: [jars/a.jar], overrides: [plugins/x y.jar]}'),
    file('dependencies: {}'),
    'problems: {snapshot: ignore, bad-pom: error}',
  ])('may be %j', (text) => {
    expect(faultsOf(text)).toEqual([]);
  });

  it.each([
    ['site: {name: 7}', 'line 1: site › name is not a text. Write a text; put numbers and dates in quotes.'],
    [
      'site: {name: "a\\u0000b"}',
      'line 1: site › name contains a character that cannot be shown. Remove it.',
    ],
    [
      'site: {description: "\\ud800"}',
      'line 1: site › description contains a character that cannot be shown. Remove it.',
    ],
    ...['x.org', 'ftp://x.org', 'https://', 'see https://x.org'].map((url) => [
      `site: {url: "${url}"}`,
      `line 1: "${url}" is not a full URL. Write it in full, for example https://example.github.io/my-plugin/.`,
    ]),
    [
      file('dependencies: {remove: [../x.jar]}'),
      'line 3: "../x.jar" is not a path on the site: it has a ".." part. Write a path such as jars/imglib2.jar.',
    ],
    [
      file('authors: Ann'),
      'line 3: files › a.jar › authors is not a list. Write one entry per line, each after "- ".',
    ],
    [
      file('authors: [Ann, 7]'),
      'line 3: files › a.jar › authors › entry 2 is not a text. Write a text; put numbers and dates in quotes.',
    ],
    [
      file('platforms: [linux]'),
      'line 3: the platform "linux" is unknown. Did you mean "linux32" or "linux64"?',
    ],
    [file('platforms: [beos]'), 'line 3: the platform "beos" is unknown. Known: linux32, linux64, macosx.'],
    [
      file('platforms: [7]'),
      'line 3: files › a.jar › platforms › entry 1 is not a text. Write a text; put numbers and dates in quotes.',
    ],
    [
      file('executable: 1'),
      'line 3: files › a.jar › executable is neither true nor false. Write true or false.',
    ],
    ...['codec', 'a:b:1', 'a: b', 'a:', ':b', 'a/b:c', 'a:b/c', 'a b:c', 'a:b c', 'a:b '].map((text) => [
      file(`replaces: "${text}"`),
      `line 3: "${text}" is not an artifact. Write groupId:artifactId, for example org.example:codec.`,
    ]),
    ['files: {a.jar: 7}', `line 1: files › a.jar is not a mapping. Write keys with values: ${FILE_KEYS}.`],
    ['files: {a.jar: []}', `line 1: files › a.jar is not a mapping. Write keys with values: ${FILE_KEYS}.`],
    [
      file('dependencies: [x]'),
      'line 3: files › a.jar › dependencies is not a mapping. Write keys with values: add, remove, overrides.',
    ],
    ['site: x', 'line 1: site is not a mapping. Write keys with values: name, url, description.'],
    ['files: x', 'line 1: files is not a mapping. Write keys with values: plugins/My_Plugin.jar.'],
    ['7', 'line 1: the file is not a mapping. Write keys with values: site, files, problems.'],
    [
      'problems: {bad-pom: ignore}',
      'line 1: bad-pom is always an error. It breaks existing installations or prevents publishing. Remove the line.',
    ],
    [
      'problems: {snapshot: off}',
      'line 1: problems › snapshot is not a level. Write error, warning, ignore.',
    ],
    ['problems: {bad-pom: 7}', 'line 1: problems › bad-pom is not a level. Write error.'],
    ['7: x', 'line 1: the key 7 is not a text. Put it in quotes.'],
    ['{files: {true: {}}}', 'line 1: the key true is not a text. Put it in quotes.'],
    [file('7: x'), 'line 3: the key 7 is not a text. Put it in quotes.'],
    ['more: x', 'line 1: the key "more" is unknown here. Known: site, files, problems.'],
    ['sit: x', 'line 1: the key "sit" is unknown here. Did you mean "site"?'],
    ['site: {nme: x}', 'line 1: the key "nme" is unknown here. Did you mean "name"?'],
    [
      'site: {constructor: x}',
      'line 1: the key "constructor" is unknown here. Known: name, url, description.',
    ],
    [
      file('dependencies: {additionally: []}'),
      'line 3: the key "additionally" is unknown here. Known: add, remove, overrides.',
    ],
    ['problems: {x: error}', 'line 1: the key "x" is unknown here. docs/troubleshooting.md lists all keys.'],
    [
      'files: {"": {}}',
      'line 1: "" is not a valid file name: it is empty. Write a path on the site, or a glob.',
    ],
  ])('cannot be %j', (text, fault) => {
    expect(faultsOf(text)).toEqual([fault]);
  });

  it('limit the length of file names', () => {
    const named = (length: number) => `files: {? ${'x'.repeat(length)} : {}}`;
    expect(faultsOf(named(1024))).toEqual([]);
    expect(faultsOf(named(1025))).toEqual([
      `line 1: "${'x'.repeat(40)}" is not a valid file name: it has 1025 characters. Write a path on the site, or a glob.`,
    ]);
  });

  it('are reported with the place of each fault', () => {
    const text = `site:
  name: 1
files:
  a.jar:
    authors:
      - Ann
      - 2
    dependencies:
      add: [ok.jar,
        ../x]
      remove: y
  b.jar:
    links:
    categories: &list
      [3]
  c.jar:
    categories: *list
`;
    expect(faultsOf(text).map((fault) => fault.replace(/ is not .*/, ''))).toEqual([
      'line 2: site › name',
      'line 7: files › a.jar › authors › entry 2',
      'line 10: "../x"',
      'line 11: files › a.jar › dependencies › remove',
      'line 13: files › b.jar › links',
      'line 15: files › b.jar › categories › entry 1',
      'line 17: files › c.jar › categories › entry 1',
    ]);
  });

  it('are reported with the place of the file if their key is an alias', () => {
    expect(faultsOf('site:\n  name: &key links\nfiles:\n  a.jar:\n    *key : x\n')).toEqual([
      'line 4: files › a.jar › links is not a list. Write one entry per line, each after "- ".',
    ]);
  });

  it('are kept if others have faults', () => {
    const { config } = parseSiteConfig(
      'site: {name: N, url: x}\nfiles: {a: {authors: [A]}, b: {links: x}, c: {unknown: x, links: []}}\nproblems: {snapshot: x}',
      'f.yml',
      PLATFORMS,
    );
    expect(config).toEqual({
      file: 'f.yml',
      name: undefined,
      url: undefined,
      description: undefined,
      problems: {},
      files: [{ pattern: 'a', authors: ['A'] }, { pattern: 'b' }, { pattern: 'c', links: [] }],
    });
  });
});

describe('the schema for editors', () => {
  const schema = readJson(path.join(PROJECT, 'docs/update-site.schema.json')) as {
    properties: Record<'site' | 'problems', object> & { files: { additionalProperties: object } };
  };

  it.each<[string, GenericSchema, object]>([
    ['the site', siteSchema, schema.properties.site],
    ['files', fileSchema(PLATFORMS), schema.properties.files.additionalProperties],
    ['problems', problemsSchema, schema.properties.problems],
  ])('describes %s as the program does', (_, own, documented) => {
    const made = toJsonSchema(own, {
      typeMode: 'input',
      errorMode: 'ignore',
      overrideAction: ({ valibotAction, jsonSchema }) =>
        'format' in valibotAction ? { ...jsonSchema, format: String(valibotAction.format) } : undefined,
    });
    expect({ ...documented, type: 'object' }).toMatchObject({ properties: made.properties });
  });
});

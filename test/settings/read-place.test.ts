import { resolveImport } from '../../src/settings/import-settings.js';
import type { RawOptions } from '../../src/settings/options.js';
import { readPlace, readWritablePlace } from '../../src/settings/read-place.js';
import { readOptions } from '../support/read-options.js';

const TWICE = { 'site-dir': 'a', remote: 'b' };

const read = (raw: RawOptions, ...given: readonly string[]) =>
  readOptions(raw, (options) => readPlace(options, given, raw, 'list'));
const readWritable = (raw: RawOptions, ...given: readonly string[]) =>
  readOptions(raw, (options) => readWritablePlace(options, given, raw, 'rollback', undefined, []));

describe.each([
  ['reads', read],
  ['changes', readWritable],
])('the place of a command that %s a site', (_, place) => {
  test('is the argument or that of the options', () => {
    expect(place({}, 'site')).toEqual({ value: { kind: 'folder', folder: 'site' }, faults: [] });
    expect(place({ 'site-dir': 'site' })).toEqual(place({}, 'site'));
  });

  test('is named once', () => {
    expect(place({ remote: 'b' }, 'site').faults).toEqual([
      '--remote: the site is already named: site. Write only one of them.',
    ]);
    expect(place({}, 'one', 'two').faults).toHaveLength(1);
  });
});

test('the place of a site that is changed can be written', () => {
  expect(readWritable({}, 'https://example.org/').faults).toEqual([
    'https://example.org/: such a place can only be read. Name the folder or the branch that the site is published from: public, or git+https://…#gh-pages.',
  ]);
  expect(read({}, 'https://example.org/').faults).toEqual([]);
});

test('an import has one source and one target', () => {
  const faultsOf = (raw: RawOptions, ...given: readonly string[]) => {
    try {
      resolveImport(raw, given, {
        nameOf: (name) => `--${name}`,
        defaultRemote: undefined,
        faults: [],
        loginFor: () => ({ token: undefined }),
      });
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(faultsOf({ 'site-dir': 'a' }, 'old')).toBe('');
  expect(faultsOf(TWICE, 'old')).toBe('--remote: it cannot be used together with --site-dir.');
  expect(faultsOf({ 'site-dir': 'a' })).toBe('It is not known what to import.');
  expect(faultsOf({ 'site-dir': 'a' }, 'old', 'other')).toBe('The argument "other" is unexpected.');
});

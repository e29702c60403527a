import { createOptionReader } from '../../src/settings/option-reader.js';
import { adviceOnMoment, placeAt, readPlaceAt } from '../../src/settings/place-at.js';
import { parsePlace } from '../../src/stores/locations.js';

const T = '20260101000000';
const COMMIT = '0123456789abcdef0123456789abcdef01234567';

const parsed = (notation: string) => placeAt(notation, (text) => parsePlace(text, () => undefined));

test.each([
  ['git+https://lab.org/me/tool.git#gh-pages', { remote: 'https://lab.org/me/tool.git', branch: 'gh-pages' }],
  ['git+https://lab.org/me/tool.git', { remote: 'https://lab.org/me/tool.git', branch: 'gh-pages' }],
  ['git+git@github.com:me/tool.git#pages:sub', { remote: 'git@github.com:me/tool.git', directory: 'sub' }],
  ['git+ssh://git@lab.org/me/tool.git', { remote: 'ssh://git@lab.org/me/tool.git' }],
  ['https://lab.org/site@home', { url: 'https://lab.org/site@home/' }],
  ['zip:backup.zip', { file: 'backup.zip' }],
  ['zip:me@lab.zip', { file: 'me@lab.zip' }],
])('%s is a place now, and also with a moment after it', (notation, site) => {
  expect(parsed(notation)).toMatchObject({ site, at: undefined });
  for (const at of [T, '1a2b3c4', COMMIT])
    expect(parsed(`${notation}@${at}`)).toEqual({ site: expect.objectContaining(site) as unknown, at });
});

test.each([
  'site',
  'site@home',
  'site@2026',
  'site@123456',
  `site@${COMMIT}0`,
  'site@ABCDEF1',
  `site@${T}/`,
  `site@${T}/sub`,
  `@${T}`,
  'node_modules/@scope/site',
])('%s is the name of a folder', (folder) => {
  expect(parsed(folder)).toEqual({ site: { kind: 'folder', folder }, at: undefined });
});

test.each([
  [`site@${T}`, 'site'],
  ['a@b@1234567', 'a@b'],
  [`file:site@${T}`, 'site'],
  [`site/@${T}`, 'site/'],
])('%s is a folder at a moment, or a folder with this whole name', (notation, folder) => {
  const at = notation.slice(notation.lastIndexOf('@') + 1);
  const whole = { kind: 'folder', folder: `${folder}@${at}` };
  expect(parsed(notation)).toEqual({ site: { kind: 'folder', folder }, at, whole });
});

test('a place of an unknown kind has no moment', () => {
  expect(parsed(`ftp://lab.org@${T}`)).toBeUndefined();
});

function read(given: readonly string[], raw: Readonly<Record<string, string>> = {}) {
  const options = createOptionReader<'at' | 'site-dir' | 'remote'>(raw, (name) => `--${name}`);
  const place = readPlaceAt(options as never, given, raw, 'list');
  return { place, problems: options.problems.map(({ message }) => message) };
}

test('the option names the moment of any place, and the argument is then only a place', () => {
  const site = { kind: 'folder', folder: 'site' };
  expect(read([], { 'site-dir': 'site', at: T }).place).toEqual({ site, at: T });
  expect(read(['site'], { at: '1a2b3c4' }).place).toEqual({ site, at: '1a2b3c4' });
  const dated = { kind: 'folder', folder: 'site@1234567' };
  expect(read(['site@1234567'], { at: T }).place).toEqual({ site: dated, at: T });
  expect(read(['site'])).toEqual({ place: { site, at: undefined }, problems: [] });
});

test('faults of the place are reported without its moment', () => {
  expect(read([`zip:@${T}`])).toMatchObject({ problems: ['zip:: it names no file.'] });
  expect(read([`site@${T}`, 'other']).problems).toEqual(['The argument "other" is unexpected.']);
  expect(read([]).problems).toEqual(['No site was given.']);
  expect(read([], { at: T }).place).toBeUndefined();
});

const adviceOn = (notation: string) => {
  const place = parsePlace(notation, () => undefined);
  return place && adviceOnMoment(place);
};

test.each([
  `public@${T}`,
  'git+/srv/site.git#gh-pages@c1aaba0288ee',
  'git+/srv/site.git#gh-pages:sub@c1aaba0288ee',
  'git+/srv/site.git@c1aaba0288ee',
  `https://lab.org/site@${T}`,
  `https://lab.org/site/@${T}/`,
  `zip:backup.zip@${T}`,
])('a moment where none can be read is explained: %s', (notation) => {
  expect(adviceOn(notation)).toBe(
    'Only list, diff and export read an earlier state: as PLACE@T, or with --at T.',
  );
});

test.each([
  'public@home',
  'git+git@github.com:me/tool.git#gh-pages',
  'a@1234567b.d',
  `site@${T}/sub`,
  'https://lab.org/',
])('an @ that is not followed by a moment at the end is a part of the name: %s', (notation) => {
  expect(adviceOn(notation)).toBeUndefined();
});

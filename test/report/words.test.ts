import type { ChangeDetails, FieldChange } from '../../src/model/change-details.js';
import type { Change, ChangeKind } from '../../src/model/change.js';
import { emptyOutcome, type Outcome } from '../../src/model/outcome.js';
import type { Problem } from '../../src/model/problem.js';
import {
  fieldLines,
  headlineOf,
  namesOf,
  noticesInWords,
  siteSizeInWords,
  sizesOf,
  skippedInWords,
  versionsOf,
} from '../../src/report/words.js';

const DETAILS: ChangeDetails = {
  versionBefore: undefined,
  versionAfter: undefined,
  sizeBefore: undefined,
  platforms: [],
  fields: [],
  dependents: [],
};

function changeOf(more: Partial<Change> = {}, details?: Partial<ChangeDetails>): Change {
  const known = details === undefined ? {} : { details: { ...DETAILS, ...details } };
  return { kind: 'add', path: 'jars/a.jar', reason: 'r', ...known, ...more };
}

const kinds = (...names: ChangeKind[]) => names.map((kind) => changeOf({ kind }));
/** A change of which users notice nothing. */
const SAME = changeOf({ kind: 'metadata' }, { isSameForUsers: true });
const ALL_KINDS = kinds('remove', 'revive', 'metadata', 'rename', 'add', 'update', 'add');
/** Changes of versions of plugins, as `kind plugin`. */
const plugins = (...changes: string[]) =>
  changes.map((change, at) => {
    const [kind, subject] = change.split(' ');
    return changeOf({ kind: kind as ChangeKind, path: `${at}` }, { subject });
  });

function headline(more: Partial<Outcome>): string {
  return headlineOf({ ...emptyOutcome('imagej', 'publication', 's'), changed: true, ...more });
}

test('an import that has nothing to do says whether files are still missing', () => {
  const lost: Problem = { severity: 'warning', code: 'lost-payload', message: 'It is lost.' };
  expect(headline({ isMove: true, changed: false })).toBe(
    'Nothing to import: the site is already there, with all files.',
  );
  expect(headline({ isMove: true, changed: false, problems: [lost] })).toBe(
    'Nothing to import: the site is already there, with all files that could be fetched.',
  );
});

describe('the headline', () => {
  test.each<[string, Partial<Outcome>]>([
    ['Nothing to publish: the site is up to date.', { changed: false }],
    ['Nothing to publish: the site is up to date.', { changed: false, kind: 'preview', unchanged: 3 }],
    ['Nothing has changed.', { changed: false, kind: 'comparison' }],
    ['Published: 1 file added.', { changes: kinds('add') }],
    ['Would be published: 1 file added.', { changes: kinds('add'), kind: 'preview' }],
    ['Changed: 1 file added.', { changes: kinds('add'), kind: 'comparison' }],
    [
      'Published: 1 file updated, 2 added, 1 renamed, 1 with new metadata, 1 restored, 1 removed.',
      { changes: ALL_KINDS },
    ],
    ['Published: 1,234 files added.', { changes: Array.from({ length: 1234 }, () => changeOf()) }],
    ['Published: 1 file added; users download 1 byte.', { changes: kinds('add'), publishedBytes: 1 }],
    [
      'Changed: 1 file added; users download 1.0 kB.',
      { changes: kinds('add'), publishedBytes: 1000, kind: 'comparison' },
    ],
    [
      'Published: 1 file added, 1 renamed; users download 3 bytes.',
      { changes: [changeOf({ size: 3 }), changeOf({ kind: 'rename', size: 7 })], publishedBytes: 10 },
    ],
    ['Published: 1 file renamed; users download 10 bytes.', { changes: kinds('rename'), publishedBytes: 10 }],
    ['Set up: an empty site.', { isSetUp: true }],
    ['Would be set up: an empty site.', { isSetUp: true, kind: 'preview' }],
    ['Nothing to set up: the site already exists, and stays as it is.', { isSetUp: true, changed: false }],
    ['Published: 1 missing payload stored again.', { restored: ['a'] }],
    [
      'Published: 1 file added, 2 missing payloads stored again; users download 5 bytes.',
      { changes: kinds('add'), restored: ['a', 'b'], publishedBytes: 5 },
    ],
    [
      'Changed: 1 file updated, 2 unchanged for users.',
      { changes: [...kinds('update'), SAME, SAME], kind: 'comparison' },
    ],
    ['Would be published: 1 file unchanged for users.', { changes: [SAME], kind: 'preview' }],
    [
      'Published: 1 file with new metadata, 1 unchanged for users.',
      { changes: [SAME, ...kinds('metadata')] },
    ],
    [
      'Nothing has changed for users: only timestamps or earlier versions of 2 files differ.',
      { changes: [SAME, SAME], kind: 'comparison' },
    ],
  ])('%s', (expected, more) => {
    expect(headline(more)).toBe(expected);
  });

  test.each<[string, Partial<Outcome>]>([
    ['Published: 1 plugin updated, 2 added.', { changes: plugins('add a', 'add b', 'update c', 'update c') }],
    [
      'Published: 2 versions with new metadata, 1 restored, 2 removed.',
      { changes: plugins('metadata a', 'metadata a', 'remove a', 'remove a', 'revive a') },
    ],
    ['Published: 1 plugin added, 1 version removed.', { changes: plugins('remove a', 'add a') }],
    ['Published: 1 missing archive stored again.', { restored: ['a'] }],
    ['Published: channel eap brought up to date.', { broughtUpToDate: ['eap'] }],
    [
      'Would be published: channels eap, nightly brought up to date.',
      { broughtUpToDate: ['eap', 'nightly'], kind: 'preview' },
    ],
    [
      'Published: 1 plugin added, 1 missing archive stored again, channel eap brought up to date; users download 2 bytes.',
      { changes: plugins('add a'), restored: ['a'], broughtUpToDate: ['eap'], publishedBytes: 2 },
    ],
    [
      'Published: channels 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 brought up to date.',
      { broughtUpToDate: Array.from({ length: 10 }, (_, at) => `${at}`) },
    ],
    [
      'Published: channels 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 1,001 more brought up to date.',
      { broughtUpToDate: Array.from({ length: 1011 }, (_, at) => `${at}`) },
    ],
  ])('about plugins: %s', (expected, more) => {
    expect(headline({ format: 'jetbrains', ...more })).toBe(expected);
  });

  test.each<[string, Partial<Outcome>]>([
    ['Nothing was set up: there are errors.', { isSetUp: true, refusal: 'errors' }],
    ['Nothing was published: there are errors.', { refusal: 'errors' }],
    ['Nothing would be published: there are errors.', { refusal: 'errors', kind: 'preview' }],
    [
      'Nothing was published: there are warnings, and "fail-on" is "warning".',
      { refusal: 'warnings', changes: kinds('add') },
    ],
    [
      'Nothing would be published: there are warnings, and "fail-on" is "warning". Planned: 1 file added.',
      { refusal: 'warnings', changes: kinds('add'), kind: 'preview' },
    ],
    [
      'The publication may be incomplete or unconfirmed: there are errors.',
      { refusal: 'errors', isUncertain: true, changes: kinds('add') },
    ],
  ])('about a refused run: %s', (expected, more) => {
    expect(headline({ changed: false, ...more })).toBe(expected);
  });
});

describe('a change in words', () => {
  test('has the names before and after it, or the name of the plugin', () => {
    expect(namesOf(changeOf())).toEqual({ from: undefined, to: 'jars/a.jar' });
    expect(namesOf(changeOf({ previousPath: 'b' }, {}))).toEqual({ from: 'b', to: 'jars/a.jar' });
    expect(namesOf(changeOf({ previousPath: 'b' }, { subject: 'c' }))).toEqual({ from: undefined, to: 'c' });
  });

  test.each([
    ['', undefined],
    ['', {}],
    ['1.0', { versionBefore: '1.0' }],
    ['1.1', { versionAfter: '1.1' }],
    ['1.0 → 1.1', { versionBefore: '1.0', versionAfter: '1.1' }],
    ['1.0', { versionBefore: '1.0', versionAfter: '1.0' }],
  ])('has the versions %j', (expected, details) => {
    expect(versionsOf(changeOf({}, details))).toBe(expected);
  });

  test.each<[string, number | undefined, number | undefined]>([
    ['', undefined, 5],
    ['5 bytes', 5, undefined],
    ['5 bytes', 5, 5],
    ['5 bytes (+1 byte)', 5, 4],
    ['5 bytes (−3 bytes)', 5, 8],
    ['0 bytes (−1.5 kB)', 0, 1500],
    ['2.0 MB (+2.0 MB)', 2_000_000, 0],
  ])('has the size %j', (expected, size, sizeBefore) => {
    expect(sizesOf(changeOf(size === undefined ? {} : { size }, { sizeBefore }))).toBe(expected);
  });

  test('has its size without details', () => {
    expect(sizesOf(changeOf({ size: 5 }))).toBe('5 bytes');
  });
});

describe('the changed metadata in words', () => {
  const linesOf = (details: Partial<ChangeDetails>) =>
    fieldLines(changeOf({}, details), (text) => `<${text}>`);
  const linesAbout = (...fields: [FieldChange['field'], string | undefined, string | undefined][]) =>
    linesOf({ fields: fields.map(([field, before, after]) => ({ field, before, after })) });

  test('has a line for each field', () => {
    expect(fieldLines(changeOf(), (text) => text)).toEqual([]);
    expect(linesAbout()).toEqual([]);
    expect(
      linesAbout(
        ['description', 'Old', 'New'],
        ['range', undefined, '2026.1'],
        ['change-notes', 'Notes', undefined],
        ['signed', undefined, undefined],
        ['executable', undefined, 'true'],
        ['executable', 'true', undefined],
      ),
    ).toEqual([
      'description: <Old> → <New>',
      'for IDEs: <2026.1>',
      'change notes: <Notes> → none',
      'signed: <>',
      'a program',
      'no longer a program',
    ]);
  });

  test('has a line for the added and one for the removed values of a field', () => {
    expect(
      linesAbout(
        ['dependency', undefined, 'a'],
        ['dependency', 'b', undefined],
        ['dependency', 'c', 'd'],
        ['platform', 'win64', 'linux64'],
        ['category', 'x', 'y'],
        ['link', 'https://a', 'https://b'],
        ['author', 'Ann', 'Bo'],
      ),
    ).toEqual([
      'author: <Bo>',
      'no longer an author: <Ann>',
      'link: <https://b>',
      'link removed: <https://a>',
      'category: <y>',
      'no longer in the category: <x>',
      'platform: <linux64>',
      'no longer for the platform: <win64>',
      'depends on: <a>, <d>',
      'no longer depends on: <b>, <c>',
    ]);
  });

  test('has the first 20 values and the first 300 characters of each', () => {
    const names = (length: number) => Array.from({ length }, (_, at) => `${at}`);
    const first = names(20)
      .map((name) => `<${name}>`)
      .join(', ');
    const authors = (length: number) =>
      linesAbout(...names(length).map((name): ['author', undefined, string] => ['author', undefined, name]));
    expect(authors(20)).toEqual([`author: ${first}`]);
    expect(authors(22)).toEqual([`author: ${first} and 2 more`]);
    expect(linesOf({ dependents: names(20) })).toEqual([`depended on it: ${first}`]);
    expect(linesOf({ dependents: names(23) })).toEqual([`depended on it: ${first} and 3 more`]);
    const [most, long] = ['x'.repeat(300), 'x'.repeat(301)];
    expect(linesAbout(['description', most, long])).toEqual([`description: <${most}> → <${most}…>`]);
    expect(linesAbout(['link', long, undefined])).toEqual([`link removed: <${most}…>`]);
    expect(linesOf({ dependents: [long] })).toEqual([`depended on it: <${most}…>`]);
  });
});

describe('a run in words', () => {
  test('names the site that serves skipped files, and a single file', () => {
    expect(skippedInWords([])).toEqual([]);
    expect(
      skippedInWords([
        { path: 'a', site: 'Fiji' },
        { path: 'b', site: 'ImageJ' },
        { path: 'c', site: 'Fiji' },
      ]),
    ).toEqual([
      '2 files skipped (served by the upstream site Fiji).',
      'b skipped (served by the upstream site ImageJ).',
    ]);
  });

  test('names up to ten payloads that are stored again, before the notices', () => {
    const empty = emptyOutcome('imagej', 'publication', 's');
    const restored = (length: number) => Array.from({ length }, (_, at) => `f${at}`);
    expect(noticesInWords(empty)).toEqual([]);
    expect(noticesInWords({ ...empty, notices: ['One.', 'Two.'] })).toEqual(['One.', 'Two.']);
    expect(noticesInWords({ ...empty, notices: ['One.'], restored: restored(1) })).toEqual([
      'Stored again, because the index contains it but the site did not have it: f0.',
      'One.',
    ]);
    expect(noticesInWords({ ...empty, restored: restored(10) })).toEqual([
      'Stored again, because the index contains them but the site did not have them: f0, f1, f2, f3, f4, f5, f6, f7, f8, f9.',
    ]);
    expect(noticesInWords({ ...empty, restored: restored(1012) })).toEqual([
      'Stored again, because the index contains them but the site did not have them: f0, f1, f2, f3, f4, f5, f6, f7, f8, f9 and 1,002 more.',
    ]);
  });

  test('has what to do with an empty site', () => {
    const empty = emptyOutcome('imagej', 'publication', 's');
    const next = 'To publish files, run the same without "empty" (--empty).';
    expect(noticesInWords({ ...empty, isSetUp: true, changed: true })).toEqual([
      'Users enter its address in ImageJ: Help > Update... > Manage Update Sites > Add Unlisted Site.',
      next,
    ]);
    expect(noticesInWords({ ...empty, format: 'jetbrains', isSetUp: true, changed: true })).toEqual([
      'Users enter its address in the IDE: Settings > Plugins > gear icon > Manage Plugin Repositories.',
      next,
    ]);
    expect(noticesInWords({ ...empty, isSetUp: true })).toEqual([next]);
    expect(noticesInWords({ ...empty, isSetUp: true, refusal: 'errors' })).toEqual([]);
  });

  test('has the size of the site, as far as it is known', () => {
    const size = { bytes: 412_000_000, unmeasured: 0, maxBytes: 1_000_000_000 };
    expect(siteSizeInWords(size)).toBe('412.0 MB of 1.0 GB (limit of GitHub Pages)');
    expect(siteSizeInWords({ ...size, unmeasured: 1 })).toBe(
      'at least 412.0 MB of 1.0 GB (limit of GitHub Pages)',
    );
  });
});

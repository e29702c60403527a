import type { DetailedFile, FileDetails, FileListing, ListedFile } from '../../src/model/listing.js';
import { detailsResult, listingResult } from '../../src/report/listing-result.js';
import { renderDetails, renderListing } from '../../src/report/listing.js';
import { createPaint } from '../../src/report/terminal.js';

const file: ListedFile = {
  path: 'jars/a-1.0.jar',
  version: '1.0',
  size: 34567,
  timestamp: 20260102030405,
  checksum: 'aa',
  isCurrent: true,
  previous: 1,
};
const obsolete: ListedFile = {
  path: 'macros/b.ijm',
  version: undefined,
  size: undefined,
  timestamp: undefined,
  checksum: undefined,
  isCurrent: false,
  previous: 2,
};
const inIndex = { id: 'a', ides: '2024.2 to 2025.1', systems: [], address: 'https://lab.org/a.zip' };
const plugin: ListedFile = { ...file, path: 'a@1.0', timestamp: undefined, plugin: inIndex };
const nothing: FileDetails = {
  payload: undefined,
  title: undefined,
  description: undefined,
  changeNotes: undefined,
  authors: [],
  links: [],
  categories: [],
  platforms: [],
  executable: false,
  builds: undefined,
  signed: undefined,
  dependencies: [],
  dependents: [],
  previousVersions: [],
};
const plain = createPaint(false);
const listing = <File extends ListedFile>(...files: readonly File[]) => ({
  format: 'imagej' as const,
  site: 'folder x',
  at: undefined,
  isExact: true,
  files,
  hidden: 0,
});
const described = (...files: readonly DetailedFile[]): FileListing => ({
  ...listing(...files),
  presence: new Map(),
  publications: undefined,
});
const rendered = (
  shown: ListedFile,
  details: Partial<FileDetails>,
  more: Partial<Pick<FileListing, 'presence' | 'publications'>> = {},
) => {
  const detailed: DetailedFile = { ...shown, details: { ...nothing, ...details } };
  return renderDetails({ ...described(detailed), ...more }, plain);
};

test('lists one file per line, with the same columns', () => {
  expect(renderListing(listing(file, obsolete))).toBe(
    'jars/a-1.0.jar  1.0  34.6 kB  2026-01-02 03:04:05 UTC\n' +
      'macros/b.ijm    -    -        -                        obsolete\n',
  );
  expect(renderListing(listing())).toBe('');
});

test('lists plugins with their IDEs, systems and addresses', () => {
  const linux = { ...plugin, isCurrent: false, plugin: { ...inIndex, systems: ['linux-x86_64'] } };
  expect(renderListing(listing(plugin, linux))).toBe(
    'a  1.0  IDEs: 2024.2 to 2025.1  all systems   https://lab.org/a.zip\n' +
      'a  1.0  IDEs: 2024.2 to 2025.1  linux-x86_64  https://lab.org/a.zip  not offered\n',
  );
});

test('shows what the index states about a file, and nothing else', () => {
  expect(rendered(file, {})).toBe(`jars/a-1.0.jar
  version       1.0
  size          34,567 bytes (34.6 kB)
  timestamp     20260102030405 (2026-01-02 03:04:05 UTC)
  checksum      aa
`);
  expect(rendered({ ...file, size: 7, timestamp: 0 }, {})).toMatch(
    / {2}size {10}7 bytes\n {2}timestamp {5}0\n/,
  );
  expect(
    rendered(obsolete, {
      description: 'First.\n\nSecond.',
      authors: ['Ada', 'Bob'],
      links: ['https://lab.org'],
      platforms: ['linux64'],
      executable: true,
      dependencies: [
        { path: 'jars/ij.jar', timestamp: 1, overrides: false },
        { path: 'jars/old.jar', timestamp: 1, overrides: true },
      ],
      dependents: ['plugins/T.jar'],
      previousVersions: [
        {
          path: 'macros/b.ijm',
          version: undefined,
          timestamp: 20250101000000,
          timestampObsolete: undefined,
          checksum: 'bb',
          payload: undefined,
        },
      ],
    }),
  ).toBe(`macros/b.ijm
  state         obsolete
  description   First.

                Second.
  authors       Ada
                Bob
  link          https://lab.org
  platform      linux64
  executable    yes
  depends on    jars/ij.jar
  overrides     jars/old.jar
  needed by     plugins/T.jar
  previous versions, newest first:
    2025-01-01 00:00:00 UTC  until an unknown date  bb  macros/b.ijm
`);
});

test('shows what is known about a plugin', () => {
  const previous = {
    timestamp: undefined,
    timestampObsolete: undefined,
    checksum: undefined,
    payload: undefined,
  };
  expect(
    rendered(plugin, {
      title: 'Tool',
      builds: '242 to 251.*',
      signed: 'no',
      changeNotes: 'New.',
      previousVersions: [{ ...previous, path: 'a@0.9', version: '0.9' }],
    }),
  ).toBe(`a@1.0
  name          Tool
  version       1.0
  size          34,567 bytes (34.6 kB)
  checksum      aa
  address       https://lab.org/a.zip
  for IDEs      2024.2 to 2025.1
  builds        242 to 251.*
  signed        no
  what is new   New.
  previous versions, newest first:
    0.9  -  a@0.9
`);
});

test('shows where stored files are, which of them are missing, and what changed the file', () => {
  const payload = 'jars/a-1.0.jar-20260102030405';
  const previous = {
    ...{ path: 'jars/a-0.9.jar', version: '0.9', checksum: 'bb' },
    ...{ timestamp: 20250101000000, timestampObsolete: 20260102030405 },
    payload: 'jars/a-0.9.jar-20250101000000',
  };
  const publications = [
    {
      timestamp: 20260102030405,
      date: new Date('2026-01-02T03:04:00Z'),
      commit: '0123456789abcdef',
      author: 'Ada',
      subject: 'Update a.jar\u001b[31m',
      changes: [{ kind: 'update' as const, path: 'jars/a-1.0.jar', reason: '' }],
    },
  ];
  const details = { payload, previousVersions: [previous] };
  const presence = new Map([
    [payload, true],
    [previous.payload, false],
  ]);
  const shown = rendered(file, details, { presence, publications });
  expect(shown).toBe(`jars/a-1.0.jar
  version       1.0
  size          34,567 bytes (34.6 kB)
  timestamp     20260102030405 (2026-01-02 03:04:05 UTC)
  checksum      aa
  stored as     jars/a-1.0.jar-20260102030405
  previous versions, newest first:
    2025-01-01 00:00:00 UTC  until 2026-01-02 03:04:05 UTC  bb  jars/a-0.9.jar-20250101000000  missing
  publications that changed it, newest first:
    20260102030405  0123456789ab  2026-01-02 03:04  1 update  Update a.jar\u{fffd}[31m  (Ada)
`);
  const lost = rendered(file, details, { presence: new Map([[payload, false]]) });
  expect(lost).toContain(`  stored as     ${payload} (missing)\n`);
  expect(lost).not.toContain('publications that changed it');
  const variants = {
    ...described(),
    files: [
      { ...plugin, details: nothing },
      { ...plugin, details: nothing },
    ],
  };
  const both = renderDetails({ ...variants, publications }, plain);
  expect(both).toBe(
    `${renderDetails(variants, plain)}
publications that changed one of these, newest first:
  20260102030405  0123456789ab  2026-01-02 03:04  1 update  Update a.jar\u{fffd}[31m  (Ada)
`,
  );
  expect(both.match(/^a@1\.0$/gm)).toHaveLength(2);
  const away = { payload: inIndex.address };
  expect(rendered(plugin, away)).not.toContain('stored as');
  const detailed = { ...file, details: { ...nothing, ...details } };
  expect(
    detailsResult({ ...described(detailed), at: '1a2b3c4', isExact: false, presence, publications }),
  ).toEqual({
    site: 'folder x',
    format: 'imagej',
    at: '1a2b3c4',
    isExact: false,
    files: [expect.objectContaining({ payload, isStored: true })],
    publications: [
      {
        timestamp: '20260102030405',
        date: '2026-01-02T03:04:00.000Z',
        commit: '0123456789abcdef',
        author: 'Ada',
        subject: 'Update a.jar\u001b[31m',
        changes: [{ kind: 'update', path: 'jars/a-1.0.jar' }],
      },
    ],
  });
  expect(detailsResult(described(detailed)).publications).toBeNull();
});

test('untrusted text adds no lines, colours or commands of its own', () => {
  const evil = 'x\n::error::boom\u001b[31m\u202e';
  const lines = renderListing(listing({ ...file, path: `::error::a\n${evil}` }));
  expect(lines.split('\n')).toHaveLength(2);
  expect(lines).toMatch(/^: :error/);
  const text = rendered(
    { ...file, path: evil, version: evil, checksum: evil },
    {
      title: evil,
      payload: evil,
      description: evil,
      changeNotes: evil,
      authors: [evil],
      links: [evil],
      categories: [evil],
      platforms: [evil],
      dependencies: [{ path: evil, timestamp: 1, overrides: false }],
      dependents: [evil],
      previousVersions: [
        {
          ...{ path: evil, version: evil, payload: evil },
          ...{ timestamp: 1, timestampObsolete: 2, checksum: `::error::${evil}` },
        },
      ],
    },
  );
  expect(text).not.toMatch(/^\s*::/m);
  for (const character of ['\u001b', '\u202e']) expect(text).not.toContain(character);
  // Only descriptions and notes may have several lines.
  expect(text.split('\n').filter((line) => line.trimStart().startsWith(': :error'))).toHaveLength(2);
});

test('returns everything for scripts, with null for what is not stated', () => {
  expect(listingResult(listing(file, obsolete))).toEqual({
    site: 'folder x',
    format: 'imagej',
    at: null,
    isExact: true,
    files: [
      { ...file, timestamp: '20260102030405' },
      { ...obsolete, version: null, size: null, timestamp: null, checksum: null },
    ],
  });
  expect(listingResult(listing(plugin)).files).toEqual([
    { ...file, path: 'a@1.0', timestamp: null, ...inIndex },
  ]);
  const details: FileDetails = {
    ...nothing,
    dependencies: [{ path: 'jars/ij.jar', timestamp: 20200101000000, overrides: false }],
    previousVersions: [
      {
        path: 'jars/a.jar',
        version: undefined,
        timestamp: 20250101000000,
        timestampObsolete: undefined,
        checksum: 'bb',
        payload: 'jars/a.jar-20250101000000',
      },
    ],
  };
  const presence = new Map([['jars/a.jar-20250101000000', false]]);
  expect(detailsResult({ ...described({ ...file, details }), presence }).files).toEqual([
    {
      ...file,
      timestamp: '20260102030405',
      payload: null,
      isStored: null,
      name: null,
      description: null,
      changeNotes: null,
      authors: [],
      links: [],
      categories: [],
      platforms: [],
      executable: false,
      builds: null,
      signed: null,
      dependencies: [{ path: 'jars/ij.jar', timestamp: '20200101000000', overrides: false }],
      dependents: [],
      previousVersions: [
        {
          path: 'jars/a.jar',
          version: null,
          timestamp: '20250101000000',
          timestampObsolete: null,
          checksum: 'bb',
          payload: 'jars/a.jar-20250101000000',
          isStored: false,
        },
      ],
    },
  ]);
});

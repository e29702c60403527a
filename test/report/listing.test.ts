import type { DetailedFile, FileDetails, ListedFile } from '../../src/model/listing.js';
import { detailsResult, listingResult, renderDetails, renderListing } from '../../src/report/listing.js';
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
  files,
  hidden: 0,
});
const rendered = (shown: ListedFile, details: Partial<FileDetails>) => {
  const detailed: DetailedFile = { ...shown, details: { ...nothing, ...details } };
  return renderDetails(listing(detailed), plain);
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
  const previous = { timestamp: undefined, timestampObsolete: undefined, checksum: undefined };
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

test('untrusted text adds no lines, colours or commands of its own', () => {
  const evil = 'x\n::error::boom\u001b[31m\u202e';
  const lines = renderListing(listing({ ...file, path: `::error::a\n${evil}` }));
  expect(lines.split('\n')).toHaveLength(2);
  expect(lines).toMatch(/^: :error/);
  const text = rendered(
    { ...file, path: evil, version: evil, checksum: evil },
    {
      title: evil,
      description: evil,
      changeNotes: evil,
      authors: [evil],
      links: [evil],
      categories: [evil],
      platforms: [evil],
      dependencies: [{ path: evil, timestamp: 1, overrides: false }],
      dependents: [evil],
      previousVersions: [
        { path: evil, version: evil, timestamp: 1, timestampObsolete: 2, checksum: `::error::${evil}` },
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
      },
    ],
  };
  expect(detailsResult(listing({ ...file, details })).files).toEqual([
    {
      ...file,
      timestamp: '20260102030405',
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
        },
      ],
    },
  ]);
});

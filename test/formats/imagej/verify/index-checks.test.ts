import { INDEX_PROLOG } from '../../../../src/formats/imagej/index/dtd.js';
import { gzipIndex } from '../../../../src/formats/imagej/index/gzip.js';
import { loadIndex } from '../../../../src/formats/imagej/index/load.js';
import { parseIndexXml } from '../../../../src/formats/imagej/index/read.js';
import {
  fileNames,
  futureTimestamps,
  indexForClients,
  localDatabase,
  timestamps,
} from '../../../../src/formats/imagej/verify/index-checks.js';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const T = 20260101000000;
const NOW = 20261128120000;

const indexOf = (content: string) => parseIndexXml(Buffer.from(`<pluginRecords>${content}</pluginRecords>`));
const file = (filename: string, content = version(A, T)) =>
  `<plugin filename="${filename}">${content}</plugin>`;
const version = (checksum: string, timestamp: number) =>
  `<version checksum="${checksum}" timestamp="${timestamp}" filesize="5"/>`;
const previous = (checksum: string, timestamp: number, filename: string) =>
  `<previous-version checksum="${checksum}" timestamp="${timestamp}" filename="${filename}"/>`;

describe('index-for-clients', () => {
  const check = (content: string, prolog = INDEX_PROLOG) => {
    const bytes = gzipIndex(`${prolog}<pluginRecords>${content}</pluginRecords>`);
    return indexForClients(loadIndex(bytes), bytes);
  };

  test('passes for the elements of records in records, and unknown ones elsewhere', () => {
    const record = file('a.jar', `<platform>linux64</platform><category>c</category>${version(A, T)}`);
    expect(check(`${record}<mirror/><x><y/></x>`)).toEqual({
      name: 'index-for-clients',
      status: 'passed',
      findings: [],
    });
    expect(indexForClients(indexOf(''), undefined).status).toBe('passed');
  });

  test('reports elements of records outside of a record, in the order of the document', () => {
    const { status, reason, findings } = check(
      `<author>a</author>${file('a.jar')}<x><version/><y><link/></y></x><dependency/>`,
    );
    expect(status).toBe('failed');
    expect(reason).toBe('Clients do not read the index as it is meant, for 4 reasons.');
    expect(findings).toEqual(
      ['author', 'version', 'link', 'dependency'].map((name) => ({
        path: 'db.xml.gz',
        message: `<${name}> is outside of a record, and older clients fail at it`,
      })),
    );
  });

  describe('the indentation, which clients skip only if the content of elements is declared', () => {
    const faultsOf = (declarations: string, content: string) =>
      check(content, `<!DOCTYPE pluginRecords${declarations}>\n`).findings.map(({ message }) => message);
    const record = `\n  ${file('a.jar', `\n    ${version(A, T).replace('/>', '>\n<author>a</author>\n</version>')}\n`)}\n`;
    const MODELS = ['pluginRecords (plugin*)', 'plugin (version?)', 'version (author*)'];
    const declared = (...models: string[]) => ` [${models.map((model) => `<!ELEMENT ${model}>`).join('')}]`;

    test.each([
      ['all are declared', declared(...MODELS), record, []],
      ['the document type is empty', '', record, ['<pluginRecords>, <plugin>, <version>']],
      ['it declares nothing', ' []', record, ['<pluginRecords>, <plugin>, <version>']],
      ['only the root is declared', declared('pluginRecords (plugin*)'), record, ['<plugin>, <version>']],
      [
        'records may contain text',
        declared('pluginRecords (plugin*)', 'plugin (#PCDATA|version)*', 'version ANY'),
        record,
        ['<plugin>, <version>'],
      ],
      ['nothing is indented', ' []', record.replace(/\n */g, ''), []],
      ['the index is empty', '', '\n', []],
    ])('if %s', (_, declarations, content, names) => {
      expect(faultsOf(declarations, content)).toEqual(
        names.map(
          (name) =>
            `its document type does not declare what ${name} may contain, so clients take the indentation there for text`,
        ),
      );
    });
  });

  test('takes an unknown element with any number of children', () => {
    const { findings } = check(`<x>${'<y/>'.repeat(300_000)}<link/></x>`);
    expect(findings.map(({ message }) => message)).toEqual([
      '<link> is outside of a record, and older clients fail at it',
    ]);
  });

  test('reports a missing document type', () => {
    expect(check('', '<?xml version="1.0"?>').findings).toEqual([
      { path: 'db.xml.gz', message: 'it has no document type, so clients take the indentation for text' },
    ]);
  });
});

describe('local-database', () => {
  test('passes for the index of a site', () => {
    expect(localDatabase(indexOf(`${file('a.jar')}<x/>`)).status).toBe('passed');
  });

  test('reports the update sites of a user', () => {
    const sites = '<update-site name="Lab" url="x"/><disabled-update-site name="Core" url="y"/>';
    expect(localDatabase(indexOf(sites))).toMatchObject({
      status: 'failed',
      reason: 'It names 2 update sites that a user follows: it is the database of an installation.',
      findings: [
        { path: 'db.xml.gz', message: '<update-site> names the site Lab' },
        { path: 'db.xml.gz', message: '<disabled-update-site> names the site Core' },
      ],
    });
  });
});

describe('names', () => {
  test.each(['jars/a b.jar', 'macros/100%.ijm', 'macros/é&amp;ü.ijm'])('accepts %s', (name) => {
    expect(fileNames(indexOf(file(name))).findings).toEqual([]);
  });

  test.each([
    ['macros/a#.ijm', '"#" has another meaning in an address'],
    ['macros/a?.ijm', '"?" has another meaning in an address'],
    ['macros/a%20b.ijm', '"%20" has another meaning in an address'],
    ['../a.ijm', 'it has a ".." part'],
  ])('reports %s', (path, message) => {
    const check = fileNames(indexOf(file('jars/b.jar') + file(path)));
    expect(check).toMatchObject({ name: 'names', status: 'failed', findings: [{ path, message }] });
  });

  test('does not report obsolete files, which clients do not request', () => {
    expect(fileNames(indexOf(file('a#.ijm', previous(A, T, 'a#.ijm')))).status).toBe('passed');
  });
});

describe('timestamps', () => {
  const check = (...versions: readonly string[]) =>
    timestamps(indexOf(file('jars/a-1.jar', versions.join(''))));

  test.each([
    ['different timestamps', [version(A, T), previous(B, T - 1, 'jars/a-1.jar')]],
    ['the same version twice', [version(A, T), previous(A, T, 'jars/a-1.jar')]],
    // From one upload of Jama.jar and Jama-1.0.2.jar, which are one record.
    ['the same timestamp in different names', [version(A, T), previous(B, T, 'jars/a.jar')]],
    ['no timestamps', [version(A, 0), previous(B, 0, 'jars/a-1.jar')]],
  ])('passes for %s', (_, versions) => {
    expect(check(...versions).findings).toEqual([]);
  });

  test.each([
    ['a current and a previous version', [version(A, T), previous(B, T, 'jars/a-1.jar')]],
    ['previous versions', [previous(A, T, 'jars/a.jar'), previous(B, T, 'jars/a.jar')]],
  ])('reports the same stored name of %s', (_, versions) => {
    expect(check(...versions)).toMatchObject({
      status: 'failed',
      reason: '1 timestamp belongs to several versions of a file.',
      findings: [{ path: 'jars/a-1.jar', message: `2 versions have the timestamp ${T}` }],
    });
  });
});

describe('future-timestamps', () => {
  const messages = (timestamp: number) =>
    futureTimestamps(indexOf(file('a.jar', version(A, timestamp))), NOW).findings.map(
      ({ message }) => message,
    );

  test.each([0, T, NOW, NOW + 140000, 20261129030000])('accepts %i', (timestamp) => {
    expect(messages(timestamp)).toEqual([]);
  });

  test.each([
    [20261129030001, 'its timestamp is 2026-11-29 03:00:01 UTC'],
    [99999999999999, 'its timestamp, 99999999999999, is not a date'],
  ])('warns of %i', (timestamp, message) => {
    expect(messages(timestamp)).toEqual([message]);
  });

  test('is a warning, and does not consider previous versions', () => {
    expect(futureTimestamps(indexOf(file('a.jar', version(A, 20270101000000))), NOW)).toMatchObject({
      status: 'warning',
      reason: '1 file has a timestamp more than 15 hours ahead of the clock.',
    });
    const record = file('a.jar', version(A, T) + previous(B, 20270101000000, 'a.jar'));
    expect(futureTimestamps(indexOf(record), NOW).status).toBe('passed');
  });
});

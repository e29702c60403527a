import { APPLICATION } from '../../../src/formats/imagej/application.js';
import { EMPTY_INDEX, type PluginRecord } from '../../../src/formats/imagej/index/site-index.js';

const VERSION = { checksum: 'a', timestamp: 20260101000000, filesize: 1, description: undefined };
const NOTHING = { attributes: [], unknown: [] };

function record(filename: string, platforms: string[], more: Partial<PluginRecord> = {}): PluginRecord {
  return {
    filename,
    executable: false,
    platforms: platforms.map((text) => ({ text, ...NOTHING })),
    categories: [],
    current: { ...VERSION, dependencies: [], links: [], authors: [], ...NOTHING },
    previous: [],
    ...NOTHING,
    ...more,
  };
}

test('the current files are installed, with their platforms by their present names', () => {
  const records = [
    record('jars/a.jar', []),
    record('ImageJ-linux32', ['linux', 'linux64'], { executable: true }),
    record('jars/obsolete.jar', [], { current: undefined }),
  ];
  expect([...APPLICATION.filesOf({ ...EMPTY_INDEX, records })]).toEqual([
    ['jars/a.jar-20260101000000', { isExecutable: false, platforms: [] }],
    ['ImageJ-linux32-20260101000000', { isExecutable: true, platforms: ['linux32', 'linux64'] }],
  ]);
});

test.each([
  ['db.xml.gz', true],
  ['DB.xml.gz', true],
  ['db.xml.gz.lock', true],
  ['.checksums', true],
  ['.Checksums/a', true],
  ['db.xml.gz. .', true],
  ['db.xml.gz /a', true],
  ['db.xml.gz::$DATA', true],
  ['jars/db.xml.gz', false],
  ['db.xml.gz.txt', false],
])('whether ImageJ itself writes %s: %s', (path, expected) => {
  expect(APPLICATION.isReserved(path)).toBe(expected);
});

test('the text for users names the address, if it is known', () => {
  const url = 'https://sites.imagej.net/MyLab/';
  expect(APPLICATION.readme(url)).toContain(`Enter its URL: ${url}\n`);
  expect(APPLICATION.readme(undefined)).toContain('Enter the URL of the site, which its maintainer knows.');
});

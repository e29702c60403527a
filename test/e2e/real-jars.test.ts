import path from 'node:path';
import { IMAGEJ_FIXTURES, readJson } from '../support/fixtures.js';
import { onePerComponent, publishJars } from '../support/jars.js';

/** The jars that come with the project: those of the machine are for `npm run test:long`. */
const FOLDER = path.join(IMAGEJ_FIXTURES, 'digests');

test('the jars that the official updater reads are published, and the second time there is nothing to do', () => {
  const { jars } = readJson(path.join(FOLDER, 'digests.json')) as {
    jars: Record<string, { checksum: string | null }>;
  };
  const readable = Object.keys(jars).filter((name) => jars[name]?.checksum !== null && name !== 'empty.jar');
  expect(readable.length).toBeGreaterThan(40);
  expect(publishJars(readable.map((name) => path.join(FOLDER, 'jars', name)))).toEqual([]);
});

test('of several versions of a component one is taken, and of one name in several folders too', () => {
  const files = [
    '/a/xml-apis-1.3.04.jar',
    '/a/xml-apis-1.4.01.jar',
    '/b/xml-apis.jar',
    '/a/x.jar',
    '/b/x.jar',
  ];
  const taken = onePerComponent(files);
  expect(taken).toEqual(onePerComponent([...files].reverse()));
  expect(taken.map((file) => path.basename(file))).toEqual(['x.jar', 'xml-apis.jar']);
});

import path from 'node:path';
import { IMAGEJ_FIXTURES, readJson } from '../support/fixtures.js';
import { onePerComponent, publishJars } from '../support/jars.js';

/** The jars of the project; those of the machine are tested by `npm run test:long`. */
const FOLDER = path.join(IMAGEJ_FIXTURES, 'digests');

test('publishes the jars that the official updater reads, and changes nothing the second time', () => {
  const { jars } = readJson(path.join(FOLDER, 'digests.json')) as {
    jars: Record<string, { checksum: string | null }>;
  };
  const readable = Object.keys(jars).filter((name) => jars[name]?.checksum !== null && name !== 'empty.jar');
  expect(readable.length).toBeGreaterThan(40);
  expect(publishJars(readable.map((name) => path.join(FOLDER, 'jars', name)))).toEqual([]);
});

test('publishes one of several versions of a component, and one file of a name in several folders', () => {
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

import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { IMAGEJ_FIXTURES, readJson } from './fixtures.js';
import { writeFiles } from './folders.js';
import { makeJar, pomEntry } from './maven.js';

/** Number of jars in the application folder. */
export const JARS = 300;
const LIBRARIES = 160;
/** One of this many jars is large. */
const LARGE_EVERY = 50;
const LARGE_BYTES = 1_500_000;
const SMALL_BYTES = 20_000;

type Files = Record<string, string | Buffer>;

/**
 * Writes the application folder for one of several publications, and returns the paths of its files. It contains 300
 * jars of many sizes with classes, POMs and dependencies, those among them whose structure is unusual, and files for
 * single platforms. From one publication to the next, some jars change, get another version in their names, vanish or
 * come back.
 *
 * @param publication a number from 1
 */
export function writeApplication(folder: string, publication: number): readonly string[] {
  const unusual = unusualJars();
  const tools = JARS - LIBRARIES - Object.keys(unusual).length;
  const files: Files = {
    ...unusual,
    ...numbered(LIBRARIES, (at) => library(at, publication)),
    ...numbered(tools, (at) => tool(at, publication)),
    'lib/win64/native.dll': `binary ${publication}`,
    'lib/linux64/libnative.so': 'binary',
    'scripts/Tool.py': 'print(1)\n',
    ...(publication % 2 === 0 ? {} : { 'macros/now and then.ijm': `print(${publication});` }),
  };
  rmSync(folder, { recursive: true, force: true });
  writeFiles(folder, files);
  return Object.keys(files);
}

function numbered(count: number, make: (at: number) => [path: string, bytes: Buffer]): Files {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => make(at)));
}

/** The jars with which the checksums of the official updater are recorded. */
function unusualJars(): Files {
  const folder = path.join(IMAGEJ_FIXTURES, 'digests');
  const { jars } = readJson(path.join(folder, 'digests.json')) as {
    jars: Record<string, { checksum: string | null }>;
  };
  const readable = Object.keys(jars).filter((name) => jars[name]?.checksum !== null && name !== 'empty.jar');
  return Object.fromEntries(
    readable.map((name) => [`jars/${name}`, readFileSync(path.join(folder, 'jars', name))]),
  );
}

/** A library, of which a tenth change their content and a tenth their version with each publication. */
function library(at: number, publication: number): [string, Buffer] {
  const content = at % 10 === 0 ? publication : 1;
  const version = at % 10 === 5 ? `1.${publication}` : '1.0';
  const id = `org.lab:lab-lib${at}:${version}`;
  const classes = Array.from({ length: 1 + (at % 20) }, (_, number) => ({
    name: `org/lab/lib${at}/Class${number}`,
    references: [`org/lab/lib${at}/Class0`],
  }));
  const jar = makeJar(classes, { ...pomEntry({ id }), 'data.bin': bytesFor(`lib${at} ${content}`, at) });
  return [`jars/lab-lib${at}-${version}.jar`, jar];
}

/** A plugin that depends on two libraries. Some change, and some are missing in every other publication. */
function tool(at: number, publication: number): [string, Buffer] {
  const content = at % 8 === 0 ? publication : 1;
  const references = [at, at + 31].map((one) => `org/lab/lib${one % LIBRARIES}/Class0`);
  const id = `org.lab:Lab_Tool${at}:1`;
  const more = { ...pomEntry({ id }), 'plugins.config': `Lab, "Tool ${at} ${content}", org.lab.Tool${at}\n` };
  // Another tool takes the place of one that is missing, so that their number stays the same.
  const name = at % 16 === 3 && publication % 2 === 0 ? `Lab_Guest${at}` : `Lab_Tool${at}`;
  return [`plugins/${name}.jar`, makeJar([{ name: `org/lab/Tool${at}`, references }], more)];
}

/** Returns bytes that cannot be compressed, and are the same for the same text. */
function bytesFor(text: string, at: number): Buffer {
  const outputLength = at % LARGE_EVERY === 0 ? LARGE_BYTES : (at * 997) % SMALL_BYTES;
  return createHash('shake256', { outputLength: outputLength + 1 })
    .update(text)
    .digest();
}

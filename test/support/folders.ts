import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const made: string[] = [];

/** Creates a folder for a test. It is removed after the tests of the file. */
export function makeFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'update-site-test-')));
  made.push(folder);
  return folder;
}

/** Writes files below a folder, and creates the folders that they need. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), content);
  }
}

/** Returns the `/`-separated paths of all files below a folder, sorted. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

/** Returns the SHA-256 of all files below a folder, by path: comparing bytes with `toEqual` is slow. */
export function sumsBelow(folder: string): Record<string, string> {
  const sumOf = (file: string) => createHash('sha256').update(readFileSync(path.join(folder, file)));
  return Object.fromEntries(filesBelow(folder).map((file) => [file, sumOf(file).digest('hex')]));
}

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** For tests of features that Windows lacks: links, execute bits, signals, names with reserved characters. */
export const posixTest = process.platform === 'win32' ? test.skip : test;

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
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

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** For tests of features that Windows lacks: links, execute bits, signals, names with reserved characters. */
export const posixTest = process.platform === 'win32' ? test.skip : test;

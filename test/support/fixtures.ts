import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));
/** The root of the project. */
export const PROJECT = path.resolve(HERE, '../..');
/** What the official updater gave, copied into the project. */
export const IMAGEJ_FIXTURES = path.join(PROJECT, 'test/fixtures/imagej');

export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Where vectors of the official updater are: in the project, and beside it where the full set is at hand. */
export function vectorRoots(): [name: string, root: string][] {
  const beside = path.resolve(PROJECT, '../shared/vectors/imagej');
  const roots: [string, string][] = [['the project', IMAGEJ_FIXTURES]];
  if (existsSync(beside)) roots.push(['the full set', beside]);
  else
    process.stderr.write('The full set of vectors is not at hand; the copies in test/fixtures are tested.\n');
  return roots;
}

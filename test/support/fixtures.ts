import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));
/** The root of the project. */
export const PROJECT = path.resolve(HERE, '../..');
/** Results of the official updater, copied into the project. */
export const IMAGEJ_FIXTURES = path.join(PROJECT, 'test/fixtures/imagej');

export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Folders with vectors of the official updater: in the project, and the full set beside it if it exists. */
export function vectorRoots(): [name: string, root: string][] {
  const beside = path.resolve(PROJECT, '../shared/vectors/imagej');
  const roots: [string, string][] = [['the project', IMAGEJ_FIXTURES]];
  if (existsSync(beside)) roots.push(['the full set', beside]);
  else
    process.stderr.write(
      'The full set of vectors is not available. The copies in test/fixtures are tested.\n',
    );
  return roots;
}

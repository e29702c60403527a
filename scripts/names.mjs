// Reads lists of names from the sources, for tools that run before the build.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Returns the words of a constant list in a file of the project. */
export function namesIn(file, constant) {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const [, list] = new RegExp(`export const ${constant} = \\[([^\\]]*)\\] as const;`).exec(text) ?? [];
  if (list === undefined) throw new Error(`${file} lacks the list ${constant}.`);
  return [...list.matchAll(/'([^']+)'/g)].map(([, name]) => name);
}

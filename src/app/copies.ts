import { createHash } from 'node:crypto';

/** Returns a function that names the copy of a file of a site in a folder. Site paths may be too long for a file name. */
export function copiesIn(folder: string): (path: string) => string {
  return (path) => `${folder}/${createHash('sha256').update(path).digest('hex')}`;
}

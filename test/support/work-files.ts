import { existsSync, lstatSync, readdirSync, utimesSync } from 'node:fs';
import path from 'node:path';

/** Returns the locks and incomplete files in the folder of a site, sorted. */
export function workFiles(site: string): string[] {
  if (!existsSync(site)) return [];
  return readdirSync(site, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => /(^|\/)\.update-site|\.partial$/.test(file))
    .sort();
}

/** Ages the locks and incomplete files of dead runs by three minutes. */
export function ageWorkFiles(site: string): void {
  for (const file of workFiles(site)) age(path.join(site, file), 180);
}

/** Ages a file by some seconds. */
export function age(file: string, seconds: number): void {
  const time = lstatSync(file).mtimeMs / 1000 - seconds;
  utimesSync(file, time, time);
}

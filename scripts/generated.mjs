// Writes files that are generated from other files.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Creates a function that writes and formats a file of the project if it is out of date; with `check`, it only
 * reports that.
 */
export function createWriter(check) {
  return async (file, text) => {
    const target = path.join(ROOT, file);
    const options = { ...(await prettier.resolveConfig(target)), filepath: target };
    const formatted = await prettier.format(text, options);
    if (readOrUndefined(target) === formatted) return;
    if (check) {
      console.error(`${file} is out of date. Run "npm run fix" and commit the result.`);
      process.exitCode = 1;
      return;
    }
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, formatted);
  };
}

function readOrUndefined(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

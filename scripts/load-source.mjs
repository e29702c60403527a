// Loads modules of src/ without a build, so that docs are generated from the current sources.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { transformSync } from '@swc/core';
import { ROOT } from './generated.mjs';

/** A relative import, even a dynamic one with a comment for the bundler. */
const IMPORT = /\b(?:from|import) ?\(?(?:\/\*[^*]*\*\/)?\s*["'](\.{1,2}\/[^"']+)\.js["']/g;

const FOLDER = path.join(ROOT, 'build/sources');

/**
 * Creates a function that imports a module by its path below src/. Modules are loaded once, so that all share the
 * same state.
 */
export function createSourceLoader() {
  const written = new Set();
  rmSync(FOLDER, { recursive: true, force: true });
  return (file) => {
    write(file);
    return import(pathToFileURL(path.join(FOLDER, file.replace(/\.ts$/, '.js'))).href);
  };

  /** Writes a module and all its imports as JavaScript. */
  function write(file) {
    if (written.has(file)) return;
    written.add(file);
    const { code } = transformSync(readFileSync(path.join(ROOT, 'src', file), 'utf8'), {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'es6' },
    });
    const target = path.join(FOLDER, file.replace(/\.ts$/, '.js'));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, code);
    for (const [, relative] of code.matchAll(IMPORT))
      write(path.posix.join(path.posix.dirname(file), `${relative}.ts`));
  }
}

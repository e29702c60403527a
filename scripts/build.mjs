// Compiles src/, and bundles each program without unused code into one file of dist/. With --check, reports whether
// dist/ is up to date.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { minify } from 'terser';
import { packageFolders, renderLicences } from './licences.mjs';
import { PROGRAMS } from './rooms.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const BUILD = path.join(ROOT, 'build');
const DIST = path.join(ROOT, 'dist');

/**
 * The bundler keeps the whole code of a package. These options remove unreachable code and shorten names. Nothing
 * else is changed, so that the code of a stack trace can be found.
 */
const MINIFY = {
  module: true,
  compress: { defaults: false, dead_code: true, side_effects: true, unused: true },
  mangle: { keep_classnames: true, keep_fnames: true },
  format: { comments: false },
};

const check = process.argv.includes('--check');
mkdirSync(BUILD, { recursive: true });
const out = mkdtempSync(path.join(BUILD, 'dist-'));
try {
  const compiled = path.join(BUILD, 'js');
  rmSync(compiled, { recursive: true, force: true });
  run('typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', compiled);
  const packages = new Set();
  for (const [name, entry] of Object.entries(PROGRAMS))
    for (const folder of await bundle(path.join(compiled, `${entry}.js`), name)) packages.add(folder);
  // Node.js must treat the files as modules, wherever the folder is.
  writeFileSync(path.join(out, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(path.join(out, 'licenses.txt'), renderLicences(packages));
  if (check) compare();
  else {
    rmSync(DIST, { recursive: true, force: true });
    cpSync(out, DIST, { recursive: true });
  }
} finally {
  rmSync(out, { recursive: true, force: true });
}

/** @returns the folders of the bundled packages */
async function bundle(entry, name) {
  const folder = path.join(out, `${name}.d`);
  run(
    '@vercel/ncc/dist/ncc/cli.js',
    'build',
    entry,
    '-o',
    folder,
    '--stats-out',
    path.join(folder, 'stats.json'),
    '--quiet',
    '--no-cache',
  );
  const made = readdirSync(folder).filter(
    (file) => !['stats.json', 'package.json', 'index.js'].includes(file),
  );
  if (made.length > 0) throw new Error(`${name} needs more than one file: ${made.join(', ')}`);
  const { code } = await minify(readFileSync(path.join(folder, 'index.js'), 'utf8'), MINIFY);
  if (code.includes(ROOT)) throw new Error(`${name} contains a path of this machine`);
  writeFileSync(path.join(out, name), name === 'cli.js' ? `#!/usr/bin/env node\n${code}` : code);
  const folders = packageFolders(JSON.parse(readFileSync(path.join(folder, 'stats.json'), 'utf8')));
  rmSync(folder, { recursive: true });
  return folders;
}

function compare() {
  const names = new Set([...readdirSync(out), ...(existsSync(DIST) ? readdirSync(DIST) : [])]);
  const different = [...names].filter((name) => read(DIST, name) !== read(out, name));
  if (different.length === 0) return;
  console.error(`dist/ is out of date: ${different.join(', ')}. Run "npm run build" and commit the result.`);
  process.exitCode = 1;
}

function read(folder, name) {
  const file = path.join(folder, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function run(script, ...args) {
  execFileSync(process.execPath, [path.join(ROOT, 'node_modules', script), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

// Compiles src/ and bundles each program into one file of dist/. With --check, says whether dist/ is what src/ builds.
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

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const BUILD = path.join(ROOT, 'build');
const DIST = path.join(ROOT, 'dist');

/** What is in dist/, and from which module it is made. */
const PROGRAMS = {
  'index.js': 'entry/action.js',
  'cli.js': 'entry/cli.js',
  'commands.js': 'entry/commands.js',
  'worker.js': 'entry/worker.js',
};

const check = process.argv.includes('--check');
mkdirSync(BUILD, { recursive: true });
const out = mkdtempSync(path.join(BUILD, 'dist-'));
try {
  const compiled = path.join(BUILD, 'js');
  rmSync(compiled, { recursive: true, force: true });
  run('typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', compiled);
  const licences = new Map();
  for (const [name, entry] of Object.entries(PROGRAMS)) bundle(path.join(compiled, entry), name, licences);
  // Node must take the files for modules wherever the folder is put.
  writeFileSync(path.join(out, 'package.json'), '{ "type": "module" }\n');
  const texts = [...licences].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  writeFileSync(path.join(out, 'licenses.txt'), `${texts.join('\n\n')}\n`);
  if (check) compare();
  else {
    rmSync(DIST, { recursive: true, force: true });
    cpSync(out, DIST, { recursive: true });
  }
} finally {
  rmSync(out, { recursive: true, force: true });
}

function bundle(entry, name, licences) {
  const folder = path.join(out, `${name}.d`);
  run(
    '@vercel/ncc/dist/ncc/cli.js',
    'build',
    entry,
    '-o',
    folder,
    '--minify',
    '--license',
    'licenses.txt',
    '--quiet',
    '--no-cache',
  );
  const made = readdirSync(folder).filter(
    (file) => !['licenses.txt', 'package.json', 'index.js'].includes(file),
  );
  if (made.length > 0) throw new Error(`${name} needs more than one file: ${made.join(', ')}`);
  const code = readFileSync(path.join(folder, 'index.js'), 'utf8');
  if (code.includes(ROOT)) throw new Error(`${name} holds a path of this machine`);
  writeFileSync(path.join(out, name), name === 'cli.js' ? `#!/usr/bin/env node\n${code}` : code);
  const file = path.join(folder, 'licenses.txt');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  // Each part begins with the name of the package, then its licence, on lines of their own.
  for (const part of text.split(/\n(?=(?:@[\w.-]+\/)?[\w.-]+\n(?:[A-Z][\w.-]*|\(.*\))\n)/)) {
    const trimmed = part.trim();
    if (trimmed !== '') licences.set(trimmed.split('\n', 1)[0], trimmed);
  }
  rmSync(folder, { recursive: true });
}

function compare() {
  const names = new Set([...readdirSync(out), ...(existsSync(DIST) ? readdirSync(DIST) : [])]);
  const different = [...names].filter((name) => read(DIST, name) !== read(out, name));
  if (different.length === 0) return;
  console.error(
    `dist/ is not what src/ builds: ${different.join(', ')}. Run "npm run build" and commit the result.`,
  );
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

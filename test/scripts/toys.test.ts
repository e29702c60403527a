import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../support/fixtures.js';
import { makeFolder, writeFiles } from '../support/folders.js';

const TOYS = path.join(PROJECT, 'test/fixtures/toys');

/** Publishes notes in one process, to a folder and to a place in the memory of this process. */
const PUBLISH = `
import { writeFileSync } from 'node:fs';
import { createSourceLoader } from './scripts/load-source.mjs';
const load = createSourceLoader();
const { runCommand } = await load('entry/cli/commands.ts');
const { commandHelp } = await load('entry/cli/help.ts');
const codes = [];
const run = async (name, ...args) => codes.push(await runCommand(name, args));
await run('publish', '--format', 'toy', '--site-dir', 'site', '--shout');
await run('publish', '--format', 'toy', '--site-dir', 'site', '--shout');
await run('publish', '--format', 'toy', '--site-toy', 'one');
writeFileSync('notes/a.txt', 'changed');
await run('preview', '--format', 'toy', '--site-toy', 'one');
await run('publish', '--site-dir', 'site', '--shout');
await run('publish', '--site-dir', 'site', '--site-toy', 'one');
console.log(JSON.stringify(codes), commandHelp('publish'));
`;

/** Creates a copy of the project with the toy format and the toy store. */
function projectWithToys(): { folder: string; run: (...args: string[]) => string } {
  const folder = makeFolder();
  for (const name of [
    'src',
    'scripts',
    'test/contract',
    'test/support',
    'package.json',
    'tsconfig.json',
    'jest.config.js',
    '.dependency-cruiser.mjs',
  ])
    cpSync(path.join(PROJECT, name), path.join(folder, name), { recursive: true });
  symlinkSync(path.join(PROJECT, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  cpSync(TOYS, folder, { recursive: true });
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    const output = stdout + stderr;
    // A failed expectation prints the output.
    expect(status === 0 ? '' : output).toBe('');
    return output;
  };
  return { folder, run };
}

/** Changes a line of a file. */
function changeLine(file: string, from: RegExp, to: string): void {
  const text = readFileSync(file, 'utf8');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  expect(changed.split('\n')).toHaveLength(text.split('\n').length);
  writeFileSync(file, changed);
}

test('a format and a store need one line each outside of their folders', () => {
  const { folder, run } = projectWithToys();
  changeLine(path.join(folder, 'src/model/format-name.ts'), /(FORMAT_NAMES = \[.*)\]/, "$1, 'toy']");
  changeLine(path.join(folder, 'src/model/store-name.ts'), /(STORE_NAMES = \[)/, "$1'toy', ");
  run('scripts/generate-registries.mjs');
  run('node_modules/typescript/bin/tsc', '--noEmit');
  run(
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    '--config',
    '.dependency-cruiser.mjs',
    'src',
  );
  const passed = run(
    ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    ...['node_modules/jest/bin/jest.js', 'test/contract/toy'],
  );
  expect(passed).toMatch(/Tests: +\d\d passed/);

  writeFiles(folder, { 'notes/a.txt': 'a', 'publish.mjs': PUBLISH });
  const output = run('publish.mjs');
  expect(output).toContain('1 note added');
  expect(output).toContain('Nothing to publish: the site is up to date.');
  expect(output).toContain('Would be published: 1 note updated');
  // Another format refuses the option of the toy format.
  expect(output).toContain('--shout: it is for the format toy.');
  // Options of two kinds of places exclude each other.
  expect(output).toContain('--site-dir: it cannot be used together with --site-toy.');
  expect(output).toContain('[0,0,0,0,2,2]');
  expect(output).toMatch(/--site-toy NAME +Publish to the memory of this process/);
  expect(output).toMatch(/Only for toys:\n {2}--shout/);
});

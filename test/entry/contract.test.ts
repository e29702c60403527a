import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { COMMANDS } from '../../src/entry/commands/descriptions.js';
import { VERSION } from '../../src/entry/version.js';
import { PROBLEM_CODES } from '../../src/model/problem-codes.js';
import { CHECK_NAMES } from '../../src/model/check-names.js';
import type { OptionTable } from '../../src/model/option.js';
import { formatsOf, PUBLISH_OPTIONS } from '../../src/settings/options.js';
import { VERIFY_OPTIONS } from '../../src/settings/verify-options.js';
import { IMPORT_INPUTS, ROLLBACK_INPUTS } from '../../src/settings/writing-inputs.js';
import { PROJECT, readJson } from '../support/fixtures.js';

interface ActionYml {
  inputs: Record<string, { description: string; default?: string }>;
  outputs: Record<string, { description: string }>;
  runs: { using: string; main: string };
}

const read = (file: string) => readFileSync(path.join(PROJECT, file), 'utf8');
/** The actions by their folders: their program, the table of their inputs, and the files that set their outputs. */
const ACTIONS: Readonly<Record<string, { main: string; options: OptionTable; files: readonly string[] }>> = {
  '': { main: 'dist/index.js', options: PUBLISH_OPTIONS, files: ['report', 'comment'] },
  'verify/': { main: '../dist/verify.js', options: VERIFY_OPTIONS, files: ['verify-site'] },
  'rollback/': { main: '../dist/rollback.js', options: ROLLBACK_INPUTS, files: ['report'] },
  'import/': { main: '../dist/import.js', options: IMPORT_INPUTS, files: ['report'] },
};
const actionIn = (folder: string) => parse(read(`${folder}action.yml`)) as ActionYml;

describe.each(Object.entries(ACTIONS))('%saction.yml', (folder, { main, options, files }) => {
  const action = actionIn(folder);

  test('has the inputs that the code reads', () => {
    const inputs = Object.entries(options)
      .filter(([, { on }]) => on !== 'command line')
      .map(([name]) => name);
    expect(Object.keys(action.inputs).sort()).toEqual(inputs.sort());
    expect(action.runs).toEqual({ using: 'node24', main });
  });

  test('marks the inputs that belong to a single format', () => {
    for (const [name, { description }] of Object.entries(action.inputs)) {
      const [, named] = /^`(imagej|jetbrains)`: /.exec(description) ?? [];
      expect([name, named]).toEqual([name, formatsOf(name)?.join(', ')]);
    }
  });

  test('has the outputs that the code sets', () => {
    const set = files.flatMap((file) => outputsIn(`${file}.ts`));
    expect(Object.keys(action.outputs).sort()).toEqual(set.sort());
  });
});

/** Returns the outputs that a file of the actions sets. */
function outputsIn(file: string): (string | undefined)[] {
  return [...read(`src/entry/action/${file}`).matchAll(/setOutput\('([\w-]+)'/g)].map(([, name]) => name);
}

test('every output belongs to an action', () => {
  const known = new Set(Object.values(ACTIONS).flatMap(({ files }) => files.map((file) => `${file}.ts`)));
  const setting = readdirSync(path.join(PROJECT, 'src/entry/action')).filter(
    (file) => outputsIn(file).length > 0,
  );
  expect(setting.sort()).toEqual([...known].sort());
});

test('the command line has every option that both front ends share', () => {
  const both = Object.entries(PUBLISH_OPTIONS)
    .filter(([, { on }]) => on === 'both')
    .map(([name]) => name);
  for (const command of ['publish', 'preview'] as const)
    expect(Object.keys(COMMANDS[command].options)).toEqual(expect.arrayContaining(both));
  const ofVerify = Object.entries<{ on: string }>(VERIFY_OPTIONS).filter(([, { on }]) => on !== 'action');
  expect(Object.keys(COMMANDS.verify.options)).toEqual(ofVerify.map(([name]) => name));
});

test('the version equals that of the package and occurs in the change log', () => {
  const { version } = readJson(path.join(PROJECT, 'package.json')) as { version: string };
  expect(VERSION).toBe(version);
  expect(read('CHANGELOG.md')).toMatch(
    new RegExp(`^## (\\[?${version.replaceAll('.', '\\.')}\\]?|Unreleased)`, 'm'),
  );
});

test('every code of the catalogue is reported by the code and has its own heading in the docs', () => {
  const sources = readdirSync(path.join(PROJECT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('problem-codes.ts'))
    .map((name) => read(path.join('src', name)))
    .join('\n');
  const codes = Object.keys(PROBLEM_CODES);
  expect(codes.filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
  expect(codes).toEqual([...codes].sort());
  const headings = [...read('docs/troubleshooting.md').matchAll(/^### `([a-z-]+)`$/gm)].map(
    ([, code]) => code,
  );
  expect(headings).toEqual(codes);
});

test('every check has its own heading in the docs', () => {
  const headings = [...read('docs/verify.md').matchAll(/^### `([a-z-]+)`$/gm)].map(([, name]) => name);
  expect(headings).toEqual(CHECK_NAMES);
});

test('examples and README only use existing inputs', () => {
  for (const file of [
    'README.md',
    'examples/maven-build.yml',
    'examples/release-on-tag.yml',
    'examples/application-folder.yml',
    'examples/natives-matrix.yml',
    'examples/preview-comment.yml',
    'examples/verify-site.yml',
    'docs/verify.md',
    'examples/rollback.yml',
    'docs/roll-back.md',
    'examples/import.yml',
    'docs/migrate.md',
    'examples/fork-preview.yml',
    'examples/jetbrains-plugin.yml',
    'docs/jetbrains.md',
    'examples/fork-preview-comment.yml',
    'docs/preview.md',
  ]) {
    const steps = [
      ...read(file).matchAll(
        /uses: pages-update-site\/pages-update-site(?:\/([\w-]+))?@v\d+\n((?:\s+.*\n)*?)(?=\s*(?:-|```|$))/gm,
      ),
    ];
    expect(steps.length).toBeGreaterThan(0);
    for (const [, folder, block = ''] of steps) {
      const inputs = Object.keys(actionIn(folder === undefined ? '' : `${folder}/`).inputs);
      const given = /\bwith:\n([\s\S]*)/.exec(block)?.[1] ?? '';
      const indent = /^\s*/.exec(given)?.[0] ?? '';
      for (const [, name] of given.matchAll(new RegExp(`^${indent}([\\w-]+):`, 'gm')))
        expect(inputs).toContain(name);
    }
  }
});

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { COMMANDS } from '../../src/entry/commands/descriptions.js';
import { CHECK_NAMES } from '../../src/model/check-names.js';
import { PROBLEM_CODES } from '../../src/model/problem-codes.js';
import type { Option } from '../../src/model/option.js';
import { formatsOf, PUBLISH_OPTIONS } from '../../src/settings/options.js';
import { PROJECT, readJson } from '../support/fixtures.js';
import { makeFolder, writeFiles } from '../support/folders.js';
import { makeBareRepository } from '../support/git.js';
import { pluginZip } from '../support/plugin-archive.js';
import { runAction, runCli } from '../support/program.js';

/**
 * What users and their scripts rely on, as it was last changed intentionally. `UPDATE_GOLDEN=1 npm test --
 * users-contract` updates it; review the diff, and describe the change in the change log.
 */
const FILE = path.join(PROJECT, 'test/fixtures/contract/users-contract.json');
const SITE = ['--timestamp', '20261120093212', '--site-url', 'https://lab.github.io/tools/'];

/** Returns each key of a value with its path; the items of a list share theirs. */
function keysOf(value: unknown, way = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => keysOf(item, `${way}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    `${way}.${key}`,
    ...keysOf(inner, `${way}.${key}`),
  ]);
}

function sorted(keys: readonly string[]): string[] {
  return [...new Set(keys)].sort();
}

/** An option without its texts. */
function shapeOf(name: string, { kind, placeholder, on }: Option): unknown {
  return { kind, placeholder, on, format: on === 'command line' ? undefined : formatsOf(name)?.join(', ') };
}

function shapesOf(options: Readonly<Record<string, Option>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(options)
      .sort()
      .map((name) => [name, shapeOf(name, options[name] as Option)]),
  );
}

const ajv = new Ajv({ allErrors: true });

/** The output of the program conforms to the schemas in docs/. */
function requireSchema(name: 'result' | 'report' | 'verify', value: unknown): void {
  const schema = readJson(path.join(PROJECT, `docs/${name}.schema.json`)) as { $id: string };
  const validate = ajv.getSchema(schema.$id) ?? ajv.compile(schema);
  expect(validate(value) ? [] : validate.errors).toEqual([]);
}

/** Publications of both formats with many kinds of messages, a comparison, and a run that fails. */
function runAll() {
  const cwd = makeFolder();
  const report = path.join(cwd, 'report.json');
  const keys = { result: [] as string[], reportFile: [] as string[] };
  const codes: Record<string, number | null> = {};
  const run = (what: string, ...args: string[]) => {
    const ran = runCli([...args, '--json'], { cwd });
    codes[what] = ran.code;
    if (ran.stdout.startsWith('{')) {
      const result: unknown = JSON.parse(ran.stdout);
      requireSchema('result', result);
      keys.result.push(...keysOf(result));
    }
    return ran;
  };
  const keepReport = () => {
    requireSchema('report', readJson(report));
    keys.reportFile.push(...keysOf(readJson(report)));
  };
  const imagej = ['--remote', makeBareRepository(), ...SITE, '--files'];
  writeFiles(cwd, { 'Tool.ijm': 'print(1);', 'Other.ijm': 'print(2);' });
  run('publish', 'publish', ...imagej, '*.ijm => macros/', '--report-file', report);
  keepReport();
  run('publish nothing new', 'publish', ...imagej, '*.ijm => macros/');
  writeFiles(cwd, {
    'Tool.ijm': 'print(3);',
    'update-site.yml': 'files:\n  macros/Tool.ijm:\n    description: A tool\n',
  });
  const changing = [
    '--remove',
    'macros/Other.ijm',
    '--config',
    'update-site.yml',
    '--timestamp',
    '20261121093212',
  ];
  run('preview', 'preview', ...imagej, 'Tool.ijm => macros/', ...changing, '--diff', '--report-file', report);
  keepReport();
  run('refused', 'publish', ...imagej, 'Tool.ijm => macros/', '--remove', 'jars/unknown.jar');
  run('wrong usage', 'publish', '--no-such-option');
  run('not found', 'publish', '--remote', path.join(cwd, 'nothing.git'), '--files', 'Tool.ijm => macros/');

  const jetbrains = ['--format', 'jetbrains', '--remote', makeBareRepository(), ...SITE];
  writeFiles(cwd, {
    'one.zip': pluginZip({ version: '1.0', ideaVersion: 'since-build="251" until-build="252.*"' }),
    'two.zip': pluginZip({ version: '1.1', ideaVersion: 'since-build="252"' }),
  });
  run('publish a plugin', 'publish', ...jetbrains, '--files', 'one.zip', '--report-file', report);
  keepReport();
  run('preview a plugin', 'preview', ...jetbrains, '--files', 'two.zip', '--diff', '--report-file', report);
  keepReport();

  const record = (name: string) =>
    `<plugin filename="jars/${name}.jar"><version checksum="a" timestamp="20260101000000" filesize="5"/></plugin>`;
  writeFiles(cwd, {
    'old.xml': `<pluginRecords>${record('a-1')}${record('b')}</pluginRecords>`,
    'new.xml': `<pluginRecords>${record('a-1').replace('filesize="5"', 'filesize="6"')}${record('c')}</pluginRecords>`,
  });
  run('diff', 'diff', 'old.xml', 'new.xml', '--diff');
  for (const args of [
    ['--version'],
    ['--help'],
    ['checksum', 'Tool.ijm', '--as', 'macros/Tool.ijm'],
    ['publich'],
  ])
    codes[args.join(' ')] = runCli(args, { cwd }).code;
  return { exitCodes: codes, resultKeys: sorted(keys.result), reportFileKeys: sorted(keys.reportFile) };
}

/** The inputs and outputs of an action, by the path of its description. */
function readAction(file: string) {
  const { inputs, outputs } = parse(readFileSync(path.join(PROJECT, file), 'utf8')) as {
    inputs: Record<string, { default?: string; required?: boolean }>;
    outputs: object;
  };
  const shapes = Object.entries(inputs).map(([name, { default: usual, required }]) => [
    name,
    { usual, required },
  ]);
  return {
    inputs: Object.fromEntries(shapes) as Record<string, unknown>,
    outputs: Object.keys(outputs).sort(),
  };
}

/** Checks of a site that passes, and of the same site without a file. */
async function verifyAll(cwd: string) {
  const site = path.join(cwd, 'site');
  const args = ['verify', site, '--json', '--upstream', 'none'];
  const exitCodes: Record<string, number | null> = {};
  const keys: string[] = [];
  const verify = (what: string) => {
    const { code, stdout } = runCli(args, { cwd });
    requireSchema('verify', JSON.parse(stdout));
    exitCodes[what] = code;
    keys.push(...keysOf(JSON.parse(stdout)));
  };
  verify('passed');
  rmSync(path.join(site, 'macros/Tool.ijm-20261120093212'));
  verify('failed');
  const { code, outputs } = await runAction({ site }, { cwd, program: 'verify' });
  requireSchema('verify', JSON.parse(outputs['result'] ?? ''));
  return {
    checks: CHECK_NAMES,
    exitCodes,
    resultKeys: sorted(keys),
    ...readAction('verify/action.yml'),
    action: { exitCode: code, outputs: Object.keys(outputs).sort() },
  };
}

/** The inputs and outputs of an action that changes a site, and of a run of it. */
async function runSubAction(program: 'rollback' | 'import', inputs: Record<string, string>, cwd: string) {
  const { code, outputs } = await runAction(inputs, { cwd, program });
  requireSchema('result', JSON.parse(outputs['result'] ?? ''));
  return {
    ...readAction(`${program}/action.yml`),
    action: { exitCode: code, outputs: Object.keys(outputs).sort() },
  };
}

test('codes, JSON keys, options, inputs, outputs and exit codes are those that users rely on', async () => {
  const { inputs: inputShapes, outputs: outputNames } = readAction('action.yml');
  const cwd = makeFolder();
  writeFiles(cwd, { 'Tool.ijm': 'print(1);' });
  const inputs = {
    mode: 'publish',
    files: 'Tool.ijm => macros/',
    'site-dir': 'site',
    timestamp: '20261120093212',
  };
  const { code, outputs } = await runAction(inputs, { cwd });
  const contract = {
    problemCodes: Object.fromEntries(
      Object.entries(PROBLEM_CODES).map(([name, { severity }]) => [name, severity]),
    ),
    options: shapesOf(PUBLISH_OPTIONS),
    commands: Object.fromEntries(
      Object.entries(COMMANDS).map(([name, { options }]) => [name, shapesOf(options)]),
    ),
    inputs: inputShapes,
    outputs: outputNames,
    action: { exitCode: code, outputs: Object.keys(outputs).sort() },
    ...runAll(),
    rollback: await runSubAction('rollback', { to: inputs.timestamp, 'site-dir': 'site' }, cwd),
    import: await runSubAction('import', { from: 'site', 'site-dir': 'copy' }, cwd),
    verify: await verifyAll(cwd),
  };
  if (process.env['UPDATE_GOLDEN'] !== undefined)
    writeFileSync(FILE, `${JSON.stringify(contract, undefined, 2)}\n`);
  expect(JSON.parse(JSON.stringify(contract))).toEqual(readJson(FILE));
});

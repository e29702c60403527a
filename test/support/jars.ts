import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { unversionedPath } from '../../src/formats/imagej/file-name.js';
import { compareText } from '../../src/model/site-path.js';
import { makeFolder } from './folders.js';
import { filesOf, git, makeBareRepository } from './git.js';
import { runCli } from './program.js';

/** Problems of jars that do not belong together. */
const INCOMPLETE = new Set(['missing-dependency', 'duplicate-class']);

/** Returns the last jar of each component by name: a site cannot have several versions of a component. */
export function onePerComponent(files: readonly string[]): readonly string[] {
  const byComponent = new Map<string, string>();
  for (const file of [...files].sort(
    (a, b) => compareText(path.basename(a), path.basename(b)) || compareText(a, b),
  ))
    byComponent.set(unversionedPath(path.basename(file)), file);
  return [...byComponent.values()].sort(compareText);
}

/**
 * Publishes jars as an application folder to a branch, twice.
 *
 * @returns the problems of the preview without those of dependencies, as `severity code path`
 */
export function publishJars(jars: readonly string[]): string[] {
  const cwd = makeFolder();
  const folder = path.join(cwd, 'app/jars');
  mkdirSync(folder, { recursive: true });
  for (const jar of jars) copyFileSync(jar, path.join(folder, path.basename(jar)));
  const names = readdirSync(folder);
  expect(names).toHaveLength(jars.length);
  const repository = makeBareRepository();
  const common = ['--app-dir', 'app', '--complete-site', '--remote', repository, '--json'];
  const options = { cwd, timeoutMs: 30 * 60 * 1000 };
  const preview = JSON.parse(runCli(['preview', ...common], options).stdout) as {
    problems: { severity: string; code: string; path?: string }[];
  };
  const problems = preview.problems
    .filter(({ code }) => !INCOMPLETE.has(code))
    .map(({ severity, code, path: where }) => `${severity} ${code} ${where ?? ''}`);
  if (problems.some((problem) => problem.startsWith('error'))) return problems;
  const args = ['publish', ...common, '--dependencies', 'none'];
  const first = runCli(args, options);
  expect(first).toMatchObject({ code: 0 });
  const { changes, timestamp } = JSON.parse(first.stdout) as { changes: unknown[]; timestamp: string };
  expect(changes).toHaveLength(names.length);
  expect(filesOf(repository)).toEqual([
    '.nojekyll',
    'db.xml.gz',
    ...names.map((name) => `jars/${name}-${timestamp}`).sort(compareText),
  ]);
  const second = runCli(args, options);
  expect(JSON.parse(second.stdout)).toMatchObject({ changed: false, changes: [], unchanged: names.length });
  expect(git(repository, 'rev-list', '--count', 'gh-pages').trim()).toBe('1');
  return problems;
}

import { statSync } from 'node:fs';
import path from 'node:path';
import semver from 'semver';
import { PROJECT, readJson } from '../support/fixtures.js';

/** Maximum size of each program, in bytes. A commit that raises a limit explains why. */
const BUDGET: Readonly<Record<string, number>> = {
  'action.js': 2_200_000,
  'cli.js': 30_000,
  'commands.js': 1_500_000,
  'import.js': 3_000,
  'index.js': 3_000,
  'rollback.js': 3_000,
  'verify.js': 3_000,
  'worker.js': 90_000,
};

interface Lockfile {
  packages: Record<string, { version: string; dev?: boolean; engines?: { node?: string } }>;
}

test.each(Object.entries(BUDGET))('dist/%s stays within its budget of %d bytes', (name, budget) => {
  const { size } = statSync(path.join(PROJECT, 'dist', name));
  expect(size).toBeLessThanOrEqual(budget);
  expect(size).toBeGreaterThan(budget / 2);
});

test('every package that dist/ may contain runs on the oldest supported Node.js', () => {
  const { engines } = readJson(path.join(PROJECT, 'package.json')) as { engines: { node: string } };
  const oldest = semver.minVersion(engines.node)?.version ?? '';
  expect(oldest).toBe('20.0.0');
  const { packages } = readJson(path.join(PROJECT, 'package-lock.json')) as Lockfile;
  const bundled = Object.entries(packages).filter(([folder, { dev }]) => folder !== '' && dev !== true);
  expect(bundled.length).toBeGreaterThan(20);
  const incompatible = bundled
    .filter(([, { engines }]) => !semver.satisfies(oldest, engines?.node ?? '*'))
    .map(([folder, { version, engines }]) => `${folder} ${version} requires Node.js ${engines?.node ?? ''}`);
  expect(incompatible).toEqual([]);
});

// Changes pure code in many small ways, and finds the changes that tests do not detect. See CONTRIBUTING.md.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stryker } from '@stryker-mutator/core';
import { globSync } from 'tinyglobby';
import { isInSample, SAMPLE } from './mutation-sample.mjs';

const USAGE = `usage: npm run mutation -- CODE... [TESTS...]

  CODE   a folder below src/, a file or a pattern: "formats/jetbrains", "src/xml/text.ts", "src/maven/*.ts"
  TESTS  folders below test/ besides those that belong to the code: "test/formats"

The tests that belong to src/ROOM are those of test/ROOM and of test/conformance. A run ends after ${minutes()} minutes
(MUTATION_MINUTES=60 for more) with partial results; the next one continues from there, and repeats only what has
changed. MUTATION_SAMPLE=20 tries only a random 20 % of the changes, for a score in little time.
`;

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const WORK = 'build/mutation';
const RESULTS = path.join(WORK, 'results.json');
/** Message of the runner (mutation-runner.mjs) for changes that it did not try. */
const NO_TIME = 'not tried';

process.chdir(ROOT);
const names = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
const code = findCode(names.filter((name) => !isBelow(name, 'test')));
if (code.length === 0) {
  console.error(names.length > 0 ? `No code found.\n\n${USAGE}` : USAGE);
  process.exit(2);
}
const tests = findTests(
  code,
  names.filter((name) => isBelow(name, 'test')),
);

mkdirSync(WORK, { recursive: true });
process.env.MUTATION_DEADLINE = String(Date.now() + minutes() * 60_000);
process.env.MUTATION_NO_TIME = NO_TIME;
process.env.MUTATION_TESTS = path.resolve(WORK, 'tests.json');
await new Stryker({
  mutate: code,
  plugins: ['./scripts/mutation-runner.mjs'],
  testRunner: 'jest-fast-first',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: {
    configFile: 'jest.config.js',
    config: {
      // Jest follows only imports below its roots when it determines the tests that load a file.
      roots: ['<rootDir>/src', '<rootDir>/test'],
      testMatch: tests.map((folder) => `<rootDir>/${folder}/**/*.test.ts`),
      // Tests of speed only count steps, and detect almost no change that the others do not.
      testPathIgnorePatterns: ['/node_modules/', '\\.linear\\.test\\.ts$'],
      setupFiles: ['<rootDir>/test/support/quick-properties.js'],
      // Counting which test runs which code makes the slowest tests several times slower.
      testTimeout: 300_000,
      // The path of the copy differs each time, so that a cache in it would never be used again.
      cacheDirectory: '<rootDir>/.jest-cache',
    },
  },
  coverageAnalysis: 'perTest',
  concurrency: availableParallelism(),
  // A busy machine must not look like an endless test; endless loops are detected by counting.
  timeoutFactor: 5,
  // The modules of finished tests stay in memory.
  maxTestRunnerReuse: 100,
  // The tests are compiled without type checks.
  disableTypeChecks: false,
  incremental: true,
  incrementalFile: RESULTS,
  tempDirName: path.join(WORK, 'copies'),
  ignorePatterns: ['/bench', '/build', '/coverage', '/dist'],
  reporters: ['progress-append-only', 'html'],
  htmlReporter: { fileName: path.join(WORK, 'report.html') },
  warnings: { unknownOptions: false },
}).runMutationTest();
report(readResults());

function minutes() {
  return Number(process.env.MUTATION_MINUTES ?? 30);
}

function isBelow(name, folder) {
  return name === folder || name.startsWith(`${folder}/`);
}

/** Finds the files for the names, as paths from the root of the project. */
function findCode(given) {
  const patterns = given.map((name) => {
    const below = isBelow(name, 'src') ? name : `src/${name}`;
    return existsSync(below) && statSync(below).isDirectory() ? `${below}/**/*.ts` : below;
  });
  return globSync(patterns, { cwd: ROOT }).sort();
}

/** Finds the folders of the tests that may detect changes of the files. */
function findTests(files, given) {
  const own = files.map((file) => {
    let folder = path.posix.dirname(file).replace(/^src\b/, 'test');
    while (folder !== 'test' && !existsSync(folder)) folder = path.posix.dirname(folder);
    return folder;
  });
  if (own.includes('test') && given.length === 0) {
    console.error(`No tests found for some of the code: name them.\n\n${USAGE}`);
    process.exit(2);
  }
  return [...new Set([...own.filter((folder) => folder !== 'test'), 'test/conformance', ...given])];
}

/**
 * Reads the results without the changes for which no time was left, so that the next run tries them. Counts those of
 * the sample by file.
 */
function readResults() {
  const results = JSON.parse(readFileSync(RESULTS, 'utf8'));
  const left = {};
  for (const [name, file] of Object.entries(results.files)) {
    const untried = file.mutants.filter(({ statusReason }) => statusReason === NO_TIME);
    file.mutants = file.mutants.filter(({ statusReason }) => statusReason !== NO_TIME);
    left[name] = untried.filter((mutant) => isInSample(name, mutant, 1)).length;
  }
  writeFileSync(RESULTS, JSON.stringify(results));
  return { files: results.files, left };
}

function report({ files, left }) {
  const rows = [];
  for (const name of code) {
    const { mutants, source } = files[name] ?? { mutants: [], source: '' };
    const lines = source.split('\n');
    const sample = mutants.filter((mutant) => isInSample(name, mutant, 1));
    const unnoticed = sample.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
    const noticed = sample.filter(({ status }) => status === 'Killed' || status === 'Timeout');
    rows.push({
      name,
      noticed: noticed.length,
      all: noticed.length + unnoticed.length,
      left: left[name] ?? 0,
    });
    for (const { location, mutatorName, replacement, status } of unnoticed) {
      const { line, column } = location.start;
      const why = status === 'NoCoverage' ? ', not run by any test' : '';
      console.log(`${name}:${line}:${column} ${mutatorName}${why}`);
      console.log(`  - ${lines[line - 1]?.trim()}`);
      console.log(`  + ${String(replacement).replace(/\s+/g, ' ').slice(0, 120)}`);
    }
  }
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  rows.push({ name: 'all', noticed: sum('noticed'), all: sum('all'), left: sum('left') });
  const width = Math.max(...rows.map(({ name }) => name.length));
  console.log(`\n${''.padEnd(width)}   changes  noticed`);
  for (const row of rows)
    console.log(`${row.name.padEnd(width)}${String(row.all).padStart(10)}  ${scoreOf(row)}`);
  console.log(`\nDetails: ${path.join(WORK, 'report.html')}`);
  if (SAMPLE < 100) console.log(`Only ${SAMPLE} % of the changes were to be tried, chosen at random.`);
  const untried = rows.at(-1).left;
  if (untried > 0) console.log(`No time was left for ${untried} changes: run it again to continue.`);
}

/** Changes that no test runs are known without trying, so a score without the others would be too low. */
function scoreOf({ noticed, all, left }) {
  if (left > 0) return `${left} left`.padStart(7);
  return (all === 0 ? 'none' : `${((100 * noticed) / all).toFixed(1)} %`).padStart(7);
}

// Measures which parts of src/ the tests run, in their own process and in the programs that they start.
// See CONTRIBUTING.md.
//
//   npm run coverage [-- TESTS]
//
// The tests run on a build that is not bundled or minified. V8 counts, and nothing is instrumented.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { mergeProcessCovs } from '@bcoe/v8-coverage';
import { parse } from 'acorn';
import { convert } from 'ast-v8-to-istanbul';
import istanbulCoverage from 'istanbul-lib-coverage';
import istanbulReport from 'istanbul-lib-report';
import istanbulReports from 'istanbul-reports';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const BUILD = path.join(ROOT, 'build/coverage');
const JS = path.join(BUILD, 'js');
const RAW = path.join(BUILD, 'raw');
const FLOORS = path.join(ROOT, 'test/coverage-floors.json');
/**
 * Margin between a figure and its floor: tests with random values and races do not run exactly the same each time.
 */
const MARGIN = 0.5;
const MEASURES = ['statements', 'branches', 'functions', 'lines'];

const tests = process.argv.slice(2);
build();
const passed = runTests();
const map = await toSources(readCounts());
writeReport(map);
const areFloorsMet = report(map, JSON.parse(readFileSync(FLOORS, 'utf8')));
process.exitCode = passed && areFloorsMet ? 0 : 1;

function build() {
  rmSync(BUILD, { recursive: true, force: true });
  mkdirSync(RAW, { recursive: true });
  run('typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', JS, '--sourceMap', '--inlineSources');
  // Otherwise every process would write the maps of all files that it has loaded.
  for (const file of programFiles()) {
    const code = readFileSync(file, 'utf8');
    writeFileSync(file, code.replace(/^\/\/# sourceMappingURL=.*$/m, ''));
  }
}

function runTests() {
  const { status } = spawnSync('npm', ['test', '--', '--config', 'jest.coverage.config.js', ...tests], {
    cwd: ROOT,
    env: { ...process.env, NODE_V8_COVERAGE: RAW, TESTED_BUILD: JS },
    stdio: 'inherit',
  });
  return status === 0;
}

/** Reads the counts of all processes for the build, by URL of the file. */
function readCounts() {
  const ours = pathToFileURL(JS).href + '/';
  let merged = { result: [] };
  let some = [];
  const files = readdirSync(RAW);
  for (const [at, file] of files.entries()) {
    const { result } = JSON.parse(readFileSync(path.join(RAW, file), 'utf8'));
    some.push({ result: result.filter(({ url }) => url.startsWith(ours)) });
    // In batches, because all of them do not fit into memory.
    if (some.length < 50 && at < files.length - 1) continue;
    merged = mergeProcessCovs([merged, ...some]);
    some = [];
  }
  rmSync(RAW, { recursive: true });
  return new Map(merged.result.map((script) => [script.url, script]));
}

/** Converts the counts to statements, branches and functions of src/. Files that were never loaded count, too. */
async function toSources(counts) {
  const map = istanbulCoverage.createCoverageMap();
  for (const file of programFiles()) {
    const code = readFileSync(file, 'utf8');
    const url = pathToFileURL(file).href;
    const converted = await convert({
      ast: parse(code, { ecmaVersion: 'latest', sourceType: 'module' }),
      code,
      wrapperLength: 0,
      coverage: counts.get(url) ?? neverLoaded(url, code),
      sourceMap: JSON.parse(readFileSync(`${file}.map`, 'utf8')),
    });
    map.merge(converted);
  }
  return map;
}

function neverLoaded(url, code) {
  const ranges = [{ startOffset: 0, endOffset: code.length, count: 0 }];
  return { scriptId: '0', url, functions: [{ functionName: '', ranges, isBlockCoverage: true }] };
}

function writeReport(map) {
  const context = istanbulReport.createContext({ dir: path.join(BUILD, 'html'), coverageMap: map });
  istanbulReports.create('html').execute(context);
}

/**
 * Prints the figures of the rooms beside their floors.
 *
 * @returns whether no figure is below its floor
 */
function report(map, floors) {
  const rooms = Object.keys(floors);
  const summaries = new Map(rooms.map((room) => [room, istanbulCoverage.createCoverageSummary()]));
  for (const file of map.files()) {
    const name = path.relative(ROOT, file).split(path.sep).join('/');
    const summary = map.fileCoverageFor(file).toSummary();
    summaries.get('total').merge(summary);
    const room = rooms.find((folder) => name.startsWith(`${folder}/`));
    if (room === undefined) throw new Error(`${name} is not in a folder of ${path.relative(ROOT, FLOORS)}.`);
    summaries.get(room).merge(summary);
  }

  const width = Math.max(...rooms.map((room) => room.length));
  console.log(`\n${''.padEnd(width)}${MEASURES.map((measure) => measure.padStart(12)).join('')}`);
  const [low, high] = [[], []];
  for (const [room, summary] of summaries) {
    const figures = MEASURES.map((measure) => {
      const { pct, total } = summary[measure];
      const floor = floors[room][measure];
      if (floor !== undefined && !(pct >= floor)) low.push(`${room}: ${measure} ${pct} %, floor ${floor} %`);
      const possible = Math.floor((pct - MARGIN) * 10) / 10;
      if (floor !== undefined && possible >= floor + 1)
        high.push(`${room}: ${measure} from ${floor} to ${possible}`);
      return (total === 0 ? 'none' : pct.toFixed(2)).padStart(12);
    });
    console.log(room.padEnd(width) + figures.join(''));
  }
  console.log(`\nLine by line: ${path.relative(process.cwd(), path.join(BUILD, 'html/index.html'))}`);
  // A selection of tests cannot be compared with the floors.
  if (tests.length > 0) return true;
  if (high.length > 0) console.log(`\nThese floors may be raised:\n  ${high.join('\n  ')}`);
  if (low.length > 0)
    console.error(`\nBelow the floor (${path.relative(ROOT, FLOORS)}):\n  ${low.join('\n  ')}`);
  return low.length === 0;
}

function programFiles() {
  return readdirSync(JS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .sort()
    .map((name) => path.join(JS, name));
}

function run(script, ...args) {
  execFileSync(process.execPath, [path.join(ROOT, 'node_modules', script), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

// Measures the figures in docs/performance.md, each as a ratio to a baseline in the same run, because machines are
// noisy.
// Usage: npm run bench [-- NAME...]; prints a table, and with --json an object.
// With --once, each runs once with little work on the last build, to check that it works.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const BENCHMARKS = ['checksums', 'dependencies', 'publish', 'index', 'repository', 'site-care', 'start-up'];

const words = process.argv.slice(2);
const json = words.includes('--json');
const quick = words.includes('--once');
const wanted = words.filter((word) => !word.startsWith('--'));
const unknown = wanted.filter((name) => !BENCHMARKS.includes(name));
if (unknown.length > 0) {
  console.error(`Unknown benchmark: ${unknown.join(', ')}. Known: ${BENCHMARKS.join(', ')}.`);
  process.exit(2);
}

// The benchmarks measure the sources, not an old build in dist/.
if (!quick)
  execFileSync(process.execPath, [path.join(ROOT, 'scripts/build.mjs')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });

const rows = [];
for (const name of BENCHMARKS.filter((name) => wanted.length === 0 || wanted.includes(name))) {
  const { measure } = await import(`./${name}.mjs`);
  const folder = mkdtempSync(path.join(os.tmpdir(), `update-site-bench-`));
  try {
    for (const row of await measure({ root: ROOT, folder, quick })) {
      rows.push(row);
      if (!Number.isFinite(row.value)) throw new Error(`${row.what}: ${row.value}`);
      if (!json && !quick) console.log(render(row));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
if (quick) {
  console.log(`${rows.length} figures of ${wanted.length || BENCHMARKS.length} benchmarks can be measured.`);
  process.exit();
}
const missed = rows.filter(({ value, limit }) => value > limit);
if (json) {
  const machine = {
    cores: os.availableParallelism(),
    cpu: os.cpus()[0]?.model,
    node: process.version,
    system: `${os.type()} ${os.release()}`,
  };
  console.log(JSON.stringify({ machine, rows }, undefined, 2));
} else {
  console.log(
    missed.length === 0
      ? '\nAll within their limits.'
      : `\nMissed: ${missed.map(({ what }) => what).join(', ')}.`,
  );
}

function render({ what, value, limit, unit, detail }) {
  const mark = value <= limit ? 'ok    ' : 'MISSED';
  return `${mark} ${what.padEnd(46)} ${`${value.toFixed(2)} ${unit}`.padStart(12)}  (limit ${limit} ${unit})  ${detail}`;
}

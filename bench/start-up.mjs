// The start-up time of `--version`, beyond that of Node.js itself.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { medians } from './timing.mjs';

const ROUNDS = 15;

export async function measure({ root, quick }) {
  const run = (...args) => execFileSync(process.execPath, args);
  const times = await medians(
    { baseline: () => run('-e', '0'), ours: () => run(path.join(root, 'dist/cli.js'), '--version') },
    quick ? 1 : ROUNDS,
  );
  return [
    {
      what: 'start-up of --version, beyond node -e 0',
      value: times.ours - times.baseline,
      limit: 60,
      unit: 'ms',
      detail: `${times.ours.toFixed(0)} ms to ${times.baseline.toFixed(0)} ms`,
    },
  ];
}

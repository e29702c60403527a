// Publishing one file to a branch with 500 MB of payloads, compared with a shallow clone of it.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { medians } from './timing.mjs';

const PAYLOADS = 250;
const PAYLOAD_BYTES = 2_000_000;
const ROUNDS = 3;

export async function measure({ root, folder, quick }) {
  const payloads = quick ? 2 : PAYLOADS;
  const repository = path.join(folder, 'site.git');
  execFileSync('git', ['init', '--quiet', '--bare', repository]);
  // As on GitHub.
  execFileSync('git', ['-C', repository, 'config', 'uploadpack.allowFilter', 'true']);
  const app = path.join(folder, 'app');
  mkdirSync(path.join(app, 'lib'), { recursive: true });
  for (let at = 0; at < payloads; at++)
    writeFileSync(path.join(app, `lib/payload-${at}.bin`), randomBytes(PAYLOAD_BYTES));
  const remote = `file://${repository}`;
  publish(root, folder, app, remote);
  const next = path.join(folder, 'next');
  mkdirSync(path.join(next, 'macros'), { recursive: true });

  let round = 0;
  const times = await medians(
    {
      baseline: () => {
        const clone = path.join(folder, 'clone');
        execFileSync('git', ['clone', '--quiet', '--depth', '1', '--branch', 'gh-pages', remote, clone]);
        rmSync(clone, { recursive: true });
      },
      ours: () => {
        writeFileSync(path.join(next, 'macros/Tool.ijm'), `print(${round++});`);
        publish(root, folder, next, remote);
      },
    },
    quick ? 1 : ROUNDS,
  );
  writeFileSync(path.join(next, 'macros/Tool.ijm'), 'print("measured");');
  const written = writtenBy(root, folder, next, remote);
  const sizeBytes = payloads * PAYLOAD_BYTES;
  return [
    {
      what: 'publish one file, to git clone --depth 1',
      value: times.ours / times.baseline,
      limit: 0.15,
      unit: '×',
      detail: `${times.ours.toFixed(0)} ms to ${times.baseline.toFixed(0)} ms for a branch of ${sizeBytes / 1e6} MB`,
    },
    {
      what: 'publish one file, bytes written',
      value: written / 1e6,
      limit: 5,
      unit: 'MB',
      detail: 'in our repository, and by the remote',
    },
  ];
}

function publish(root, temp, app, remote, env = {}) {
  execFileSync(
    process.execPath,
    [path.join(root, 'dist/cli.js'), 'publish', '--app-dir', app, '--remote', remote, '--upstream', 'none'],
    {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
}

/**
 * Measures the bytes that a publication writes: its temporary folder, which a `git` copies before the push, and the
 * growth of the remote.
 */
function writtenBy(root, folder, app, remote) {
  const temp = mkdtempSync(path.join(folder, 'temp-'));
  const kept = path.join(folder, 'kept');
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  writeFileSync(
    path.join(bin, 'git'),
    `#!/bin/sh\n[ "$1" = push ] && cp -R "${temp}" "${kept}"\nexec "${real}" "$@"\n`,
    { mode: 0o755 },
  );
  const before = sizeOf(remote.replace('file://', ''));
  publish(root, folder, app, remote, {
    RUNNER_TEMP: temp,
    PATH: `${bin}${path.delimiter}${process.env.PATH}`,
  });
  return sizeOf(kept) + sizeOf(remote.replace('file://', '')) - before;
}

function sizeOf(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => statSync(path.join(folder, name)))
    .reduce((sum, kind) => sum + (kind.isFile() ? kind.size : 0), 0);
}

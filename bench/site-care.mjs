// Checking a site of 200 MB and writing its backup, compared with reading its files and computing SHA-1 in one thread,
// and with copying them and computing SHA-256.
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import AdmZip from 'adm-zip';
import { medians } from './timing.mjs';

const JARS = 50;
const ENTRIES = 4;
const ENTRY_BYTES = 1_000_000;
const ROUNDS = 5;

export async function measure({ root, folder, quick }) {
  const jars = quick ? 2 : JARS;
  makeApplication(path.join(folder, 'app'), jars);
  const run = (...args) =>
    execFileSync(process.execPath, [path.join(root, 'dist/cli.js'), ...args], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  run('publish', '--app-dir', 'app', '--site-dir', 'site', '--upstream', 'none');
  const payloads = readdirSync(path.join(folder, 'site/jars'));
  const times = await medians(
    {
      read: () => {
        for (const name of payloads) sumOf('sha1', path.join(folder, 'site/jars', name));
      },
      verify: () => run('verify', 'site', '--upstream', 'none'),
      copy: () => {
        mkdirSync(path.join(folder, 'copy'));
        for (const name of payloads) {
          const copy = path.join(folder, 'copy', name);
          copyFileSync(path.join(folder, 'site/jars', name), copy);
          sumOf('sha256', copy);
        }
        rmSync(path.join(folder, 'copy'), { recursive: true });
      },
      export: () => run('export', 'backup.zip', 'site', '--force'),
    },
    quick ? 1 : ROUNDS,
  );
  const size = `a site of ${(jars * ENTRIES * ENTRY_BYTES) / 1e6} MB`;
  return [
    {
      what: 'verify, to read + SHA-1 in one thread',
      value: times.verify / times.read,
      limit: 5,
      unit: '×',
      detail: `${times.verify.toFixed(0)} ms to ${times.read.toFixed(0)} ms for ${size}`,
    },
    {
      what: 'export, to copy + SHA-256 in one thread',
      value: times.export / times.copy,
      limit: 8,
      unit: '×',
      detail: `${times.export.toFixed(0)} ms to ${times.copy.toFixed(0)} ms for ${size}`,
    },
  ];
}

/** Writes jars whose entries cannot be compressed. */
function makeApplication(app, jars) {
  mkdirSync(path.join(app, 'jars'), { recursive: true });
  for (let at = 0; at < jars; at++) {
    const zip = new AdmZip();
    for (let entry = 0; entry < ENTRIES; entry++) zip.addFile(`data/${entry}.bin`, randomBytes(ENTRY_BYTES));
    writeFileSync(path.join(app, `jars/data${at}lib.jar`), zip.toBuffer());
  }
}

function sumOf(algorithm, file) {
  return createHash(algorithm).update(readFileSync(file)).digest('hex');
}

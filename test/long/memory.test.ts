import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { constants, deflateRawSync } from 'node:zlib';
import { makeFolder } from '../support/folders.js';
import { runCli } from '../support/program.js';
import { makeZip } from '../support/zip.js';

const GIB = 1024 * 1024 * 1024;
const MIB = 1024 * 1024;

test('publishes two jars of 7 MB, each with an entry of 1 GiB, with less than 400 MB of memory', () => {
  const cwd = makeFolder();
  mkdirSync(path.join(cwd, 'app/jars'), { recursive: true });
  // A few kilobytes per megabyte are incompressible. Otherwise, the archive would be refused for its ratio.
  const megabyte = Buffer.concat([randomBytes(7000), Buffer.alloc(MIB - 7000, 'x')]);
  const packed = deflateRawSync(megabyte, { finishFlush: constants.Z_SYNC_FLUSH });
  const lastBlock = Buffer.from([3, 0]);
  const content = Buffer.concat([...Array<Buffer>(GIB / MIB).fill(packed), lastBlock]);
  for (const name of ['model.bin', 'text.properties']) {
    const zip = makeZip([{ name, content, stored: true, claims: { method: 8, size: GIB } }]);
    writeFileSync(path.join(cwd, `app/jars/${name}.jar`), zip);
  }
  // Each thread reports the memory of the whole process at its end.
  const program = "process.on('exit',()=>console.error('maxRSS='+process.resourceUsage().maxRSS))";
  const { code, stderr } = runCli(
    ['publish', '--app-dir', 'app', '--site-dir', 'site', '--dependencies', 'none', '--upstream', 'none'],
    {
      cwd,
      timeoutMs: 600_000,
      env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(program)}` },
    },
  );
  expect(code).toBe(0);
  const kilobytes = [...stderr.matchAll(/maxRSS=(\d+)/g)].map(([, text]) => Number(text));
  expect(kilobytes.length).toBeGreaterThan(0);
  expect(Math.max(...kilobytes)).toBeLessThan(400_000);
});

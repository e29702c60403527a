import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Starts a process, and kills it when the names below a folder have changed for the n-th time.
 *
 * @param changes number of changes before the kill; with fewer changes, the process ends by itself
 */
export async function killWhenChanged(
  folder: string,
  changes: number,
  start: () => ChildProcess,
): Promise<void> {
  const names = () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).join('\n');
  let before = names();
  const child = start();
  const closed = once(child, 'close');
  let seen = 0;
  while (child.exitCode === null && child.signalCode === null) {
    const now = names();
    if (now !== before && seen++ >= changes) child.kill('SIGKILL');
    before = now;
    await sleep(1);
  }
  await closed;
}

import { readFileSync, writeFileSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { DISK, type FolderFs } from '../../src/io/files/folder-fs.js';

/** A fault at one system call: the process dies before it or halfway, or the call fails. */
export type Fault =
  | { readonly kind: 'dies before' | 'dies halfway'; readonly at: number }
  | { readonly kind: 'fails'; readonly at: number; readonly code: string };

/** Thrown by the call at which the process dies, and by all later calls, which do nothing. */
export class Died extends Error {
  override readonly name = 'Died';
}

type Call = (...args: unknown[]) => Promise<unknown>;

/**
 * Creates a file system on the disk with one fault.
 *
 * @returns the file system, and the names of the calls in order
 */
export function faultyFs(fault: Fault | undefined): { fs: FolderFs; calls: string[] } {
  const calls: string[] = [];
  let dead = false;

  async function step(name: string, args: readonly unknown[], call: Call): Promise<unknown> {
    if (dead) throw new Died();
    const isHere = calls.push(name) - 1 === fault?.at;
    if (!isHere) return call(...args);
    if (fault.kind === 'fails')
      throw Object.assign(new Error(`${fault.code}: ${name}`), { code: fault.code });
    if (fault.kind === 'dies halfway') await halfOf(name, args, call);
    dead = true;
    throw new Died();
  }

  function watched(handle: FileHandle): FileHandle {
    return new Proxy(handle, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function' || typeof name !== 'string') return value;
        const method = value.bind(target) as Call;
        return async (...args: unknown[]) => {
          if (name !== 'close') return step(`handle.${name}`, args, method);
          // Always closed: the system closes the files of a dead process.
          await method();
          return step('handle.close', args, () => Promise.resolve());
        };
      },
    });
  }

  const fs = Object.fromEntries(
    Object.entries(DISK as unknown as Record<string, unknown>)
      .filter(([, value]) => typeof value === 'function')
      .map(([name, value]) => [
        name,
        async (...args: unknown[]) => {
          const result = await step(name, args, value as Call);
          return name === 'open' ? watched(result as FileHandle) : result;
        },
      ]),
  ) as unknown as FolderFs;
  return { fs, calls };
}

/** Writes the first half of what a single call writes. Does nothing for other calls. */
async function halfOf(name: string, args: readonly unknown[], call: Call): Promise<void> {
  if (!isWriting(name)) return;
  await call(...args);
  const file = String(name === 'copyFile' ? args[1] : args[0]);
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.subarray(0, bytes.length / 2));
}

/** Whether a call can be interrupted halfway. */
export function isWriting(name: string): boolean {
  return name === 'copyFile' || name === 'writeFile';
}

import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '../model/user-error.js';
import { reasonOf } from './reasons.js';

/** System errors that are faults of the machine, with their cause and remedy. */
const FAULTS: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  EMFILE: [
    'too many files are open',
    'Raise the limit on open files (ulimit -n), or close other programs, and run again.',
  ],
  ENFILE: ['too many files are open on this machine', 'Close other programs, and run again.'],
  EAGAIN: ['too many processes are running', 'Raise the limit on processes (ulimit -u), and run again.'],
  ENOMEM: ['this machine is out of memory', 'Close other programs, or use a larger machine, and run again.'],
  ENOSPC: ['the disk is full', 'Free some space on the disk, and run again.'],
  EDQUOT: ['the disk quota is used up', 'Free some space or raise the quota, and run again.'],
  EROFS: ['the disk is read-only', 'Mount it with write access, or use another folder.'],
  EIO: ['the disk cannot be read or written', 'Check the disk, and run again.'],
};
/** Errors of a disk that is written: for a copy, the fault is at its target. */
const OF_WRITING: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS']);
/** A file in a folder that {@link makeTempFolder} has made for a site. */
const TEMPORARY = /[\\/]update-site-\w{6}[\\/]/;
const TEMPORARY_HINT =
  'Free some space in the folder for temporary files, or set TMPDIR (in a workflow, RUNNER_TEMP) to a folder on another disk, and run again.';

/** What Node.js adds to system errors. */
type SystemError = NodeJS.ErrnoException & {
  /** The target of a copy or a rename. */
  readonly dest?: string;
};

/**
 * Explains a system error that is a fault of the machine, not of this program.
 *
 * @param doing what failed, as the start of a sentence: `git could not be started`
 * @returns `undefined` for any other error
 */
export function machineFault(doing: string, error: unknown): UserError | undefined {
  const { code = '', path: source, dest, syscall = '' } = (error ?? {}) as SystemError;
  const fault = FAULTS[code];
  if (!fault) return undefined;
  const [what, hint] = fault;
  const file = OF_WRITING.has(code) ? (dest ?? source) : source;
  const isTemporary = OF_WRITING.has(code) && file !== undefined && TEMPORARY.test(file);
  const where = file === undefined || syscall.startsWith('spawn') ? '' : ` (${file})`;
  return new UserError('machine', `${doing}: ${what}${where}.`, {
    hint: isTemporary ? TEMPORARY_HINT : hint,
    cause: error,
  });
}

/**
 * Creates a separate folder for temporary files.
 *
 * @param parent its parent folder; `undefined` for the system's temporary folder
 * @param prefix beginning of its name
 * @throws {UserError} `machine` if it cannot be created
 */
export async function makeTempFolder(parent: string | undefined, prefix: string): Promise<string> {
  const inside = parent ?? os.tmpdir();
  try {
    return await mkdtemp(path.join(inside, prefix));
  } catch (error) {
    throw new UserError('machine', `The temporary folder ${inside} cannot be written: ${reasonOf(error)}.`, {
      hint: 'Create that folder, or set TMPDIR (in a workflow, RUNNER_TEMP) to one that can be written.',
      cause: error,
    });
  }
}

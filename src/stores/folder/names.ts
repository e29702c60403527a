/** Exists while a run publishes to the folder. */
export const LOCK = '.update-site.lock';

/** Exists while a run removes an abandoned lock. */
export const TAKEOVER = '.update-site.takeover.lock';

const TEMPORARY_NAME = /^\.update-site\.([0-9a-z-]+)\.(?:(lock|stale)|\d+\.partial)$/;
const OLD_PARTIAL = '.partial';

/** Names of the temporary files of a run. They are hidden, and no other run uses them. */
export interface RunNames {
  /** The lock while it is being created; its modification time is the current time by the folder's clock. */
  readonly ownLock: string;
  /** An abandoned lock that is being removed. */
  readonly takenLock: string;
  /** A file that is not complete yet. */
  partial(number: number): string;
}

/** @param runId id that no other run has; lower-case letters, digits and hyphens */
export function namesFor(runId: string): RunNames {
  return {
    ownLock: `.update-site.${runId}.lock`,
    takenLock: `.update-site.${runId}.stale`,
    partial: (number) => `.update-site.${runId}.${number}.partial`,
  };
}

/**
 * Kinds of files that a killed run leaves behind. Only the owner of the lock writes a `partial`; every run writes a
 * `lock`.
 */
export type Leftover = 'partial' | 'lock';

/**
 * Recognizes by its name a file that a killed run may have left behind.
 *
 * @param path path on the site
 * @param isSiteFile whether a path is that of a payload or an index: older versions wrote `<path>.partial`
 */
export function leftoverAt(path: string, isSiteFile: (path: string) => boolean): Leftover | undefined {
  const match = TEMPORARY_NAME.exec(path.slice(path.lastIndexOf('/') + 1));
  if (match) return match[2] === undefined ? 'partial' : 'lock';
  return path.endsWith(OLD_PARTIAL) && isSiteFile(path.slice(0, -OLD_PARTIAL.length)) ? 'partial' : undefined;
}

/** Whether a name at the root of the folder is that of a lock or of a temporary file. */
export function isWorkFile(name: string): boolean {
  return name === LOCK || TEMPORARY_NAME.test(name);
}

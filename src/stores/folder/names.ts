/** Held while a publisher works on the folder. */
export const LOCK = '.update-site.lock';

/** Held while a run removes an abandoned lock. */
export const TAKEOVER = '.update-site.takeover.lock';

const OURS = /^\.update-site\.([0-9a-z-]+)\.(?:(lock|stale)|\d+\.partial)$/;
const OLD_PARTIAL = '.partial';

/** The names of the files that a run needs on its way, all hidden and its own. */
export interface RunNames {
  /** The lock while it is being made; its time shows what the folder's clock says. */
  readonly ownLock: string;
  /** A lock that is being taken away. */
  readonly takenLock: string;
  /** A file that is not complete yet. */
  partial(number: number): string;
}

/** @param runId which no other run has; lower-case letters, digits and hyphens */
export function namesFor(runId: string): RunNames {
  return {
    ownLock: `.update-site.${runId}.lock`,
    takenLock: `.update-site.${runId}.stale`,
    partial: (number) => `.update-site.${runId}.${number}.partial`,
  };
}

/** What a file may be that a run has left behind: `partial` only the holder of the lock writes, `lock` any run. */
export type Leftover = 'partial' | 'lock';

/**
 * Recognizes by its name what a run may have left behind.
 *
 * @param path on the site
 * @param isSiteFile whether a path is that of a payload or an index: older versions wrote `<path>.partial`
 */
export function leftoverAt(path: string, isSiteFile: (path: string) => boolean): Leftover | undefined {
  const ours = OURS.exec(path.slice(path.lastIndexOf('/') + 1));
  if (ours) return ours[2] === undefined ? 'partial' : 'lock';
  return path.endsWith(OLD_PARTIAL) && isSiteFile(path.slice(0, -OLD_PARTIAL.length)) ? 'partial' : undefined;
}

/** Whether a name at the root of the folder is that of a lock, or of a file that makes one. */
export function isWorkFile(name: string): boolean {
  return name === LOCK || OURS.test(name);
}

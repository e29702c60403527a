/** Names that Windows treats as `.git`: other cases, trailing dots and spaces, the short name, a stream after `:`. */
const GIT_ON_WINDOWS = /^(?:\.git|git~1)[. ]*(?::|$)/i;
/** Characters that macOS ignores in names (HFS+). */
const IGNORED_ON_MACOS = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/**
 * Returns why git refuses a path; `undefined` if git accepts it. The rules of all systems apply on every system: git
 * (`verify_path` in `read-cache.c`) checks only those of its own, but hosts and other users' clones have others.
 *
 * @param path a path that {@link parseSitePath} accepts
 */
export function reservedByGit(path: string): string | undefined {
  const part = path.split('/').find((name) => isGitOnWindows(name) || isGitOnMacOs(name));
  if (part === undefined) return undefined;
  const why = part.toLowerCase() === '.git' ? '' : ', which some systems take for ".git"';
  return `git reserves the name "${part}"${why}`;
}

/** `is_ntfs_dotgit` of git. */
function isGitOnWindows(name: string): boolean {
  return GIT_ON_WINDOWS.test(name);
}

/** `is_hfs_dotgit` of git. */
function isGitOnMacOs(name: string): boolean {
  return name.replace(IGNORED_ON_MACOS, '').toLowerCase() === '.git';
}

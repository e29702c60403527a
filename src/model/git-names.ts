/** What Windows takes for `.git`: other cases, dots and spaces behind it, its short name, and a stream of it behind a colon. */
const GIT_ON_WINDOWS = /^(?:\.git|git~1)[. ]*(?::|$)/i;
/** Characters that macOS ignores in names (HFS+). */
const IGNORED_ON_MACOS = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/**
 * Returns why git does not take a path; undefined if it does. The rules of all systems count, on every system: git
 * (`verify_path` in `read-cache.c`) has those of its own system only, but hosts and other users' clones have others.
 *
 * @param path what {@link parseSitePath} accepts
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

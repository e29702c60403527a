import type { Change } from '../../../model/change.js';
import { listNames } from '../../../model/humanize.js';
import type { Problem } from '../../../model/problem.js';
import { baseName } from '../../../model/site-path.js';
import { extensionOf } from '../file-name.js';
import type { SiteIndex } from '../index/site-index.js';
import type { Upstream } from '../upstream.js';
import { removeLines } from '../several-files.js';

/** Maximum number of files that a message names. */
const MAX_NAMES = 3;

/** All paths before and after the publication, and on upstream sites. */
interface Paths {
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
  readonly written: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
  /** Name of the upstream site by path. */
  readonly upstream: ReadonlyMap<string, string>;
}

/**
 * Finds files in place of folders: `plugins/x` beside `plugins/x/y.jar`. A computer cannot store both, and an updater
 * that finds both stops in the middle of an update.
 *
 * @param changes all changes of the publication, removals included
 * @returns an error for each published file that conflicts with another path; a warning for each conflict that the site
 *   already has and keeps
 */
export function fileAndFolderProblems(
  changes: readonly Change[],
  index: SiteIndex,
  upstream: Upstream,
): readonly Problem[] {
  const paths = pathsOf(changes, index, upstream);
  const all = new Set([...paths.before, ...paths.after, ...paths.upstream.keys()]);
  const below = new Map<string, string[]>();
  for (const path of all) {
    for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      const parent = path.slice(0, slash);
      if (!all.has(parent)) continue;
      const children = below.get(parent);
      if (children) children.push(path);
      else below.set(parent, [path]);
    }
  }
  return [...below].flatMap(([file, children]) => problemOf(file, children, paths) ?? []);
}

function pathsOf(changes: readonly Change[], index: SiteIndex, upstream: Upstream): Paths {
  const before = new Set(index.records.flatMap(({ filename, current }) => (current ? filename : [])));
  const removed = new Set(changes.flatMap(({ kind, path }) => (kind === 'remove' ? path : [])));
  const written = new Set(changes.flatMap(({ kind, path }) => (kind === 'remove' ? [] : path)));
  const renamed = new Set(changes.flatMap(({ previousPath }) => previousPath ?? []));
  return {
    before,
    after: new Set([...[...before].filter((path) => !removed.has(path) && !renamed.has(path)), ...written]),
    written,
    removed,
    upstream: new Map(
      upstream.flatMap(({ name, index: other }) =>
        other.records.flatMap(({ filename, current }): [string, string][] =>
          current ? [[filename, name]] : [],
        ),
      ),
    ),
  };
}

function problemOf(file: string, children: readonly string[], paths: Paths): Problem | undefined {
  const { before, after, written, removed, upstream } = paths;
  // If the site already had both, a removal resolves the conflict.
  const wasBefore = (child: string) => before.has(file) && before.has(child);
  const isGone = (path: string) => removed.has(path) && !after.has(path);
  const clashing = children.filter((child) => {
    if (isGone(file) || isGone(child)) return (written.has(file) || written.has(child)) && !wasBefore(child);
    return written.has(file) || written.has(child) || (after.has(file) && after.has(child));
  });
  if (clashing.length === 0) return undefined;
  const isWritten = written.has(file) || clashing.some((child) => written.has(child));
  const other = [file, ...clashing].find((path) => !written.has(path));
  const site = other === undefined ? undefined : upstream.get(other);
  const isOnSite = other !== undefined && before.has(other);
  return {
    severity: isWritten ? 'error' : 'warning',
    code: 'file-and-folder',
    path: written.has(file) ? file : (clashing.find((child) => written.has(child)) ?? file),
    message: `${file} cannot be both a file and a folder: there ${clashing.length === 1 ? 'is' : 'are'} also ${listNames(clashing, MAX_NAMES)}${site === undefined || isOnSite ? '' : ` (upstream site ${site})`}.`,
    hint: !isWritten
      ? `Remove one of them from the site, for example with ${removeLines([file])}.`
      : isGone(file) || clashing.some(isGone)
        ? 'Remove one of them in a separate publication, and publish the other in a later one: updaters cannot do both at once.'
        : hintOf(file, clashing, paths),
  };
}

function hintOf(file: string, clashing: readonly string[], { before, written }: Paths): string {
  const isMeant = (child: string) => written.has(child) && seemsToBe(child, file);
  const guess = written.has(file) ? `${file}/` : clashing.some(isMeant) ? file : undefined;
  const onSite = [file, ...clashing].filter((path) => before.has(path) && !written.has(path));
  const removal =
    onSite.length === 0
      ? ''
      : `, or first remove what the site has, in a separate publication, with ${removeLines(onSite)}`;
  return guess === undefined
    ? `Choose another destination${removal}.`
    : `Did you mean "${guess}"? If not, choose another destination${removal}.`;
}

/** Whether a file in a folder was probably meant as the file with the name of the folder, and one `/` is too many. */
function seemsToBe(child: string, file: string): boolean {
  const name = baseName(child);
  if (child !== `${file}/${name}`) return false;
  const extension = extensionOf(file);
  return name === baseName(file) || (extension !== '' && extensionOf(name) === extension);
}

import { count, formatNumber, listNames } from '../../model/humanize.js';
import type { OtherSize, Plan } from '../../model/plan.js';
import type { Problem } from '../../model/problem.js';
import type { SiteSnapshot } from '../ports/site-store.js';

/**
 * Finds the payloads that the site lacks, if that costs no requests.
 *
 * @param named stored paths that the index names
 */
export async function missingPayloads(
  snapshot: SiteSnapshot,
  named: readonly string[],
): Promise<ReadonlySet<string>> {
  if (!snapshot.missingFiles || named.length === 0) return new Set();
  return new Set(await snapshot.missingFiles(named));
}

/**
 * Warns about payloads that are still missing after the publication.
 *
 * @param namedAfter stored paths that the index names after the publication
 */
export function checkMissing(
  missing: ReadonlySet<string>,
  namedAfter: readonly string[],
  { payloads, otherSizes = [] }: Plan,
): readonly Problem[] {
  if (missing.size === 0) return [];
  const written = new Set<string>(payloads.map(({ storedPath }) => storedPath));
  const remaining = namedAfter.filter((path) => missing.has(path) && !written.has(path));
  const isRemaining = new Set(remaining);
  const unfit = otherSizes.filter(({ storedPath }) => isRemaining.has(storedPath));
  const tried = new Set(unfit.map(({ storedPath }) => storedPath));
  return [...lacking(remaining.filter((path) => !tried.has(path))), ...ofOtherSizes(unfit)];
}

function lacking(paths: readonly string[]): readonly Problem[] {
  const [first] = paths;
  if (first === undefined) return [];
  return [
    {
      severity: 'warning',
      code: 'missing-payload',
      path: first,
      message: `The index names ${count(paths.length, 'file')} that the site does not have: ${listNames(paths)}. Users who are offered one of them cannot install or update anything.`,
      hint: 'Publish the same files again: they are stored under their old names, and the index does not change. If you no longer have them, publish new versions, or remove them.',
    },
  ];
}

/** Warns about files of another size. Publishing them again does not help, since this run has just tried that. */
function ofOtherSizes(files: readonly OtherSize[]): readonly Problem[] {
  const [first] = files;
  if (first === undefined) return [];
  const names = files.map(
    ({ storedPath, file, size, wanted }) =>
      `${storedPath} (${file} has ${count(size, 'byte')}, the index states ${formatNumber(wanted)})`,
  );
  const isOne = files.length === 1;
  return [
    {
      severity: 'warning',
      code: 'missing-payload',
      path: first.storedPath,
      message: `The index names ${count(files.length, 'file')} that the site does not have, and the build has produced the right checksum but another size, which clients reject: ${listNames(names)}. Users who are offered ${isOne ? 'it' : 'one of them'} cannot install or update anything.`,
      hint: isOne
        ? 'Publish the original file, byte for byte, or publish changed content, which is a new version.'
        : 'Publish the original files, byte for byte, or publish changed content, which is a new version.',
    },
  ];
}

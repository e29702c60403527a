import type { Finding } from '../../../model/check.js';
import { listNames } from '../../../model/humanize.js';
import { XmlError } from '../../../xml/error.js';
import { listed, offersFor, offeredVersions } from '../index/offers.js';
import { parseIndex } from '../index/parse.js';
import { branchPath } from '../index/render.js';
import { INDEX_PATH, type PublishedVersion, type Repository } from '../index/repository.js';

/** The fault of a file with a document type, as a clause. */
export const HAS_DOCUMENT_TYPE =
  'it has a document type (<!DOCTYPE …>), and IDEs since 2025 refuse the whole file';

/** Maximum number of versions that a message names. */
const MAX_NAMES = 5;

/**
 * Finds the files of branches that do not offer what the index offers to the IDEs of the branch: they were edited by
 * hand, or the index was. IDEs with their address read nothing else.
 *
 * @param files the files as they are stored, by path
 */
export function branchFaults(index: Repository, files: ReadonlyMap<string, Uint8Array>): readonly Finding[] {
  const offered = offeredVersions(listed(index).versions);
  return index.branches.flatMap((branch) => {
    const path = branchPath(branch);
    const message = faultOf(files.get(path), offersFor(branch, offered));
    return message === undefined ? [] : [{ path, message }];
  });
}

function faultOf(file: Uint8Array | undefined, wanted: readonly PublishedVersion[]): string | undefined {
  if (!file) return 'it does not exist, so IDEs with its address report an error';
  try {
    const { versions, hadDocumentType } = parseIndex(file);
    return hadDocumentType ? HAS_DOCUMENT_TYPE : differenceOf(versions, wanted);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return `it cannot be read: ${error.message}`;
  }
}

function differenceOf(
  actual: readonly PublishedVersion[],
  wanted: readonly PublishedVersion[],
): string | undefined {
  const missing = namesOnlyIn(wanted, actual);
  const superfluous = namesOnlyIn(actual, wanted);
  const parts = [
    { names: missing.filter((name) => superfluous.includes(name)), what: 'has another entry for' },
    { names: missing.filter((name) => !superfluous.includes(name)), what: 'does not contain' },
    { names: superfluous.filter((name) => !missing.includes(name)), what: 'also contains' },
  ].flatMap(({ names, what }) =>
    names.length === 0 ? [] : [`it ${what} ${listNames(names, MAX_NAMES, 'version')}`],
  );
  return parts.length === 0 ? undefined : `it does not fit ${INDEX_PATH}: ${parts.join(', ')}`;
}

/** Returns the names of the versions whose entry is not among others. The order does not matter to IDEs. */
function namesOnlyIn(
  versions: readonly PublishedVersion[],
  others: readonly PublishedVersion[],
): readonly string[] {
  const known = new Set(others.map(({ entry }) => entry.source));
  return versions
    .filter(({ entry }) => !known.has(entry.source))
    .map(({ entry: { id, version } }) => `${id} ${version}`);
}

import { judged, type Check, type Finding } from '../../../model/check.js';
import { count } from '../../../model/humanize.js';
import { isLoopback } from '../../../model/loopback.js';
import { isElement, type XmlNode } from '../../../xml/element.js';
import { readXml } from '../../../xml/read.js';
import { overlap } from '../build-number.js';
import { entryOf } from '../index/entry-xml.js';
import { isEntryName, lineIn } from '../index/places.js';
import { INDEX_PATH, type Entry, type Repository } from '../index/repository.js';
import { NO_SYSTEM } from '../system.js';
import { branchFaults, HAS_DOCUMENT_TYPE } from './branch-checks.js';
import { createLocator, fileNameIn, type ArchiveLocation } from './locate.js';
import { isListed } from './payloads.js';

/** The id that IDEs use for an entry without one. */
const UNKNOWN_ID = 'unknown';
/** Characters that `java.net.URI` does not accept, and `%` without two digits. */
const NOT_IN_ADDRESSES = /[\s"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})/;
/** What precedes the path in an address, and what follows it. Brackets are accepted only there. */
const AROUND_PATH = /^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#]*|[?#][^]*$/gi;

/**
 * Checks whether IDEs read the index and the files of the branches as they are meant (spec, section 1).
 *
 * @param files the files as they are stored, by path
 */
export function indexForClients(index: Repository, files: ReadonlyMap<string, Uint8Array>): Check {
  const findings: Finding[] = [];
  const file = files.get(INDEX_PATH);
  if (index.hadDocumentType) findings.push({ path: INDEX_PATH, message: HAS_DOCUMENT_TYPE });
  if (file) findings.push(...faultyEntries(file));
  findings.push(...branchFaults(index, files));
  return judged(
    'index-for-clients',
    findings,
    (faults) => `IDEs do not read the index as it is meant, for ${count(faults, 'reason')}.`,
  );
}

/** Returns the faults of all entries, including those inside other elements. */
function faultyEntries(file: Uint8Array): readonly Finding[] {
  const { text, root } = readXml(file, { mayDeclareEntities: true });
  const lineOf = lineIn(text);
  return entriesIn(root).flatMap((node) => {
    const entry = entryOf(node, '');
    const fault = entry ? faultOf(entry) : 'it has no address, so IDEs skip it';
    const name = entry && entry.id.trim() !== '' ? `, ${entry.id} ${entry.version}`.trimEnd() : '';
    return fault === undefined
      ? []
      : [{ path: INDEX_PATH, message: `the entry in line ${lineOf(node)}${name}: ${fault}` }];
  });
}

function entriesIn(node: XmlNode): readonly XmlNode[] {
  return node.children
    .filter(isElement)
    .flatMap((child) => (isEntryName(child.name) ? [child] : entriesIn(child)));
}

/** Returns why IDEs do not offer an entry as it is meant, as a clause; `undefined` if they do. */
function faultOf({ id, version, url, range, systems }: Entry): string | undefined {
  if (url.trim() === '') return 'its address is empty, so IDEs cannot download it';
  if (id.trim() === '' || id === UNKNOWN_ID) return `it has no id, and IDEs use "${UNKNOWN_ID}"`;
  if (version.trim() === '') return 'it has no version, so IDEs never offer it as an update';
  if (!overlap(range, range)) return 'its range contains no build, so it is not compatible with any IDE';
  return systems === NO_SYSTEM ? 'it is not for any system that IDEs know' : undefined;
}

/**
 * Checks the addresses of all archives in the index. IDEs would not install some of them, and others not safely.
 *
 * @param siteUrl public address of the site; `undefined` if unknown
 */
export function archiveNames(index: Repository, siteUrl: string | undefined): Check {
  const locate = createLocator(index, siteUrl);
  const faults = new Map<string, string>();
  for (const version of index.versions) {
    const { url } = version.entry;
    if (!isListed(version) || url.trim() === '') continue;
    const fault = faultOfAddress(url, locate(version));
    if (fault !== undefined) faults.set(url, fault);
  }
  return judged(
    'names',
    [...faults].map(([path, message]) => ({ path, message })),
    (addresses) =>
      `IDEs cannot install ${count(addresses, 'archive')} from the address in the index, or not safely.`,
  );
}

function faultOfAddress(text: string, location: ArchiveLocation | undefined): string | undefined {
  const character = NOT_IN_ADDRESSES.exec(text)?.[0] ?? /[[\]]/.exec(text.replace(AROUND_PATH, ''))?.[0];
  if (character !== undefined)
    return `it contains ${JSON.stringify(character)}, which Java does not accept in an address`;
  if (location?.fault !== undefined) return location.fault;
  // The address of the index decides about relative ones.
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' && !isLoopback(url.hostname))
    return 'it does not begin with https://, so an attacker in the network can replace the plugin';
  // Another server may name the file in a header of its response, or redirect to it.
  const mayBeNamedLater = location?.url !== undefined && new URL(location.url).search !== '';
  const name = location?.path ?? (url ? fileNameIn(url) : text.replace(/[?#].*/, ''));
  return mayBeNamedLater || /\.(?:jar|zip)$/.test(name)
    ? undefined
    : 'its name does not end in .jar or .zip, so IDEs do not install it';
}

import { XmlFault } from '../xml/fault.js';
import { decodeAttribute, encodeAttribute, encodeText } from '../xml/text.js';
import { attributesOf, childrenOf, nameOf, parseXml, textOf, type RawNode } from '../xml/tree.js';
import { parseBuildNumber, parseUntil, type BuildRange } from './build-number.js';
import type { SoundDescriptor } from './descriptor-checks.js';
import type { Entry } from './repository.js';

/**
 * Reads an entry as IDEs do (spec, section 1).
 *
 * @param source the element `plugin`
 * @returns undefined where IDEs drop it, because it has no address
 * @throws {XmlFault} where it is no XML
 */
export function parseEntry(source: string): Entry | undefined {
  return entryOf(parseXml(source), source);
}

/** The same of an element that was parsed already. */
export function entryOf(node: RawNode, source: string): Entry | undefined {
  const attribute = (of: RawNode | undefined, name: string) => {
    const raw = of && attributesOf(of)[name];
    return raw === undefined ? undefined : decodeAttribute(raw);
  };
  const url = attribute(node, 'url')?.trim() ?? '';
  if (url === '') return undefined;
  const children = childrenOf(node, nameOf(node));
  const last = (name: string) => children.findLast((child) => nameOf(child) === name);
  const text = (name: string) => {
    const child = last(name);
    return child ? textAfterLastElement(child) : '';
  };
  const ideaVersion = last('idea-version');
  return {
    id: attribute(node, 'id') ?? 'unknown',
    version: attribute(node, 'version') ?? '',
    url,
    name: text('name'),
    range: rangeOf(attribute(ideaVersion, 'since-build'), attribute(ideaVersion, 'until-build')),
    description: text('description'),
    changeNotes: text('change-notes'),
    source,
  };
}

/** Any tag inside clears the text that was read so far. */
function textAfterLastElement(node: RawNode): string {
  let text = '';
  for (const child of childrenOf(node, nameOf(node))) {
    const own = textOf(child, nameOf(child));
    text = own === undefined ? '' : text + own;
  }
  return text;
}

function rangeOf(since: string | undefined, until: string | undefined): BuildRange {
  return {
    since: since === undefined ? undefined : parseBuildNumber(since),
    until: until === undefined ? undefined : parseUntil(until),
  };
}

/**
 * Writes the entry of an archive; every value comes from its descriptor (spec, section 1).
 *
 * @param url where the archive will be, absolute
 */
export function makeEntry(descriptor: SoundDescriptor, url: string): Entry {
  const { id, name, version, vendor, since = '', effectiveUntil, description, changeNotes } = descriptor;
  const until = effectiveUntil === undefined ? '' : ` until-build="${encodeAttribute(effectiveUntil)}"`;
  const { name: maker = '', email = '', url: home = '' } = vendor ?? {};
  const lines = [
    `<plugin id="${encodeAttribute(id)}" url="${encodeAttribute(url)}" version="${encodeAttribute(version)}">`,
    `  <idea-version since-build="${encodeAttribute(since)}"${until}/>`,
    `  <name>${encodeText(name)}</name>`,
    `  <vendor email="${encodeAttribute(email)}" url="${encodeAttribute(home)}">${encodeText(maker)}</vendor>`,
    ...(description === undefined ? [] : [`  <description>${cdata(description)}</description>`]),
    ...(changeNotes === undefined ? [] : [`  <change-notes>${cdata(changeNotes)}</change-notes>`]),
    ...descriptor.depends.map((needed) => `  <depends>${encodeText(needed)}</depends>`),
    ...(descriptor.productCode === undefined
      ? []
      : [`  <productCode>${encodeText(descriptor.productCode)}</productCode>`]),
    '</plugin>',
  ];
  const source = lines
    .map((line) => `  ${line}`)
    .join('\n')
    .trimStart();
  const entry = parseEntry(source);
  if (!entry) throw new XmlFault('an entry was written without its address');
  return entry;
}

/** Text that stays itself, whatever it holds: where it would end the section, the section is divided. */
function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

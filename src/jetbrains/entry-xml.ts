import { XmlFault } from '../xml/fault.js';
import { decodeAttribute, encodeAttribute, encodeText } from '../xml/text.js';
import { attributesOf, childrenOf, nameOf, parseElement, textOf, type RawNode } from '../xml/tree.js';
import { parseRange } from './build-number.js';
import { systemsOf } from './system.js';
import type { SoundDescriptor } from './descriptor-checks.js';
import { otherAttributes, takeApart, type DocumentChild } from './document-parts.js';
import type { Entry } from './repository.js';

/** What we write of an entry: its attributes, and by their names the elements with theirs. Everything else is somebody else's. */
const OWN_ATTRIBUTES: ReadonlySet<string> = new Set(['id', 'url', 'version']);
const OWN_ELEMENTS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    'idea-version': new Set(['since-build', 'until-build', 'strict-until-build']),
    vendor: new Set(['email', 'url']),
    name: new Set(),
    description: new Set(),
    'change-notes': new Set(),
    depends: new Set(),
    productCode: new Set(),
  }),
);

/**
 * Reads an entry as IDEs do (spec, section 1).
 *
 * @param source the element `plugin`, of a document that the judge of XML has accepted
 * @returns undefined if IDEs drop it, because it has no address
 * @throws {XmlFault} if it is not one element
 */
export function parseEntry(source: string): Entry | undefined {
  return entryOf(parseElement(source), source);
}

/** The same of an element that was parsed already. */
export function entryOf(node: RawNode, source: string): Entry | undefined {
  const attribute = (of: RawNode | undefined, name: string) => {
    const raw = of && attributesOf(of)[name];
    return raw === undefined ? undefined : decodeAttribute(raw);
  };
  const url = attribute(node, 'url') ?? '';
  if (url === '') return undefined;
  const children = childrenOf(node, nameOf(node));
  const last = (name: string) => children.findLast((child) => nameOf(child) === name);
  const text = (name: string) => {
    const child = last(name);
    return child ? textAfterLastElement(child) : '';
  };
  const ideaVersion = last('idea-version');
  const depends = children.filter((child) => nameOf(child) === 'depends').map(textAfterLastElement);
  const version = attribute(node, 'version') ?? '';
  return {
    id: attribute(node, 'id') ?? 'unknown',
    version,
    url,
    name: text('name'),
    range: parseRange(attribute(ideaVersion, 'since-build'), attribute(ideaVersion, 'until-build')),
    systems: systemsOf(depends, version),
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

/**
 * Writes the entry of an archive; every value comes from its descriptor (spec, section 1). What others have added to the
 * entry that it takes the place of stays.
 *
 * @param url where the archive will be, absolute
 * @param before what the index says about the archive so far
 */
export function makeEntry(descriptor: SoundDescriptor, url: string, before?: Entry): Entry {
  const { id, name, version, vendor, since = '', effectiveUntil, description, changeNotes } = descriptor;
  const until = effectiveUntil === undefined ? '' : ` until-build="${encodeAttribute(effectiveUntil)}"`;
  const { name: maker = '', email = '', url: home = '' } = vendor ?? {};
  const others = othersIn(before);
  const lines = [
    ...others.comments,
    `<plugin id="${encodeAttribute(id)}" url="${encodeAttribute(url)}" version="${encodeAttribute(version)}"${others.of('plugin')}>`,
    `  <idea-version since-build="${encodeAttribute(since)}"${until}${others.of('idea-version')}/>`,
    `  <name>${encodeText(name)}</name>`,
    `  <vendor email="${encodeAttribute(email)}" url="${encodeAttribute(home)}"${others.of('vendor')}>${encodeText(maker)}</vendor>`,
    ...(description === undefined ? [] : [`  <description>${cdata(description)}</description>`]),
    ...(changeNotes === undefined ? [] : [`  <change-notes>${cdata(changeNotes)}</change-notes>`]),
    ...descriptor.depends.map((needed) => `  <depends>${encodeText(needed)}</depends>`),
    ...(descriptor.productCode === undefined
      ? []
      : [`  <productCode>${encodeText(descriptor.productCode)}</productCode>`]),
    ...others.children.map(({ source }) => `  ${source}`),
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

/** What an entry holds that we do not write ourselves, as it stands there. */
function othersIn(entry: Entry | undefined): {
  readonly comments: readonly string[];
  readonly children: readonly DocumentChild[];
  /** The attributes of an element, each with a space before it. */
  of(element: string): string;
} {
  if (!entry) return { comments: [], children: [], of: () => '' };
  const { prolog, rootTag, children } = takeApart(entry.source);
  return {
    comments: prolog === '' ? [] : [prolog],
    children: children.filter(({ name }) => name === undefined || !OWN_ELEMENTS.has(name)),
    of: (element) => {
      if (element === 'plugin') return otherAttributes(rootTag, OWN_ATTRIBUTES);
      const known = OWN_ELEMENTS.get(element);
      const own = children.findLast(({ name }) => name === element);
      return own && known ? otherAttributes(own.source, known) : '';
    },
  };
}

/** Text that stays itself, whatever it holds: where it would end the section, the section is divided. */
function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

import { attributeOf, isElement, type XmlNode } from '../../../xml/element.js';
import { XmlError } from '../../../xml/error.js';
import { readElement } from '../../../xml/read.js';
import { encodeText, renderAttributes } from '../../../xml/write.js';
import { parseRange } from '../build-number.js';
import type { ValidDescriptor } from '../descriptor/checks.js';
import { systemsOf } from '../system.js';
import { childrenOf, otherAttributes, type DocumentChild } from './document-slices.js';
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
    // What stands in these would count in place of our attributes.
    id: new Set(),
    version: new Set(),
    'download-url': new Set(),
    downloadUrl: new Set(),
  }),
);

/**
 * Reads an entry as IDEs do (spec, section 1).
 *
 * @param source the element `plugin` or `idea-plugin`, of a document that was read; comments may stand before it
 * @returns undefined if IDEs drop it, because it has no address
 * @throws {XmlError} if it is not one element
 */
export function parseEntry(source: string): Entry | undefined {
  return entryOf(readElement(source), source);
}

/** The same of an element that was read already. */
export function entryOf(node: XmlNode, source: string): Entry | undefined {
  // Only <plugin> has its values in attributes; the url of an <idea-plugin> is its home page.
  const own = node.name === 'plugin' ? (name: string) => attributeOf(node, name) : () => undefined;
  const texts = new Map<string, string>();
  const depends: string[] = [];
  let bounds: XmlNode | undefined;
  visit(node, {
    start: (child) => {
      if (child.name === 'idea-version') bounds = child;
    },
    end: (name, text) => {
      if (name === 'depends') depends.push(text);
      texts.set(name === 'downloadUrl' ? 'download-url' : name, text);
    },
  });
  const url = texts.get('download-url') ?? own('url');
  if (url === undefined) return undefined;
  const version = texts.get('version') ?? own('version') ?? '';
  return {
    id: texts.get('id') ?? own('id') ?? 'unknown',
    version,
    url,
    name: texts.get('name') ?? '',
    range: parseRange(
      bounds && attributeOf(bounds, 'since-build'),
      bounds && attributeOf(bounds, 'until-build'),
    ),
    systems: systemsOf(depends, version),
    description: texts.get('description') ?? '',
    changeNotes: texts.get('change-notes') ?? '',
    source,
  };
}

/** What is done where an element inside of an entry begins and ends; the text is what stands between it and the last tag. */
interface Visitor {
  start(node: XmlNode): void;
  end(name: string, text: string): void;
}

/** Goes through what stands in an element, at any depth. */
function visit(node: XmlNode, visitor: Visitor): string {
  let text = '';
  for (const child of node.children) {
    if (!isElement(child)) text += child;
    else {
      visitor.start(child);
      visitor.end(child.name, visit(child, visitor));
      text = '';
    }
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
export function makeEntry(descriptor: ValidDescriptor, url: string, before?: Entry): Entry {
  const { id, name, version, vendor, since = '', effectiveUntil, description, changeNotes } = descriptor;
  const { name: maker = '', email = '', url: home = '' } = vendor ?? {};
  const others = othersIn(before);
  /** A start tag up to its end, with what others have added to it. */
  const tag = (element: string, attributes: Readonly<Record<string, string | undefined>>) => {
    const own = Object.entries(attributes).flatMap(([key, value]) =>
      value === undefined ? [] : { name: key, value },
    );
    return `<${element}${renderAttributes(own)}${others.of(element)}`;
  };
  const lines = [
    ...others.comments,
    `${tag('plugin', { id, url, version })}>`,
    `  ${tag('idea-version', { 'since-build': since, 'until-build': effectiveUntil })}/>`,
    `  <name>${encodeText(name)}</name>`,
    `  ${tag('vendor', { email, url: home })}>${encodeText(maker)}</vendor>`,
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
  if (!entry) throw new XmlError('an entry was written without its address');
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
  const { source } = entry;
  const node = readElement(source);
  const children = childrenOf(node, source);
  const before = source.slice(0, node.start).trim();
  return {
    comments: before === '' ? [] : [before],
    children: children.filter((child) => child.node === undefined || !OWN_ELEMENTS.has(child.node.name)),
    of: (element) => {
      if (element === 'plugin')
        return otherAttributes(source.slice(node.start, node.startTagEnd), OWN_ATTRIBUTES);
      const known = OWN_ELEMENTS.get(element);
      const own = children.findLast((child) => child.node?.name === element);
      return own && known ? otherAttributes(own.source, known) : '';
    },
  };
}

/**
 * Text that stays itself, whatever it contains: where it would end the section, the section is divided. Only line ends become
 * those that every reader of XML makes of them.
 */
function cdata(text: string): string {
  return `<![CDATA[${text.replace(/\r\n?/g, '\n').replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

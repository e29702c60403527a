import { attributeOf, isElement, type XmlNode } from '../../../xml/element.js';
import { XmlError } from '../../../xml/error.js';
import { readElement } from '../../../xml/read.js';
import { encodeText, renderAttributes } from '../../../xml/write.js';
import { parseRange } from '../build-number.js';
import type { ValidDescriptor } from '../descriptor/checks.js';
import { systemsOf } from '../system.js';
import { childrenOf, otherAttributes, type DocumentChild } from './document-slices.js';
import type { Entry } from './repository.js';

/** The attributes and elements of an entry that this program writes. All others belong to other tools and are kept. */
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
    // These elements would override the attributes.
    id: new Set(),
    version: new Set(),
    'download-url': new Set(),
    downloadUrl: new Set(),
  }),
);

/**
 * Parses an entry as IDEs do (spec, section 1).
 *
 * @param source the element `plugin` or `idea-plugin` of a document that was parsed; comments may precede it
 * @returns `undefined` if IDEs drop the entry because it has no address
 * @throws {XmlError} if the text is not exactly one element
 */
export function parseEntry(source: string): Entry | undefined {
  return entryOf(readElement(source), source);
}

/** Returns the entry of a parsed element, as {@link parseEntry} does for its text. */
export function entryOf(node: XmlNode, source: string): Entry | undefined {
  // Only <plugin> has values in attributes. The url of an <idea-plugin> is its home page.
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

/** Called at the beginning and the end of each element inside an entry. `text` begins after the last tag. */
interface Visitor {
  start(node: XmlNode): void;
  end(name: string, text: string): void;
}

/** Visits the elements inside an element, at any depth. Returns the text after the last one. */
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
 * Creates the entry of an archive from its descriptor (spec, section 1). Keeps everything that other tools added to the
 * previous entry.
 *
 * @param url the absolute address of the archive
 * @param before the previous entry of the archive, if any
 */
export function makeEntry(descriptor: ValidDescriptor, url: string, before?: Entry): Entry {
  const { id, name, version, vendor, since = '', effectiveUntil, description, changeNotes } = descriptor;
  const { name: maker = '', email = '', url: home = '' } = vendor ?? {};
  const foreign = foreignPartsOf(before);
  /** Renders a start tag without its end, with the attributes that other tools added. */
  const tag = (element: string, attributes: Readonly<Record<string, string | undefined>>) => {
    const own = Object.entries(attributes).flatMap(([key, value]) =>
      value === undefined ? [] : { name: key, value },
    );
    return `<${element}${renderAttributes(own)}${foreign.attributesOf(element)}`;
  };
  const lines = [
    ...foreign.comments,
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
    ...foreign.children.map(({ source }) => `  ${source}`),
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

/** Returns the parts of an entry that this program does not write, unchanged. */
function foreignPartsOf(entry: Entry | undefined): {
  readonly comments: readonly string[];
  readonly children: readonly DocumentChild[];
  /** Attributes of the element with this name, each with a space before it. */
  attributesOf(element: string): string;
} {
  if (!entry) return { comments: [], children: [], attributesOf: () => '' };
  const { source } = entry;
  const node = readElement(source);
  const children = childrenOf(node, source);
  const before = source.slice(0, node.start).trim();
  return {
    comments: before === '' ? [] : [before],
    children: children.filter((child) => child.node === undefined || !OWN_ELEMENTS.has(child.node.name)),
    attributesOf: (element) => {
      if (element === 'plugin')
        return otherAttributes(source.slice(node.start, node.startTagEnd), OWN_ATTRIBUTES);
      const known = OWN_ELEMENTS.get(element);
      const own = children.findLast((child) => child.node?.name === element);
      return own && known ? otherAttributes(own.source, known) : '';
    },
  };
}

/**
 * Encodes any text as CDATA. The section is split where the text would end it. Line ends are normalized, as every XML
 * parser does.
 */
function cdata(text: string): string {
  return `<![CDATA[${text.replace(/\r\n?/g, '\n').replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

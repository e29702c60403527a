import { UserError } from '../../../model/user-error.js';
import type { XmlAttribute, XmlElement } from '../../../xml/element.js';
import { XmlFault } from '../../../xml/fault.js';
import { judgeXmlText } from '../../../xml/judge.js';
import { encodeAttribute, encodeText, FORBIDDEN_CHARACTER, lineAt } from '../../../xml/text.js';
import { INDEX_PROLOG } from './dtd.js';
import { hasPlainNames } from './names.js';
import type {
  Dependency,
  PluginRecord,
  PreviousVersion,
  SiteIndex,
  TextValue,
  Unknown,
  Version,
} from './site-index.js';

const INDENT = '    ';
const INDENT_2 = INDENT.repeat(2);
const INDENT_3 = INDENT.repeat(3);

/** Writes `db.xml`, byte for byte as the official updater does, and what it does not know beside it (spec, section 5). */
export function renderIndexXml(index: SiteIndex): string {
  const body: string[] = [];
  addGroup(body, '', index.records, index.unknown, 'plugin', INDENT, renderRecord);
  return `${INDEX_PROLOG}${element('', 'pluginRecords', renderAttributes(index.attributes), body.join(''))}`;
}

/**
 * The same for an index that is about to be published. Its values may come from anywhere, and what no updater can read would
 * hurt every user of the site: this is the last look at it.
 *
 * @throws {UserError} `index` if it is not well-formed
 */
export function renderSoundIndexXml(index: SiteIndex): string {
  const text = renderIndexXml(index);
  const forbidden = FORBIDDEN_CHARACTER.exec(text);
  if (forbidden) throw unsound(`line ${lineAt(text, forbidden.index)} has a character that XML forbids`);
  if (hasPlainNames(index)) return text;
  try {
    judgeXmlText(text);
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error;
    throw unsound(error.message, error);
  }
  return text;
}

function unsound(reason: string, cause?: unknown): UserError {
  return new UserError('index', `db.xml.gz would be written such that no updater can read it: ${reason}.`, {
    hint: 'Nothing was changed. If the reason is a prefix, declare it in the root element of the index; if it is a character, look for it in the configuration and in the names of files.',
    cause,
  });
}

/** Records are never changed, and most of them are written twice: to check what was read, and to publish it. */
const rendered = new WeakMap<PluginRecord, string>();

/** One record, as it stands in the index. */
export function renderRecord(record: PluginRecord): string {
  const known = rendered.get(record);
  if (known !== undefined) return known;
  const text = renderNewRecord(record);
  rendered.set(record, text);
  return text;
}

function renderNewRecord(record: PluginRecord): string {
  const { unknown } = record;
  const body: string[] = [];
  addGroup(body, 'platform', record.platforms, unknown, 'platform', INDENT_2, renderText);
  addGroup(body, 'category', record.categories, unknown, 'category', INDENT_2, renderText);
  addGroup(
    body,
    'version',
    record.current ? [record.current] : [],
    unknown,
    'version',
    INDENT_2,
    renderVersion,
  );
  addGroup(body, '', record.previous, unknown, 'previous-version', INDENT_2, renderPrevious);
  const executable = record.executable ? ' executable="true"' : '';
  const attributes = ` filename="${encodeAttribute(record.filename)}"${executable}${renderAttributes(record.attributes)}`;
  return element(INDENT, 'plugin', attributes, body.join(''));
}

function renderVersion(version: Version): string {
  const { unknown } = version;
  const body: string[] = [];
  const description = version.description ? [version.description] : [];
  addGroup(body, 'description', description, unknown, 'description', INDENT_3, renderText);
  addGroup(body, '', version.dependencies, unknown, 'dependency', INDENT_3, renderDependency);
  addGroup(body, 'link', version.links, unknown, 'link', INDENT_3, renderText);
  addGroup(body, 'author', version.authors, unknown, 'author', INDENT_3, renderText);
  const known = ` checksum="${encodeAttribute(version.checksum)}" timestamp="${version.timestamp}" filesize="${version.filesize}"`;
  return element(INDENT_2, 'version', known + renderAttributes(version.attributes), body.join(''));
}

function renderPrevious(version: PreviousVersion): string {
  const known =
    ` timestamp="${version.timestamp}" timestamp-obsolete="${version.timestampObsolete}"` +
    ` checksum="${encodeAttribute(version.checksum)}" filename="${encodeAttribute(version.filename)}"`;
  const body = version.unknown.map((child) => renderUnknown(child, INDENT_3)).join('');
  return element(INDENT_2, 'previous-version', known + renderAttributes(version.attributes), body);
}

function renderDependency(dependency: Dependency): string {
  const overrides = dependency.overrides ? ' overrides="true"' : '';
  const known = ` filename="${encodeAttribute(dependency.filename)}" timestamp="${dependency.timestamp}"${overrides}`;
  const body = dependency.unknown.map((child) => renderUnknown(child, INDENT.repeat(4))).join('');
  return element(INDENT_3, 'dependency', known + renderAttributes(dependency.attributes), body);
}

function renderText(value: TextValue, name: string, indent: string): string {
  // Elements inside stay on the same line: white space before them would be the text when it is read again.
  const children = value.text === '' && value.unknown.length === 0 ? [] : [value.text, ...value.unknown];
  return renderUnknown({ name, attributes: value.attributes, children }, indent);
}

/** Writes the members of a group, and behind each of them the unknown elements that stood there. */
function addGroup<T, G extends string>(
  body: string[],
  name: string,
  members: readonly T[],
  unknown: readonly Unknown<G>[],
  group: G,
  indent: string,
  render: (member: T, name: string, indent: string) => string,
): void {
  const places = unknown.length === 0 ? [] : unknown.filter((place) => place.group === group);
  if (places.length === 0) {
    for (const member of members) body.push(render(member, name, indent));
    return;
  }
  const behind = new Map<number, XmlElement[]>();
  for (const place of places) {
    const count = Math.min(place.count, members.length);
    const elements = behind.get(count);
    if (elements) elements.push(place.element);
    else behind.set(count, [place.element]);
  }
  for (let count = 0; count <= members.length; count++) {
    if (count > 0) body.push(render(members[count - 1] as T, name, indent));
    for (const unknownElement of behind.get(count) ?? []) body.push(renderUnknown(unknownElement, indent));
  }
}

/** An element without content, with a text, or with elements on lines of their own. Mixed content stays as it is. */
function renderUnknown({ name, attributes, children }: XmlElement, indent: string): string {
  const start = `${name}${renderAttributes(attributes)}`;
  if (children.length === 0) return `${indent}<${start}/>\n`;
  const elements = children.filter(isElement);
  if (elements.length < children.length)
    return `${indent}<${start}>${children.map(renderInline).join('')}</${name}>\n`;
  const body = elements.map((child) => renderUnknown(child, indent + INDENT));
  return `${indent}<${start}>\n${body.join('')}${indent}</${name}>\n`;
}

function renderInline(child: XmlElement | string): string {
  if (!isElement(child)) return encodeText(child);
  const start = `${child.name}${renderAttributes(child.attributes)}`;
  if (child.children.length === 0) return `<${start}/>`;
  return `<${start}>${child.children.map(renderInline).join('')}</${child.name}>`;
}

function element(indent: string, name: string, attributes: string, body: string): string {
  return body === ''
    ? `${indent}<${name}${attributes}/>\n`
    : `${indent}<${name}${attributes}>\n${body}${indent}</${name}>\n`;
}

function renderAttributes(attributes: readonly XmlAttribute[]): string {
  if (attributes.length === 0) return '';
  return attributes.map(({ name, value }) => ` ${name}="${encodeAttribute(value)}"`).join('');
}

function isElement(child: XmlElement | string): child is XmlElement {
  return typeof child !== 'string';
}

import { UserError } from '../../../model/user-error.js';
import type { XmlElement } from '../../../xml/element.js';
import { XmlError } from '../../../xml/error.js';
import { readXmlText } from '../../../xml/read.js';
import { encodeAttribute, renderAttributes, renderElement, renderLines } from '../../../xml/write.js';
import { INDEX_PROLOG } from './dtd.js';
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

/** Renders `db.xml` byte for byte as the official updater does, with unknown content (spec, section 5). */
export function renderIndexXml(index: SiteIndex): string {
  const body: string[] = [];
  addGroup(body, '', index.records, index.unknown, 'plugin', INDENT, renderRecord);
  return `${INDEX_PROLOG}${renderLines('', 'pluginRecords', renderAttributes(index.attributes), body.join(''))}`;
}

/**
 * Renders an index that is about to be published, and checks it a last time. Its values are untrusted, and an index
 * that updaters cannot read would harm every user of the site.
 *
 * @throws {UserError} `index` if it is not well-formed
 */
export function renderCheckedIndexXml(index: SiteIndex): string {
  const text = renderIndexXml(index);
  try {
    readXmlText(text);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw unreadable(error.message, error);
  }
  return text;
}

function unreadable(reason: string, cause?: unknown): UserError {
  return new UserError('index', `Updaters could not read the new db.xml.gz: ${reason}.`, {
    hint: 'Nothing was changed. If the reason is a prefix, declare it in the root element of the index. If it is a character, look for it in the configuration and in the names of files.',
    cause,
  });
}

/** Cache. Records never change, and most are rendered twice: to check what was read, and to publish it. */
const rendered = new WeakMap<PluginRecord, string>();

/** Renders one record as it appears in the index. */
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
  return renderLines(INDENT, 'plugin', attributes, body.join(''));
}

function renderVersion(version: Version): string {
  const { unknown } = version;
  const body: string[] = [];
  const description = version.description ? [version.description] : [];
  addGroup(body, 'description', description, unknown, 'description', INDENT_3, renderText);
  addGroup(body, '', version.dependencies, unknown, 'dependency', INDENT_3, renderDependency);
  addGroup(body, 'link', version.links, unknown, 'link', INDENT_3, renderText);
  addGroup(body, 'author', version.authors, unknown, 'author', INDENT_3, renderText);
  const known = ` checksum="${encodeAttribute(version.checksum)}" timestamp="${version.timestamp}" filesize="${version.filesize ?? 0}"`;
  return renderLines(INDENT_2, 'version', known + renderAttributes(version.attributes), body.join(''));
}

function renderPrevious(version: PreviousVersion): string {
  const known =
    ` timestamp="${version.timestamp}" timestamp-obsolete="${version.timestampObsolete}"` +
    ` checksum="${encodeAttribute(version.checksum)}" filename="${encodeAttribute(version.filename)}"`;
  const body = version.unknown.map((child) => renderElement(child, INDENT_3)).join('');
  return renderLines(INDENT_2, 'previous-version', known + renderAttributes(version.attributes), body);
}

function renderDependency(dependency: Dependency): string {
  const overrides = dependency.overrides ? ' overrides="true"' : '';
  const known = ` filename="${encodeAttribute(dependency.filename)}" timestamp="${dependency.timestamp}"${overrides}`;
  const body = dependency.unknown.map((child) => renderElement(child, INDENT.repeat(4))).join('');
  return renderLines(INDENT_3, 'dependency', known + renderAttributes(dependency.attributes), body);
}

function renderText(value: TextValue, name: string, indent: string): string {
  // Elements inside stay on the same line, because white space before them would be read as text.
  const children = value.text === '' && value.unknown.length === 0 ? [] : [value.text, ...value.unknown];
  return renderElement({ name, attributes: value.attributes, children }, indent);
}

/** Renders the members of a group, each followed by the unknown elements after it. */
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
  const unknownAfter = new Map<number, XmlElement[]>();
  for (const place of places) {
    const count = Math.min(place.count, members.length);
    const elements = unknownAfter.get(count);
    if (elements) elements.push(place.element);
    else unknownAfter.set(count, [place.element]);
  }
  for (let count = 0; count <= members.length; count++) {
    if (count > 0) body.push(render(members[count - 1] as T, name, indent));
    for (const unknownElement of unknownAfter.get(count) ?? [])
      body.push(renderElement(unknownElement, indent));
  }
}

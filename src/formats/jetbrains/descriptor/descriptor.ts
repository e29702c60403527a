import { attributeOf, elementsIn, elementsNamed, textIn, type XmlNode } from '../../../xml/element.js';
import { XmlError } from '../../../xml/error.js';
import { readXml } from '../../../xml/read.js';

/** The metadata in a plugin, from which the index is written (spec, section 2). Missing values are `undefined`. */
export interface PluginDescriptor {
  /** `<id>`, or `<name>` if it is missing. */
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly vendor: Vendor | undefined;
  /** Bounds of the supported IDE builds, as written. */
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly strictUntil: string | undefined;
  /** HTML. */
  readonly description: string | undefined;
  /** HTML. */
  readonly changeNotes: string | undefined;
  /** Ids of the required plugins and modules. An empty text represents a dependency without a name. */
  readonly depends: readonly string[];
  /**
   * Whether only IntelliJ IDEA loads the plugin, because nothing in the descriptor shows that it supports other IDEs
   * (`PluginCompatibilityUtils.isLegacyPluginWithoutPlatformAliasDependencies` of the platform).
   */
  readonly isIdeaOnly: boolean;
  /** Product code of a paid plugin. */
  readonly productCode: string | undefined;
}

export interface Vendor {
  readonly name: string;
  readonly email: string;
  readonly url: string;
}

/** Reads another file of the plugin by its path in the archive. Returns `undefined` if the file does not exist. */
export type ReadIncluded = (path: string) => Uint8Array | undefined;

/** Path of the descriptor in a jar. */
export const DESCRIPTOR_PATH = 'META-INF/plugin.xml';
/** Maximum nesting and number of inclusions. */
const MAX_DEPTH = 10;
const MAX_INCLUSIONS = 200;
/** The plugins of the platform, which all IDEs load. */
const OWN_PLUGINS: ReadonlySet<string> = new Set(['com.intellij', 'com.intellij.java']);

/**
 * Parses a descriptor and the files that it includes.
 *
 * @throws {XmlError} if one of them is not well-formed XML, or an included file is missing
 */
export function parseDescriptor(bytes: Uint8Array, readIncluded: ReadIncluded): PluginDescriptor {
  const { root } = readXml(bytes);
  const children = new Inclusions(readIncluded).childrenOf(root, DESCRIPTOR_PATH, 0);
  const named = (name: string) => children.filter((node) => node.name === name);
  // Of repeated elements, the platform uses the last one that is not empty. It reads each bound separately.
  const text = (name: string) =>
    named(name)
      .flatMap((node) => nonEmpty(textIn(node)) ?? [])
      .at(-1);
  const last = (name: string, key: string) =>
    named(name)
      .flatMap((node) => attribute(node, key) ?? [])
      .at(-1);
  const bound = (name: string) => last('idea-version', name);
  const vendor = named('vendor').at(-1);
  const required = named('dependencies').flatMap((node) => [
    ...elementsNamed(node, 'plugin').map((plugin) => attribute(plugin, 'id') ?? ''),
    // IDEs do not look for modules in a repository, but a module must have a name.
    ...elementsNamed(node, 'module').flatMap((module) =>
      attribute(module, 'name') === undefined ? [''] : [],
    ),
  ]);
  const depends = named('depends').flatMap((node) => {
    const id = textIn(node).trim();
    return id !== '' && attribute(node, 'optional') === 'true' ? [] : [id];
  });
  const name = text('name');
  const id = text('id') ?? name;
  return {
    id,
    name,
    version: text('version'),
    vendor: vendor && readVendor(vendor),
    since: bound('since-build'),
    until: bound('until-build'),
    strictUntil: bound('strict-until-build'),
    description: text('description'),
    changeNotes: text('change-notes'),
    depends: [...depends, ...required],
    isIdeaOnly: !OWN_PLUGINS.has(id ?? '') && !isForOtherIdes(root, children),
    productCode: last('product-descriptor', 'code'),
  };
}

/** Whether a descriptor has one of the marks that let IDEs other than IntelliJ IDEA load the plugin. */
function isForOtherIdes(root: XmlNode, children: readonly XmlNode[]): boolean {
  const has = (element: string, ...items: readonly string[]) =>
    children.some(
      (node) => node.name === element && items.some((item) => elementsNamed(node, item).length > 0),
    );
  return (
    attribute(root, 'package') !== undefined ||
    attribute(root, 'implementation-detail') === 'true' ||
    has('content', 'module') ||
    has('dependencies', 'plugin', 'module') ||
    // Optional dependencies count too.
    children.some(
      (node) => node.name === 'depends' && /^com\.intellij\.(module|java$)/.test(textIn(node).trim()),
    )
  );
}

function readVendor(node: XmlNode): Vendor | undefined {
  const name = textIn(node).trim();
  return name === ''
    ? undefined
    : { name, email: attribute(node, 'email') ?? '', url: attribute(node, 'url') ?? '' };
}

/** Replaces include elements with the included files (the part of XInclude that the platform supports). */
class Inclusions {
  private count = 0;

  constructor(private readonly readIncluded: ReadIncluded) {}

  childrenOf(root: XmlNode, file: string, depth: number): readonly XmlNode[] {
    return elementsIn(root).flatMap((child) =>
      child.name === 'xi:include' ? this.included(child, file, depth) : [child],
    );
  }

  private included(node: XmlNode, file: string, depth: number): readonly XmlNode[] {
    const href = attribute(node, 'href');
    if (href === undefined) throw new XmlError(`${file} has an <xi:include> without href`);
    for (const condition of ['includeIf', 'includeUnless'])
      if (attribute(node, condition) !== undefined)
        throw new XmlError(
          `${file} includes ${href} under a condition (${condition}), which is not supported because it depends on the IDE`,
        );
    if (depth >= MAX_DEPTH || ++this.count > MAX_INCLUSIONS)
      throw new XmlError(
        `${file} includes ${href}; at most ${MAX_INCLUSIONS} inclusions and ${MAX_DEPTH} levels of them are read`,
      );
    // The platform looks for some names at the root, with or without a slash.
    for (const path of new Set([resolve(href, file), resolve(`/${href}`, file)])) {
      const bytes = this.readIncluded(path);
      if (bytes) return this.childrenOf(readXml(bytes).root, path, depth + 1);
    }
    if (elementsNamed(node, 'xi:fallback').length > 0) return [];
    throw new XmlError(
      `${file} includes ${href}, which is not in the archive (jars in lib/modules are not read)`,
    );
  }
}

/** Resolves a reference to a path in the archive, relative to its root or to the folder of the including file. */
function resolve(href: string, file: string): string {
  const parts = href.startsWith('/') ? [] : file.split('/').slice(0, -1);
  for (const part of href.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function attribute(node: XmlNode, name: string): string | undefined {
  return nonEmpty(attributeOf(node, name));
}

function nonEmpty(text: string | undefined): string | undefined {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? undefined : trimmed;
}

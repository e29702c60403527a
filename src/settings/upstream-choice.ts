import type { SomeFormat, UpstreamPreset } from '../formats/format.js';
import { nearMatches, suggestion } from '../model/near-matches.js';
import type { OptionReader } from '../model/option.js';
import type { UpstreamSource } from '../model/upstream.js';

const NONE = 'none';

/** The sites that users also follow, and the Java that these users run, as far as that is known. */
export interface UpstreamChoice {
  readonly upstream: readonly UpstreamSource[];
  readonly java: number | undefined;
}

/** Reads the choice of upstream sites: presets, sites of the user's own, or none. */
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
      options.fault('upstream', '"none" stands beside other sites', 'Give "none" alone, or leave it out.');
    return { upstream: [], java: undefined };
  }
  const chosen = values.flatMap((value): Partial<UpstreamPreset>[] => {
    if (Object.hasOwn(presets, value)) return [presets[value] ?? {}];
    const sites = readOwnSite(options, value, Object.keys(presets), indexName);
    // A preset's name before an address: the same edition, whose index is read from elsewhere.
    const java = sites.map(({ name }) => (Object.hasOwn(presets, name) ? presets[name]?.java : undefined))[0];
    return [java === undefined ? { sites } : { sites, java }];
  });
  const sites = chosen.flatMap((preset) => preset.sites ?? []);
  const repeated = sites.find(({ name }, at) => sites.findIndex((other) => other.name === name) !== at);
  if (repeated)
    options.fault('upstream', `two sites are called "${repeated.name}"`, 'Give each site another name.');
  const versions = chosen.flatMap(({ java }) => java ?? []);
  return { upstream: sites, java: versions.length === 0 ? undefined : Math.min(...versions) };
}

/** `NAME=URL_OR_FILE` */
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
      `"${value}" is no site`,
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

/** Where an index is, whether that or the site itself was named; files stay as they are. */
export function indexLocation(
  location: string,
  indexName: string,
  fault: (what: string, hint: string) => void,
): string {
  if (!/^https?:\/\//i.test(location)) return location;
  if (!URL.canParse(location)) {
    fault(`"${location}" is not a web address`, 'Write it in full, as in a browser.');
    return location;
  }
  const url = new URL(location);
  if (url.username !== '' || url.password !== '') {
    fault('a web address holds a login', 'Update sites are public: leave it out.');
  }
  if (!/\.xml(\.gz)?$/.test(url.pathname)) url.pathname = `${url.pathname.replace(/\/+$/, '')}/${indexName}`;
  return url.href;
}

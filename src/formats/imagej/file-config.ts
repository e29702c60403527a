import picomatch from 'picomatch';
import type { FileConfig, SiteConfig } from '../../model/site-config.js';
import { unversionedPath } from './file-name.js';

/** What a maintainer says about one file: all that matches it, put together. */
export interface FileOverrides extends Omit<FileConfig, 'pattern' | 'dependencies'> {
  readonly dependencies: Required<FileConfig>['dependencies'];
}

/** Finds what is said about files. */
export interface FileConfigs {
  /** @param path with or without version; undefined where nothing is said about it */
  overridesFor(path: string): FileOverrides | undefined;
  /** The patterns that match none of these paths. */
  unmatched(paths: readonly string[]): readonly string[];
}

export function createFileConfigs(config: SiteConfig | undefined): FileConfigs {
  const rules = (config?.files ?? []).map((rule) => ({ rule, matches: matcherOf(rule.pattern) }));
  return {
    overridesFor(path) {
      const said = rules.filter(({ matches }) => matches(path)).map(({ rule }) => rule);
      return said.length === 0 ? undefined : merged(said);
    },
    unmatched(paths) {
      return rules.filter(({ matches }) => !paths.some(matches)).map(({ rule }) => rule.pattern);
    },
  };
}

/** A name is taken as it stands first: it may hold what would be a wildcard. */
function matcherOf(pattern: string): (path: string) => boolean {
  const component = unversionedPath(pattern);
  const isMatch = picomatch(pattern, { dot: true, nonegate: true, noextglob: true });
  return (path) => {
    const unversioned = unversionedPath(path);
    return unversioned === component || isMatch(unversioned);
  };
}

/** Later ones win; dependencies add up. */
function merged(rules: readonly FileConfig[]): FileOverrides {
  const gather = (key: keyof FileOverrides['dependencies']) => [
    ...new Set(rules.flatMap(({ dependencies }) => dependencies?.[key] ?? []).map(unversionedPath)),
  ];
  const merged: Partial<FileConfig> = Object.assign({}, ...rules) as FileConfig;
  return {
    ...merged,
    dependencies: { add: gather('add'), remove: gather('remove'), overrides: gather('overrides') },
  };
}

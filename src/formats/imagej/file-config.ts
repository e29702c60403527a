import picomatch from 'picomatch';
import type { FileConfig, SiteConfig } from '../../model/site-config.js';
import { unversionedPath } from './file-name.js';

/** The configuration of one file: all matching rules, combined. */
export interface FileOverrides extends Omit<FileConfig, 'pattern' | 'dependencies'> {
  readonly dependencies: Required<FileConfig>['dependencies'];
}

/** Finds the configuration of files. */
export interface FileConfigs {
  /**
   * @param path with or without version
   * @returns `undefined` if no rule matches
   */
  overridesFor(path: string): FileOverrides | undefined;
  /** Returns the patterns that match none of these paths. */
  unmatched(paths: readonly string[]): readonly string[];
}

export function createFileConfigs(config: SiteConfig | undefined): FileConfigs {
  const rules = (config?.files ?? []).map((rule) => ({ rule, matches: matcherOf(rule.pattern) }));
  return {
    overridesFor(path) {
      const matching = rules.filter(({ matches }) => matches(path)).map(({ rule }) => rule);
      return matching.length === 0 ? undefined : merged(matching);
    },
    unmatched(paths) {
      return rules.filter(({ matches }) => !paths.some(matches)).map(({ rule }) => rule.pattern);
    },
  };
}

/** Compares the pattern as a plain name first, because a file name may contain wildcard characters. */
function matcherOf(pattern: string): (path: string) => boolean {
  const component = unversionedPath(pattern);
  const isMatch = picomatch(pattern, { dot: true, nonegate: true, noextglob: true });
  return (path) => {
    const unversioned = unversionedPath(path);
    return unversioned === component || isMatch(unversioned);
  };
}

/** Combines rules: later ones win, dependencies add up. */
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

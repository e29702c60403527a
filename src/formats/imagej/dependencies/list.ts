import { nearMatches, suggestion } from '../../../model/near-matches.js';
import type { Problem } from '../../../model/problem.js';
import { baseName } from '../../../model/site-path.js';
import type { Timestamp } from '../../../model/timestamp.js';
import { unversionedPath } from '../file-name.js';
import type { Dependency } from '../index/site-index.js';
import type { FileOverrides } from '../file-config.js';

/** Inputs for the list of dependencies of a file. */
export interface DependencyListRequest {
  /** Path of the file that has the dependencies. */
  readonly path: string;
  readonly recorded: readonly Dependency[];
  /** Whether to update recorded dependencies, and to drop those that users cannot get any more (spec, section 7). */
  readonly refresh: boolean;
  /** Unversioned paths of the detected dependencies. */
  readonly found: readonly string[];
  readonly overrides: FileOverrides | undefined;
  /** Returns the timestamp of the version that users get; `undefined` if they get none (spec, section 9.4). */
  readonly timestampFor: (filename: string) => Timestamp | undefined;
  /** Returns the unversioned paths of all present and past files, for suggestions. */
  readonly known: () => ReadonlySet<string>;
  /** Name of the configuration file, for messages. */
  readonly configFile: string;
}

/**
 * Lists the dependencies of a file: recorded ones in their order, then detected ones. The configuration overrides both.
 */
export function listDependencies(request: DependencyListRequest): {
  readonly dependencies: readonly Dependency[];
  readonly problems: readonly Problem[];
} {
  const { path, recorded, refresh, found, overrides, timestampFor } = request;
  const problems: Problem[] = [];
  const list = new Map<string, Dependency>();
  for (const dependency of recorded) {
    const name = unversionedPath(dependency.filename);
    if (isExcluded(name, overrides)) continue;
    const timestamp = refresh ? timestampFor(name) : dependency.timestamp;
    // A file does not need what it overrides.
    if (timestamp === undefined && !dependency.overrides) problems.push(dropped(path, dependency.filename));
    else list.set(name, { ...dependency, timestamp: timestamp ?? dependency.timestamp });
  }
  for (const name of found) {
    const timestamp = timestampFor(name);
    if (timestamp !== undefined && !list.has(name) && !isExcluded(name, overrides))
      list.set(name, dependencyOn(name, timestamp));
  }
  for (const name of overrides?.dependencies.add ?? []) {
    if (list.has(name)) continue;
    const timestamp = timestampFor(name);
    if (timestamp === undefined) problems.push(unknownDependency(request, name));
    else list.set(name, dependencyOn(name, timestamp));
  }
  for (const name of overrides?.dependencies.overrides ?? []) {
    const dependency = list.get(name) ?? dependencyOn(name, timestampFor(name) ?? 0);
    if (timestampFor(name) === undefined && !request.known().has(name))
      problems.push(unknownDependency(request, name));
    list.set(name, { ...dependency, overrides: true });
  }
  return { dependencies: [...list.values()], problems };
}

/** Whether the configuration removes a dependency, named by its path or by its file name alone. */
export function isExcluded(name: string, overrides: FileOverrides | undefined): boolean {
  return (
    overrides?.dependencies.remove.some((removed) => removed === name || removed === baseName(name)) ?? false
  );
}

function dependencyOn(filename: string, timestamp: Timestamp): Dependency {
  return { filename, timestamp, overrides: false, attributes: [], unknown: [] };
}

function dropped(path: string, filename: string): Problem {
  return {
    severity: 'warning',
    code: 'dropped-dependency',
    path,
    message: `The index records that ${path} depends on ${filename}, which neither this site nor an upstream site serves any more. The dependency was dropped.`,
    hint: 'Test that the plugin works without it. If another site serves it, add that site with "upstream" (--upstream).',
  };
}

function unknownDependency({ path, configFile, known }: DependencyListRequest, name: string): Problem {
  const all = known();
  const wasThere = all.has(name);
  return {
    severity: 'error',
    code: wasThere ? 'obsolete-dependency' : 'unknown-dependency',
    path,
    message: `${configFile} states that ${path} depends on ${name}, ${wasThere ? 'which is obsolete' : 'which neither this site nor an upstream site serves'}.`,
    hint:
      (wasThere ? '' : suggestion(nearMatches(name, all))) ||
      'Publish it as well, delete the dependency there, or add the site that serves it with "upstream" (--upstream).',
  };
}

import { readdirSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  jarNameOf,
  type MavenCoordinates,
  type MavenRepository,
  type RepositoryJar,
} from '../../model/maven.js';
import { openFileSource } from './file-sources.js';

/** Maximum size of a POM, in bytes. */
const MAX_POM_BYTES = 4 * 1024 * 1024;
/** Maximum depth and number of folders to search: a large repository has some 50,000. */
const MAX_DEPTH = 24;
const MAX_FOLDERS = 500_000;
/** Characters that are allowed in a part of a path: coordinates come from POMs, which are untrusted. */
const SAFE_PART = /^[A-Za-z0-9_+-][A-Za-z0-9_.+-]*$/;

/**
 * Returns the folder of the Maven repository.
 *
 * @param given what the user has named; `~` is the home folder even if no shell has replaced it. Default: the
 *   folder in which Maven stores downloads
 */
export function mavenRepositoryFolder(given = '~/.m2/repository'): string {
  return given.replace(/^~(?=$|[/\\])/, () => os.homedir());
}

/** Creates a Maven repository in a folder, which need not exist. */
export function createMavenRepository(root: string): MavenRepository {
  const folderOf = ({ groupId, artifactId, version, classifier }: MavenCoordinates): string | undefined => {
    const parts = [...groupId.split('.'), artifactId, version];
    const isSafe =
      parts.every((part) => SAFE_PART.test(part)) && (classifier === '' || SAFE_PART.test(classifier));
    return isSafe ? path.join(root, ...parts) : undefined;
  };
  return {
    location: root,
    readPom(coordinates) {
      const folder = folderOf(coordinates);
      if (folder === undefined) return undefined;
      const file = path.join(folder, jarNameOf({ ...coordinates, classifier: '' }).replace(/jar$/, 'pom'));
      try {
        return readAtOnce(file, MAX_POM_BYTES);
      } catch {
        return undefined;
      }
    },
    findJar(coordinates) {
      const folder = folderOf(coordinates);
      const { artifactId, version } = coordinates;
      return folder === undefined
        ? undefined
        : describe(path.join(folder, jarNameOf(coordinates)), artifactId, version);
    },
    jarsNamed: (artifactIds) => walk(root, artifactIds),
  };
}

/** @returns `undefined` if the file has more than `maxBytes` */
function readAtOnce(file: string, maxBytes: number): Uint8Array | undefined {
  const source = openFileSource(file);
  try {
    return source.size > maxBytes ? undefined : source.read(0, source.size);
  } finally {
    source.close();
  }
}

function walk(root: string, artifactIds: ReadonlySet<string>): RepositoryJar[] {
  const jars: RepositoryJar[] = [];
  let folders = 0;
  const enter = (folder: string, depth: number): void => {
    if (depth > MAX_DEPTH || folders++ > MAX_FOLDERS) return;
    const version = path.basename(folder);
    const artifactId = path.basename(path.dirname(folder));
    for (const entry of list(folder)) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) enter(file, depth + 1);
      else if (
        entry.name.endsWith('.jar') &&
        entry.name.startsWith(`${artifactId}-${version}`) &&
        artifactIds.has(artifactId)
      ) {
        const jar = describe(file, artifactId, version);
        if (jar) jars.push(jar);
      }
    }
  };
  enter(root, 0);
  return jars;
}

function list(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function describe(file: string, artifactId: string, version: string): RepositoryJar | undefined {
  try {
    const { size, mtimeMs } = statSync(file);
    return { artifactId, version, file, size, modified: mtimeMs };
  } catch {
    return undefined;
  }
}

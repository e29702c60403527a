import { openArchive, type Archive, type ArchiveEntry } from '../../../archive/archive.js';
import type { ByteSource } from '../../../model/byte-source.js';
import { parsePluginsConfig, PLUGINS_CONFIG } from '../artifacts/plugins-config.js';
import { ClassFileError, javaOf, readClassFile } from './class-file.js';

/** Maximum size of a class file that is read, in bytes. Real ones are far smaller (limits: JVMS, section 4.11). */
const MAX_CLASS_BYTES = 64 * 1024 * 1024;
/** Maximum size of a `plugins.config` that is read, in bytes. */
const MAX_CONFIG_BYTES = 1024 * 1024;
const CLASS_SUFFIX = '.class';
/** Folder of classes for a later Java only (JAR specification, multi-release jars). */
const VERSIONED = /^META-INF\/versions\/\d+\//;
/** Names of class files that do not contain a class. */
const NON_CLASS_NAMES = /(^|\/)(module-info|package-info)$/;

/** The classes of a jar, and the classes that they need. Class names have the form `ij/ImagePlus`. */
export interface JarAnalysis {
  /** Classes that the jar contains. */
  readonly classes: readonly string[];
  /** Classes that the jar references but does not contain, except those below `java/`. */
  readonly references: readonly string[];
  /** Classes that its `plugins.config` names but the jar does not contain. */
  readonly missingCommands: readonly string[];
  /** The oldest Java that can run all classes; 0 if there are none. */
  readonly java: number;
  /** Class files that could not be read, each with the reason. */
  readonly faults: readonly string[];
}

/**
 * Analyzes the classes of a jar. Ignores jars inside it (spec, section 7).
 *
 * @param label name of the file in messages
 * @param withReferences whether to read the class files; otherwise, only their names are listed
 * @throws {UserError} `artifact` or `limit` if the jar cannot be read
 */
export function analyzeJar(source: ByteSource, label: string, withReferences: boolean): JarAnalysis {
  const jar = openArchive(source, label);
  const classes = new Set<string>();
  for (const { name } of jar.entries) {
    const className = classNameOf(name);
    if (className !== undefined) classes.add(className);
  }
  if (!withReferences)
    return { classes: [...classes], references: [], missingCommands: [], java: 0, faults: [] };
  const { names, java, faults } = readReferences(jar);
  return {
    classes: [...classes],
    references: [...names].filter((name) => !classes.has(name) && !NON_CLASS_NAMES.test(name)),
    missingCommands: readCommands(jar).filter((name) => !classes.has(name)),
    java,
    faults,
  };
}

/** Returns the name of the class in an entry; `undefined` if the entry does not contain one. */
function classNameOf(entryName: string): string | undefined {
  if (!entryName.endsWith(CLASS_SUFFIX)) return undefined;
  const versioned = entryName.startsWith('META-INF/');
  const plain = versioned ? entryName.replace(VERSIONED, '') : entryName;
  const name = plain.slice(0, -CLASS_SUFFIX.length);
  return NON_CLASS_NAMES.test(name) ? undefined : name;
}

function readReferences(jar: Archive): { names: Set<string>; java: number; faults: string[] } {
  const names = new Set<string>();
  const faults: string[] = [];
  let newest = 0;
  for (const entry of jar.entries) {
    if (!entry.name.endsWith(CLASS_SUFFIX) || entry.name.endsWith('module-info.class')) continue;
    const fault = readEntry(jar, entry, names, (majorVersion) => {
      if (!entry.name.startsWith('META-INF/')) newest = Math.max(newest, majorVersion);
    });
    if (fault !== undefined) faults.push(`${entry.name}: ${fault}`);
  }
  return { names, java: javaOf(newest), faults };
}

/** Returns why the class file cannot be read; `undefined` if it can. */
function readEntry(
  jar: Archive,
  entry: ArchiveEntry,
  names: Set<string>,
  onVersion: (majorVersion: number) => void,
): string | undefined {
  const content = jar.read(entry, MAX_CLASS_BYTES);
  if (!content) return `it is larger than the limit of ${MAX_CLASS_BYTES} bytes`;
  try {
    const { majorVersion, isComplete } = readClassFile(content, names);
    onVersion(majorVersion);
    return isComplete ? undefined : 'it contains a constant of an unknown kind';
  } catch (error) {
    if (!(error instanceof ClassFileError)) throw error;
    return error.message;
  }
}

function readCommands(jar: Archive): readonly string[] {
  const entry = jar.find(PLUGINS_CONFIG);
  const content = entry && jar.read(entry, MAX_CONFIG_BYTES);
  if (!content) return [];
  return parsePluginsConfig(content.toString('utf8')).map((name) => name.replaceAll('.', '/'));
}

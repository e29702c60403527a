import { openArchive, type Archive, type ArchiveEntry } from '../../../archive/archive.js';
import type { ByteSource } from '../../../model/byte-source.js';
import { parsePluginsConfig, PLUGINS_CONFIG } from '../artifacts/plugins-config.js';
import { ClassFileError, readClassFile } from './class-file.js';

/** Largest class file that is read, in bytes: its methods alone cannot fill more (JVMS, section 4.11). */
const MAX_CLASS_BYTES = 64 * 1024 * 1024;
/** Largest list of commands that is read, in bytes. */
const MAX_CONFIG_BYTES = 1024 * 1024;
const CLASS_SUFFIX = '.class';
/** Classes for a later Java only (JAR specification, multi-release jars). */
const VERSIONED = /^META-INF\/versions\/\d+\//;
/** Names that the language uses for what is no class. */
const NON_CLASS_NAMES = /(^|\/)(module-info|package-info)$/;

/** What a jar holds of Java code, and what that code needs. Class names are written as `ij/ImagePlus`. */
export interface JarAnalysis {
  /** The classes in it. */
  readonly classes: readonly string[];
  /** The classes that it names and does not hold, but for those below `java/`. */
  readonly references: readonly string[];
  /** The classes that its `plugins.config` names and it does not hold. */
  readonly missingCommands: readonly string[];
  /** The oldest Java that can run all of it; 0 where it holds no classes. */
  readonly java: number;
  /** What could not be read, in words. */
  readonly faults: readonly string[];
}

/**
 * Looks at the classes of a jar. Jars inside it are not looked into (spec, section 7).
 *
 * @param label how the file is called in messages
 * @param withReferences whether its class files are read; else only their names are told
 * @throws {UserError} `artifact` or `limit` where the jar cannot be read
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

/** The class that an entry holds; undefined where it holds none. */
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

/** What is wrong with the class file, if anything is. */
function readEntry(
  jar: Archive,
  entry: ArchiveEntry,
  names: Set<string>,
  onVersion: (majorVersion: number) => void,
): string | undefined {
  const content = jar.read(entry, MAX_CLASS_BYTES);
  if (!content) return `it is too long: at most ${MAX_CLASS_BYTES} bytes are read`;
  try {
    const { majorVersion, isComplete } = readClassFile(content, names);
    onVersion(majorVersion);
    return isComplete ? undefined : 'it holds a constant of a kind that is not known';
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

/** The Java of a version of the format: Java 1.1 wrote 45, and each later one counts on. */
function javaOf(majorVersion: number): number {
  return Math.max(0, majorVersion - 44);
}

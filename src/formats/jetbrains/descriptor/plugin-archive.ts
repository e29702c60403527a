/**
 * Finds plugin.xml in an archive, reads it, and checks its metadata: texts, build ranges and systems. Worker threads
 * load this room.
 *
 * @module
 */

import { openArchive, type Archive, type ArchiveEntry } from '../../../archive/archive.js';
import { DEFAULT_ARCHIVE_LIMITS, type ArchiveLimits } from '../../../archive/limits.js';
import type { Inspection } from '../../../model/artifact.js';
import { byteSourceOf, type ByteSource } from '../../../model/byte-source.js';
import { listNames } from '../../../model/humanize.js';
import type { CodeOf, Problem } from '../../../model/problem.js';
import { UserError } from '../../../model/user-error.js';
import { XmlError } from '../../../xml/error.js';
import { invalidSignature, readSignature, type Signature } from '../signature/signature.js';
import { sha256 } from './checksum.js';
import { DESCRIPTOR_PATH, parseDescriptor, type PluginDescriptor } from './descriptor.js';

/** The result of inspecting an archive. */
export interface PluginInspection extends Inspection {
  /** `undefined` if it could not be read. The problems contain the reason. */
  readonly descriptor: PluginDescriptor | undefined;
  readonly signature: Signature;
  /** The problems of the archive itself. */
  readonly problems: readonly Problem[];
}

const MIB = 1024 * 1024;
/** Git hosts refuse archives over 100 MB anyway. */
const LIMITS: ArchiveLimits = {
  ...DEFAULT_ARCHIVE_LIMITS,
  maxEntryBytes: 512 * MIB,
  maxUnpackedBytes: 2048 * MIB,
  ratioFloorBytes: 128 * MIB,
};
/**
 * Size of a jar inside a zip that is always allowed, in bytes, and maximum ratio of a larger one to the zip. Jars are
 * unpacked whole, one at a time. They are already compressed, so an honest one is not much longer than the zip.
 */
const ALWAYS_JAR_BYTES = 64 * MIB;
const MAX_JAR_RATIO = 16;
/** Maximum number of files that a message names. */
const MAX_NAMES = 5;
/** Maximum size of a descriptor or an included file, in bytes. */
const MAX_DESCRIPTOR_BYTES = 16 * MIB;
/** Maximum number of jars in one plugin. */
const MAX_JARS = 2000;

/** A jar of a plugin. */
interface PluginJar {
  readonly name: string;
  /** Opens the jar. A jar inside a zip is unpacked, and stays in memory as long as the caller keeps it. */
  open(): Archive;
}

/** A jar of a plugin, opened. */
interface OpenJar {
  readonly name: string;
  readonly archive: Archive;
}

/** The reason why an archive is not a valid plugin. */
class PluginArchiveError extends Error {
  override readonly name = 'PluginArchiveError';

  constructor(
    readonly code: CodeOf<'error'>,
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

/**
 * Inspects a plugin: a jar with a descriptor, or a zip with one folder whose `lib` contains jars, one of them with a
 * descriptor (spec, section 2).
 *
 * @param label the name of the file in messages
 * @throws {UserError} `artifact` if it is damaged or not an archive, `limit` if it exceeds a limit
 */
export function inspectPlugin(source: ByteSource, label: string): PluginInspection {
  const archive = openArchive(source, label, LIMITS);
  const signature = readSignature(source, LIMITS.maxEntries);
  const content = { checksum: sha256(source), size: source.size, signature };
  try {
    const jars = pluginJars(archive, label, Math.max(ALWAYS_JAR_BYTES, MAX_JAR_RATIO * source.size));
    const { main, bytes, names } = findDescriptor(jars, label);
    const descriptor = parseDescriptor(bytes, (path) => readFromAny(main, names, path));
    const problems = [...duplicateEntries(main, label), ...invalidSignature(signature, label)];
    return { ...content, descriptor, problems };
  } catch (error) {
    if (error instanceof PluginArchiveError)
      return { ...content, descriptor: undefined, problems: [problemOf(error, label)] };
    if (!(error instanceof XmlError)) throw error;
    const fault = new PluginArchiveError(
      'bad-descriptor',
      `${DESCRIPTOR_PATH} in ${label} cannot be read: ${error.message}.`,
      'Correct the file in the sources of the plugin, and build again.',
    );
    return { ...content, descriptor: undefined, problems: [problemOf(fault, label)] };
  }
}

function pluginJars(archive: Archive, label: string, maxJarBytes: number): readonly PluginJar[] {
  // IDEs copy files that end in .jar and unpack all others.
  if (label.endsWith('.jar')) return [{ name: label, open: () => archive }];
  if (archive.find(DESCRIPTOR_PATH))
    throw new PluginArchiveError(
      'archive-layout',
      `${label} has the layout of a jar, with ${DESCRIPTOR_PATH} at its root. IDEs would unpack it and not find the plugin.`,
      'Rename it to end in .jar, or publish the archive that the Gradle task buildPlugin creates.',
    );
  const files = archive.entries.filter(({ name }) => !name.endsWith('/'));
  if (files.length === 0)
    throw new PluginArchiveError('archive-layout', `${label} is empty.`, 'Build the plugin again.');
  const roots = new Set(files.map(({ name }) => name.slice(0, name.indexOf('/') + 1)));
  const [root = ''] = roots;
  const hint =
    'A plugin is a jar with META-INF/plugin.xml, or a zip with one folder that has its jars in lib/, as the Gradle task buildPlugin creates it.';
  if (roots.size > 1 || root === '') {
    const list = [...roots].map((folder) => folder || 'files outside of a folder').slice(0, MAX_NAMES);
    throw new PluginArchiveError(
      'archive-layout',
      `${label} must have exactly one folder at its root, but has ${list.join(', ')}.`,
      hint,
    );
  }
  const jars = files.filter(({ name }) => isJarIn(name, `${root}lib/`));
  if (jars.length === 0)
    throw new PluginArchiveError('archive-layout', `${label} has no jar in ${root}lib/.`, hint);
  if (jars.length > MAX_JARS)
    throw new PluginArchiveError(
      'archive-layout',
      `${label} has ${jars.length} jars; at most ${MAX_JARS} are read.`,
      hint,
    );
  return jars.map((jar) => {
    const name = `${jar.name} in ${label}`;
    const open = () => openArchive(byteSourceOf(unpackJar(archive, jar, name, maxJarBytes)), name, LIMITS);
    return { name, open };
  });
}

/** @throws {UserError} `artifact` if it is damaged, `limit` if it is too large */
function unpackJar(archive: Archive, jar: ArchiveEntry, name: string, maxBytes: number): Buffer {
  const content = archive.read(jar, Math.min(maxBytes, LIMITS.maxEntryBytes));
  if (content) return content;
  throw new UserError('limit', `${name} exceeds a limit: it unpacks to much more than the size of the zip.`, {
    hint: 'Jars are already compressed. If this one is neither damaged nor hostile, please open an issue.',
  });
}

function isJarIn(name: string, folder: string): boolean {
  return name.startsWith(folder) && name.endsWith('.jar') && !name.slice(folder.length).includes('/');
}

/** The jar with the descriptor, the bytes of the descriptor, and the first jar that contains each file name. */
interface FoundDescriptor {
  readonly main: OpenJar;
  readonly bytes: Uint8Array;
  readonly names: ReadonlyMap<string, PluginJar>;
}

/** @throws {UserError} if a jar inside is damaged */
function findDescriptor(jars: readonly PluginJar[], label: string): FoundDescriptor {
  const found: OpenJar[] = [];
  const names = new Map<string, PluginJar>();
  for (const jar of jars) {
    const archive = jar.open();
    for (const { name } of archive.entries) if (!names.has(name)) names.set(name, jar);
    if (!archive.find(DESCRIPTOR_PATH)) continue;
    // Only the content of the first one is needed. The other names are for the message.
    found.push({ name: jar.name, archive: found[0]?.archive ?? archive });
  }
  const [main] = found;
  if (!main)
    throw new PluginArchiveError(
      'no-descriptor',
      `${label.endsWith('.jar') ? `${label} does not contain` : `No jar in ${label} contains`} ${DESCRIPTOR_PATH}.`,
      'Check that it is the archive of the plugin. The Gradle task buildPlugin writes it to build/distributions.',
    );
  if (found.length > 1) {
    throw new PluginArchiveError(
      'several-descriptors',
      `Several jars contain ${DESCRIPTOR_PATH}: ${found.map(({ name }) => name).join(', ')}.`,
      'Only one jar of a plugin may contain it. Do not pack another plugin into the archive.',
    );
  }
  return { main, bytes: readEntry(main, DESCRIPTOR_PATH) as Uint8Array, names };
}

/** Reads a file from the jar with the descriptor, or else from the first jar that contains it. */
function readFromAny(
  main: OpenJar,
  names: ReadonlyMap<string, PluginJar>,
  path: string,
): Uint8Array | undefined {
  const own = readEntry(main, path);
  if (own) return own;
  const jar = names.get(path);
  return jar && readEntry({ name: jar.name, archive: jar.open() }, path);
}

/** @returns `undefined` if the jar does not contain the file */
function readEntry({ archive, name }: OpenJar, path: string): Uint8Array | undefined {
  const entry = archive.find(path);
  if (!entry) return undefined;
  const content = archive.read(entry, MAX_DESCRIPTOR_BYTES);
  if (!content)
    throw new XmlError(`${path} in ${name} is too long: at most ${MAX_DESCRIPTOR_BYTES} bytes are read`);
  return content;
}

/** Reports duplicate entries, because Java reads one of them and other tools another. */
function duplicateEntries({ archive, name }: OpenJar, label: string): readonly Problem[] {
  const repeated = archive.entries.filter(({ times }) => times > 1);
  if (repeated.length === 0) return [];
  const names = repeated.map((entry) => entry.name);
  return [
    {
      severity: 'error',
      code: 'duplicate-entry',
      path: label,
      message: `${name} contains duplicate entries: ${listNames(names, MAX_NAMES)}.`,
      hint: 'Set duplicatesStrategy in the Gradle task that packs the jar.',
    },
  ];
}

function problemOf({ code, message, hint }: PluginArchiveError, path: string): Problem {
  return { severity: 'error', code, path, message, hint };
}

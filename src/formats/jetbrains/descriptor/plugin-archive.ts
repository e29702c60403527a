/**
 * Finds plugin.xml in an archive, reads it, and checks what a plugin says of itself: texts, bounds of builds, systems. Threads
 * load this room.
 *
 * @module
 */

import { openArchive, type Archive, type ArchiveEntry } from '../../../archive/archive.js';
import { DEFAULT_ARCHIVE_LIMITS, type ArchiveLimits } from '../../../archive/limits.js';
import type { Inspection } from '../../../model/artifact.js';
import { byteSourceOf, type ByteSource } from '../../../model/byte-source.js';
import type { CodeOf, Problem } from '../../../model/problem.js';
import { UserError } from '../../../model/user-error.js';
import { XmlError } from '../../../xml/error.js';
import { invalidSignature, readSignature, type Signature } from '../signature/signature.js';
import { sha256 } from './checksum.js';
import { DESCRIPTOR_PATH, parseDescriptor, type PluginDescriptor } from './descriptor.js';

/** What was read of an archive. */
export interface PluginInspection extends Inspection {
  /** Undefined where there is none that could be read; the problems say why. */
  readonly descriptor: PluginDescriptor | undefined;
  readonly signature: Signature;
  /** What is wrong with the archive itself. */
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
 * A jar inside of a zip is unpacked whole, one at a time, and may be of this many bytes: jars are packed already, so
 * that an honest one is not much longer than the zip around it.
 */
const ALWAYS_JAR_BYTES = 64 * MIB;
const MAX_JAR_RATIO = 16;
/** Largest descriptor or included file, in bytes. */
const MAX_DESCRIPTOR_BYTES = 16 * MIB;
/** Most jars of one plugin that are opened. */
const MAX_JARS = 2000;

/** A jar of a plugin. */
interface PluginJar {
  readonly name: string;
  /** Unpacks it, if it is inside of a zip: it is in memory for as long as its user keeps it. */
  open(): Archive;
}

/** A jar of a plugin, opened. */
interface OpenJar {
  readonly name: string;
  readonly archive: Archive;
}

/** What keeps an archive from being a plugin. */
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
 * Reads a plugin: a jar with a descriptor, or a zip of one folder whose `lib` holds jars, one of them with a descriptor
 * (spec, section 2).
 *
 * @param label how the file is called in messages
 * @throws {UserError} `artifact` where it is no archive or a damaged one, `limit` where it exceeds a bound
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
      'Correct it in the sources of the plugin, and build again.',
    );
    return { ...content, descriptor: undefined, problems: [problemOf(fault, label)] };
  }
}

function pluginJars(archive: Archive, label: string, maxJarBytes: number): readonly PluginJar[] {
  // IDEs copy what is called .jar and unpack everything else.
  if (label.endsWith('.jar')) return [{ name: label, open: () => archive }];
  if (archive.find(DESCRIPTOR_PATH))
    throw new PluginArchiveError(
      'archive-layout',
      `${label} is laid out as a jar, with ${DESCRIPTOR_PATH} at its root: IDEs would unpack it and not find the plugin.`,
      'Let its name end in .jar, or publish what the Gradle task buildPlugin makes.',
    );
  const files = archive.entries.filter(({ name }) => !name.endsWith('/'));
  if (files.length === 0)
    throw new PluginArchiveError('archive-layout', `${label} is empty.`, 'Build the plugin again.');
  const roots = new Set(files.map(({ name }) => name.slice(0, name.indexOf('/') + 1)));
  const [root = ''] = roots;
  const hint =
    'A plugin is a jar with META-INF/plugin.xml, or a zip with one folder that has its jars in lib/, as the Gradle task buildPlugin makes it.';
  if (roots.size > 1 || root === '') {
    const list = [...roots].map((folder) => folder || 'files beside folders').slice(0, 5);
    throw new PluginArchiveError(
      'archive-layout',
      `${label} has not one folder at its root, but ${list.join(', ')}.`,
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
  throw new UserError('limit', `${name} is beyond what is read: it unpacks to much more than the zip.`, {
    hint: 'Jars are packed already. If this one is neither damaged nor hostile, please open an issue.',
  });
}

function isJarIn(name: string, folder: string): boolean {
  return name.startsWith(folder) && name.endsWith('.jar') && !name.slice(folder.length).includes('/');
}

/** The jar with the descriptor, its bytes, and which jar has a file of which name; earlier jars come first. */
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
    // The content of the first one is needed; of further ones only the names, for the message.
    found.push({ name: jar.name, archive: found[0]?.archive ?? archive });
  }
  const [main] = found;
  if (!main)
    throw new PluginArchiveError(
      'no-descriptor',
      `${label.endsWith('.jar') ? `${label} has no` : `No jar of ${label} has`} ${DESCRIPTOR_PATH}.`,
      'Is it the archive of the plugin? The Gradle task buildPlugin writes it to build/distributions.',
    );
  if (found.length > 1) {
    throw new PluginArchiveError(
      'several-descriptors',
      `Several jars have ${DESCRIPTOR_PATH}: ${found.map(({ name }) => name).join(', ')}.`,
      'Only one jar of a plugin may have it: do not pack another plugin into it.',
    );
  }
  return { main, bytes: readEntry(main, DESCRIPTOR_PATH) as Uint8Array, names };
}

/** A file of the jar with the descriptor, or else of the first jar that has it. */
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

/** @returns undefined if the jar has no such file */
function readEntry({ archive, name }: OpenJar, path: string): Uint8Array | undefined {
  const entry = archive.find(path);
  if (!entry) return undefined;
  const content = archive.read(entry, MAX_DESCRIPTOR_BYTES);
  if (!content)
    throw new XmlError(`${path} in ${name} is too long: at most ${MAX_DESCRIPTOR_BYTES} bytes are read`);
  return content;
}

/** Java takes one of them, other tools another. */
function duplicateEntries({ archive, name }: OpenJar, label: string): readonly Problem[] {
  const repeated = archive.entries.filter(({ times }) => times > 1);
  if (repeated.length === 0) return [];
  const shown = repeated
    .slice(0, 5)
    .map((entry) => entry.name)
    .join(', ');
  const more = repeated.length > 5 ? `, and ${repeated.length - 5} more` : '';
  return [
    {
      severity: 'error',
      code: 'duplicate-entry',
      path: label,
      message: `${name} has entries twice: ${shown}${more}.`,
      hint: 'Set duplicatesStrategy in the Gradle task that packs the jar.',
    },
  ];
}

function problemOf({ code, message, hint }: PluginArchiveError, path: string): Problem {
  return { severity: 'error', code, path, message, hint };
}

import { createHash } from 'node:crypto';
import { openArchive, type Archive, type ArchiveEntry } from '../archive/archive.js';
import { DEFAULT_ARCHIVE_LIMITS, type ArchiveLimits } from '../archive/limits.js';
import type { Inspection } from '../model/artifact.js';
import { byteSourceOf, type ByteSource } from '../model/byte-source.js';
import type { CodeOf, Problem } from '../model/problem.js';
import { XmlFault } from '../xml/fault.js';
import { DESCRIPTOR_PATH, parseDescriptor, type PluginDescriptor } from './descriptor.js';

/** What was read of an archive. */
export interface PluginInspection extends Inspection {
  /** Undefined where there is none that could be read; the problems say why. */
  readonly descriptor: PluginDescriptor | undefined;
  /** What is wrong with the archive itself. */
  readonly problems: readonly Problem[];
}

const MIB = 1024 * 1024;
/** A jar inside of a zip is unpacked whole; git hosts refuse archives over 100 MB anyway. */
const LIMITS: ArchiveLimits = {
  ...DEFAULT_ARCHIVE_LIMITS,
  maxEntryBytes: 512 * MIB,
  maxUnpackedBytes: 2048 * MIB,
};
/** Bytes that are hashed at once. */
const CHUNK_BYTES = 4 * MIB;
/** Largest descriptor or included file, in bytes. */
const MAX_DESCRIPTOR_BYTES = 16 * MIB;
/** Most jars of one plugin that are opened. */
const MAX_JARS = 2000;

/** A jar of a plugin, opened. */
interface PluginJar {
  readonly name: string;
  readonly archive: Archive;
}

/** What keeps an archive from being a plugin. */
class ArchiveFault extends Error {
  override readonly name = 'ArchiveFault';

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
export async function inspectPlugin(source: ByteSource, label: string): Promise<PluginInspection> {
  const archive = await openArchive(source, label, LIMITS);
  const content = { checksum: sha256(source), size: source.size };
  try {
    const jars = await pluginJars(archive, label);
    const { main, bytes } = findDescriptor(jars, label);
    const descriptor = parseDescriptor(bytes, (path) => readFromAny([main, ...jars], path));
    return { ...content, descriptor, problems: duplicateEntries(main, label) };
  } catch (error) {
    if (error instanceof ArchiveFault)
      return { ...content, descriptor: undefined, problems: [problemOf(error, label)] };
    if (!(error instanceof XmlFault)) throw error;
    const fault = new ArchiveFault(
      'bad-descriptor',
      `${DESCRIPTOR_PATH} in ${label} cannot be read: ${error.message}.`,
      'Correct it in the sources of the plugin, and build again.',
    );
    return { ...content, descriptor: undefined, problems: [problemOf(fault, label)] };
  }
}

/** @throws {UserError} where a jar inside is damaged */
async function pluginJars(archive: Archive, label: string): Promise<readonly PluginJar[]> {
  // IDEs copy what is called .jar and unpack everything else.
  if (label.endsWith('.jar')) return [{ name: label, archive }];
  if (archive.entries.some(({ name }) => name === DESCRIPTOR_PATH))
    throw new ArchiveFault(
      'archive-layout',
      `${label} is laid out as a jar, with ${DESCRIPTOR_PATH} at its root: IDEs would unpack it and not find the plugin.`,
      'Let its name end in .jar, or publish what the Gradle task buildPlugin makes.',
    );
  const files = archive.entries.filter(({ name }) => !name.endsWith('/'));
  if (files.length === 0)
    throw new ArchiveFault('archive-layout', `${label} is empty.`, 'Build the plugin again.');
  const roots = new Set(files.map(({ name }) => name.slice(0, name.indexOf('/') + 1)));
  const [root = ''] = roots;
  const hint =
    'A plugin is a jar with META-INF/plugin.xml, or a zip with one folder that has its jars in lib/, as the Gradle task buildPlugin makes it.';
  if (roots.size > 1 || root === '') {
    const list = [...roots].map((folder) => folder || 'files beside folders').slice(0, 5);
    throw new ArchiveFault(
      'archive-layout',
      `${label} has not one folder at its root, but ${list.join(', ')}.`,
      hint,
    );
  }
  const jars = files.filter(({ name }) => isJarIn(name, `${root}lib/`));
  if (jars.length === 0)
    throw new ArchiveFault('archive-layout', `${label} has no jar in ${root}lib/.`, hint);
  if (jars.length > MAX_JARS)
    throw new ArchiveFault(
      'archive-layout',
      `${label} has ${jars.length} jars; at most ${MAX_JARS} are read.`,
      hint,
    );
  const opened: PluginJar[] = [];
  for (const jar of jars) {
    const name = `${jar.name} in ${label}`;
    opened.push({ name, archive: await openArchive(byteSourceOf(archive.read(jar)), name, LIMITS) });
  }
  return opened;
}

function isJarIn(name: string, folder: string): boolean {
  return name.startsWith(folder) && name.endsWith('.jar') && !name.slice(folder.length).includes('/');
}

function findDescriptor(jars: readonly PluginJar[], label: string): { main: PluginJar; bytes: Uint8Array } {
  const found = jars.flatMap((jar) => {
    const entry = jar.archive.entries.find(({ name }) => name === DESCRIPTOR_PATH);
    return entry ? [{ main: jar, entry }] : [];
  });
  const [only] = found;
  if (!only)
    throw new ArchiveFault(
      'no-descriptor',
      `${label.endsWith('.jar') ? `${label} has no` : `No jar of ${label} has`} ${DESCRIPTOR_PATH}.`,
      'Is it the archive of the plugin? The Gradle task buildPlugin writes it to build/distributions.',
    );
  if (found.length > 1) {
    const names = found.map(({ main }) => main.name).join(', ');
    throw new ArchiveFault(
      'several-descriptors',
      `Several jars have ${DESCRIPTOR_PATH}: ${names}.`,
      'Only one jar of a plugin may have it: do not pack another plugin into it.',
    );
  }
  return { main: only.main, bytes: readBounded(only.main, only.entry) };
}

function readFromAny(jars: readonly PluginJar[], path: string): Uint8Array | undefined {
  for (const jar of jars) {
    const entry = jar.archive.entries.find(({ name }) => name === path);
    if (entry) return readBounded(jar, entry);
  }
  return undefined;
}

function readBounded({ archive, name }: PluginJar, entry: ArchiveEntry): Uint8Array {
  if (entry.size > MAX_DESCRIPTOR_BYTES)
    throw new XmlFault(
      `${entry.name} in ${name} has ${entry.size} bytes; at most ${MAX_DESCRIPTOR_BYTES} are read`,
    );
  return archive.read(entry);
}

/** Java takes one of them, other tools another. */
function duplicateEntries({ archive, name }: PluginJar, label: string): readonly Problem[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const entry of archive.entries) {
    if (seen.has(entry.name)) repeated.add(entry.name);
    seen.add(entry.name);
  }
  if (repeated.size === 0) return [];
  const shown = [...repeated].slice(0, 5).join(', ');
  const more = repeated.size > 5 ? `, and ${repeated.size - 5} more` : '';
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

function problemOf({ code, message, hint }: ArchiveFault, path: string): Problem {
  return { severity: 'error', code, path, message, hint };
}

function sha256(source: ByteSource): string {
  const hash = createHash('sha256');
  for (let at = 0; at < source.size; at += CHUNK_BYTES)
    hash.update(source.read(at, Math.min(CHUNK_BYTES, source.size - at)));
  return hash.digest('hex');
}

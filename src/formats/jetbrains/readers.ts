import type { FormatReaders } from '../readers.js';
import { sha256 } from './descriptor/checksum.js';
import { inspectPlugin, type PluginInspection } from './descriptor/plugin-archive.js';
import { readArchive } from './verify/archive-facts.js';

/** Inspects the archives of plugins and computes their checksums. */
export const readers: FormatReaders<PluginInspection> = {
  inspect: (source, _reading, label) => inspectPlugin(source, label),
  checksum: sha256,
  verify: readArchive,
};

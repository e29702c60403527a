import type { FormatReaders } from '../readers.js';
import { sha256 } from './descriptor/checksum.js';
import { inspectPlugin, type PluginInspection } from './descriptor/plugin-archive.js';

/** What reads the archives of plugins. */
export const readers: FormatReaders<PluginInspection> = {
  inspect: (source, _reading, label) => inspectPlugin(source, label),
  checksum: sha256,
};

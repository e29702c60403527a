import type { PayloadFacts } from '../../../model/artifact.js';
import type { ByteSource } from '../../../model/byte-source.js';
import { baseName } from '../../../model/site-path.js';
import type { Reading } from '../../format.js';
import { parseRange, type BuildRange } from '../build-number.js';
import { inspectPlugin, type PluginInspection } from '../descriptor/plugin-archive.js';
import { effectiveUntilOf } from '../descriptor/range-checks.js';
import { systemsOf, type Systems } from '../system.js';

/** What the descriptor in an archive states about the values of an entry. */
export interface PluginFacts {
  readonly id: string;
  readonly version: string;
  /** Empty if a bound cannot be read, as in IDEs. */
  readonly range: BuildRange;
  readonly systems: Systems;
}

/** What reading a stored archive has shown. */
export interface PluginPayloadFacts extends PayloadFacts {
  /** The fault, as a clause, is why IDEs cannot install the archive. */
  readonly plugin: PluginFacts | { readonly fault: string };
}

/**
 * Reads a stored archive completely.
 *
 * @param reading if no checksum is known, nothing contradicts the archive, so it matches
 * @param label name of the file in messages
 * @throws {UserError} `artifact` or `limit` if it is damaged, not an archive, or too large
 */
export function readArchive(
  source: ByteSource,
  { sitePath, knownChecksums }: Reading,
  label: string,
): PluginPayloadFacts {
  // The end of the name decides how IDEs read it, and an address may have a query after the name.
  const isNamedAlike = sitePath.endsWith('.jar') === label.endsWith('.jar');
  const inspection = inspectPlugin(source, isNamedAlike ? label : baseName(sitePath));
  const { checksum } = inspection;
  const isMatch = knownChecksums.length === 0 || knownChecksums.includes(checksum);
  return { checksum, isMatch, plugin: pluginFacts(inspection) };
}

function pluginFacts({ descriptor, problems }: PluginInspection): PluginPayloadFacts['plugin'] {
  if (!descriptor) {
    const [problem] = problems;
    return { fault: problem?.message.replace(/\.$/, '') ?? 'its descriptor cannot be read' };
  }
  const { id, version, since, depends } = descriptor;
  if (id === undefined || version === undefined)
    return { fault: `its descriptor has no <${id === undefined ? 'id' : 'version'}>` };
  const range = parseRange(since, effectiveUntilOf(descriptor));
  return { id, version, range, systems: systemsOf(depends, version) };
}

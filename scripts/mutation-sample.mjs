// Chooses which changes a run of mutation testing tries, so that a part of them gives a fair score.
import { createHash } from 'node:crypto';
import path from 'node:path';

/** The share of the changes that a run tries, in percent. */
export const SAMPLE = Number(process.env.MUTATION_SAMPLE ?? 100);

/**
 * Whether a change is in the sample: always the same ones for a share, whatever the order in which they are tried.
 *
 * @param start the place of the change; the first line is `firstLine`
 */
export function isInSample(fileName, { location: { start }, replacement }, firstLine) {
  const key = [path.basename(fileName), start.line - firstLine, start.column - firstLine, replacement];
  return createHash('sha256').update(JSON.stringify(key)).digest().readUInt16BE() % 100 < SAMPLE;
}

import { diffRecords, linesIn, type RecordLines } from '../xml/record-diff.js';
import { INDEX_PATH } from './load-repository.js';
import { renderHead, renderPart } from './render-repository.js';
import { usefulVersions } from './offers.js';
import type { Repository } from './repository.js';

/** The lines of `updatePlugins.xml` that differ, as a unified diff; empty where none do. */
export function diffRepositories(before: Repository, after: Repository): string {
  return diffRecords(INDEX_PATH, linesOf(before), linesOf(after));
}

function linesOf(repository: Repository): RecordLines {
  const records = new Map<string, string>();
  const occurrences = new Map<string, number>();
  const add = (name: string, source: string) => {
    // The same may stand there several times.
    const occurrence = occurrences.get(name) ?? 0;
    occurrences.set(name, occurrence + 1);
    records.set(`${name} ${occurrence}`, renderPart(source));
  };
  for (const { entry } of usefulVersions(repository.versions))
    add(JSON.stringify([entry.id, entry.version]), entry.source);
  for (const other of repository.others) add(other, other);
  return { linesBefore: linesIn(renderHead(repository)), records };
}

import { diffRecords, linesIn, type RecordLines } from '../../../xml/record-diff.js';
import { offeredVersions } from '../index/offers.js';
import { renderHead, renderPart } from '../index/render.js';
import { INDEX_PATH, type Repository } from '../index/repository.js';
import { keyedByOccurrence } from './keyed-by-occurrence.js';

/** Returns the differing lines of `updatePlugins.xml` as a unified diff, or an empty text if nothing differs. */
export function diffRepositories(before: Repository, after: Repository): string {
  return diffRecords(INDEX_PATH, linesOf(before), linesOf(after));
}

function linesOf(repository: Repository): RecordLines {
  const records = [
    ...[...offeredVersions(repository.versions)]
      .filter(({ inside }) => inside === undefined)
      .map(({ entry: { id, version, source } }) => ({
        name: JSON.stringify([id, version]),
        source,
      })),
    ...repository.others.map((source) => ({ name: source, source })),
  ];
  const named = [...keyedByOccurrence(records, ({ name }) => name)];
  return {
    linesBefore: linesIn(renderHead(repository)),
    records: new Map(named.map(([name, { source }]) => [name, renderPart(source)])),
  };
}

import { diffRecords, linesIn, type RecordLines } from '../../../xml/record-diff.js';
import { recordsByComponent } from './record-map.js';
import type { SiteIndex } from './site-index.js';
import { renderIndexXml, renderRecord } from './write.js';

/** Returns the lines of `db.xml` that differ, as a unified diff; empty if none differ. */
export function diffIndexes(before: SiteIndex, after: SiteIndex): string {
  return diffRecords('db.xml', linesOf(before), linesOf(after));
}

function linesOf(index: SiteIndex): RecordLines {
  const records = [...recordsByComponent(index)];
  return {
    linesBefore: linesIn(renderIndexXml({ ...index, records: [], unknown: [] })),
    records: new Map(records.map(([component, record]) => [component, renderRecord(record)])),
  };
}

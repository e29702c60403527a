// Read, change one record, write an index of 2,000 records with 20,000 previous versions.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { gunzipSync } from 'node:zlib';
import { medians } from './timing.mjs';

const RECORDS = 2000;
const PREVIOUS = 10;
const ROUNDS = 9;

export async function measure({ root, folder }) {
  const { formatNamed } = await import(path.join(root, 'build/js/app/registry.js'));
  const format = formatNamed('imagej');
  const file = path.join(folder, 'db.xml.gz');
  writeFileSync(file, makeIndex(format));
  const text = gunzipSync(readFileSync(file)).toString('utf8');
  const artifact = {
    artifact: { file: 'x', destination: 'jars/library-7-2.0.jar', size: 1, modified: 0, executable: false },
    inspection: {
      checksum: 'ff'.repeat(20),
      size: 1,
      historicalChecksums: [],
      hasPluginsConfig: false,
      pom: undefined,
    },
  };
  const times = await medians(
    {
      baseline: () => new XMLParser({ ignoreAttributes: false }).parse(text),
      ours: () => {
        const index = format.parseIndex(new Map([[format.indexPaths[0], readFileSync(file)]]));
        const plan = format.plan({
          index,
          artifacts: [artifact],
          completeSite: false,
          remove: [],
          now: 20300101000000,
        });
        if (plan.changes.length !== 1) throw new Error('expected one change');
        const [rendered] = format.renderIndex(format.apply(index, plan));
        writeFileSync(path.join(folder, 'out'), rendered.bytes);
      },
    },
    ROUNDS,
  );
  return [
    {
      what: 'read, change, write an index, to a bare parse',
      value: times.ours / times.baseline,
      limit: 2.5,
      unit: '×',
      detail: `${times.ours.toFixed(0)} ms to ${times.baseline.toFixed(0)} ms for ${(text.length / 1e6).toFixed(1)} MB of XML`,
    },
  ];
}

function makeIndex(format) {
  const text = (value) => ({ text: value, attributes: [], unknown: [] });
  const sha1 = (number) => (number * 2654435761).toString(16).padStart(40, '0').slice(-40);
  const records = Array.from({ length: RECORDS }, (_, at) => ({
    filename: `jars/library-${at}-1.${PREVIOUS}.jar`,
    executable: false,
    platforms: at % 10 === 0 ? [text('linux64')] : [],
    categories: [],
    current: {
      checksum: sha1(at),
      timestamp: 20200101000000 + at,
      filesize: 12345 + at,
      description: text(`Library number ${at} of a site that has been there for long & has seen much`),
      dependencies: [
        { filename: 'jars/ij.jar', timestamp: 20150330180345, overrides: false, attributes: [], unknown: [] },
      ],
      links: [text(`https://example.org/?library=${at}&page=1`)],
      authors: [text('Jane Doe'), text('José Pérez')],
      attributes: [],
      unknown: [],
    },
    previous: Array.from({ length: PREVIOUS }, (__, version) => ({
      timestamp: 20190101000000 + version * 1000 + at,
      timestampObsolete: 0,
      checksum: sha1(at * 100 + version),
      filename: `jars/library-${at}-1.${version}.jar`,
      attributes: [],
      unknown: [],
    })),
    attributes: [],
    unknown: [],
  }));
  return format.renderIndex({ records, attributes: [], unknown: [] })[0].bytes;
}

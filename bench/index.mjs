// Read an index of 2,000 records with 20,000 previous versions, change one record, and write it; and the cost of
// four times as many entries of one kind.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { gunzipSync, gzipSync } from 'node:zlib';
import { medians, processorTimes } from './timing.mjs';

const RECORDS = 2000;
const PREVIOUS = 10;
const ROUNDS = 9;
/** Number of entries of one kind in an index, which is more than in any real one; and four times that number. */
const SIZES = [20_000, 80_000];
const GROWTH_ROUNDS = 3;
const MAX_GROWTH = 6;

export async function measure({ root, folder, quick }) {
  const { format } = await import(path.join(root, 'build/js/formats/imagej/format.js'));
  const file = path.join(folder, 'db.xml.gz');
  writeFileSync(file, makeIndex(format, quick ? 20 : RECORDS));
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
          upstream: [],
          artifacts: [artifact],
          remove: [],
          missing: new Set(),
          options: { onShadow: 'error' },
          now: 20300101000000,
        });
        if (plan.changes.length !== 1) throw new Error('expected one change');
        const [rendered] = format.renderIndex(format.apply(index, plan));
        writeFileSync(path.join(folder, 'out'), rendered.bytes);
      },
    },
    quick ? 1 : ROUNDS,
  );
  return [
    {
      what: 'read, change, write an index, to a bare parse',
      value: times.ours / times.baseline,
      limit: 2,
      unit: '×',
      detail: `${times.ours.toFixed(0)} ms to ${times.baseline.toFixed(0)} ms for ${(text.length / 1e6).toFixed(1)} MB of XML`,
    },
    // This comes last, because its garbage slows down later measurements.
    ...(await measureGrowth(format, quick ? [200, 800] : SIZES, quick ? 1 : GROWTH_ROUNDS)),
  ];
}

/** Measures the cost of reading and writing four times as many entries, relative to the single number. */
async function measureGrowth(format, sizes, rounds) {
  const sum = 'a'.repeat(40);
  const version = (content) =>
    `<version checksum="${sum}" timestamp="20200101000000" filesize="1">${content}</version>`;
  const kinds = {
    authors: (at) => `<author>Author ${at}</author>`,
    'unknown elements': (at) => `<plugin filename="jars/a${at}.jar">${version('')}</plugin><u/>`,
    'merging records': (at) => `<plugin filename="jars/a-1.${at}.jar">${version('')}</plugin>`,
  };
  const rows = [];
  for (const [kind, make] of Object.entries(kinds)) {
    const works = {};
    for (const size of sizes) {
      const all = Array.from({ length: size }, (_, at) => make(at)).join('');
      const content = kind === 'authors' ? `<plugin filename="jars/a.jar">${version(all)}</plugin>` : all;
      const bytes = gzipSync(
        `<?xml version="1.0" encoding="UTF-8"?><pluginRecords>${content}</pluginRecords>`,
      );
      works[size] = () => format.renderIndex(format.parseIndex(new Map([[format.indexPaths[0], bytes]])));
    }
    const times = await processorTimes(works, rounds);
    const [once, fourTimes] = sizes.map((size) => times[size]);
    rows.push({
      what: `four times the ${kind} of an index`,
      value: fourTimes / once,
      limit: MAX_GROWTH,
      unit: '×',
      detail: `${fourTimes.toFixed(0)} ms to ${once.toFixed(0)} ms of processor time for ${sizes.toReversed().join(' to ')}`,
    });
  }
  return rows;
}

function makeIndex(format, count) {
  const text = (value) => ({ text: value, attributes: [], unknown: [] });
  const sha1 = (number) => (number * 2654435761).toString(16).padStart(40, '0').slice(-40);
  const records = Array.from({ length: count }, (_, at) => ({
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

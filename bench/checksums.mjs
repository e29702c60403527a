// Checksums of many jars, against inflating and hashing the same entries one by one in one thread.
import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import AdmZip from 'adm-zip';
import { createRandom, medians } from './timing.mjs';

const JARS = 60;
const CLASSES = 1000;
const LARGE_BYTES = 4_000_000;
const ROUNDS = 5;

export async function measure({ root, folder, quick }) {
  const jars = makeJars(folder, quick ? 3 : JARS);
  const { createInspector } = await import(path.join(root, 'build/js/entry/worker/inspector.js'));
  const inspector = createInspector(folder, path.join(root, 'dist/worker.js'));
  const requests = jars.map(({ file }) => ({
    task: 'inspect',
    format: 'imagej',
    file,
    size: statSync(file).size,
    sitePath: `jars/${path.basename(file)}`,
    knownChecksums: [],
  }));
  // Archive parsing is not counted: the packed entries are in memory.
  const packed = jars.map(({ file }) => packedEntries(file));
  const unpackedBytes = jars.reduce((sum, { bytes }) => sum + bytes, 0);
  const times = await medians(
    {
      baseline: () => {
        for (const entries of packed) {
          const hash = createHash('sha1');
          for (const { name, data, isDeflated } of entries)
            hash.update(name).update(isDeflated ? inflateRawSync(data) : data);
          hash.digest('hex');
        }
      },
      ours: async () => {
        const results = await inspector.inspectAll(requests, () => undefined);
        if (results.some((result) => !('inspection' in result))) throw new Error('a jar could not be read');
      },
    },
    quick ? 1 : ROUNDS,
  );
  return [
    {
      what: 'checksums of jars, to inflate + SHA-1 in one thread',
      value: times.ours / times.baseline,
      limit: 0.75,
      unit: '×',
      detail: `${times.ours.toFixed(0)} ms to ${times.baseline.toFixed(0)} ms for ${jars.length} jars, ${(unpackedBytes / 1e6).toFixed(0)} MB unpacked`,
    },
  ];
}

function makeJars(folder, count) {
  const random = createRandom(1);
  return Array.from({ length: count }, (_, at) => {
    const zip = new AdmZip();
    let bytes = 0;
    const add = (name, size) => {
      const content = classLike(random, size);
      bytes += content.length;
      zip.addFile(name, content);
    };
    add('META-INF/MANIFEST.MF', 200);
    for (let number = 0; number < CLASSES; number++) {
      add(
        `org/example/package${number % 40}/Class${at}_${number}.class`,
        500 + Math.floor(random() ** 3 * 24_000),
      );
    }
    if (at % 6 === 0) add('data/model.bin', LARGE_BYTES);
    const file = path.join(folder, `library-${at}.jar`);
    writeFileSync(file, zip.toBuffer());
    return { file, bytes };
  });
}

/** Creates bytes that compress to about half, like classes: words from a small vocabulary between noise. */
function classLike(random, size) {
  const words = [
    'java/lang/String',
    'invokevirtual',
    '()Ljava/lang/Object;',
    'LineNumberTable',
    'org/example/',
    'Code',
  ];
  const parts = [];
  let length = 0;
  while (length < size) {
    const noise = Buffer.from(Array.from({ length: 14 }, () => Math.floor(random() * 256)));
    const part = Buffer.concat([Buffer.from(words[Math.floor(random() * words.length)]), noise]);
    parts.push(part);
    length += part.length;
  }
  return Buffer.concat(parts, size);
}

function packedEntries(file) {
  return new AdmZip(readFileSync(file))
    .getEntries()
    .map((entry) => ({
      name: entry.entryName,
      data: entry.getCompressedData(),
      isDeflated: entry.header.method === 8,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

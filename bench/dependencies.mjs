// The dependencies of a whole application folder, compared with only inflating the same class files in one thread.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import AdmZip from 'adm-zip';
import { createRandom, medians } from './timing.mjs';

const JARS = 300;
const CLASSES = 200;
const ROUNDS = 5;

export async function measure({ root, folder, quick }) {
  const jars = makeJars(folder, quick ? 8 : JARS);
  const load = (file) => import(path.join(root, 'build/js', file));
  const { createInspector } = await load('entry/worker/inspector.js');
  const { createDependencySources } = await load('app/publish/dependencies.js');
  const { findDependencies } = await load('formats/imagej/dependencies/find.js');
  const { planPublication } = await load('formats/imagej/plan/plan.js');
  const { EMPTY_INDEX } = await load('formats/imagej/index/site-index.js');
  const inspector = createInspector(folder, path.join(root, 'dist/worker.js'));
  const nothing = { start: () => ({ advance: () => undefined, done: () => undefined }) };
  const repository = {
    location: '',
    readPom: () => undefined,
    findJar: () => undefined,
    jarsNamed: () => [],
  };
  const request = { index: EMPTY_INDEX, upstream: [], mode: 'auto' };
  const plan = planPublication({ ...request, ...planOf(jars) });

  // Archive parsing is not counted in the baseline: the packed classes are in memory.
  const packed = jars.flatMap((file) =>
    new AdmZip(readFileSync(file)).getEntries().map((entry) => entry.getCompressedData()),
  );
  const bytes = packed.reduce((sum, data) => sum + inflateRawSync(data).length, 0);
  let found = 0;
  const times = await medians(
    {
      baseline: () => {
        for (const data of packed) inflateRawSync(data);
      },
      ours: async () => {
        const sources = createDependencySources('imagej', repository, inspector, nothing);
        const { needs } = await findDependencies(plan, request, sources);
        found = [...needs.values()].reduce((sum, list) => sum + list.length, 0);
        if (found < jars.length) throw new Error('dependencies are missing');
      },
    },
    quick ? 1 : ROUNDS,
  );
  return [
    {
      what: 'dependencies of many jars, to inflating them',
      value: times.ours / times.baseline,
      limit: 1.5,
      unit: '×',
      detail: `${times.ours.toFixed(0)} ms to ${times.baseline.toFixed(0)} ms for ${jars.length} jars, ${packed.length} classes, ${(bytes / 1e6).toFixed(0)} MB unpacked, ${found} dependencies`,
    },
  ];
}

function planOf(files) {
  const artifacts = files.map((file, at) => ({
    artifact: {
      file,
      destination: `jars/${path.basename(file)}`,
      size: statSync(file).size,
      modified: 0,
      executable: false,
    },
    inspection: {
      checksum: String(at).padStart(40, '0'),
      size: statSync(file).size,
      historicalChecksums: [],
    },
  }));
  const options = { onShadow: 'error', allowMassRemoval: false };
  return { artifacts, siteName: '', remove: [], missing: new Set(), now: 20260101000000, options };
}

function makeJars(folder, count) {
  const random = createRandom(7);
  return Array.from({ length: count }, (_, jar) => {
    const zip = new AdmZip();
    for (let number = 0; number < CLASSES; number++)
      zip.addFile(`${nameOf(jar, number)}.class`, makeClass(random, jar, number, count));
    const file = path.join(folder, `library-${jar}.jar`);
    writeFileSync(file, zip.toBuffer());
    return file;
  });
}

function nameOf(jar, number) {
  return `org/example/library${jar}/package${number % 8}/SomeClass${number}`;
}

/**
 * Creates class files like those of compilers: some 20 classes, 60 names and descriptors, 40 references, and code
 * that compresses to half.
 */
function makeClass(random, jar, number, jars) {
  const pick = (count) => Math.floor(random() * count);
  const pool = [];
  const text = (value) => {
    const bytes = Buffer.from(value);
    pool.push(Buffer.concat([Buffer.from([1, bytes.length >> 8, bytes.length & 255]), bytes]));
    return pool.length;
  };
  const classOf = (name) => {
    const at = text(name);
    pool.push(Buffer.from([7, at >> 8, at & 255]));
  };
  classOf(nameOf(jar, number));
  for (let at = 0; at < 8; at++) classOf(`java/util/Type${pick(200)}`);
  for (let at = 0; at < 7; at++) classOf(nameOf(jar, pick(CLASSES)));
  for (let at = 0; at < 4; at++) classOf(nameOf((jar + 1 + pick(5)) % jars, pick(CLASSES)));
  for (let at = 0; at < 60; at++)
    text(
      at % 2 ? `method${pick(900)}With${pick(90)}` : `(Ljava/lang/String;I)L${nameOf(jar, pick(CLASSES))};`,
    );
  for (let at = 0; at < 40; at++) pool.push(Buffer.from([10 + (at % 3), 0, 1, 0, 2]));
  const head = Buffer.alloc(10);
  head.writeUInt32BE(0xcafebabe);
  head.writeUInt16BE(52, 6);
  head.writeUInt16BE(pool.length + 1, 8);
  const code = Buffer.from(
    Array.from({ length: 300 + pick(1500) }, (_, at) => (at % 2 ? 0x2a + pick(4) : pick(256))),
  );
  return Buffer.concat([head, ...pool, code]);
}

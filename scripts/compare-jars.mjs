// Compares the checksums of all jars below some folders with those that result from Java's own archive reader: jars
// of users must not be refused, or get another checksum. Needs a JDK (17 or newer) and a built dist/.
// Usage: node scripts/compare-jars.mjs FOLDER...
import { spawnSync } from 'node:child_process';
import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const REFERENCE = path.join(ROOT, 'test/support/java/JarChecksums.java');
const BATCH_SIZE = 200;

const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error('Usage: node scripts/compare-jars.mjs FOLDER...');
  process.exit(2);
}
const jars = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(path.resolve(folder), name))
    .filter((file) => file.endsWith('.jar') && lstatSync(file).isFile()),
);
console.log(`${jars.length} jars`);

const ours = ourChecksums(jars);
const java = javaChecksums(jars);
const verified = javaChecksums(jars, 'jar');

const equal = jars.filter(
  (_, at) => ours[at].checksum !== undefined && ours[at].checksum === java[at].checksum,
);
const different = select((own, reference) => own.checksum !== reference.checksum, true, true);
const onlyJava = select(() => true, false, true);
const onlyOurs = select(() => true, true, false);
const neither = select(() => true, false, false);
console.log(`${equal.length} equal`);
report('different', different);
report('refused only by us', onlyJava);
report('refused only by Java', onlyOurs);
report('refused by both', neither);
report(
  'refused by java.util.jar.JarFile because of their signature',
  jars.flatMap((file, at) =>
    java[at].checksum !== undefined && verified[at].checksum === undefined
      ? [`${file}: ${verified[at].reason}`]
      : [],
  ),
);
process.exitCode = different.length + onlyJava.length + onlyOurs.length === 0 ? 0 : 1;

function select(test, isOurs, isJava) {
  return jars.flatMap((file, at) =>
    (ours[at].checksum !== undefined) === isOurs &&
    (java[at].checksum !== undefined) === isJava &&
    test(ours[at], java[at])
      ? [`${file}: ${ours[at].reason ?? ours[at].checksum}; Java: ${java[at].reason ?? java[at].checksum}`]
      : [],
  );
}

function report(what, lines) {
  console.log(`${lines.length} ${what}`);
  for (const line of lines) console.log(`  ${line}`);
}

function ourChecksums(files) {
  const found = new Map();
  for (let at = 0; at < files.length; at += BATCH_SIZE) {
    const some = files.slice(at, at + BATCH_SIZE);
    const { stdout, stderr } = run(process.execPath, [path.join(ROOT, 'dist/cli.js'), 'checksum', ...some]);
    for (const line of stdout.split('\n')) {
      const [, checksum, file] = /^([0-9a-f]{40}) {2}(.*)$/.exec(line) ?? [];
      if (file !== undefined) found.set(file, { checksum });
    }
    for (const file of some) {
      if (!found.has(file))
        found.set(file, { reason: stderr.split('\n').find((line) => line.includes(file)) ?? stderr });
    }
  }
  return files.map((file) => found.get(file));
}

function javaChecksums(files, ...mode) {
  const { stdout, stderr } = run('java', ['-Xmx1g', REFERENCE, ...mode], `${files.join('\n')}\n`);
  const lines = stdout.trimEnd().split('\n');
  if (lines.length !== files.length) throw new Error(`Java failed: ${stderr}`);
  return lines.map((line) => (line.startsWith('- ') ? { reason: line.slice(2) } : { checksum: line }));
}

function run(program, args, input) {
  const result = spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 1024 * 1024 * 1024 });
  if (result.error) throw new Error(`${program} cannot be run: ${result.error.message}`);
  return result;
}

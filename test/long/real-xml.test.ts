import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import AdmZip from 'adm-zip';
import { judgeByJava } from '../support/java-xml.js';
import { ourVerdict } from '../support/xml-verdicts.js';

/** Folders with jars and POMs; `REAL_JARS` names more of them, separated by colons. */
const FOLDERS = [
  path.join(os.homedir(), '.m2'),
  '/usr/share/java',
  '/usr/share/maven-repo',
  ...(process.env['REAL_JARS'] ?? '').split(':').filter((folder) => folder !== ''),
];
const POM_IN_JAR = /^META-INF\/maven\/.*pom\.xml$/;
const MAX_BYTES = 4 * 1024 * 1024;

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(jar|pom)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function pomsIn(file: string): readonly Buffer[] {
  if (file.endsWith('.pom')) return [readFileSync(file)];
  try {
    return new AdmZip(file)
      .getEntries()
      .filter(({ entryName, header }) => POM_IN_JAR.test(entryName) && header.size <= MAX_BYTES)
      .map((entry) => entry.getData());
  } catch {
    // This test does not check whether jars can be read.
    return [];
  }
}

test('accepts exactly the POMs on this machine that the JDK accepts', () => {
  const poms = new Map<string, { readonly file: string; readonly bytes: Buffer }>();
  const files = [...new Set(FOLDERS.flatMap(filesBelow))];
  for (const file of files)
    for (const bytes of pomsIn(file))
      poms.set(createHash('sha1').update(bytes).digest('hex'), { file, bytes });
  const all = [...poms.values()];
  const java = judgeByJava(all.map(({ bytes }) => bytes));
  const different = all.flatMap(({ file, bytes }, at) => {
    const ours = ourVerdict(bytes);
    return (java[at] === undefined) === (ours === undefined) ? [] : [{ file, java: java[at], ours }];
  });
  const refused = java.filter((fault) => fault !== undefined).length;
  process.stdout.write(
    `${files.length} jars and POMs, ${all.length} different POMs, ${refused} refused by the JDK\n`,
  );
  expect(different).toEqual([]);
  expect(all.length).toBeGreaterThan(100);
});

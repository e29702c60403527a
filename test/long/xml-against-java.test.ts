import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { IndexError } from '../../src/formats/imagej/index/error.js';
import { parseIndexXml } from '../../src/formats/imagej/index/read.js';
import { renderIndexXml } from '../../src/formats/imagej/index/write.js';
import { hasJava, judgeByJava } from '../support/java-xml.js';
import { mutatedDocument, seedDocuments } from '../support/xml-documents.js';
import { differenceOf, ourVerdict } from '../support/xml-verdicts.js';

const DOCUMENTS = 24_000;
const VERDICTS = path.join('test', 'fixtures', 'xml', 'java-verdicts.json');
/** Maximum number of documents of each kind in the fixture. */
const KEPT = { accepted: 160, refused: 1, different: 3 };
const MAX_KEPT_BYTES = 1200;

test(`accepts only documents that the JDK accepts, of ${DOCUMENTS} damaged ones, and refuses others for known reasons`, () => {
  if (!hasJava()) throw new Error('This test needs a JDK of version 17 or newer: "java" was not found.');
  const seeds = seedDocuments();
  const documents = [
    ...seeds,
    ...Array.from({ length: DOCUMENTS }, (_, number) => mutatedDocument(seeds, number)),
  ];
  const java = judgeByJava(documents);
  const table = {
    bothAccept: 0,
    bothRefuse: 0,
    onlyWeAccept: 0,
    onlyJavaAccepts: {} as Record<string, number>,
  };
  const onlyWe: string[] = [];
  const unknown: string[] = [];
  const kept: { readonly kind: string; readonly document: Buffer; readonly isAccepted: boolean }[] = [];
  documents.forEach((document, number) => {
    const [theirs, ours] = [java[number], ourVerdict(document)];
    let kind = 'accepted';
    if (theirs === undefined && ours === undefined) table.bothAccept++;
    else if (theirs !== undefined && ours !== undefined) {
      table.bothRefuse++;
      kind = `refused: ${theirs.replace(/"[^"]*"|[^\s]*[0-9][^\s]*/g, '…').slice(0, 60)}`;
    } else if (theirs !== undefined) {
      table.onlyWeAccept++;
      onlyWe.push(`${number}: ${theirs}\n${document.toString('latin1').slice(0, 1000)}`);
    } else {
      const reason = ours ?? '';
      const known = differenceOf(reason);
      if (known === undefined)
        unknown.push(`${number}: ${reason}\n${document.toString('latin1').slice(0, 400)}`);
      const difference = known ?? 'unknown';
      kind = `different: ${difference}`;
      table.onlyJavaAccepts[difference] = (table.onlyJavaAccepts[difference] ?? 0) + 1;
    }
    const limit = KEPT[kind.split(':')[0] as keyof typeof KEPT];
    if (document.length <= MAX_KEPT_BYTES && kept.filter((other) => other.kind === kind).length < limit)
      kept.push({ kind, document, isAccepted: theirs === undefined });
  });
  process.stdout.write(`${JSON.stringify(table, undefined, 2)}\n`);
  expect(onlyWe).toEqual([]);
  expect(unknown).toEqual([]);
  // A fuzz test with only invalid documents would show nothing.
  expect(table.bothAccept).toBeGreaterThan(DOCUMENTS / 10);
  if (process.env['UPDATE_GOLDEN'])
    writeFileSync(
      VERDICTS,
      `${JSON.stringify(
        {
          table,
          accepted: kept
            .filter(({ isAccepted }) => isAccepted)
            .map(({ document }) => document.toString('base64')),
          refused: kept
            .filter(({ isAccepted }) => !isAccepted)
            .map(({ document }) => document.toString('base64')),
        },
        undefined,
        1,
      )}\n`,
    );
});

test('writes damaged indexes, if it can read them, so that the JDK reads them', () => {
  const seeds = seedDocuments().filter((seed) => seed.includes('<pluginRecords'));
  const written = Array.from({ length: 12_000 }, (_, number) => mutatedDocument(seeds, number)).flatMap(
    (document) => {
      try {
        return [Buffer.from(renderIndexXml(parseIndexXml(document)))];
      } catch (error) {
        if (!(error instanceof IndexError)) throw error;
        return [];
      }
    },
  );
  expect(judgeByJava(written).filter((fault) => fault !== undefined)).toEqual([]);
  expect(written.length).toBeGreaterThan(500);
});

test('allows the same of the first 65,536 characters in names as the JDK', () => {
  const characters = Array.from({ length: 0xfffe }, (_, code) => code)
    .filter((code) => code > 0x7f && (code < 0xd800 || code > 0xdfff))
    .map((code) => String.fromCharCode(code));
  for (const documents of [
    characters.map((character) => Buffer.from(`<${character}/>`)),
    characters.map((character) => Buffer.from(`<a b${character}=""/>`)),
  ]) {
    const java = judgeByJava(documents);
    const different = documents.filter(
      (document, at) => (java[at] === undefined) !== (ourVerdict(document) === undefined),
    );
    expect(different.map(String)).toEqual([]);
  }
});

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../support/fixtures.js';
import { checksumOrReason, compareWithJava, javaChecksums } from '../support/java.js';
import { randomZips } from '../support/random-zip.js';

/** The archives of test/archive/java.test.ts, with the results of Java. */
const FIXTURE = { seed: 1, count: 600 };
const SEED = Number(process.env['SEED'] ?? 20_261_124);
const COUNT = Number(process.env['COUNT'] ?? 6000);

test(`${COUNT} odd and damaged archives (SEED=${SEED}) give the same results as in Java`, async () => {
  const zips = randomZips(SEED, COUNT);
  const java = javaChecksums(zips).map((reading) => ('checksum' in reading ? reading.checksum : null));
  const ours = await Promise.all(zips.map((zip, at) => checksumOrReason(zip, `${at}.jar`)));
  const compared = compareWithJava(ours, java);
  expect(compared).toEqual({ equal: compared.equal, different: [], onlyOurs: [], onlyJava: [] });
  expect(compared.equal).toBeGreaterThan(COUNT / 5);
});

if (process.env['UPDATE_GOLDEN'] === '1') {
  test('writes the results of Java for the archives of the short test', () => {
    const results = javaChecksums(randomZips(FIXTURE.seed, FIXTURE.count)).map((reading) =>
      'checksum' in reading ? reading.checksum : null,
    );
    mkdirSync(path.join(PROJECT, 'test/fixtures/archives'), { recursive: true });
    writeFileSync(
      path.join(PROJECT, 'test/fixtures/archives/java.json'),
      `${JSON.stringify({ seed: FIXTURE.seed, results }, undefined, 0)}\n`,
    );
  });
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../support/fixtures.js';
import { compareWithJava, checksumOrReason } from '../support/java.js';
import { randomZips } from '../support/random-zip.js';

/** What `java.util.zip.ZipFile` of Java 17 makes of the archives: `npm run test:long` compares many more, and writes this. */
const { seed, results } = JSON.parse(
  readFileSync(path.join(PROJECT, 'test/fixtures/archives/java.json'), 'utf8'),
) as { seed: number; results: (string | null)[] };

test(`${results.length} odd and damaged archives are read or refused as Java does it, with the same checksum`, async () => {
  const zips = randomZips(seed, results.length);
  const ours = await Promise.all(zips.map((zip, at) => checksumOrReason(zip, `${at}.jar`)));
  expect(compareWithJava(ours, results)).toMatchObject({ different: [], onlyOurs: [], onlyJava: [] });
  // Not all of them are read, and not all are refused: else this would prove little.
  expect(results.filter((result) => result !== null).length).toBeGreaterThan(results.length / 5);
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../support/fixtures.js';
import { compareWithJava, checksumOrReason } from '../support/java.js';
import { randomZips } from '../support/random-zip.js';

/** The results of `java.util.zip.ZipFile` of Java 17, written by `npm run test:long`, which compares many more. */
const { seed, results } = JSON.parse(
  readFileSync(path.join(PROJECT, 'test/fixtures/archives/java.json'), 'utf8'),
) as { seed: number; results: (string | null)[] };

test(`${results.length} odd and damaged archives are read or refused as in Java, with the same checksums`, async () => {
  const zips = randomZips(seed, results.length);
  const ours = await Promise.all(zips.map((zip, at) => checksumOrReason(zip, `${at}.jar`)));
  expect(compareWithJava(ours, results)).toMatchObject({ different: [], onlyOurs: [], onlyJava: [] });
  // Enough of them are read, otherwise this would prove little.
  expect(results.filter((result) => result !== null).length).toBeGreaterThan(results.length / 5);
});

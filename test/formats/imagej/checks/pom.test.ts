import type { ImageJInspection } from '../../../../src/formats/imagej/artifacts/inspect.js';
import { checkPom } from '../../../../src/formats/imagej/checks/pom.js';
import type { SitePath } from '../../../../src/model/site-path.js';

const PATH = 'jars/a-1.0.jar' as SitePath;
const ENTRY = 'META-INF/maven/g/a/pom.xml';

function check(more: Partial<ImageJInspection>, isPublished: boolean) {
  const artifact = { file: 'a-1.0.jar', destination: PATH, size: 1, modified: 0, executable: false };
  const inspection = {
    checksum: '',
    size: 1,
    historicalChecksums: [],
    hasPluginsConfig: false,
    pom: undefined,
    ownPom: undefined,
    ...more,
  };
  return checkPom({ artifact, inspection, path: PATH, reason: undefined }, isPublished);
}

const malformed = { pom: Buffer.from('<project><x:y/></project>'), pomEntry: ENTRY };
const unread = { pom: { fault: 'it is larger than the limit of 9 bytes' }, pomEntry: ENTRY };

describe('a POM that ImageJ cannot read', () => {
  it('is an error in a file of this publication', () => {
    const [problem, ...rest] = check(malformed, true);
    expect(rest).toEqual([]);
    expect(problem).toMatchObject({
      severity: 'error',
      code: 'bad-pom',
      path: PATH,
      hint: 'Correct the POM and build again. Maven accepts some POMs that ImageJ rejects. If the POM belongs to a shaded library, exclude "META-INF/maven/**" of that library.',
    });
    expect(problem?.message).toMatch(
      /^ImageJ cannot read META-INF\/maven\/g\/a\/pom\.xml in jars\/a-1\.0\.jar: it is not well-formed XML \(line 1, column 15: .*\)\. Every update fails for users who have installed this jar\.$/,
    );
  });

  it('is a warning in a file that the site already has', () => {
    const [problem, ...rest] = check(malformed, false);
    expect(rest).toEqual([]);
    expect(problem).toMatchObject({
      severity: 'warning',
      code: 'bad-pom',
      path: PATH,
      hint: 'Publish a jar with a correct POM, or remove it with "remove: jars/a-1.0.jar" (--remove jars/a-1.0.jar). Users who have installed it must delete it by hand.',
    });
    expect(problem?.message).toMatch(
      /^ImageJ cannot read META-INF\/maven\/g\/a\/pom\.xml in jars\/a-1\.0\.jar on the site: it is not well-formed XML/,
    );
  });

  it('may be too large to be checked', () => {
    expect(check(unread, true)[0]?.message).toBe(
      `${ENTRY} in ${PATH} cannot be checked: it is larger than the limit of 9 bytes. If ImageJ cannot read it, every update fails for users who have installed this jar.`,
    );
    expect(check(unread, false)[0]?.message).toBe(
      `${ENTRY} in ${PATH} on the site cannot be checked: it is larger than the limit of 9 bytes. If ImageJ cannot read it, every update fails for users who have installed this jar.`,
    );
  });

  it('is named by the pattern of its path if its path is unknown', () => {
    expect(check({ ...unread, pomEntry: undefined }, true)[0]?.message).toMatch(
      /^META-INF\/maven\/\*\*\/pom\.xml in jars\/a-1\.0\.jar cannot be checked/,
    );
  });
});

it.each([
  ['a jar without a POM', {}],
  ['a jar with a correct POM', { pom: Buffer.from('<project/>'), pomEntry: ENTRY }],
])('%s does not cause a problem', (_what, inspection) => {
  expect(check(inspection, true)).toEqual([]);
  expect(check(inspection, false)).toEqual([]);
});

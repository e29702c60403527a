import { missingDependency } from '../../../../src/formats/imagej/dependencies/missing.js';

const coordinates = { groupId: 'org.x', artifactId: 'lib', version: '1.0', classifier: '' };
const jar = { artifactId: 'lib', version: '1.0', file: '/m2/lib-1.0.jar', size: 1, modified: 0 };
const LIB = { coordinates, name: 'lib.jar', isOptional: false, jar };
const TOOL = ['plugins/Tool_.jar'];

const WITHOUT =
  'The local Maven repository lacks it. Run the build first, or set the repository with "maven-repository" (--maven-repository). Then set "with-dependencies: true" (--with-dependencies), or publish the file with "lib-1.0.jar => jars/". If the plugin does not need it, declare it as provided or optional, or set "dependencies: none" (--dependencies none).';

describe('a jar that no site serves', () => {
  it('is an error, with the option that publishes it', () => {
    expect(missingDependency({ declared: LIB, neededBy: TOOL, className: 'org/x/Lib' })).toEqual({
      severity: 'error',
      code: 'missing-dependency',
      path: 'plugins/Tool_.jar',
      message:
        'plugins/Tool_.jar needs lib-1.0.jar (org.x:lib:1.0) for the class org.x.Lib, and neither this site nor an upstream site serves it.',
      hint: 'Set "with-dependencies: true" (--with-dependencies) to publish it, with all other jars that are missing.',
    });
  });

  it('has another hint if the repository also lacks it', () => {
    const declared = { ...LIB, jar: undefined };
    expect(missingDependency({ declared, neededBy: TOOL, className: undefined })).toEqual({
      severity: 'error',
      code: 'missing-dependency',
      path: 'plugins/Tool_.jar',
      message:
        'plugins/Tool_.jar needs lib-1.0.jar (org.x:lib:1.0), and neither this site nor an upstream site serves it.',
      hint: WITHOUT,
    });
  });

  it('is a warning if it is optional', () => {
    const declared = { ...LIB, isOptional: true };
    expect(missingDependency({ declared, neededBy: TOOL, className: 'a/B' }).severity).toBe('warning');
  });

  it('is named without a version if the version is unknown', () => {
    const declared = { ...LIB, jar: undefined, coordinates: { ...coordinates, version: '' } };
    const { message, hint } = missingDependency({ declared, neededBy: TOOL, className: undefined });
    expect(message).toContain(' needs lib.jar (org.x:lib), and neither');
    expect(hint).toContain('"lib.jar => jars/"');
  });

  it.each([
    [2, 'a0.jar, a1.jar need'],
    [3, 'a0.jar, a1.jar, a2.jar need'],
    [4, 'a0.jar, a1.jar, a2.jar and 1 more need'],
    [9, 'a0.jar, a1.jar, a2.jar and 6 more need'],
  ])('names three of the %d files that need it', (count, intro) => {
    const neededBy = Array.from({ length: count }, (_, at) => `a${at}.jar`);
    const problem = missingDependency({ declared: LIB, neededBy, className: undefined });
    expect(problem.path).toBe('a0.jar');
    expect(problem.message.startsWith(`${intro} lib-1.0.jar`)).toBe(true);
  });
});

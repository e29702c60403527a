import { byProductOf, destinationOf } from '../../../../src/formats/imagej/placement/destination.js';
import { EMPTY_INDEX } from '../../../../src/formats/imagej/index/site-index.js';
import { imagejIndex } from '../../../support/imagej-site.js';

const inspection = (hasPluginsConfig = false, pom?: string) => ({
  checksum: '',
  size: 1,
  historicalChecksums: [],
  hasPluginsConfig,
  pom: pom === undefined ? undefined : Buffer.from(pom),
  ownPom: undefined,
});
const inFolder = (folder: string) =>
  `<project><properties><scijava.app.subdirectory>${folder}</scijava.app.subdirectory></properties></project>`;

describe('the destination of a file', () => {
  const site = imagejIndex({
    'jars/x/lib-1.0.jar': {},
    'plugins/old-1.0.jar': { obsolete: true },
    'jars/two.jar': { obsolete: true },
    'plugins/two.jar': {},
    'README.md': {},
  });

  it.each([
    ['lib-2.0.jar', 'jars/x/lib-2.0.jar', 'the site has jars/x/lib-1.0.jar'],
    ['old-1.1.jar', 'plugins/old-1.1.jar', 'the site had plugins/old-1.0.jar'],
    ['two.jar', 'plugins/two.jar', 'the site has plugins/two.jar'],
    ['README.md', 'README.md', 'the site has README.md'],
    ['a.ijm', 'macros/a.ijm', '.ijm files go to macros/'],
    ['a.txt', 'macros/a.txt', '.txt files go to macros/'],
    ['a.lut', 'luts/a.lut', '.lut files go to luts/'],
    ...['.py', '.rb', '.clj', '.js', '.bsh', '.groovy', '.gvy', '.m'].map((extension) => [
      `a.b${extension}`,
      `scripts/a.b${extension}`,
      `${extension} files go to scripts/`,
    ]),
  ])('of %s', (fileName, path, reason) => {
    expect(destinationOf(fileName, site, undefined)).toEqual({ path, reason });
  });

  it.each(['LICENSE', 'a.xyz', 'ijm', 'lib.jar.txt2', 'unknown.jar'])('is unknown for %s', (fileName) => {
    expect(destinationOf(fileName, site, undefined)).toBeUndefined();
  });
});

describe('the destination of a new jar', () => {
  const of = (...[fileName, ...more]: [string, ...Parameters<typeof inspection>]) =>
    destinationOf(fileName, EMPTY_INDEX, inspection(...more));

  it('is plugins/ or jars/', () => {
    expect(of('My_Tool-1.0.jar', true)).toEqual({
      path: 'plugins/My_Tool-1.0.jar',
      reason: 'a name with "_" and a plugins.config make it a plugin',
    });
    expect(of('tool-1.0.jar')).toEqual({ path: 'jars/tool-1.0.jar', reason: 'it is a library' });
  });

  it('is in doubt if only one of name and contents is that of a plugin', () => {
    const hint = (name: string) => `Name the destination: "${name} => plugins/" or "${name} => jars/".`;
    expect(of('My_Tool.jar')).toEqual({
      path: 'jars/My_Tool.jar',
      reason: 'it has "_" in its name, but no plugins.config',
      problem: {
        severity: 'warning',
        code: 'destination-in-doubt',
        path: 'jars/My_Tool.jar',
        message:
          'My_Tool.jar has "_" in its name, but no plugins.config. It is treated as a library and goes to jars/.',
        hint: hint('My_Tool.jar'),
      },
    });
    expect(of('tool.jar', true)).toEqual({
      path: 'jars/tool.jar',
      reason: 'it has a plugins.config, but no "_" in its name',
      problem: {
        severity: 'warning',
        code: 'destination-in-doubt',
        path: 'jars/tool.jar',
        message:
          'tool.jar has a plugins.config, but no "_" in its name. It is treated as a library and goes to jars/.',
        hint: hint('tool.jar'),
      },
    });
  });

  it('is the folder in its POM', () => {
    expect(of('tool.jar', false, inFolder('plugins/Sub//'))).toEqual({
      path: 'plugins/Sub/tool.jar',
      reason: 'its POM sets scijava.app.subdirectory to plugins/Sub//',
    });
    expect(of('tool.jar', false, '<project')).toMatchObject({ path: 'jars/tool.jar' });
    expect(of('tool-natives-linux-amd64.jar', false, inFolder('lib'))).toMatchObject({
      path: 'lib/tool-natives-linux-amd64.jar',
    });
  });

  it('is the folder of its platform, unless it is a plugin', () => {
    expect(of('tool-1.0-natives-linux-amd64.jar')).toEqual({
      path: 'jars/linux64/tool-1.0-natives-linux-amd64.jar',
      reason: 'its classifier is for linux64',
    });
    expect(of('my_tool-natives-linux-amd64.jar', true)).toMatchObject({
      path: 'plugins/my_tool-natives-linux-amd64.jar',
    });
    expect(of('tool-natives-solaris-amd64.jar')).toMatchObject({
      path: 'jars/tool-natives-solaris-amd64.jar',
      reason: 'it is a library',
    });
  });
});

test.each([
  ['original-tool-1.0.jar', 'it is the original jar that the shade plugin kept'],
  ['tool-1.0-sources.jar', 'it is the sources jar of a build'],
  ['tool-javadoc.jar', 'it is the javadoc jar of a build'],
  ['tool-1.0-tests.jar', 'it is the tests jar of a build'],
  ['tool-1.0-test-sources.jar', 'it is the test-sources jar of a build'],
  ['tool-1.0.jar', undefined],
  ['my-original-tool.jar', undefined],
  ['sources.jar', undefined],
  ['tool-sources.jar.txt', undefined],
])('the by-product %s is left out: %s', (fileName, reason) => {
  expect(byProductOf(fileName)).toBe(reason);
});

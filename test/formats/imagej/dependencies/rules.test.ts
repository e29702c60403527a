import { dependsOn, isProvider, mayBeFromJava } from '../../../../src/formats/imagej/dependencies/rules.js';

test.each<[from: string, to: string, className: string, expected: boolean]>([
  ['plugins/A.jar', 'jars/b.jar', 'x/X', true],
  ['plugins/A.jar', 'plugins/A.jar', 'x/X', false],
  ['plugins/A.jar', 'jars/javac.jar', 'x/X', false],
  ['plugins/A.jar', 'jars/j3d-core.jar', 'x/X', false],
  ['plugins/A.jar', 'jars/j3d-core-utils.jar', 'x/X', false],
  ['plugins/A.jar', 'jars/vecmath.jar', 'javax/vecmath/Point3d', false],
  ['jars/slf4j-api.jar', 'jars/logback-classic.jar', 'org/slf4j/impl/X', false],
  ['jars/logback-classic.jar', 'jars/slf4j-api.jar', 'org/slf4j/Logger', true],
  ['jars/jython.jar', 'jars/jruby-complete.jar', 'x/X', false],
  ['jars/jruby-complete.jar', 'jars/jython.jar', 'x/X', false],
  ['jars/logkit.jar', 'jars/avalon-framework.jar', 'x/X', false],
  ['jars/avalon-framework.jar', 'jars/logkit.jar', 'x/X', true],
  ['jars/bsh.jar', 'jars/testng.jar', 'x/X', false],
  ['jars/testng.jar', 'jars/guice.jar', 'x/X', false],
  ['jars/testng.jar', 'jars/bsh.jar', 'x/X', true],
  ['plugins/MMCoreJ.jar', 'plugins/MMJ_.jar', 'x/X', false],
  ['plugins/A.jar', 'jars/batik.jar', 'org/w3c/dom/Node', false],
  ['plugins/A.jar', 'jars/batik.jar', 'org/apache/batik/X', true],
  ['plugins/A.jar', 'jars/xml-apis.jar', 'javax/xml/X', false],
  ['plugins/A.jar', 'plugins/loci_tools.jar', 'org/apache/xml/serializer/X', false],
  ['plugins/A.jar', 'plugins/loci_tools.jar', 'loci/formats/X', true],
  ['plugins/A.jar', 'jars/jython-shaded.jar', 'com/sun/jna/Native', false],
  ['plugins/A.jar', 'jars/jruby.jar', 'jline/Terminal', false],
  ['plugins/A.jar', 'jars/jna.jar', 'com/sun/jna/Native', true],
  ['plugins/A.jar', 'jars/ij.jar', 'javax/script/ScriptEngine', false],
  ['plugins/A.jar', 'jars/ij.jar', 'ij/IJ', true],
  ['plugins/A.jar', 'jars/batikness.jar', 'org/w3c/dom/Node', true],
])('whether %s depends on %s for %s: %s', (from, to, className, expected) => {
  expect(dependsOn(from, to, className)).toBe(expected);
});

test('only visible jars below plugins/ and jars/ provide classes', () => {
  const paths = [
    'plugins/A.jar',
    'jars/x/b.jar',
    'jars/.c.jar',
    'jars/.x/d.jar',
    'lib/e.jar',
    'jars/f.zip',
    'g.jar',
    'x/plugins/h.jar',
    'plugins/.jar',
    'jars/i.jar.bak',
    'jarsx/j.jar',
  ];
  expect(paths.filter(isProvider)).toEqual(['plugins/A.jar', 'jars/x/b.jar']);
});

test('Java itself may provide classes in the packages of its own', () => {
  for (const name of [
    'javax/swing/A',
    'jdk/A',
    'sun/misc/A',
    'com/sun/A',
    'org/w3c/A',
    'org/xml/A',
    'org/ietf/A',
    'org/omg/A',
    'netscape/A',
  ])
    expect(mayBeFromJava(name)).toBe(true);
  for (const name of ['java', 'org/xmlpull/A', 'com/sunny/A', 'x/javax/A', 'ij/IJ', 'javafx/A'])
    expect(mayBeFromJava(name)).toBe(false);
});
